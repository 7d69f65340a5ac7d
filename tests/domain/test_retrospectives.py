"""What was given before anybody asked: its time, its grounds, and what it may not be."""

import pytest

from domain.clock.duty import Duty
from domain.determination.clock_acts import Expedite, Extend
from domain.determination.decisions import Approve, Deny
from domain.request.criteria import Answer
from domain.request.given import refuse_what_was_given, refuse_what_was_not
from domain.request.line import Coverage
from domain.terms.refusals import Refused
from tests.builders import a_document, a_request, at, pack, staff
from tests.retrospectives import RECEIVED, a_review, given

TODAY = RECEIVED.date()
BY_NO_CONTRACT = {"name": "Luis Ortiz MD", "npi": "1234567893", "contracted": False}
LAYPERSON = "prudent-layperson.feared"


def covered(case):
    case.coverage_found(Coverage(eligible=True, covered=True, because="covered"), RECEIVED)
    return case


@pytest.mark.parametrize(
    ("plan", "more", "due"),
    [
        ("mcs-classicare", {}, "2038-01-19 23:59:59 AST"),
        ("mcs-classicare", {"requesting_provider": BY_NO_CONTRACT}, "2037-12-20 23:59:59 AST"),
        (
            "mcs-classicare",
            {"requesting_provider": BY_NO_CONTRACT, "defective": True},
            "2038-01-19 23:59:59 AST",
        ),
        ("mcs-life", {}, "2037-12-20 23:59:59 AST"),
        ("mcs-life-accredited", {}, "2037-12-20 23:59:59 AST"),
        ("caresource", {}, "2037-12-20 23:59:59 EASTERN"),
    ],
)
def test_it_runs_on_the_row_of_what_was_received_already(plan, more, due):
    assert a_review(plan, **more).due_at == at(due)


def test_a_group_plan_has_thirty_days_and_once_fifteen_more():
    received = at("2026-06-01 09:00 EASTERN")
    case = covered(a_review("self-funded-sample", received_at=received, from_day="2026-05-20"))
    assert case.due_at == at("2026-07-01 23:59:59 EASTERN")

    noticed = at("2026-06-20 10:00 EASTERN")
    more = {"until": "2026-07-16", "ground": "beyond_control", "notice_sent_at": noticed, "reason": "a flood"}
    Extend(actor=staff("rn-rivera"), **more).apply(case, noticed)

    assert case.due_at == at("2026-07-16 23:59:59 EASTERN")
    with pytest.raises(Refused, match="extended once already"):
        Extend(actor=staff("rn-rivera"), **(more | {"until": "2026-07-20"})).check(case, noticed)


def test_it_is_never_expedited():
    with pytest.raises(Refused, match=r"waits for nobody and is never expedited \(42 CFR 422.570"):
        refuse_what_was_not(given(urgency="expedited"), TODAY)
    with pytest.raises(Refused, match="waits for nobody"):
        Expedite(actor=staff("rn-rivera"), asked_by="physician").check(a_review(), RECEIVED)


def test_at_the_door_what_was_given_and_what_was_not_are_told_apart():
    days = pack().given_already_after_days
    leave = a_request(received_at=RECEIVED, from_day="2037-10-03")
    with pytest.raises(Refused, match=r"2037-10-03, lies more than 45 days.*retrospective submit"):
        refuse_what_was_given(leave, TODAY, days)
    refuse_what_was_given(a_request(received_at=RECEIVED, from_day="2037-10-06"), TODAY, days)
    refuse_what_was_given(leave.model_copy(update={"emergency": True}), TODAY, days)

    refuse_what_was_not(given(), TODAY)
    refuse_what_was_not(given(from_day="2037-11-20"), TODAY)  # received today, and given today
    with pytest.raises(Refused, match="say why nobody asked"):
        refuse_what_was_not(leave, TODAY)
    with pytest.raises(Refused, match=r"lines.0.from_day: the day lies ahead"):
        refuse_what_was_not(given(from_day="2037-11-21"), TODAY)


def test_an_emergency_is_judged_by_the_prudent_layperson_whatever_the_final_diagnosis_was():
    case = covered(a_review(unasked="emergency"))
    assert [one.criterion for one in case.findings_now(case.lines[0])] == [LAYPERSON]

    case.attached(a_document("er", "emergency_record", prudent_layperson_would_fear_harm=True), RECEIVED)
    case.criteria_checked({1: case.findings_now(case.lines[0])}, RECEIVED)

    assert case.lines[0].determination.findings[0].answer is Answer.MET
    assert case.lines[0].determination.by is None


def test_against_an_emergency_only_the_laypersons_clause_can_be_cited():
    case = covered(a_review(unasked="emergency"))
    words = {"actor": staff("md-vega"), "reason_id": "criteria_not_met"}

    with pytest.raises(Refused, match=f"line 1 is reviewed under {LAYPERSON}"):
        Deny(**words, criterion="chest-ct.radiograph").check(case, RECEIVED)
    Deny(**words, criterion=LAYPERSON).check(case, RECEIVED)


def test_what_was_approved_is_not_looked_at_again_for_necessity():
    case = covered(a_review(under="AUT-2222-2222-4HBR-01"))
    act = Deny(actor=staff("md-vega"), reason_id="criteria_not_met", criterion="chest-ct.radiograph")

    with pytest.raises(Refused, match=r"AUT-2222-2222-4HBR-01 approved it.*422.138\(c\)"):
        act.check(case, RECEIVED)


def test_that_nobody_asked_is_a_ground_only_where_somebody_should_have():
    deny = Deny(actor=staff("cov-matos"), reason_id="not_asked_beforehand")

    deny.check(covered(a_review(unasked="not_asked")), RECEIVED)
    for why in ("emergency", "could_not_ask", "coverage_given_backwards"):
        with pytest.raises(Refused, match="for what should have been asked and was not"):
            deny.check(covered(a_review(unasked=why)), RECEIVED)


def test_an_approval_authorizes_nothing_for_nothing_is_still_to_be_given():
    case = covered(a_review())

    Approve(actor=staff("rn-rivera")).apply(case, RECEIVED)
    case.settle(RECEIVED)

    assert case.status.code == "A1"
    assert all(Duty.DECISION in case.letter_times.kept_by(one) for one in case.letters.notices)
    assert case.lines[0].authorization is None
    assert not case.authorizations


def test_where_no_row_times_it_it_is_work_and_no_clock_is_invented():
    request = given()
    rules = a_review().policy
    untimed = rules.model_copy(
        update={"timeframe": tuple(row for row in rules.timeframe if row.services != "post_service")}
    )

    case = type(a_review()).received("RET-2222-2222-2222", "member", untimed, request, now=RECEIVED)

    assert case.due_at is None
    assert [work.queue for work in case.work.open] == ["nurse-review"]
