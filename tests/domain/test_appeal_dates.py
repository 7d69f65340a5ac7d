"""Appeals in dates: the windows, and the clocks of the worked cases."""

from datetime import timedelta

import pytest

from domain.appeal.acts import DismissAppeal, ReceiveForm, RecordReview
from domain.appeal.appealed import appealed
from domain.appeal.deciding import DecideAppeal
from domain.case.keeping import come_to_rest
from domain.clock.ledger import Tolled
from domain.desk.delivery import LetterDelivered, LetterReturned, SendAgain
from domain.determination.clock_acts import Extend
from domain.determination.decisions import Deny
from domain.parts.events import EventKind
from tests.appealing import NIECE, appeal_of, carried, denied, does, due, refusal, silent
from tests.builders import a_case, a_line, a_request, at

SECOND = timedelta(seconds=1)

# The windows


WINDOWS = [
    # plan, denied on, last second in time
    (
        "mcs-classicare",
        "2026-02-09",
        "2026-04-15 23:59:59 AST",
    ),  # P13: 60 days from receipt, taken to be five later
    ("mcs-classicare", "2026-02-20", "2026-04-26 23:59:59 AST"),  # P14
    ("caresource", "2026-11-04", "2027-01-03 23:59:59 EASTERN"),  # 60 from the notice's date
    ("mcs-life", "2026-02-09", "2026-08-13 23:59:59 AST"),  # 180 from receipt, taken to be five days later
    ("self-funded-sample", "2026-02-09", "2026-08-13 23:59:59 EASTERN"),
]


@pytest.mark.parametrize(("plan", "day", "last"), WINDOWS)
@pytest.mark.parametrize(("off", "late"), [(-1, False), (0, False), (1, True)])
def test_an_appeal_is_in_time_through_the_last_second_of_its_window(plan, day, last, off, late):
    instant = at(last) + off * SECOND

    case = appeal_of(denied(day, last.split()[-1], plan=plan), instant)

    assert (case.is_late, case.awaits_cause) == (late, late)


def test_a_fraction_of_the_last_second_is_in_time():
    case = appeal_of(denied("2026-02-09"), at("2026-04-15 23:59:59 AST") + timedelta(milliseconds=400))

    assert not case.is_late


def test_a_shown_delivery_replaces_the_presumed_one_and_a_returned_letter_starts_nothing_until_sent_again():
    first = denied("2026-02-09", plan="mcs-life")
    now = at("2026-03-02 09:00 AST")

    late = does(
        first.model_copy(deep=True),
        now,
        "ic-santos",
        LetterDelivered,
        notice=1,
        at=at("2026-02-20 12:00 AST"),
        reason="receipt of the post",
    )
    returned = does(first.model_copy(deep=True), now, "ic-santos", LetterReturned, notice=1)
    held_open = first.model_copy(deep=True)
    until = at("2026-09-30 23:59:59 AST")
    tolled = Tolled(at=now, recorded_at=now, until=until, authority="CC-2026-1")
    held_open.clocks.enter("appeal window", tolled)
    does(held_open, now, "ic-santos", LetterDelivered, notice=1, at=at("2026-02-20 12:00 AST"), reason="post")

    assert appealed(first, now).appeal_by == at("2026-08-13 23:59:59 AST")
    assert appealed(late, now).appeal_by == at("2026-08-19 23:59:59 AST")
    assert appealed(held_open, now).appeal_by == until
    assert appealed(returned, now).appeal_by is None
    assert not appeal_of(returned, at("2027-01-15 09:00 AST")).is_late
    again = does(returned, at("2026-03-10 09:00 AST"), "ic-santos", SendAgain, notice=1)
    assert appealed(again, now).appeal_by == at("2026-09-11 23:59:59 AST")
    assert "did not come back" in refusal(first, now, "ic-santos", SendAgain, notice=1)
    assert "no time that runs" in refusal(
        denied("2026-02-09", "EASTERN", plan="caresource"),
        now,
        "ic-santos",
        LetterDelivered,
        notice=1,
        reason="signed for",
    )


