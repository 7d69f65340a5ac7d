"""Care management: no code enrols anybody, a member leaves at any time, and time counts from being eligible."""

import pytest

from domain.care.acts import AgreeGoals, Assess, Consent, EndGoal, FindEligible, OfferCare, ReferAgain
from domain.care.contact import ContactMade, EndCare, OptOut
from domain.case.keeping import as_if_nobody_acts
from domain.desk.calls import TakeCall
from domain.desk.desk import Withdraw
from domain.desk.holds import PutOnHold
from domain.parts.hold import HoldKind
from domain.parts.stage import Stage
from domain.program.rows import Risk
from domain.terms.notice import Recipient
from domain.terms.refusals import Refused
from tests.builders import at, pack, policy, staff
from tests.cares import (
    PHYSICIAN,
    ULCER,
    a_case,
    a_referral,
    assessed,
    consented,
    does,
    eligible,
    left,
    passes,
    planned,
)

OTHER = ULCER | {"id": "sugar", "tasks": [], "by": "2037-11-02"}


def letters(case):
    return [one.kind.value for one in case.letters.notices if not one.stopped_at]


def waiting(case):
    return [work.what for work in case.work.open]


# For whom it is


def test_the_page_names_thirteen_indicators_and_one_of_them_twice():
    assert len(pack().care_indicator) == 13
    assert all(row.title.es for row in pack().care_indicator)


@pytest.mark.parametrize(
    ("kind", "diagnoses", "services", "suggested"),
    [
        ("precertification", ["L97.529"], ["99213"], ["skin-care"]),
        ("precertification", ["L96.1"], ["99213"], []),
        ("precertification", ["N18.6"], [], ["esrd", "complications"]),
        ("precertification", ["N18.5"], [], ["complications"]),
        ("precertification", ["C50.911"], ["C9399"], ["cancer"]),
        ("precertification", ["Z00.00"], ["C9399"], []),  # a service that begins as a malignancy does
        ("precertification", ["Z51.5"], ["Q5001"], ["hospice"]),
        (
            "precertification",
            ["M05.9", "M32.10"],
            ["G0299"],
            ["home-health", "rheumatoid-arthritis", "lupus"],
        ),
        ("referral", [], ["77520"], ["us-services"]),
    ],
)
def test_codes_suggest_what_the_page_names(kind, diagnoses, services, suggested):
    assert [row.id for row in pack().care.suggested(kind, diagnoses, services)] == suggested


def test_a_referral_enrols_nobody():
    case = a_case()

    assert (case.stage, case.status.code, letters(case), case.due_at) == (
        Stage.RECEIVED,
        "REFERRED",
        [],
        None,
    )
    assert waiting(passes(case, "2038-07-24 09:00 AST")) == ["find out whether the member qualifies"]


def test_who_has_no_indicator_qualifies_only_because_of_something_else():
    with pytest.raises(Refused, match="say which one"):
        does(a_case(indicators=()), "2037-07-24 15:10 AST", FindEligible, risk="low")
    with pytest.raises(Refused, match="gout is none"):
        does(a_case(), "2037-07-24 15:10 AST", FindEligible, risk="low", indicators=("gout",))

    case = does(a_case(indicators=()), "2037-07-24 15:10 AST", FindEligible, risk="low", reason="lives alone")
    assert case.eligible_at


def test_who_does_not_qualify_is_told_why_it_ends():
    with pytest.raises(Refused, match="because"):
        does(a_case(), "2037-07-24 15:10 AST", EndCare, how="not_eligible")

    case = does(a_case(), "2037-07-24 15:10 AST", EndCare, how="not_eligible", reason="another plan's member")
    assert (case.closed_as, letters(case)) == ("not eligible for care management", ["care_closed"])


# The time to assess


@pytest.mark.parametrize("plan", ["mcs-classicare", "mcs-life", "caresource", "self-funded-sample"])
def test_the_time_to_assess_counts_from_the_day_found_eligible_before_anybody_consents(plan):
    clocks = eligible(plan=plan).clocks
    calendar = policy(plan, services=(), kind="care").calendar
    dues = [calendar.local(one.due_at(calendar)) for one in clocks.values()]

    assert [f"{due:%Y-%m-%d %H:%M:%S}" for due in dues] == ["2037-08-23 23:59:59", "2037-09-22 23:59:59"]


