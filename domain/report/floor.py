"""Figures for the floor: what was in time, what came and went, what an appeal overturned, how letters left.

Each is a chart: bars of so many of so many, made of plain rows of the register. What was entered in error counts
nowhere.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from domain.report.counted import AppealResult, LeftOut
from domain.report.figures import Elapsed, Share, in_days
from domain.report.floor_rows import AppealedLine, Arrival, Letter, LookedAtAgain, OwedAnswer, Piece
from domain.terms.calendar import MONTHS, Calendar
from domain.terms.frozen import Frozen

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

# Charts


class Bar(Frozen):
    """One line of a chart. `note` says what the length does not."""

    label: str
    share: Share
    note: str = ""


class Chart(Frozen):
    title: str
    counts: str  # what a bar is: so many of so many
    bars: tuple[Bar, ...]


class Subject(StrEnum):
    TIMELINESS = "timeliness"
    WORKLOAD = "workload"
    OVERTURNS = "overturns"
    LETTERS = "letters"


class FloorReport(Frozen):
    """What is looked at of some days, from the first through the last."""

    subject: Subject
    first: date
    last: date
    plans: tuple[str, ...]
    charts: tuple[Chart, ...]

    @property
    def title(self) -> str:
        return f"{self.subject.value.capitalize()}, {_day(self.first)} to {_day(self.last)}"


def timeliness(rows: Iterable[OwedAnswer], calendars: Mapping[str, Calendar]) -> tuple[Chart, ...]:
    """Answers that were told in time, of those that were owed by a day of the span and are told, or are late."""
    owed = [row for row in rows if row.left_out is not LeftOut.ENTERED_IN_ERROR]
    by_kind = grouped(owed, lambda row: f"{row.kind}, {row.urgency}")
    by_week = grouped(owed, lambda row: _week(calendars[row.plan].day_of(row.owed_by)))
    counts = "told in time, of those that were told or are late"
    return (
        Chart(title="By kind", counts=counts, bars=tuple(_in_time(*one) for one in sorted(by_kind.items()))),
        Chart(
            title="By week",
            counts=counts,
            bars=tuple(_in_time(_week_of(week), those) for week, those in sorted(by_week.items())),
        ),
    )


def _in_time(label: str, rows: Sequence[OwedAnswer]) -> Bar:
    late, still_open = sum(row.late for row in rows), sum(not row.late and not row.told_at for row in rows)
    return Bar(
        label=label,
        share=Share(count=len(rows) - late - still_open, of=len(rows) - still_open),
        note=_said({"late": late, "not told yet": still_open}),
    )


def workload(
    arrivals: Iterable[Arrival], pieces: Iterable[Piece], calendars: Mapping[str, Calendar], end: datetime
) -> tuple[Chart, ...]:
    """What was received, what was decided at once, and what became of the work in each queue."""
    received = [row for row in arrivals if row.left_out is not LeftOut.ENTERED_IN_ERROR]
    by_week = grouped(received, lambda row: _week(calendars[row.plan].day_of(row.received_at)))
    by_kind = grouped([row for row in received if row.decided_at], lambda row: row.kind)
    by_queue = grouped(pieces, lambda row: row.queue)
    return (
        Chart(
            title="Received by week",
            counts="cases, of all that were received",
            bars=tuple(
                Bar(
                    label=_week_of(week),
                    share=Share(count=len(those), of=len(received)),
                    note=_said(Counter(row.kind for row in those)),
                )
                for week, those in sorted(by_week.items())
            ),
        ),
        Chart(
            title="Decided at once",
            counts="approved by criteria alone, of those received that are decided",
            bars=tuple(
                Bar(label=kind, share=Share(count=sum(row.at_once for row in those), of=len(those)))
                for kind, those in sorted(by_kind.items())
            ),
        ),
        Chart(
            title="Work by queue",
            counts="finished by the end, of all that lay there",
            bars=tuple(_queue(queue, those, end) for queue, those in sorted(by_queue.items())),
        ),
    )


def _queue(queue: str, rows: Sequence[Piece], end: datetime) -> Bar:
    finished = [row for row in rows if row.closed_at and row.closed_at < end]
    took = Elapsed.over([row.closed_at - row.opened_at for row in finished if row.closed_at])
    return Bar(
        label=queue,
        share=Share(count=len(finished), of=len(rows)),
        note=f"median {in_days(took.median)}" if took else "",
    )


def overturns(
    rows: Sequence[AppealedLine], looks: Iterable[LookedAtAgain], *, by_reviewer: bool = False
) -> tuple[Chart, ...]:
    """Lines that an appeal overturned, wholly or in part, of those whose appeal was answered; and second looks.

    By reviewer is for quality alone: it shows whose decisions to read again, and measures nobody's work.
    """
    by_service = grouped(rows, lambda row: row.service)
    charts = [Chart(title="By service", counts=OVERTURNED, bars=_overturned(by_service)), _agreement(looks)]
    if by_reviewer:
        by_decider = grouped(rows, lambda row: row.first_decider or "nobody: the time ran out in silence")
        charts.append(Chart(title="By first reviewer", counts=OVERTURNED, bars=_overturned(by_decider)))
    return tuple(charts)


OVERTURNED = "overturned, wholly or in part, of those answered"


def _overturned(groups: Mapping[str, Sequence[AppealedLine]]) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            label=label,
            share=Share(count=sum(row.result is not AppealResult.UPHELD for row in rows), of=len(rows)),
            note=_said(Counter(row.result.value for row in rows)),
        )
        for label, rows in sorted(groups.items())
    )


def _agreement(looks: Iterable[LookedAtAgain]) -> Chart:
    """How often a second reviewer, who had not seen the first answer, gave the same."""
    counting = [row for row in looks if row.left_out is not LeftOut.ENTERED_IN_ERROR]
    by_plan = grouped(counting, lambda row: row.plan)
    return Chart(
        title="Second looks",
        counts="the same answer, of those given once more",
        bars=tuple(
            Bar(label=plan, share=Share(count=sum(row.agreed for row in those), of=len(those)))
            for plan, those in sorted(by_plan.items())
        ),
    )


LEFT = {"sent", "delivered"}


def letters(rows: Sequence[Letter]) -> tuple[Chart, ...]:
    """Letters that left and did not come back, of those that were owed; and those that left in time."""
    owed = [row for row in rows if row.state != "stopped"]
    by_way, by_kind = grouped(owed, lambda row: row.way), grouped(owed, lambda row: row.kind)
    return (
        Chart(
            title="By way",
            counts="left and did not come back, of those owed",
            bars=tuple(
                Bar(
                    label=way,
                    share=Share(count=sum(row.state in LEFT for row in those), of=len(those)),
                    note=_said(Counter(row.state for row in those if row.state not in LEFT)),
                )
                for way, those in sorted(by_way.items())
            ),
        ),
        Chart(
            title="By kind",
            counts="not late, of those owed",
            bars=tuple(
                Bar(
                    label=kind.replace("_", " "),
                    share=Share(count=sum(not row.late for row in those), of=len(those)),
                )
                for kind, those in sorted(by_kind.items())
            ),
        ),
    )


# Words


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    groups: defaultdict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


def _said(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {words}" for words, count in counts.items() if count)


def _week(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _week_of(monday: date) -> str:
    return f"week of {_day(monday)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