def test_silence_may_be_appealed_127_days_later_because_no_window_ran():
    """P12: received 2026-04-20, due 04-27, nothing sent."""
    first = silent(at("2026-04-20 10:00 AST"), at("2026-09-01 09:00 AST"))

    case = appeal_of(first, at("2026-09-01 10:00 AST"))

    assert case.original.is_silence
    assert case.original.appeal_by is None
    assert not case.is_late
    assert due(case, "appeal") == at("2026-10-01 23:59:59 AST")


# The clocks of the worked cases


def test_p13_a_an_upheld_denial_is_forwarded_by_day_30_and_the_reviewers_reversal_followed_in_72_hours():
    case = appeal_of(denied("2026-02-09"), at("2026-04-15 23:40 AST"))
    assert due(case, "appeal") == at("2026-05-15 23:59:59 AST")

    does(case, at("2026-05-12 10:00 AST"), "md-vega", DecideAppeal, answer="upheld")
    assert case.status.code == "A5"
    forwarding = case.clocks["forwarding line 1"]
    assert due(case, "forwarding line 1") == at("2026-05-15 23:59:59 AST")
    assert forwarding.satisfied_at == at("2026-05-12 10:00 AST")

    now = at("2026-06-08 15:00 AST")
    does(
        carried(case, now), now, "ap-soto", RecordReview, outcome="overturned", at=at("2026-06-08 14:00 AST")
    )
    effect = "review's effectuation line 1"
    assert due(case, effect) == at("2026-06-11 14:00 AST")
    assert case.clocks[effect].satisfied_at == now
    [started] = [one.words for one in case.log.events if one.kind.value == "clock_started"]
    assert "or provide by Mon 22 Jun 2026 23:59 AST" in started
    assert case.status.code == "A1"
    assert case.lines[0].authorization.from_day.isoformat() == "2026-06-08"


def test_p13_b_the_plans_own_reversal_has_its_effect_by_day_30_from_receipt_and_not_in_72_hours():
    case = appeal_of(denied("2026-02-09"), at("2026-04-15 23:40 AST"))

    does(case, at("2026-05-14 10:00 AST"), "md-vega", DecideAppeal, answer="overturned")

    assert due(case, "effectuation line 1") == at("2026-05-15 23:59:59 AST")
    assert case.clocks["effectuation line 1"].satisfied_at == at("2026-05-14 10:00 AST")
    assert (case.status.code, case.forwarded) == ("A1", [])


@pytest.mark.parametrize(("off", "late"), [(-1, False), (0, False), (1, True)])
def test_a_reversal_after_its_day_is_late_by_its_row(off, late):
    case = appeal_of(denied("2026-02-09"), at("2026-04-15 23:40 AST"))
    last = at("2026-05-15 23:59:59 AST")
    instant = last + off * SECOND

    does(carried(case, last - SECOND), instant, "md-vega", DecideAppeal, answer="overturned")

    assert case.clocks["effectuation line 1"].is_late(instant, case.policy.calendar) is late


def test_p13_c_expedited_the_file_leaves_in_24_hours_and_a_reversal_has_its_effect_in_72_from_receipt():
    first = denied("2026-02-09")
    case = appeal_of(first, at("2026-03-02 09:00 AST"), urgency="expedited")
    assert due(case, "appeal") == at("2026-03-05 09:00 AST")
    carried(case, at("2026-03-05 07:59 AST"))

    upheld = does(
        case.model_copy(deep=True), at("2026-03-05 08:00 AST"), "md-vega", DecideAppeal, answer="upheld"
    )
    reversed_ = does(case, at("2026-03-05 08:00 AST"), "md-vega", DecideAppeal, answer="overturned")

    assert due(upheld, "forwarding line 1") == at("2026-03-06 08:00 AST")
    assert due(reversed_, "effectuation line 1") == at("2026-03-05 09:00 AST")