@pytest.mark.parametrize(
    ("when", "late"),
    [
        ("2037-08-23 23:59:58 AST", False),
        ("2037-08-23 23:59:59 AST", False),
        ("2037-08-24 00:00:00 AST", True),
    ],
)
def test_an_assessment_is_begun_in_time_through_the_last_second_of_the_thirtieth_day(when, late):
    case = does(consented(), when, Assess)

    assert case.clocks["assessment begun"].is_late(at(when), case.policy.calendar) is late
    assert case.clocks.is_open("assessment"), "what has begun is not done"


@pytest.mark.parametrize(
    ("when", "late"), [("2037-09-22 23:59:59 AST", False), ("2037-09-23 00:00:00 AST", True)]
)
def test_an_assessment_is_done_in_time_through_the_last_second_of_the_sixtieth_day(when, late):
    case = does(consented(), when, Assess, done=True, risk="low")

    assert case.clocks["assessment"].is_late(at(when), case.policy.calendar) is late
    assert (case.stage, case.risk, case.due_at) == (Stage.CARE_PLANNING, Risk.LOW, None)


def test_silence_assesses_and_ends_nothing():
    case = passes(eligible(), "2037-12-01 09:00 AST")

    assert (case.status.code, case.is_closed) == ("OFFERED", False)
    assert case.clocks["assessment"].breached_at == at("2037-09-23 00:00:00 AST")
    assert as_if_nobody_acts(case, at("2037-12-01 09:00 AST")).next_appointment is None


# Step by step


def test_each_step_waits_for_the_one_before():
    early = [
        (a_case(), OfferCare, {}, "eligible"),
        (eligible(), Consent, {"recording": "line 4", "language": "es"}, "not offered"),
        (eligible(), Assess, {}, "has not consented"),
        (consented(), AgreeGoals, {"agreed": {"goals": [ULCER]}}, "once the assessment is done"),
        (a_case(), ContactMade, {}, "before they were found eligible"),
    ]
    for case, act, words, said in early:
        with pytest.raises(Refused, match=said):
            does(case, "2037-10-01 10:00 AST", act, **words)
    for act, words in (
        (FindEligible, {"risk": "low"}),
        (OfferCare, {}),
        (Consent, {"recording": "x", "language": "en"}),
    ):
        with pytest.raises(Refused):
            does(consented(), "2037-10-01 10:00 AST", act, **words)
    with pytest.raises(Refused, match="has its assessment"):
        does(assessed(), "2037-10-01 10:00 AST", Assess, done=True)


def test_only_nurses_and_specialists_manage_care_and_anybody_takes_a_members_word():
    with pytest.raises(Refused, match="may not manage care"):
        does(a_case(), "2037-07-24 15:10 AST", FindEligible, who="ic-santos", risk="low")

    assert does(a_case(), "2037-07-24 15:10 AST", OptOut, who="ic-santos").status.code == "OPTED_OUT"


def test_consent_keeps_where_it_was_recorded_and_chooses_the_language_of_the_letters():
    case = consented("es")

    said = next(one for one in case.log.events if one.kind == "consented")
    assert "line 4, 10:02" in said.words
    [welcome] = case.letters.notices
    assert (welcome.kind, welcome.language) == ("care_welcome", "es")


def test_what_is_agreed_is_told_to_member_and_physician_each_in_their_language():
    case = planned("es")

    told = [(one.recipient, one.language) for one in case.letters.notices if one.kind == "care_plan"]
    assert told == [("member", "es"), ("provider", "es")]
    english = ULCER | {"goal": {"en": "The ulcer has closed"}}
    with pytest.raises(Refused, match="Spanish"):
        does(case, "2037-09-03 10:00 AST", AgreeGoals, agreed={"goals": [english]})


