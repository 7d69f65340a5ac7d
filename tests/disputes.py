"""Disputes for tests: valid by default; a test states only the fact that matters."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from config.calendars import calendar_of
from domain.case.keeping import come_to_rest, keep_appointments
from domain.dispute import receipt
from domain.dispute.dispute import Dispute
from domain.dispute.filing import Filing
from domain.dispute.standing import Standing
from domain.request.request import Document
from tests.builders import at, pack, staff

PAPERS = ("original_claim", "remittance_notice", "supporting_records", "dispute_form")
OURS = Standing(in_medicare_advantage=True, has_contract=False, because="a member, and no contract")


def a_paper(kind: str, received_at: datetime | None = None, **facts: Any) -> Document:
    return Document(
        id=kind.replace("_", "-"),
        kind=kind,
        dated=date(2037, 4, 1),
        sha256=kind[0].encode().hex()[:2] * 32,
        received_at=received_at,
        **facts,
    )


def papers(*without: str) -> tuple[Document, ...]:
    return tuple(a_paper(kind) for kind in PAPERS if kind not in without)


def a_line(sequence: int = 1, **changes: Any) -> dict[str, Any]:
    """Charged 500, paid 300 because of the fee schedule; the provider says that 420 was due."""
    fields: dict[str, Any] = {
        "sequence": sequence,
        "service": "99213",
        "day": "2037-01-10",
        "charge": "500.00",
        "paid": "300.00",
        "expected": "420.00",
    } | changes
    if "adjustments" not in fields:
        left = f"{float(fields['charge']) - float(fields['paid']):.2f}"
        fields["adjustments"] = [{"group": "CO", "reason": "45", "amount": left}]
    return fields


def denied(sequence: int = 2, reason: str = "50") -> dict[str, Any]:
    adjustments = [{"group": "CO", "reason": reason, "amount": "200.00"}]
    return a_line(sequence, charge="200.00", paid="0.00", expected="150.00", adjustments=adjustments)


def a_filing(**changes: Any) -> Filing:
    """A complete dispute of one line, within its time; D6's receipt, moved to 2037."""
    provider = {
        "name": "Dr. Linh Nguyen",
        "npi": "1000000079",
        "tax_id": "95-2000001",
        "group": "Bayview Group",
        "address": "12 Harbor Way, Long Beach, CA 90802",
    } | changes.pop("provider", {})
    claim = {
        "patient_account": "ACC-7781",
        "payer_number": "CLM-20370401",
        "member": "PRO-400001",
        "filing_indicator": "16",
        "facility_code": "11",
    } | changes.pop("claim", {})
    fields: dict[str, Any] = {
        "plan": "procare",
        "channel": "mail",
        "received_at": at("2037-05-01 10:00 PACIFIC"),
        "provider": provider,
        "claim": claim,
        "remittance": {"produced_on": "2037-03-02"},
        "lines": [a_line()],
        "statement": "Original Medicare's physician fee schedule pays more for this code.",
        "documents": papers(),
    }
    return Filing.model_validate(fields | changes)


def policy_of(filing: Filing) -> Any:
    row, year = pack().plan_named(filing.plan), filing.received_at.year
    return pack().for_case(row, calendar_of(row, year - 1, year + 4), (), "dispute")


def received(filing: Filing | None = None, now: datetime | None = None, **changes: Any) -> Dispute:
    """A dispute as it stands when it has just been received."""
    filing = filing or a_filing(**changes)
    then = now or filing.received_at
    return Dispute.received("DIS-2222-2222-2222", "member-hash", policy_of(filing), filing, now=then)


def a_dispute(filing: Filing | None = None, now: datetime | None = None, **changes: Any) -> Dispute:
    """A dispute that is ours to answer, at rest: its first letters have left."""
    case = received(filing, now, **changes)
    then = now or case.received_at
    receipt.standing_found(case, OURS, then)
    come_to_rest(case, then)
    return case


def does(case: Dispute, who: str, act: type, now: datetime, **words: Any) -> str:
    """A person acts, as far as they are allowed to; what is owed then leaves."""
    said = act(actor=staff(who), **words)
    keep_appointments(case, now)
    said.refuse_unless_allowed(case, now)
    sentence: str = said.apply(case, now)
    come_to_rest(case, now)
    return sentence


def passes(case: Dispute, until: datetime) -> None:
    """Time passes, and what falls due on the way happens when it falls due."""
    while (coming := case.next_appointment) and coming.at <= until:
        keep_appointments(case, coming.at)
        come_to_rest(case, coming.at)


def last_day(case: Dispute, clock: str) -> str:
    due_at = case.due_at_of(case.clocks[clock])
    assert due_at is not None
    return case.policy.calendar.local(due_at).strftime("%Y-%m-%d %H:%M:%S %Z")


def kinds(case: Dispute) -> list[str]:
    """The letters of a case in the order in which they became owed."""
    return [notice.kind.value for notice in case.letters.notices]


def noon(day: str) -> datetime:
    return at(f"{day} 12:00 PACIFIC")


A_DAY = timedelta(days=1)
JUST_NOW = datetime.now(UTC).replace(microsecond=0)


def many_lines(count: int, adjustments: int = 18, reason: str = "45") -> list[dict[str, Any]]:
    """The most that a remittance says: up to 999 lines, each with so many adjustments of ten dollars and cents."""
    lines = []
    for number in range(1, count + 1):
        amounts = [f"10.{(number * 7 + place) % 100:02d}" for place in range(adjustments)]
        adjusted = [{"group": "CO", "reason": reason, "amount": amount} for amount in amounts]
        paid = Decimal("500.00") - sum(map(Decimal, amounts))
        lines.append(
            a_line(
                number, service=f"{99000 + number}", paid=str(paid), expected="500.00", adjustments=adjusted
            )
        )
    return lines
