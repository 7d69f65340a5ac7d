"""The same act on many cases: found by plain filters, tried on each first, done, and told one by one.

It may be stopped and run again: a case on which the act would change nothing is left alone.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import Progress
from rich.text import Text
from temporalio.service import RPCError

from client.reach.cases import Cases, cases
from client.reach.look import print_json
from client.reach.silence import unreachable
from client.terminal.options import AskedBack, OrStandardInput
from client.terminal.reading import read_text
from config.access.staff import person
from config.console import ConsoleWords
from config.settings import Settings
from domain.case.authority import require
from domain.parts.queues import QUEUE_ROLES, refuse_unknown
from domain.parts.stage import Stage
from domain.rehearsal.trial import ForMany, Trial
from domain.terms.case_number import parse
from domain.terms.frozen import Frozen
from domain.terms.kind import KINDS
from domain.terms.refusals import Misuse, PlazoError
from workflows.running.attributes import ASSIGNEES, CATEGORY, FLAGS, PLAN, QUEUES, STAGE

OPEN = "ExecutionStatus = 'Running'"
AT_ONCE = 8
MOST_NAMED = 500  # in one list


class BatchOutcome(StrEnum):
    """What became of a case in a batch, and how that is said."""

    DONE = "done"
    WOULD = "would"
    NOTHING = "nothing"
    FAILED = "failed"

    @property
    def text(self) -> str:
        return {"would": "would change", "nothing": "with nothing to do"}.get(self.value, self.value)


class Result(Frozen):
    case: str
    outcome: BatchOutcome
    says: str


class Report(Frozen):
    """What a batch prints with `--json`. Without `dry_run` nothing is only said."""

    dry_run: bool
    cases: tuple[Result, ...]
    interrupted: bool = False

    @property
    def has_failures(self) -> bool:
        return any(one.outcome is BatchOutcome.FAILED for one in self.cases)


@Parameter(name="*")
@dataclass(frozen=True)
class Which:
    """Plain filters. All that are given have to hold; only open cases are looked at."""

    plan: str | None = None
    """Only cases of this line of business."""

    kind: str | None = None
    """Only cases of this kind: precertification, referral, dispute or appeal."""

    queue: Annotated[str | None, AskedBack] = None
    """Only cases with work in this queue."""

    stage: Stage | None = None
    """Only cases at this stage."""

    assignee: str | None = None
    """Only cases of which this person has work."""

    flag: str | None = None
    """Only cases with this flag, for example breach or legal_hold."""

    cases: OrStandardInput | None = None
    """Only these open cases: a file of their numbers, one a line, or `-`."""

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The cases that are named one by one, in their order."""
        if self.cases is None:
            return ()
        named = [parse(line) for line in read_text(self.cases).split("\n") if line.strip()]
        if not 1 <= len(set(named)) <= MOST_NAMED:
            raise Misuse(f"cases: a list of one to {MOST_NAMED} numbers is needed.")
        return tuple(dict.fromkeys(named))

    def query(self, settings: Settings) -> str:
        """The filters as visibility understands them. Raises Misuse for what nothing could match."""
        if self.kind is not None and self.kind not in KINDS:
            raise Misuse(f"kind: known are {', '.join(KINDS)}.")
        if self.queue is not None:
            refuse_unknown(self.queue)
        if self.assignee is not None:
            person(settings.policy, self.assignee)
        for field, value in (("plan", self.plan), ("flag", self.flag)):
            if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", value):
                raise Misuse(f"{field}: a name of letters, digits, _ and - is needed.")
        held = [f"{queue}/{self.assignee}" for queue in QUEUE_ROLES] if self.assignee else []
        wanted: list[tuple[str, Iterable[str | None]]] = [
            ("WorkflowId", self.numbers),
            (PLAN.name, [self.plan]),
            (CATEGORY.name, [self.kind]),
            (QUEUES.name, [self.queue]),
            (STAGE.name, [self.stage.text if self.stage else None]),
            (FLAGS.name, [self.flag]),
            (ASSIGNEES.name, held),
        ]
        return " AND ".join([OPEN, *(_in(name, values) for name, values in wanted if any(values))])

    @property
    def is_everything(self) -> bool:
        return not any((self.cases, self.plan, self.kind, self.queue, self.stage, self.assignee, self.flag))