def test_letters_to_a_member_who_asked_for_it_go_to_the_confidential_address_alone():
    case = left(confidential_address="PO Box 1000, Carolina PR 00981")

    to_member = [one.address for one in case.letters.notices if one.recipient is Recipient.MEMBER]
    assert set(to_member) == {"PO Box 1000, Carolina PR 00981"}
    to_physician = [one for one in case.letters.notices if one.recipient is Recipient.PROVIDER]
    assert to_physician
    assert not any("Box 1000" in str(one.facts) for one in to_physician)


def test_a_goal_that_needs_a_service_names_its_request_and_decides_nothing():
    case = planned(goals=(ULCER | {"request": "PRE-7K2M-9QXD-4HBT"},))

    assert "PRE-7K2M-9QXD-4HBT" in case.linked
    assert case.answered == ()


def test_a_goal_is_replaced_by_its_id_and_the_older_plan_does_not_leave_any_more():
    case = does(planned(), "2037-09-03 10:00 AST", AgreeGoals, agreed={"goals": [OTHER]})
    assert [goal.id for goal in case.goals] == ["ulcer", "sugar"]

    does(case, "2037-09-04 10:00 AST", AgreeGoals, agreed={"goals": [OTHER | {"by": "2037-12-24"}]})
    assert [goal.by.isoformat() for goal in case.goals] == ["2037-12-01", "2037-12-24"]


def test_with_the_last_goal_somebody_ends_it_or_agrees_on_more():
    case = does(planned(), "2037-09-20 10:00 AST", EndGoal, goal="ulcer", ended="met")
    assert "every goal has ended: end it, or agree on more" in waiting(case)
    with pytest.raises(Refused, match="goal: the open ones are none"):
        does(case, "2037-09-20 11:00 AST", EndGoal, goal="ulcer", ended="met")

    does(case, "2037-09-21 10:00 AST", EndCare, how="goals_met")
    assert (case.closed_as, letters(case)[-1]) == ("goals met", "care_closed")


def test_goals_are_not_met_while_one_is_open():
    with pytest.raises(Refused, match="not every goal has ended"):
        does(planned(), "2037-09-20 10:00 AST", EndCare, how="goals_met")


# Contact


@pytest.mark.parametrize(
    ("risk", "day"), [("high", "2037-09-08"), ("moderate", "2037-09-15"), ("low", "2037-10-01")]
)
def test_a_member_is_called_again_in_the_rhythm_of_their_risk(risk, day):
    case = does(consented(), "2037-09-01 10:00 AST", Assess, done=True, risk=risk)
    passes(case, f"{day} 00:00 AST")
    assert "call the member" in waiting(case)

    does(case, f"{day} 10:00 AST", ContactMade, said="The wound is dry.")
    assert "call the member" not in waiting(case)


def test_a_task_and_the_physicians_look_come_up_on_their_days():
    case = passes(planned(), "2037-09-09 23:59:59 AST")
    assert "something of the plan of care is to be done by today" not in waiting(case)
    passes(case, "2037-09-10 00:00 AST")
    assert "something of the plan of care is to be done by today" in waiting(case)

    done = [task | {"done": True} for task in ULCER["tasks"]]
    does(case, "2037-09-10 10:00 AST", AgreeGoals, agreed={"goals": [ULCER | {"tasks": done}]})
    assert "something of the plan of care is to be done by today" not in waiting(case)
    passes(case, "2037-12-10 00:00 AST")
    assert "look at the plan of care with the physician" in waiting(case)
    does(case, "2037-12-10 10:00 AST", ContactMade, to="provider")
    assert "look at the plan of care with the physician" not in waiting(case)


def test_what_is_to_be_done_by_today_waits_though_the_plan_is_agreed_anew():
    case = passes(planned(), "2037-09-10 00:00 AST")
    does(case, "2037-09-10 10:00 AST", AgreeGoals, agreed={"goals": [ULCER]})
    assert "something of the plan of care is to be done by today" in waiting(case)


def test_the_letter_of_the_plan_names_what_is_still_to_be_done_and_not_what_is():
    done = [task | {"done": True} for task in ULCER["tasks"]]
    case = does(planned(), "2037-09-10 10:00 AST", AgreeGoals, agreed={"goals": [ULCER | {"tasks": done}]})
    plans = [one for one in case.letters.notices if one.kind.value == "care_plan"]

    assert [len(one.facts["goals"][0]["tasks"]) for one in (plans[0], plans[-1])] == [1, 0]


