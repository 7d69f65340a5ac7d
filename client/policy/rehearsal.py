"""Rehearsing every open case under another pack, side by side: the asking half of `plazo policy diff --cases`.

Each case answers for itself, by a query that takes the policy it would have been given, and that leaves nothing
behind.
"""

import asyncio
import sys
from datetime import date
from functools import cache

from rich.console import Console
from rich.progress import Progress
from temporalio.client import WorkflowExecution
from temporalio.service import RPCError

from client.reach.cases import Cases, cases
from client.reach.silence import unreachable
from config.calendars import calendar_for_case
from config.settings import Settings
from domain.policy.case_policy import CasePolicy
from domain.policy.pack import Pack
from domain.rehearsal.rehearsal import Rehearsal, Rehearsed, Unanswered
from domain.terms.case_number import kind_of
from domain.terms.refusals import PlazoError, Refused, Unreachable
from workflows.running.attributes import PLAN, RECEIVED_AT

OPEN = "ExecutionStatus = 'Running'"
AT_ONCE = 16

Answered = tuple[str, Rehearsal | PlazoError]


class Candidates:
    """What a pack gives to a case of each plan, as admission would, and with every criteria table that it has."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._services = {code for table in pack.criteria for code in table.services}
        self._policy = cache(self._made)

    def of(self, kind: str, plan: str, received: date) -> CasePolicy:
        """Raises Misuse where the pack has nothing for such a case."""
        self._pack.plan_on(plan, received, kind)
        return self._policy(kind, plan, received.year)

    def _made(self, kind: str, plan: str, year: int) -> CasePolicy:
        row = self._pack.plan_named(plan)
        return self._pack.for_case(row, calendar_for_case(row, date(year, 1, 1)), self._services, kind)


async def rehearse_open_cases(pack: Pack, settings: Settings) -> Rehearsed:
    """Every open case of this installation under the pack. Raises Unreachable when nobody answers."""
    async with cases(settings) as desk:
        return await rehearse(desk, pack)


async def rehearse(desk: Cases, pack: Pack, which: str = OPEN) -> Rehearsed:
    """The cases that visibility lists, each asked once; a progress bar where somebody looks."""
    try:
        waiting = [case async for case in desk.client.list_workflows(which)]
    except RPCError as error:
        raise unreachable(error) from None
    candidates, answers = Candidates(pack), list[Answered]()
    waves = [waiting[first : first + AT_ONCE] for first in range(0, len(waiting), AT_ONCE)]
    bar = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with bar:
        for wave in bar.track(waves, description="Rehearsing open cases"):
            answers += await asyncio.gather(*(_rehearsed(desk, candidates, case) for case in wave))
            _raise_if_nobody_answers(answers[-len(wave) :])
    return Rehearsed(
        moved=tuple(one for _, one in answers if isinstance(one, Rehearsal) and one.moves),
        unmoved=sum(isinstance(one, Rehearsal) and not one.moves for _, one in answers),
        unreachable=tuple(
            Unanswered(case=case, because=str(one)) for case, one in answers if isinstance(one, PlazoError)
        ),
    )


async def _rehearsed(desk: Cases, candidates: Candidates, case: WorkflowExecution) -> Answered:
    """The case's answer, or why there is none: one that cannot answer does not stop the others."""
    known = case.typed_search_attributes
    plan, received_at = known.get(PLAN), known.get(RECEIVED_AT)
    try:
        if plan is None or received_at is None:
            raise Refused(f"{case.id} is still being admitted; try again in a moment")
        return case.id, await desk.rehearsal(
            case.id, candidates.of(kind_of(case.id), plan, received_at.date())
        )
    except PlazoError as trouble:
        return case.id, trouble


def _raise_if_nobody_answers(wave: list[Answered]) -> None:
    """A whole wave of silence is no matter of single cases."""
    silence = [trouble for _, trouble in wave if isinstance(trouble, Unreachable)]
    if len(silence) == len(wave):
        raise silence[0]
