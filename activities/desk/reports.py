"""Reports: figures over what the register counts, and where they lie on paper. Standalone activities."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import Field
from temporalio import activity

from activities.ports.paper import Binder
from activities.ports.register import Counts, Register
from activities.ports.world import Documents, Policies
from domain.case.authority import require
from domain.policy.rows import Plan
from domain.report.counted import counted_of
from domain.report.floor import (
    Chart,
    FloorReport,
    Subject,
    letters,
    overturns,
    timeliness,
    workload,
)
from domain.report.floor_rows import AppealedLine, Arrival, Letter, LookedAtAgain, OwedAnswer, Piece
from domain.report.prior_auth import Row
from domain.report.public import Published, Span, published, reporting, span_of
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused
from domain.terms.walls import WITHIN
from domain.view.kinds import case_of
from domain.view.notices import notices

SLICE = 200  # older cases that are counted at a time


class YearQuestion(Frozen):
    """A calendar year, and one plan or every plan that publishes; `after` is for what is asked for in slices."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    plan: str | None = None
    after: int = 0
    most: int = 2000


class FloorQuestion(Frozen):
    """Days, both inclusive, of one plan or all; by reviewer only for an asker who may see that."""

    subject: Subject
    first: date
    last: date
    plan: str | None = None
    by_reviewer: bool = False
    asker: Actor | None = None


class MonthQuestion(Frozen):
    """A calendar month."""

    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Reports:
    def __init__(
        self, register: Register, counts: Counts, policies: Policies, documents: Documents, binder: Binder
    ) -> None:
        self.register = register
        self.counts = counts
        self.policies = policies
        self.documents = documents
        self.binder = binder

    @activity.defn
    async def count_older_cases(self, most: int) -> int:
        """Count cases whose pages were written before anything was counted; how many that were, `most` at most."""
        missing = await self.counts.uncounted(most)
        for number in missing:
            state = await self.register.kept_case(number)
            if state is not None:
                case = case_of(number, state)
                then = case.log.events[-1].recorded_at
                await self.counts.count(number, counted_of(case, then), notices(case, then).notices)
        return len(missing)

    @activity.defn
    async def prior_auth(self, question: YearQuestion) -> Published:
        """What is published of a year."""
        pack, plans = self.policies.pack(), self._plans(question)
        return published(
            question.year,
            plans,
            await self.counts.decided(self._spans(plans, question.year)),
            reports=pack.public_report,
            services=pack.service,
            rules=pack.counting_rule,
        )

    @activity.defn
    async def prior_auth_rows(self, question: YearQuestion) -> tuple[Row, ...]:
        """The requests behind those figures, so many after the first so many."""
        rows = await self.counts.decided(self._spans(self._plans(question), question.year))
        return rows[question.after : question.after + question.most]

    @activity.defn
    async def print_prior_auth(self, report: Published) -> str:
        """The report as a PDF, in the document store, under its hash."""
        pdf = await asyncio.to_thread(self.binder.lay_out, report, "prior-auth", datetime.now(UTC))
        return await asyncio.to_thread(self.documents.put, pdf)

    @activity.defn
    async def floor(self, question: FloorQuestion) -> FloorReport:
        """What the floor looks at of some days."""
        pack, after = self.policies.pack(), question.last + timedelta(days=1)
        plans = [plan for plan in pack.plan if question.plan in {None, plan.id}]
        calendars = {plan.id: self.policies.calendar(plan, question.first) for plan in plans}
        spans = [span_of(plan, calendars[plan.id], question.first, after) for plan in plans]
        return FloorReport(
            subject=question.subject,
            first=question.first,
            last=question.last,
            plans=tuple(plan.name for plan in plans),
            charts=await self._charts(question, spans, calendars),
        )

    @activity.defn
    async def kept(self, question: MonthQuestion) -> tuple[FloorReport, ...]:
        """What was kept of a month when it was over: of all plans, and so for nobody who works for some."""
        if WITHIN.get() is not None:
            raise Refused("What a month kept is of all plans; ask for the days of yours", "plans are walls")
        return await self.counts.kept_reports(question.month)

    async def keep(self, first: date, last: date) -> tuple[FloorReport, ...]:
        """Make every report of the floor of these days, and keep them as those of their month."""
        while await self.count_older_cases(SLICE) == SLICE:
            pass
        made = [await self.floor(FloorQuestion(subject=one, first=first, last=last)) for one in Subject]
        await self.counts.keep_reports(f"{first:%Y-%m}", made)
        return tuple(made)

    async def _charts(
        self, question: FloorQuestion, spans: Sequence[Span], calendars: Mapping[str, Calendar]
    ) -> tuple[Chart, ...]:
        rows = self.counts.rows
        match question.subject:
            case Subject.TIMELINESS:
                return timeliness(await rows(OwedAnswer, spans), calendars)
            case Subject.WORKLOAD:
                end = max(span.ends_before for span in spans)
                return workload(await rows(Arrival, spans), await rows(Piece, spans), calendars, end)
            case Subject.OVERTURNS:
                if question.by_reviewer:
                    require(question.asker or SYSTEM, "look at overturned decisions by reviewer")
                looks = await rows(LookedAtAgain, spans)
                return overturns(await rows(AppealedLine, spans), looks, by_reviewer=question.by_reviewer)
            case Subject.LETTERS:
                return letters(await rows(Letter, spans))

    def _plans(self, question: YearQuestion) -> list[Plan]:
        pack = self.policies.pack()
        return reporting(pack.plan, pack.public_report, question.plan)

    def _spans(self, plans: Sequence[Plan], year: int) -> list[Span]:
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        return [span_of(plan, self.policies.calendar(plan, first), first, after) for plan in plans]