TRIES = "2037-09-03 10:15", "2037-09-04 14:30", "2037-09-08 16:45"


@pytest.mark.parametrize(
    ("tries", "unreachable"),
    [
        (TRIES, True),
        (TRIES[:2], False),
        (("2037-09-03 10:15", "2037-09-03 14:30", "2037-09-08 16:45"), False),  # two of one day
        (("2037-09-03 10:15", "2037-09-04 10:59", "2037-09-08 16:45"), False),  # two in one hour
        (("2037-09-03 10:15", "2037-09-04 11:00", "2037-09-08 16:45"), True),
        (("2037-09-03 10:15", "2037-09-03 14:30", "2037-09-04 10:20", "2037-09-08 16:45"), True),
    ],
)
def test_unreachable_is_who_was_called_three_times_on_different_days_and_at_different_hours(
    tries, unreachable
):
    case = planned()
    for one in tries:
        does(case, f"{one} AST", ContactMade, reached=False)
    assert waiting(case).count("call the member once more, on another day and at another hour") == 1

    if unreachable:
        assert does(case, "2037-09-09 09:00 AST", EndCare, how="unreachable").status.code == "UNREACHABLE"
    else:
        with pytest.raises(Refused, match="3 calls in vain"):
            does(case, "2037-09-09 09:00 AST", EndCare, how="unreachable")


def test_who_is_reached_is_not_unreachable_for_what_failed_before():
    case = planned()
    for one in TRIES:
        does(case, f"{one} AST", ContactMade, reached=False)
    does(case, "2037-09-08 17:00 AST", ContactMade)

    with pytest.raises(Refused, match="3 calls in vain"):
        does(case, "2037-09-09 09:00 AST", EndCare, how="unreachable")


def test_who_consents_was_reached_and_is_not_called_once_more_for_what_failed_before():
    case, then = does(eligible(), "2037-07-27 10:00 AST", OfferCare), "2037-07-29 10:00 AST"
    for tried in ("2037-07-28 10:00 AST", then):  # in the very minute, too
        does(case, tried, ContactMade, reached=False)
    does(case, then, Consent, recording="line 4, 10:02", language="en")
    assert (case.reached_at, case.failed) == (at(then), ())

    does(case, then, ContactMade, reached=False)
    assert case.failed == ()
    assert waiting(case) == ["assess the member"]


# Leaving


def test_a_member_who_leaves_is_on_no_list_any_more():
    case = left()

    assert (case.closed_as, waiting(case), case.agenda(), case.follow_ups()) == (
        "left at the member's own word",
        [],
        [],
        [],
    )
    assert letters(case)[-1] == "care_closed"


def test_not_even_a_promised_call_is_made_to_who_left():
    case = planned()
    spoken = {"name": "Ana Rivera", "asked": "when the nurse comes"}
    does(case, "2037-09-03 10:00 AST", TakeCall, caller="member", spoken=spoken, promised=True)
    assert "call the member back, as promised" in waiting(case)

    assert waiting(does(case, "2037-09-03 11:00 AST", OptOut)) == []


def test_before_the_assessment_leaving_ends_its_clocks_and_misses_nothing():
    case = does(consented(), "2037-08-01 10:00 AST", OptOut)

    assert not any(clock.is_open or clock.breached_at for clock in case.clocks.values())