def _in(name: str, values: Iterable[str | None]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{name} IN ({quoted})"


async def say_to_many(
    act: ForMany,
    query: str,
    settings: Settings,
    *,
    dry_run: bool,
    as_json: bool,
    doing: str,
    named: Sequence[str] = (),
) -> int:
    """Say an act to every open case that a query finds, and print what became of each; 1 if any failed.

    Of those that are `named` it says too which were not found.
    """
    require(act.actor, act.act_name)
    results: list[Result] = []
    stopped = False
    async with cases(settings) as desk:
        await desk.worklist((), None)  # tells at once that nobody would answer
        try:
            await say(desk, act, query, results.append, dry_run=dry_run, doing=doing)
            results += [_not_found(one) for one in named if one not in {result.case for result in results}]
        except asyncio.CancelledError:
            stopped = True
            raise
        finally:
            report = Report(dry_run=dry_run, cases=tuple(results), interrupted=stopped)
            if results or not sys.exc_info()[0]:
                _tell(report, as_json=as_json)
    return int(report.has_failures)


async def say(
    desk: Cases, act: ForMany, query: str, tell: Callable[[Result], None], *, dry_run: bool, doing: str
) -> None:
    """Say an act to every case that the query finds, some at once, and tell of each as soon as it answered."""
    found = await _found(desk, query)
    async with _bar(doing, len(found)) as advance:
        for first in range(0, len(found), AT_ONCE):
            wave = found[first : first + AT_ONCE]
            await asyncio.gather(*(_one(desk, case, act, tell, advance, dry_run=dry_run) for case in wave))


async def _found(desk: Cases, query: str) -> list[str]:
    try:
        return [case.id async for case in desk.client.list_workflows(query)]
    except RPCError as error:
        raise unreachable(error) from None


async def _one(
    desk: Cases,
    case: str,
    act: ForMany,
    tell: Callable[[Result], None],
    advance: Callable[[], None],
    *,
    dry_run: bool,
) -> None:
    """One case: tried, then done. What fails here stops no other."""
    try:
        trial = await desk.try_out(case, act)
        outcome, says = _of(trial), trial.says
        if outcome is BatchOutcome.WOULD and not dry_run:
            outcome, says = BatchOutcome.DONE, (await desk.act(case, act)).sentence
    except PlazoError as trouble:
        outcome, says = BatchOutcome.FAILED, str(trouble)
    tell(Result(case=case, outcome=outcome, says=says))
    advance()


def _not_found(case: str) -> Result:
    says = "no such case is open, or not of those that the other filters leave"
    return Result(case=case, outcome=BatchOutcome.FAILED, says=says)


def _of(trial: Trial) -> BatchOutcome:
    if trial.is_refused:
        return BatchOutcome.FAILED
    return BatchOutcome.WOULD if trial.changes else BatchOutcome.NOTHING


@asynccontextmanager
async def _bar(doing: str, total: int) -> AsyncIterator[Callable[[], None]]:
    """A progress bar on standard error, where somebody looks."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda: bar.advance(task)


def _tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    out = ConsoleWords()
    for one in report.cases:  # those that are left alone are counted
        if one.outcome is BatchOutcome.FAILED:
            out.print(Text(f"{one.case}: FAILED: {one.says}", style="red"))
        elif one.outcome is not BatchOutcome.NOTHING:
            out.print(f"{one.case}: {one.says}")
    outcomes = [one.outcome for one in report.cases]
    counts = ", ".join(f"{outcomes.count(kind)} {kind.text}" for kind in BatchOutcome if kind in outcomes)
    out.print(f"Cases: {len(outcomes)}." + (f" {counts}." if counts else "") + _what_then(report))


def _what_then(report: Report) -> str:
    if report.interrupted:
        return " Interrupted: what is done stays done; run it again for the rest."
    return " A dry run: nothing was changed." if report.dry_run else ""
