"""Showing a dispute: from its state to the sheet that an analyst reads, and the lines that everybody sees."""

from collections.abc import Iterable

from domain.dispute.disputed import FILING, Disputed
from domain.dispute.line import DisputeLine
from domain.dispute.work import FILED_AGAIN
from domain.remittance.adjustment import Adjustment
from domain.view.dispute_view import AdjustedBy, DisputeSheet, DisputeSheetLine
from domain.view.view import ShownDisputedLine


def dispute_sheet(case: Disputed) -> DisputeSheet:
    calendar, filing = case.policy.calendar, case.filing
    return DisputeSheet(
        case=case.number,
        provider=filing.provider.name,
        claim=filing.claim.payer_number,
        adjustments=_adjusted(filing.claim.adjustments),
        look_at=tuple(case.warnings),
        standing=case.standing.because if case.standing else None,
        timeliness=case.notification.words,
        last_day=case.due_at_of(case.clocks[FILING]),
        day_number=case.day_number(case.received_at),
        late_lines=tuple(line.sequence for line in case.late_lines),
        good_cause=_good_cause(case),
        missing=tuple(row.title.en for row in case.missing),
        statement=filing.statement,
        lines=tuple(_line(line) for line in case.lines),
        rows=tuple(
            dict.fromkeys([case.terms.id, *(clock.row(calendar).id for clock in case.clocks.values())])
        ),
        reasons=tuple(
            f"{row.id} ({', '.join(outcome.value for outcome in row.outcomes)})"
            for row in case.disputes.reason
        ),
        later=case.later if any(work.what == FILED_AGAIN for work in case.work.open) else None,
    )


def _good_cause(case: Disputed) -> str | None:
    cause = case.good_cause
    if cause is None:
        return case.filing.good_cause
    return f"{'accepted' if cause.accepted else 'refused'} by {cause.by.name}: {cause.reason}"


def _adjusted(adjustments: Iterable[Adjustment]) -> tuple[AdjustedBy, ...]:
    return tuple(AdjustedBy(code=one.code, amount=one.amount) for one in adjustments)


def _line(line: DisputeLine) -> DisputeSheetLine:
    asked, answer, reference = line.asked, line.resolution, line.reference
    return DisputeSheetLine(
        sequence=line.sequence,
        service=asked.service,
        units=asked.units,
        charge=asked.charge,
        paid=asked.paid,
        adjustments=_adjusted(asked.adjustments),
        cost_share=asked.cost_share,
        expected=asked.expected,
        contended=asked.contended,
        contention=asked.contention.value if asked.contention else None,
        route=line.triage.route.value,
        why=line.triage.why.en,
        triage_row=line.triage.row,
        triage_source=line.triage.source,
        reference=reference.sentence if reference else None,
        would_have_paid=reference.priced.would_have_paid if reference and reference.priced else None,
        outcome=line.outcome,
        awarded=answer.amount if answer else None,
        reason=answer.words.en if answer else None,
        decided_by=str(answer.by) if answer else None,
    )


def disputed_lines(case: Disputed) -> tuple[ShownDisputedLine, ...]:
    """What was paid, line by line, and what was answered."""
    return tuple(_shown(line) for line in case.lines)


def _shown(line: DisputeLine) -> ShownDisputedLine:
    answer = line.resolution
    return ShownDisputedLine(
        sequence=line.sequence,
        service=line.asked.service,
        outcome=line.outcome,
        reason=answer.words.en if answer else line.triage.why.en,
        charge=line.asked.charge,
        paid=line.asked.paid,
        contended=line.asked.contended,
        awarded=answer.amount if answer else None,
        route=line.triage.route.value,
    )