def test_whoever_opts_out_in_the_middle_of_a_call_is_out_of_it_from_that_word():
    case = planned()
    now, said_at = at("2037-10-05 10:20 AST"), at("2037-10-05 10:07 AST")
    passes(case, "2037-10-05 10:20 AST")
    out = OptOut(actor=staff("ic-santos"), at=said_at)
    out.refuse_unless_allowed(case, now)
    out.apply(case, now)
    assert (case.stage, case.ended_at, waiting(case)) == (Stage.CARE_ENDING, said_at, [])

    begun = ContactMade(actor=staff("cm-reyes"), at=at("2037-10-05 10:00 AST"), said="We spoke of the wound.")
    begun.refuse_unless_allowed(case, now)
    begun.apply(case, now)
    assert (waiting(case), case.follow_ups()) == ([], [])
    for when in ("2037-10-05 10:07 AST", "2037-10-05 10:15 AST"):
        with pytest.raises(Refused, match="has ended: left at the member's own word"):
            ContactMade(actor=staff("cm-reyes"), at=at(when)).refuse_unless_allowed(case, now)
    with pytest.raises(Refused, match="has ended"):
        OptOut(actor=staff("ic-santos")).refuse_unless_allowed(case, now)
    earlier = {"actor": staff("cm-reyes"), "at": at("2037-10-05 10:00 AST")}
    for said in (AgreeGoals(**earlier, agreed={"goals": [OTHER]}), EndCare(**earlier, how="moved_on")):
        with pytest.raises(Refused, match="has ended"):
            said.refuse_unless_allowed(case, now)


def test_a_call_may_end_with_the_members_no():
    case = does(planned(), "2037-10-05 10:00 AST", ContactMade, opts_out=True)
    assert case.status.code == "OPTED_OUT"

    with pytest.raises(Refused, match="opt-out"):
        does(planned(), "2037-10-05 10:00 AST", ContactMade, opts_out=True, reached=False)


def test_during_a_hold_nobody_calls_and_the_members_word_is_taken_all_the_same():
    case = does(
        planned(), "2037-10-04 10:00 AST", PutOnHold, "sup-diaz", kind=HoldKind.LEGAL, reason="subpoena"
    )
    with pytest.raises(Refused, match="nobody is called during the legal hold"):
        does(case.model_copy(deep=True), "2037-10-05 10:00 AST", ContactMade)
    assert does(case, "2037-10-05 10:00 AST", ContactMade, opts_out=True).status.code == "OPTED_OUT"


def test_what_was_agreed_after_the_word_does_not_leave():
    case = planned()
    now = at("2037-10-05 10:20 AST")
    AgreeGoals(actor=staff("cm-reyes"), agreed={"goals": [OTHER]}).apply(case, now)
    OptOut(actor=staff("ic-santos"), at=at("2037-10-05 10:00 AST")).apply(case, now)

    assert [one.kind for one in case.letters.unsent] == ["care_closed"]


def test_nobody_writes_to_who_has_died_or_looks_for_an_address_of_who_left():
    died = does(planned(), "2037-10-05 10:00 AST", EndCare, how="died")
    assert (died.closed_as, letters(died)[-1]) == ("died", "care_plan")

    nowhere = does(a_case(member={"address": None}), "2037-07-25 10:00 AST", OptOut)
    assert (nowhere.is_closed, waiting(nowhere)) == (True, [])


@pytest.mark.parametrize("how", ["moved_on", "coverage_ended"])
def test_it_ends_where_there_is_nobody_to_follow_here(how):
    assert does(planned(), "2037-10-05 10:00 AST", EndCare, how=how).status.code == how.upper()
    with pytest.raises(Refused, match="opt-out"):
        does(planned(), "2037-10-05 10:00 AST", EndCare, how="opted_out")


def test_a_referral_is_taken_back_before_consent_and_not_after():
    assert does(a_case(), "2037-07-24 10:00 AST", Withdraw).closed_as == "withdrawn by the member"
    with pytest.raises(Refused):
        does(consented(), "2037-08-24 10:00 AST", Withdraw)


# Referred once more


def test_whoever_is_referred_again_has_one_case_with_every_indicator():
    case = eligible()
    again = a_referral("2037-07-30 09:00 AST", indicators=("skin-care", "lupus"), case="REF-7K2M-9QXD-4HBT")
    does(case, "2037-07-30 10:00 AST", ReferAgain, receipt="CAR-2", referred=again)

    assert (case.indicators, case.linked) == (("skin-care", "lupus"), ["REF-7K2M-9QXD-4HBT"])
    assert case.physician[0].name == PHYSICIAN["name"]


def test_what_a_timer_says_names_nobody_and_nothing():
    words = {one.words for one in planned().follow_ups()}

    assert words == {
        "call the member",
        "something of the plan of care is to be done by today",
        "look at the plan of care with the physician",
    }
