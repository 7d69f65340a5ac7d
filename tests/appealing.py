"""Appeals for stories and tables: a valid one by default, of whatever case it is about."""

from datetime import datetime
from typing import Any

import pytest

from activities.opening import AppealOpening
from domain.appeal.acts import DismissAppeal, RecordReview, VacateDismissal
from domain.appeal.appeal import Appeal
from domain.appeal.appealed import appealed
from domain.appeal.deciding import DecideAppeal
from domain.appeal.request import AppealRequest
from domain.case.keeping import come_to_rest, keep_appointments
from domain.determination.decisions import Deny
from domain.review.assessed import AssessedCase
from domain.terms.case_number import case_number
from domain.terms.people import SYSTEM
from domain.terms.refusals import Refused
from tests.builders import a_case, a_request, at, criteria_of, pack, policy, staff
from tests.world import NUMBERS, CaseSeen, World


def an_appeal(original: str, received_at: datetime, **changes: Any) -> AppealRequest:
    """The member's own appeal of everything that was not approved, by fax."""
    fields: dict[str, Any] = {
        "plan": "mcs-classicare",
        "original": original,
        "by": "member",
        "channel": "fax",
        "received_at": received_at,
        "statement": "My doctor says that I need it.",
    }
    return AppealRequest.model_validate(fields | changes)


CLAUSE, *_ = criteria_of("72148")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": CLAUSE}
NIECE = {
    "by": "representative",
    "representative": {"name": "Marisol Rivera", "relationship": "niece", "address": "Calle Sol 3, Ponce PR"},
}


async def a_denial(world: World, day: str = "2037-02-09", **facts: Any) -> CaseSeen:
    """A lumbar MRI that Dr. Ortiz denied, with a notice of that day."""
    case = await world.submit(a_request(received_at=at(f"{day} 09:00 AST"), **facts))
    await case.let_pass(until=at(f"{day} 10:00 AST"))
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.sheet()
    return case


async def appeal(plan: World, original: CaseSeen, received_at: datetime, /, **changes: Any) -> CaseSeen:
    """Open an appeal of a live or closed case, and carry it to its receipt."""
    number = case_number("APP", NUMBERS.pop())
    opening = AppealOpening(number=number, appeal=an_appeal(original.number, received_at, **changes))
    return await plan.open("appeal", opening, number, received_at)


def appeal_of(case: AssessedCase, received_at: datetime, **changes: Any) -> Appeal:
    """An appeal as it stands after admission, for tables that need no Temporal."""
    original = appealed(case, received_at)
    services = tuple(line.asked.service for line in case.lines)
    row = case.policy.plan
    taken = pack().for_case(row, policy(row.id, received_at.year, services).calendar, services, "appeal")
    asked = an_appeal(case.number, received_at, **changes)
    opened = Appeal.received("APP-2222-2222-2222", taken, asked, original, now=received_at)
    opened.linked_with_the_original(received_at, heard=True)
    opened.begin(received_at)
    come_to_rest(opened, received_at)
    return opened


# Cases without an engine: acts and appointments, each at its instant


def does(case, now, who, act, **words):
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, now)
    said.apply(case, now)
    come_to_rest(case, now)
    return case


def refusal(case, now, who, act, **words):
    with pytest.raises(Refused) as refused:
        does(case.model_copy(deep=True), now, who, act, **words)
    return str(refused.value)


def denied(day, zone="AST", who="md-ortiz", **facts):
    """A request that was denied on that day, with its letter."""
    request = a_request(received_at=at(f"{day} 09:00 {zone}"), from_day=day, **facts)
    case = a_case(request)
    now = at(f"{day} 10:00 {zone}")
    come_to_rest(case, now)
    return does(case, now, who, Deny, **NOT_MET)


def silent(received, through, **facts):
    """A request whose time ran out without an answer, carried to an instant."""
    case = a_case(a_request(received_at=received, **facts))
    come_to_rest(case, received)
    while (coming := case.next_appointment) and coming.at <= through:
        keep_appointments(case, coming.at)
        come_to_rest(case, coming.at)
    return case


def carried(case, through):
    """The case after everything that falls due by then has come."""
    while (coming := case.next_appointment) and coming.at <= through:
        keep_appointments(case, coming.at)
        come_to_rest(case, coming.at)
    return case


def due(case, name):
    return case.due_at_of(case.clocks[name])


def lives():
    """Appeals that between them write every letter."""
    first, received = denied("2026-02-09"), at("2026-03-02 09:00 AST")
    later = at("2026-03-03 09:00 AST")
    upheld = does(appeal_of(first, received), later, "md-vega", DecideAppeal, answer="upheld")
    yield does(upheld, later, "ap-soto", RecordReview, outcome="overturned")
    yield carried(appeal_of(first, received), at("2026-05-01 09:00 AST"))
    dismissed = does(
        appeal_of(first, received, **NIECE), later, "ap-soto", DismissAppeal, ground="no_standing"
    )
    yield does(dismissed, later, "sup-diaz", VacateDismissal, reason="the form was in another mailbox")
    yield appeal_of(first, at("2026-05-04 09:00 AST"))
    withdrawn = appeal_of(first, received)
    withdrawn.withdraw("member", later, later, SYSTEM)
    come_to_rest(withdrawn, later)
    yield withdrawn
    home = denied("2026-02-09", plan="mcs-life")
    yield does(appeal_of(home, received, plan="mcs-life"), later, "md-cruz", DecideAppeal, answer="upheld")
