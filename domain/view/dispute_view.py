"""A payment dispute as its analyst sees it: line by line, what was paid, what explains it, what Medicare pays."""

from decimal import Decimal

from pydantic import AwareDatetime

from domain.dispute.facts import LaterRemittance
from domain.terms.frozen import Frozen
from domain.terms.money import Money


class AdjustedBy(Frozen):
    """One adjustment that explains a payment, with its code as people say it."""

    code: str
    amount: Money


class DisputeSheetLine(Frozen):
    """One line: the amounts, where it goes and why, what Original Medicare would have paid, and the answer."""

    sequence: int
    service: str
    units: Decimal
    charge: Money
    paid: Money
    adjustments: tuple[AdjustedBy, ...]
    cost_share: Money
    expected: Money | None
    contended: Money | None
    contention: str | None
    route: str
    why: str
    triage_row: str | None
    triage_source: str
    reference: str | None  # None until it was looked up
    would_have_paid: Money | None
    outcome: str | None
    awarded: Money | None
    reason: str | None
    decided_by: str | None


class DisputeSheet(Frozen):
    """The whole dispute on one page, with the rows that govern it."""

    case: str
    provider: str
    claim: str
    adjustments: tuple[AdjustedBy, ...] = ()  # of the whole claim, beside those of its lines
    look_at: tuple[str, ...] = ()  # what the rest of the remittance, and another filing, say of the claim
    standing: str | None
    timeliness: str
    last_day: AwareDatetime | None
    day_number: int  # of the receipt; the day of the notice is day 0
    late_lines: tuple[int, ...]
    good_cause: str | None
    missing: tuple[str, ...]
    statement: str | None
    lines: tuple[DisputeSheetLine, ...]
    rows: tuple[str, ...]  # of the pack: terms, then the timeframe of each clock
    reasons: tuple[str, ...]  # each with the outcomes that it serves
    later: LaterRemittance | None = None  # that came with a filing, and waits for the analyst
