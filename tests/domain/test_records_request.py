"""Records of a provider without a contract, in an expedited request: asked for within 24 hours of its receipt."""

from datetime import timedelta

import pytest

from domain.case import dispatch
from domain.case.keeping import keep_appointments
from domain.desk.desk import RequestInformation, Withdraw
from domain.determination.clock_acts import CorrectReceipt, Downgrade, Expedite
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from domain.request.criteria import check
from domain.review.records import RECORDS
from domain.terms.notice import NoticeKind
from tests.builders import a_case, a_request, at, staff
from tests.request_letters import PROVIDER

RECEIVED = at("2037-03-02 09:00 AST")
DUE = at("2037-03-03 09:00 AST")
ASK = {"items": ("the imaging report",)}


def a_case_of(contracted=False, **changes):
    """Expedited, with a criterion that nothing shows."""
    provider = PROVIDER | {"contracted": contracted}
    facts = {"urgency": "expedited", "requested_by": "member", "received_at": RECEIVED} | changes
    case = a_case(a_request(requesting_provider=provider, **facts))
    checked(case)
    return case


def checked(case, now=RECEIVED):
    table = case.policy.criteria_for("72148")
    case.criteria_checked({1: check(table, case.facts)}, now)
    case.settle(now)


def does(case, when, who, act, **words):
    now = at(when)
    keep_appointments(case, now)
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, now)
    said.apply(case, now)
    case.settle(now)


def letter_leaves(case, when):
    [letter] = [one for one in case.letters.notices if one.kind is NoticeKind.RECORDS_REQUEST]
    dispatch.sent(case, letter.key, "proof", at(when))
    return letter


def test_it_counts_from_the_receipt_and_waits_for_somebody_who_asks():
    case = a_case_of()

    assert case.due_at_of(case.clocks[RECORDS]) == DUE
    assert case.due_at == DUE
    [work] = [one for one in case.work.open if one.clock == RECORDS]
    assert (work.queue, work.due_at) == ("intake", DUE)


@pytest.mark.parametrize(
    "changes",
    [
        {"contracted": True},
        {"contracted": None},
        {"urgency": "standard"},
        {"plan": "mcs-life"},
        {"plan": "caresource"},
    ],
)
def test_under_another_law_with_a_contract_or_a_standard_time_nobody_times_it(changes):
    assert RECORDS not in a_case_of(**changes).clocks


@pytest.mark.parametrize(
    ("left", "late"), [("2037-03-03 09:00 AST", False), ("2037-03-03 09:00:01 AST", True)]
)
def test_it_is_kept_by_the_letter_to_the_provider_and_by_no_other(left, late):
    case = a_case_of()
    does(case, "2037-03-02 15:00 AST", "rn-rivera", RequestInformation, **ASK)
    letter = letter_leaves(case, left)

    assert letter.facts["asked"] == ["the imaging report"]
    assert case.clocks[RECORDS].is_late(at(left), case.policy.calendar) is late
    assert not [one for one in case.work.open if one.clock == RECORDS]
    told = {one.recipient for one in case.letters.notices if one.kind is NoticeKind.INFORMATION_REQUEST}
    assert [one.text for one in told] == ["member"], "the provider has a letter of their own"


def test_nobody_asks_and_it_is_a_breach_that_people_hear_of():
    case = a_case_of()
    keep_appointments(case, DUE + timedelta(seconds=1))

    [breach] = [event for event in case.log.events if event.kind is EventKind.BREACHED]
    assert breach.details["effect"] == "compliance_breach"
    assert not [one for one in case.letters.notices if one.kind is NoticeKind.MISSED_DEADLINE]
    does(case, "2037-03-03 10:00 AST", "rn-rivera", RequestInformation, **ASK)
    letter_leaves(case, "2037-03-03 10:01 AST")
    assert case.clocks[RECORDS].satisfied_at
    assert case.was_late


def test_what_is_answered_without_them_needs_none():
    case = a_case_of()
    does(case, "2037-03-02 15:00 AST", "rn-rivera", Approve)

    assert case.clocks[RECORDS].ended_at == at("2037-03-02 15:00 AST")
    assert not [one for one in case.work.open if one.clock == RECORDS]
    taken_back = a_case_of()
    does(taken_back, "2037-03-02 15:00 AST", "ic-santos", Withdraw)
    assert not taken_back.clocks[RECORDS].is_open


def test_an_answer_in_time_that_was_keyed_late_takes_the_breach_back():
    case = a_case_of()
    keep_appointments(case, DUE + timedelta(seconds=1))
    assert case.clocks[RECORDS].breached_at
    in_time = {"at": DUE - timedelta(hours=1), "confirmed_by": staff("sup-diaz")}

    does(case, "2037-03-03 10:00 AST", "rn-rivera", Approve, **in_time)

    assert case.clocks[RECORDS].ended_at == DUE - timedelta(hours=1)
    assert case.clocks[RECORDS].breached_at is None


def test_expedited_later_it_counts_from_then_and_refused_it_falls_away():
    case = a_case_of(urgency="standard")
    does(case, "2037-03-04 09:00 AST", "ic-santos", Expedite, asked_by="member")
    assert case.due_at_of(case.clocks[RECORDS]) == at("2037-03-05 09:00 AST")

    does(case, "2037-03-04 10:00 AST", "rn-rivera", Downgrade)

    assert case.clocks[RECORDS].ended_at == at("2037-03-04 10:00 AST")
    assert not [one for one in case.work.open if one.clock == RECORDS]


def test_a_receipt_that_was_keyed_wrong_moves_it_too():
    case = a_case_of()
    earlier = at("2037-03-02 07:00 AST")
    does(
        case,
        "2037-03-02 15:00 AST",
        "ic-santos",
        CorrectReceipt,
        received_at=earlier,
        reason="the fax says so",
    )

    assert case.due_at_of(case.clocks[RECORDS]) == at("2037-03-03 07:00 AST")