def test_p14_the_nieces_form_makes_the_appeal_valid_and_the_decision_counts_from_it():
    case = appeal_of(denied("2026-02-20"), at("2026-04-01 10:00 AST"), **NIECE)
    assert case.stage.value == "awaiting_form"
    assert "appeal" not in case.clocks
    assert [event.kind for event in case.log.events].count(EventKind.WINDOW_OPENED) == 1
    asked = [one for one in case.letters.notices if one.kind.value == "appeal_form_asked"]
    assert [(one.recipient.value, one.facts["contract_number"]) for one in asked] == [
        ("representative", None),  # who has not shown yet that they may know more
        ("member", "MCS-0001"),
        ("provider", "MCS-0001"),
    ]
    assert "waits for the form" in refusal(
        case, at("2026-04-10 09:00 AST"), "md-vega", DecideAppeal, answer="upheld"
    )

    now = at("2026-04-24 10:00 AST")
    does(carried(case, now), now, "ic-santos", ReceiveForm)

    assert not case.is_late
    assert due(case, "appeal") == at("2026-05-24 23:59:59 AST")
    assert [
        event.words for event in case.log.events if event.kind in {EventKind.FORM_ASKED, EventKind.FORM_CAME}
    ] == [
        f"asked for: {case.form.title.en}",
        f"{case.form.form.text} received; the decision counts from it",
    ]


def test_of_two_lines_each_is_looked_at_again_within_the_time_of_its_own_row():
    first = a_case(received_at=at("2026-02-09 09:00 AST"), lines=[a_line(1, "72148"), a_line(2, "J9271")])
    for line in (1, 2):
        does(first, first.received_at, "cov-matos", Deny, line=line, reason_id="not_covered_benefit")

    case = appeal_of(first, at("2026-03-02 09:00 AST"))

    assert {name: (clock.lines, due(case, name)) for name, clock in case.clocks.named.items()} == {
        "appeal line 1": ((1,), at("2026-04-01 23:59:59 AST")),
        "appeal line 2": ((2,), at("2026-03-09 23:59:59 AST")),
    }


def test_p14_without_the_form_a_person_dismisses_it_on_a_listed_ground_and_no_timer_does():
    case = carried(
        appeal_of(denied("2026-02-20"), at("2026-04-01 10:00 AST"), **NIECE), at("2026-08-01 10:00 AST")
    )
    assert case.dismissed_as is None
    assert [work.queue for work in case.work.open] == ["appeals"]
    now = at("2026-08-01 10:00 AST")
    assert "listed ground" in refusal(case, now, "ap-soto", DismissAppeal, ground="too_dear")
    assert "may not dismiss" in refusal(case, now, "md-vega", DismissAppeal, ground="no_standing")

    does(case, now, "ap-soto", DismissAppeal, ground="no_standing")

    assert (case.status.code, case.work.open) == ("CT", [])
    assert due(case, "dismissal review") == at("2026-10-05 23:59:59 AST")
    assert due(case, "vacating") == at("2027-02-01 23:59:59 AST")
    [member, *_] = [one for one in case.letters.notices if one.kind.value == "appeal_dismissed"]
    assert member.facts["review_days"] == 60


def test_p6_medicaid_silence_is_appealed_decided_in_30_days_and_the_hearing_is_open_for_120_more():
    first = silent(
        at("2026-10-28 13:00 EASTERN"),
        at("2026-12-29 09:00 EASTERN"),
        plan="caresource",
        service="G0299",
        order=None,
        documents=[],
    )
    assert appealed(first, at("2026-12-29 09:00 EASTERN")).appeal_by == at("2027-01-03 23:59:59 EASTERN")

    case = appeal_of(first, at("2026-12-30 10:00 EASTERN"), plan="caresource")
    assert due(case, "appeal") == at("2027-01-29 23:59:59 EASTERN")
    now = at("2027-01-29 10:00 EASTERN")
    ground = {"reason_id": "insufficient_evidence", "criterion": "home-health-nursing.visits"}
    does(carried(case, now), now, "md-vega", DecideAppeal, answer="upheld", **ground)

    assert case.forwarded == []
    assert due(case, "next level") == at("2027-05-29 23:59:59 EASTERN")
    [member, *_] = [one for one in case.letters.notices if one.kind.value == "appeal_decision"]
    assert (member.facts["next"]["title"], member.facts["next"]["length"]) == ("a state fair hearing", 120)
    assert carried(case, at("2027-05-30 00:00:01 EASTERN")).closed_as == "upheld"


