"""The desk: what staff ask of the register, and what they ask before they submit. Standalone activities."""

from datetime import date, datetime

from pydantic import AwareDatetime
from temporalio import activity

from activities.ports import Directory, Policies, Register
from domain import decision_clocks
from domain.calendar import Calendar, Frozen
from domain.page import Remembered, Waiting
from domain.precertification import Precertification
from domain.request import Request


class WorklistQuestion(Frozen):
    """Whose work: these queues as far as nobody else has it, and what this person has taken."""

    queues: tuple[str, ...]
    assignee: str | None
    now: AwareDatetime


class PreviewQuestion(Frozen):
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
    timeframe: str
    source: str
    calendar: Calendar
    warnings: tuple[str, ...]


class Desk:
    def __init__(self, register: Register, policies: Policies, directory: Directory) -> None:
        self.register = register
        self.policies = policies
        self.directory = directory

    @activity.defn
    async def worklist(self, question: WorklistQuestion) -> tuple[Waiting, ...]:
        return await self.register.worklist(
            queues=question.queues, assignee=question.assignee, now=question.now
        )

    @activity.defn
    async def remembered(self, case: str) -> Remembered | None:
        """A case from the register, for when Temporal no longer keeps it."""
        return await self.register.remembered(case)

    @activity.defn
    async def preview(self, question: PreviewQuestion) -> Preview:
        """Required? Covered? Complete? Due when? The same functions that a case would use."""
        case = await self._rehearsed(question.request, question.now)
        coverage = await self._coverage(question.request, _first_day(question.request))
        clock = min(
            decision_clocks.decision_clocks(case), key=lambda one: case.due_at_of(one) or question.now
        )
        row = clock.row(case.policy.calendar)
        return Preview(
            plan=case.policy.plan.name,
            required=not case.needs_no_precertification,
            covered=coverage[0],
            coverage=coverage[1],
            missing=tuple(item.title.en for item in case.missing),
            received_at=case.received_at,
            due_at=case.due_at,
            timeframe=row.id,
            source=row.source,
            calendar=case.policy.calendar,
            warnings=tuple(case.warnings),
        )

    async def _rehearsed(self, request: Request, now: datetime) -> Precertification:
        pack = self.policies.pack()
        plan = pack.plan_named(request.plan)
        calendar = self.policies.calendar(plan, request.received_at.date())
        policy = pack.for_case(plan, calendar, request.services)
        return Precertification.received("not yet", "", policy, request, now=now)

    async def _coverage(self, request: Request, day: date) -> tuple[bool, str]:
        if request.member.contract_number is None:
            return False, "not asked: the contract number is missing"
        number = request.member.contract_number
        found = await self.directory.coverage(request.plan, number, day, request.services)
        return found.is_covered, found.because


def _first_day(request: Request) -> date:
    return min(line.from_day for line in request.lines)
