"""What a plan publishes of prior authorization once a year (42 CFR 422.122(c), 438.210(f)), figure by figure.

A figure is a sentence over rows: which requests it is of, and which of them count. A partial approval is approved
in one reading of the rule and denied in the other; both are told.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import AwareDatetime

from domain.clock.timeframe import Urgency
from domain.report.counted import Answer, LeftOut
from domain.report.figures import Elapsed, Share, in_days, in_hours
from domain.terms.frozen import Frozen


class Reading(StrEnum):
    """As what a partial approval counts."""

    AS_APPROVED = "as approved"
    AS_DENIED = "as denied"


class Row(Frozen):
    """A decided request, as the register has it, with the answer to its appeal where that was decided."""

    case: str
    plan: str
    urgency: Urgency
    received_at: AwareDatetime
    decided_at: AwareDatetime
    answer: Answer
    extended: bool = False
    left_out: LeftOut | None = None
    appeal: str | None = None
    appeal_answer: Answer | None = None


def approved(answer: Answer | None, reading: Reading) -> bool:
    in_part = answer is Answer.PARTIAL and reading is Reading.AS_APPROVED
    return answer is Answer.APPROVED or in_part


def denied(answer: Answer | None, reading: Reading) -> bool:
    return answer is not None and not approved(answer, reading)


def _standard(row: Row) -> bool:
    return row.urgency is Urgency.STANDARD


def _expedited(row: Row) -> bool:
    return row.urgency is Urgency.EXPEDITED


@dataclass(frozen=True)
class Sentence:
    """A share that is published: of which requests, and which of them count."""

    id: str
    title: str
    of: Callable[[Row], bool]
    counts: Callable[[Row, Reading], bool]


SHARES = (
    Sentence(
        "standard_approved",
        "Standard requests approved",
        _standard,
        lambda row, how: approved(row.answer, how),
    ),
    Sentence(
        "standard_denied", "Standard requests denied", _standard, lambda row, how: denied(row.answer, how)
    ),
    Sentence(
        "approved_after_appeal",
        "Standard requests approved after appeal, of those appealed",
        lambda row: _standard(row) and row.appeal_answer is not None,
        lambda row, how: approved(row.appeal_answer, how),
    ),
    Sentence(
        "extended_approved",
        "Requests whose time for review was extended, and that were approved, of all requests",
        lambda _: True,
        lambda row, how: row.extended and approved(row.answer, how),
    ),
    Sentence(
        "expedited_approved",
        "Expedited requests approved",
        _expedited,
        lambda row, how: approved(row.answer, how),
    ),
    Sentence(
        "expedited_denied", "Expedited requests denied", _expedited, lambda row, how: denied(row.answer, how)
    ),
)

TIMES = {
    Urgency.STANDARD: ("standard_time", "Time to decide a standard request", in_days),
    Urgency.EXPEDITED: ("expedited_time", "Time to decide an expedited request", in_hours),
}


class PublishedShare(Frozen):
    id: str
    title: str
    shares: dict[Reading, Share]
    percents: dict[Reading, str]


class PublishedTime(Frozen):
    """`elapsed` is missing where no such request was decided."""

    id: str
    title: str
    elapsed: Elapsed | None
    mean: str
    median: str


class Figures(Frozen):
    """The figures of one contract or plan, and how many decided requests stand in none of them, by reason."""

    standard: int
    expedited: int
    shares: tuple[PublishedShare, ...]
    times: tuple[PublishedTime, ...]
    left_out: dict[str, int]

    @property
    def total(self) -> int:
        return self.standard + self.expedited


def figures_of(rows: Sequence[Row]) -> Figures:
    """Every figure of these requests."""
    counting = [row for row in rows if row.left_out is None]
    return Figures(
        standard=sum(map(_standard, counting)),
        expedited=sum(map(_expedited, counting)),
        shares=tuple(_share(one, counting) for one in SHARES),
        times=tuple(_time(urgency, counting) for urgency in TIMES),
        left_out=dict(Counter(row.left_out.value for row in rows if row.left_out)),
    )


def _share(one: Sentence, rows: Iterable[Row]) -> PublishedShare:
    of = [row for row in rows if one.of(row)]
    shares = {how: Share(count=sum(one.counts(row, how) for row in of), of=len(of)) for how in Reading}
    percents = {how: str(share) for how, share in shares.items()}
    return PublishedShare(id=one.id, title=one.title, shares=shares, percents=percents)


def _time(urgency: Urgency, rows: Iterable[Row]) -> PublishedTime:
    name, title, shown = TIMES[urgency]
    elapsed = Elapsed.over([row.decided_at - row.received_at for row in rows if row.urgency is urgency])
    mean, middle = (shown(elapsed.mean), shown(elapsed.median)) if elapsed else ("none to count",) * 2
    return PublishedTime(id=name, title=title, elapsed=elapsed, mean=mean, median=middle)


def traced(row: Row) -> Iterator[str]:
    """The figures in which a request counts; or the reason why it counts in none."""
    if row.left_out:
        yield f"left out: {row.left_out.value}"
        return
    for one in SHARES:
        if one.of(row):
            readings = [how for how in Reading if one.counts(row, how)]
            partly = f", a part {readings[0].value}" if len(readings) == 1 else ""
            yield f"{one.id}: counts{partly}" if readings else f"{one.id}: of these"
    took = int((row.decided_at - row.received_at).total_seconds())
    name, _, shown = TIMES[row.urgency]
    yield f"{name}: {shown(took)}"