CLOCKS = [
    # plan, service, urgency, row, last second in time of an appeal received 2026-03-02 09:00
    ("mcs-classicare", "72148", "standard", "ma-appeal", "2026-04-01 23:59:59 AST"),
    ("mcs-classicare", "99999", "standard", "ma-appeal-unlisted", "2026-04-01 23:59:59 AST"),
    ("mcs-classicare", "J9271", "standard", "ma-appeal-part-b", "2026-03-09 23:59:59 AST"),
    ("mcs-classicare", "72148", "expedited", "ma-appeal-expedited", "2026-03-05 09:00:00 AST"),
    ("mcs-classicare", "J9271", "expedited", "ma-appeal-part-b-expedited", "2026-03-05 09:00:00 AST"),
    ("mcs-life", "72148", "standard", "pr-appeal", "2026-04-01 23:59:59 AST"),
    ("mcs-life", "72148", "expedited", "pr-appeal-expedited", "2026-03-04 09:00:00 AST"),
    ("caresource", "72148", "expedited", "medicaid-appeal-expedited", "2026-03-05 09:00:00 EASTERN"),
    ("self-funded-sample", "72148", "standard", "erisa-appeal", "2026-04-01 23:59:59 EASTERN"),
    ("self-funded-sample", "72148", "expedited", "erisa-appeal-urgent", "2026-03-05 09:00:00 EASTERN"),
]


@pytest.mark.parametrize(("plan", "service", "urgency", "row", "last"), CLOCKS)
def test_each_regime_and_kind_of_service_has_its_own_time_to_answer(plan, service, urgency, row, last):
    zone = last.split()[-1]
    first = a_case(a_request(received_at=at(f"2026-02-09 09:00 {zone}"), plan=plan, service=service))
    come_to_rest(first, first.received_at)
    does(first, first.received_at, "cov-matos", Deny, reason_id="not_covered_benefit")

    case = appeal_of(first, at(f"2026-03-02 09:00 {zone}"), plan=plan, urgency=urgency)

    assert case.clocks["appeal"].timeframe.id == row
    assert due(case, "appeal") == at(last)


def test_an_extension_moves_the_decision_the_forwarding_and_the_effect_alike_and_a_part_b_drug_has_none():
    case = appeal_of(denied("2026-02-09"), at("2026-04-15 23:40 AST"))
    until = at("2026-05-29 12:00 AST").date()
    does(case, at("2026-05-10 10:00 AST"), "sup-diaz", Extend, until=until, ground="enrollee_asks")
    assert due(case, "appeal") == at("2026-05-29 23:59:59 AST")

    now = at("2026-05-20 10:00 AST")
    upheld = does(carried(case, now).model_copy(deep=True), now, "md-vega", DecideAppeal, answer="upheld")
    overturned = does(case, now, "md-vega", DecideAppeal, answer="overturned")
    assert due(upheld, "forwarding line 1") == at("2026-05-29 23:59:59 AST")
    assert due(overturned, "effectuation line 1") == at("2026-05-29 23:59:59 AST")

    drug = a_case(a_request(received_at=at("2026-02-09 09:00 AST"), service="J9271"))
    come_to_rest(drug, drug.received_at)
    does(drug, drug.received_at, "cov-matos", Deny, reason_id="not_covered_benefit")
    asked = {"until": at("2026-03-12 12:00 AST").date(), "ground": "enrollee_asks"}
    assert "allows no extension" in refusal(
        appeal_of(drug, at("2026-03-02 09:00 AST")), at("2026-03-03 09:00 AST"), "sup-diaz", Extend, **asked
    )
