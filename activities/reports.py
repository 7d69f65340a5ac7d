"""Reports: figures over what the register counts, and where they lie on paper. Standalone activities."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import Field
from temporalio import activity

from activities.ports import Binder, Counts, Documents, Policies, Register
from domain.policy.rows import Plan
from domain.report.counted import counted_of
from domain.report.prior_auth import Row
from domain.report.public import Published, Span, published, reporting, span_of
from domain.terms.frozen import Frozen
from domain.view.kinds import case_of


class YearQuestion(Frozen):
    """A calendar year, and one plan or every plan that publishes; `after` is for what is asked for in slices."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    plan: str | None = None
    after: int = 0
    most: int = 2000


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
                await self.counts.count(number, counted_of(case, case.log.events[-1].recorded_at))
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

    def _plans(self, question: YearQuestion) -> list[Plan]:
        pack = self.policies.pack()
        return reporting(pack.plan, pack.public_report, question.plan)

    def _spans(self, plans: Sequence[Plan], year: int) -> list[Span]:
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        return [span_of(plan, self.policies.calendar(plan, first), first, after) for plan in plans]
