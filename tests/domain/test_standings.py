"""A referral that stands: who gives it, for what, how long, and what keeps it up."""

from datetime import date

import pytest

from domain.authorization.authorization import LiveAuthorization
from domain.authorization.extending import MoreAsked, extension_of
from domain.case.sensitive import is_marked, is_open_to
from domain.clock.span import Span, Unit
from domain.desk.desk import Withdraw
from domain.determination.decisions import Approve, Deny
from domain.request.determination import Ending
from domain.request.given import refuse_what_does_not_stand
from domain.review import issuing
from domain.standing.acts import ChangePrimary, LeaveNetwork, ReviewStanding
from domain.standing.standing import REVIEW
from domain.terms.people import Language
from domain.terms.refusals import Refused
from tests.appealing import carried, does, refusal
from tests.builders import at, staff
from tests.concurrents import running
from tests.standings import RECEIVED, a_referral, a_standing, given, told


def test_it_is_timed_as_what_is_on_the_list_and_the_states_rule_would_be_friday():
    case = a_referral()
    assert case.due_at == at("2026-10-13 23:59:59 PACIFIC")

    of_the_state = Span(length=3, unit=Unit.BUSINESS_DAYS)
    assert of_the_state.after(RECEIVED, case.policy.calendar) == at("2026-10-09 23:59:59 PACIFIC")


@pytest.mark.parametrize("asked_by", ["member", "physician", "representative"])
def test_member_primary_care_physician_or_specialist_may_ask(asked_by):
    assert a_referral(requested_by=asked_by).is_undecided


def test_a_physician_alone_gives_it_and_looks_at_condition_need_and_expertise():
    case = a_referral()
    clauses = [one.criterion for one in case.findings_now(case.lines[0])]
    assert clauses == [f"standing-referral.{one}" for one in ("condition", "prolonged", "expertise")]
    assert case.stage == "physician_review"

    now = at("2026-10-07 10:00 PACIFIC")
    assert "may not approve a standing referral" in refusal(case, now, "rn-rivera", Approve)
    does(case, now, "md-vega", Approve)
    assert case.stage == "continuing"


def test_it_is_given_for_visits_through_a_day_to_one_specialist_for_a_scope_and_looked_at_again():
    permit = given().lines[0].authorization

    assert (permit.units, permit.measure) == (12, "visits")
    assert (permit.through, permit.review_on) == (date(2027, 10, 5), date(2027, 4, 20))
    assert (permit.given_by, permit.scope) == ("Amira Haddad MD", "visits and medication, no procedures")


def test_it_is_denied_on_what_does_not_stand_and_may_be_appealed():
    case = a_referral()
    words = {"reason_id": "criteria_not_met", "criterion": "standing-referral.expertise"}

    does(case, at("2026-10-07 10:00 PACIFIC"), "md-vega", Deny, **words)

    assert case.clocks.is_open("appeal window")
    assert not case.living


def test_which_condition_it_is_stands_in_no_letter_and_marks_the_case():
    hiv = {"condition": "hiv_aids", "through": "2027-10-05", "scope": "visits"}
    case = given(standing=hiv)

    assert is_marked(case)
    leave = life_of(case)
    assert is_marked(leave), "so is what comes out of it"
    assert [is_open_to(leave, staff(who)) for who in ("md-vega", "rn-rivera")] == [True, False]
    assert not any("hiv" in str(one.facts).lower() for one in case.letters.notices)
    assert not any("hiv" in event.words.lower() for event in case.log.events)
    assert not is_marked(given())
    assert not is_marked(life_of(given()))


@pytest.mark.parametrize(
    ("plan", "standing"),
    [("procare", "assumed"), ("mcs-life", "sourced"), ("self-funded-sample", "unverified")],
)
def test_a_specialist_who_leaves_is_seen_for_ninety_days_more(plan, standing):
    case = given(plan)
    assert case.rows.transition.standing == standing

    does(case, at("2026-11-02 10:00 PACIFIC"), "cm-reyes", LeaveNetwork, on=date(2026, 12, 1))

    assert case.lines[0].authorization.through == date(2027, 3, 1)
    [work] = [one for one in case.work.open if one.queue == "care-management"]
    assert "find another specialist before 2027-03-01" in work.what
    assert "as was said before" in refusal(
        case, at("2026-11-03 10:00 PACIFIC"), "cm-reyes", LeaveNetwork, on=date(2026, 12, 5)
    )


def test_what_would_have_ended_before_the_transition_ends_on_its_own_day():
    case = given()

    does(case, at("2027-09-01 10:00 PACIFIC"), "cm-reyes", LeaveNetwork, on=date(2027, 9, 30))

    assert case.lines[0].authorization.through == date(2027, 10, 5)


def test_what_does_not_stand_is_neither_left_nor_looked_at_again():
    case = a_referral()
    for who, act, words in (
        ("cm-reyes", LeaveNetwork, {"on": date(2026, 12, 1)}),
        ("md-vega", ReviewStanding, {}),
    ):
        assert "has no referral that stands" in refusal(case, RECEIVED, who, act, **words)


