"""What a remittance says to somebody who would dispute it: its claims, where each line would go, and by when."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import zip_longest
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from client.dispute.claim import (
    PAID_IN_FULL,
    claim_fields,
    contended_line,
    not_paid_in_full,
    why_no_dispute,
    why_nobody_disputes,
)
from client.terminal.reading import build
from config.calendars import calendar_for_case
from domain.clock.duty import Duty
from domain.clock.timeframe import Timeframe
from domain.dispute.filing import DisputedClaim
from domain.dispute.triage import triage
from domain.policy.case_policy import CasePolicy
from domain.policy.disputes import DisputePolicy, Route
from domain.policy.pack import Pack
from domain.policy.rows import Plan
from domain.remittance.adjustment import Adjustment
from domain.remittance.notification import DateBasis, NoticeOfPayment, NotificationDate, notification_date
from domain.remittance.remittance import Remittance, RemittedClaim, RemittedLine
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.refusals import Misuse, Refused


class ReadLine(Frozen):
    """A line as it was paid, and where a dispute of it would go; None where the claim cannot be disputed."""

    line: int
    service: str
    charge: Money
    paid: Money
    adjustments: tuple[str, ...]  # each as `CO-45 272.00`
    route: Route | None = None
    why: str | None = None

    @property
    def words(self) -> str:
        said = f"line {self.line}: {self.service}, charge {self.charge}, paid {self.paid}"
        adjusted = f" ({', '.join(self.adjustments)})" if self.adjustments else ""
        return f"{said}{adjusted}" + (f": {self.route.value}. {self.why}" if self.route else "")


class ReadClaim(Frozen):
    """One claim; `no_dispute` says why it cannot be disputed, where it cannot."""

    patient_account: str
    payer_number: str | None
    charge: Money
    paid: Money
    adjustments: tuple[str, ...]  # of the claim as a whole, beside those of its lines
    coverage: str
    says_medicare_advantage: bool
    no_dispute: str | None
    warnings: tuple[str, ...]  # what its signs, the rest of the file and PLB say of it
    lines: tuple[ReadLine, ...]

    @property
    def words(self) -> str:
        number = self.payer_number or "without a payer's number"
        adjusted = f" ({', '.join(self.adjustments)} on the whole claim)" if self.adjustments else ""
        said = f"charge {self.charge}, paid {self.paid}{adjusted}"
        return f"claim {number} (patient account {self.patient_account}): {said}"

    @property
    def whose(self) -> str | None:
        """What is to be known before it is disputed; None where nothing is in doubt."""
        if self.no_dispute:
            return f"no dispute: {self.no_dispute}"
        if self.says_medicare_advantage:
            return None
        return f"it says {self.coverage}: whether it is Medicare Advantage, the directory decides"


class ReadFault(Frozen):
    """A claim that cannot be read, and why; nothing else in the file is touched by it."""

    place: str
    patient_account: str | None
    payer_number: str | None
    fault: str

    @property
    def words(self) -> str:
        number = self.payer_number or "without a payer's number"
        account = f" (patient account {self.patient_account})" if self.patient_account else ""
        return f"claim {number}{account}: cannot be read: {self.place}: {self.fault}"


class TimeToFile(Frozen):
    """From which day the time to file runs, by which date of the remittance, and how long."""

    counted_from: date
    basis: DateBasis
    words: str
    ends_at: AwareDatetime
    last_day: date
    row: str
    source: str


class ReadRemittance(Frozen):
    """One remittance as a plan that takes disputes reads it."""

    plan: str
    payer: str
    payee: str
    payment: Money | None
    warnings: tuple[str, ...]
    time_to_file: TimeToFile | None  # None: no date of notice is known
    outside: tuple[str, ...]  # what was taken or added outside all claims (PLB)
    claims: tuple[ReadClaim, ...]
    unread: tuple[ReadFault, ...]


def read_remittance(remittance: Remittance, plan: Plan, pack: Pack) -> ReadRemittance:
    """The remittance by the rules of this plan that are in force today."""
    disputes = pack.disputes_of(plan.id)
    now = datetime.now(UTC)
    return ReadRemittance(
        plan=plan.id,
        payer=remittance.payer,
        payee=remittance.payee,
        payment=remittance.payment,
        warnings=(*remittance.warnings, *filter(None, [why_nobody_disputes(remittance)])),
        time_to_file=_time_to_file(remittance, plan, pack, now),
        outside=tuple(
            f"{one.words}, for {one.reference}" if one.reference else one.words for one in remittance.outside
        ),
        claims=tuple(_claim(claim, disputes, _day_of(now, plan)) for claim in remittance.claims),
        unread=tuple(ReadFault.model_validate(one.model_dump(exclude={"paid"})) for one in remittance.unread),
    )


def _time_to_file(remittance: Remittance, plan: Plan, pack: Pack, now: datetime) -> TimeToFile | None:
    try:
        return time_to_file(remittance.notice(), plan, pack, now)
    except Refused:
        return None


def time_to_file(notice: NoticeOfPayment, plan: Plan, pack: Pack, received_at: datetime) -> TimeToFile:
    """How long a dispute could be filed, by the row in force when it is received."""
    told = notification_date(notice, later_governs=pack.disputes_of(plan.id).terms.later_date_governs)
    calendar = calendar_for_case(plan, told.day)
    row = _row(pack.for_case(plan, calendar, (), "dispute"), _day_of(received_at, plan))
    ends_at = row.end(calendar.end_of(told.day), calendar)
    return _shown(told, row, ends_at, calendar)


def _day_of(instant: datetime, plan: Plan) -> date:
    return instant.astimezone(ZoneInfo(plan.zone)).date()


def _row(policy: CasePolicy, day: date) -> Timeframe:
    rows = [row for row in policy.timeframe if row.times is Duty.DISPUTE_FILING and row.is_in_force(day)]
    if not rows:
        raise Misuse("received: the pack has no time to file for that day of receipt.")
    return rows[0]


def _shown(told: NotificationDate, row: Timeframe, ends_at: datetime, calendar: Calendar) -> TimeToFile:
    return TimeToFile(
        counted_from=told.day,
        basis=told.basis,
        words=f"last day {calendar.show_due(ends_at)}, {row.span}, day 0 {_day(told.day)}; {told.words}",
        ends_at=ends_at,
        last_day=calendar.day_of(ends_at),
        row=row.id,
        source=row.source,
    )


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _claim(claim: RemittedClaim, disputes: DisputePolicy, today: date) -> ReadClaim:
    no_dispute = why_no_dispute(claim, disputes.terms)
    asked = [] if no_dispute else not_paid_in_full(claim)
    lines = tuple(_line(line) for line in claim.lines or claim.disputable_lines)
    try:
        lines = tuple(_routed(claim, asked, disputes, today))
    except Misuse as fault:  # more lines or units than a dispute can hold
        no_dispute = str(fault)
    return ReadClaim(
        patient_account=claim.patient_account,
        payer_number=claim.payer_number,
        charge=claim.charge,
        paid=claim.paid,
        adjustments=_adjusted(claim.adjustments),
        coverage=claim.coverage,
        says_medicare_advantage=claim.is_medicare_advantage,
        no_dispute=no_dispute or (None if asked else PAID_IN_FULL),
        warnings=claim.warnings,
        lines=lines,
    )


def _line(line: RemittedLine) -> ReadLine:
    return ReadLine(
        line=line.sequence,
        service=" ".join([line.service, *line.modifiers]),
        charge=line.charge,
        paid=line.paid,
        adjustments=_adjusted(line.adjustments),
    )


def _routed(
    claim: RemittedClaim, asked: Sequence[int], disputes: DisputePolicy, today: date
) -> Iterator[ReadLine]:
    """The lines as the remittance has them; those in dispute go where the case would send them."""
    for written, line in zip_longest(claim.lines, claim.disputable_lines):
        read = _line(written or line)
        if line.sequence in asked:
            disputed = build(DisputedClaim, claim_fields(claim))
            found = triage(contended_line(line, claim), disputed, disputes.triage, today)
            read = read.model_copy(update={"route": found.route, "why": found.why.en})
        yield read


def _adjusted(adjustments: Iterable[Adjustment]) -> tuple[str, ...]:
    return tuple(f"{one.code} {one.amount}" for one in adjustments)
