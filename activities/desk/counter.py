"""The desk: what staff ask of the register, and what they ask before they submit. Standalone activities."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from pydantic import AwareDatetime
from temporalio import activity

from activities.admission import policy_for
from activities.evidence import coverage_of, coverage_question, network_of, network_question
from activities.likenesses import Likenesses
from activities.opening import application_of
from activities.ports.register import Register
from activities.ports.world import Directory, Policies
from domain.request.line import Coverage
from domain.request.request import Request
from domain.review import decision_clocks, screening
from domain.review.assessed import AssessedCase
from domain.review.identity import another_person
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.view.kinds import cases_of
from domain.view.page import MOST_WAITING, Remembered, Waiting


class WorklistQuestion(Frozen):
    """Whose work: these queues as far as nobody else has it, or whoever has it, and what this person has taken.

    `reached` is how far the asker's own acts brought cases: so much the answer should know of them.
    """

    queues: tuple[str, ...]
    assignee: str | None
    now: AwareDatetime
    reached: dict[str, int] = {}
    everybody: bool = False
    skip: int = 0
    most: int = MOST_WAITING


class PreviewQuestion(Frozen):
    kind: str
    request: Request
    now: AwareDatetime


class Preview(Frozen):
    """What would happen to a request if it were submitted. Nothing was created."""

    plan: str
    required: bool
    covered: bool
    coverage: str
    missing: tuple[str, ...]
    received_at: AwareDatetime
    due_at: AwareDatetime | None
    timeframe: str | None  # None where no row times it
    source: str | None
    calendar: Calendar
    warnings: tuple[str, ...]
    providers: tuple[str, ...] = ()  # of the network, for a service in the United States


CATCHING_UP = 0.5  # seconds, at most
NOT_YET = "not yet"  # the number of a case that was not opened


class Desk:
    def __init__(
        self, register: Register, policies: Policies, directory: Directory, likenesses: Likenesses
    ) -> None:
        self.register = register
        self.policies = policies
        self.directory = directory
        self.likenesses = likenesses

    @activity.defn
    async def worklist(self, question: WorklistQuestion) -> tuple[Waiting, ...]:
        await self._catch_up(question.reached)
        rows = await self.register.worklist(
            queues=question.queues,
            assignee=question.assignee,
            now=question.now,
            everybody=question.everybody,
            skip=question.skip,
            most=question.most,
        )
        return self._on_their_clocks(rows)

    def _on_their_clocks(self, rows: Sequence[Waiting]) -> tuple[Waiting, ...]:
        """Each row with its due date as the clock of its plan shows it; a plan that left the pack has none."""
        plans = {plan.id: plan for plan in self.policies.pack().plan}
        dated = [(row.plan, row.due_at) for row in rows if row.due_at and row.plan in plans]
        calendars = {  # from the earliest of its dates on
            plan: self.policies.calendar(plans[plan], at.date()) for plan, at in reversed(dated)
        }
        return tuple(
            row.model_copy(update={"due": calendars[row.plan].show_due(row.due_at)})
            if row.due_at and row.plan in calendars
            else row
            for row in rows
        )

    async def _catch_up(self, reached: Mapping[str, int]) -> None:
        """Wait until the register has what the asker did; a moment, and then it answers with what it has."""
        until = time.monotonic() + CATCHING_UP
        while reached and time.monotonic() < until:
            written = await self.register.written(reached)
            if all(written.get(case, 0) >= sequence for case, sequence in reached.items()):
                return
            await asyncio.sleep(CATCHING_UP / 10)

    @activity.defn
    async def remembered(self, case: str) -> Remembered | None:
        """A case from the register, for when Temporal no longer keeps it."""
        return await self.register.remembered(case)

    @activity.defn
    async def preview(self, question: PreviewQuestion) -> Preview:
        """Required? Covered? Complete? Due when? The same functions that a case would use."""
        application = application_of(NOT_YET, question.kind, question.request)
        policy = policy_for(application, self.policies)
        assessed = cases_of(AssessedCase)[question.kind]
        case = assessed.received(NOT_YET, "", policy, question.request, now=question.now)
        coverage = await self._coverage(case)
        if coverage.differs:
            case.warn(another_person(coverage.differs), question.now)
        clock = min(
            decision_clocks.decision_clocks(case),
            key=lambda one: case.due_at_of(one) or question.now,
            default=None,
        )
        row = clock.row(case.policy.calendar) if clock else None
        return Preview(
            plan=case.policy.plan.name,
            required=not (case.needs_no_precertification or screening.only_asked_about(case) == case.lines),
            covered=coverage.is_covered,
            coverage=coverage.because,
            missing=tuple(item.title.en for item in case.missing),
            received_at=case.received_at,
            due_at=case.due_at,
            timeframe=row.id if row else None,
            source=row.source if row else None,
            calendar=case.policy.calendar,
            warnings=(*case.warnings, *await self.likenesses.words_of(application)),
            providers=await self._providers(case),
        )

    async def _coverage(self, case: AssessedCase) -> Coverage:
        asked = coverage_question(case)
        if asked is None:
            because = "not asked: the contract number is missing"
            return Coverage(eligible=False, covered=False, because=because)
        return await coverage_of(asked, self.directory)

    async def _providers(self, case: AssessedCase) -> tuple[str, ...]:
        asked = network_question(case)
        if asked is None:
            return ()
        found = await network_of(asked, self.directory)
        named = (provider for providers in found.providers.values() for provider in providers)
        return tuple(dict.fromkeys(f"{one.npi} {one.name}, {one.place}" for one in named))