def test_another_primary_care_physician_ends_nothing():
    other = {"name": "Nora Field MD", "npi": "1000000020", "address": "2 Sample St"}
    case = does(given(), at("2026-11-02 10:00 PACIFIC"), "ic-santos", ChangePrimary, provider=other)

    assert case.request.requesting_provider.name == "Nora Field MD"
    assert case.living
    work = case.work.in_queue("intake")
    assert work is not None
    assert work.what == "send the new primary care physician a copy of the answer"


def test_what_has_ended_is_not_looked_at_again():
    case = carried(given(), at("2027-04-21 00:00 PACIFIC"))
    assert any("still needed" in one.what for one in case.work.open)
    now = at("2027-04-21 10:00 PACIFIC")

    called = case.model_copy(deep=True)
    called.need("calls", "tell the member", now)

    for over in (case, called):
        over.authorization_ended(over.lines[0], Ending.CANCELLED, at=now, now=now, by=staff("ic-santos"))
        assert not over.living

    assert case.closed_as == "authorization ended: cancelled"
    assert [one.what for one in called.work.open] == ["tell the member"]


def test_it_is_looked_at_again_on_its_day_and_goes_on():
    case = given()
    assert "not to be looked at yet" in refusal(case, RECEIVED, "md-vega", ReviewStanding)

    carried(case, at("2027-04-21 00:00 PACIFIC"))
    assert any("still needed" in one.what for one in case.work.open)

    does(case, at("2027-04-21 10:00 PACIFIC"), "md-vega", ReviewStanding)
    assert not any("still needed" in one.what for one in case.work.open)
    assert case.living


def of_two_services():
    """Each on a clock of its own, and told by itself."""
    first = a_standing().lines[0]
    return a_referral(lines=(first, first.model_copy(update={"sequence": 2, "service": "J9271"})))


def test_of_two_services_it_stands_only_once_both_are_answered_and_no_longer_when_it_is_taken_back():
    case, now = of_two_services(), at("2026-10-07 10:00 PACIFIC")
    does(case, now, "md-vega", Approve, line=1)
    assert (len(case.living), case.stage) == (1, "physician_review")
    withdrawn = does(case.model_copy(deep=True), now, "ic-santos", Withdraw)
    assert (len(withdrawn.living), withdrawn.stage) == (1, "closed")

    does(case, now, "md-vega", Approve, line=2)
    assert case.stage == "continuing"


def test_while_one_of_two_still_stands_it_is_still_looked_at():
    case, now = of_two_services(), at("2027-04-21 10:00 PACIFIC")
    for line in (1, 2):
        does(case, RECEIVED, "md-vega", Approve, line=line)
    carried(case, now)

    case.authorization_ended(case.lines[0], Ending.CANCELLED, at=now, now=now, by=staff("ic-santos"))

    assert [one.what for one in case.work.open if one.queue == "physician-review"] == [REVIEW]
    assert case.stage == "continuing"


def test_at_the_door_it_says_for_what_to_whom_and_how_long():
    refuse_what_does_not_stand(a_standing(), RECEIVED.date())
    for wrong, words in (
        ({"standing": None}, "standing: say"),
        ({"servicing_provider": None}, "servicing_prov"),
    ):
        with pytest.raises(Refused, match=words):
            refuse_what_does_not_stand(a_standing().model_copy(update=wrong), RECEIVED.date())
    with pytest.raises(Refused, match="lies behind"):
        refuse_what_does_not_stand(a_standing(), date(2027, 10, 5))


@pytest.mark.parametrize("language", Language)
def test_the_letter_says_to_whom_for_what_and_when_it_is_looked_at_again(language):
    [answer] = told(language).letters.notices[0].facts["lines"]

    assert answer["given_by"] == "Amira Haddad MD"
    assert answer["review_on"] == "2027-04-20"
    assert answer["through"] == "2027-10-05"


def life_of(case):
    [permit] = case.authorizations
    return LiveAuthorization.begun(issuing.issued(case, permit, case.received_at), now=case.received_at)


def test_more_of_it_is_asked_for_as_a_referral_that_stands_as_long_again():
    more = extension_of(life_of(given()), MoreAsked(), at("2027-09-01 10:00 PACIFIC"))

    assert more.extends == "AUT-2222-2222-2222-01"
    assert more.lines[0].from_day == date(2027, 10, 6)
    assert more.standing.through == date(2028, 9, 20)


def test_a_stay_goes_on_in_its_own_case():
    with pytest.raises(Refused, match="plazo concurrent more CON-2222-2222-2222"):
        extension_of(life_of(running()), MoreAsked(), at("2026-10-07 10:00 AST"))


def test_it_is_looked_at_on_a_day_of_its_own_before_its_last():
    case = given()
    [line] = case.living
    permit, looks = line.authorization, []
    for day in (permit.review_on, permit.through, None):
        line.authorization = permit.model_copy(update={"review_on": day})
        looks.append([one.rung for one in case.follow_ups()].count("review"))
    assert looks == [1, 0, 0]
