"""Files for auditors, made of whole cases: they hold names, so they lie in the document store, under their hash."""

import asyncio
import csv
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from temporalio import activity

from activities.ports.register import Counts, Register
from activities.ports.world import Documents, Policies
from domain.appeal.appeal import Appeal
from domain.grievance.grievance import Grievance
from domain.report import complained
from domain.report.answered import Answered
from domain.report.layout import Column, T, lines_of
from domain.report.public import span_of
from domain.report.service_case import ServiceCase
from domain.report.service_level import COLUMNS, Section, rows_of
from domain.report.universe import LAYOUTS, Decided, LateRow, Universe, belongs, late_rows
from domain.review.assessed import AssessedCase
from domain.review.reviewed import ReviewedCase
from domain.terms.frozen import Frozen
from domain.terms.sourced import Trust
from domain.view.kinds import case_of, cases_of

R = TypeVar("R")
REVIEWED = {**cases_of(AssessedCase), **cases_of(Appeal)}
AT_ONCE = 500  # whole cases that are in memory at a time, before what is needed of them was read


class FileQuestion(Frozen):
    """Which file, of the cases that were decided in these days, both inclusive."""

    of: Universe | Section
    first: date
    last: date
    plan: str | None = None


class AuditFile(Frozen):
    """Where the file lies, how many rows it has, which were late, and which of its columns nobody has verified."""

    document: str
    rows: int
    late: tuple[LateRow, ...]
    unverified: tuple[str, ...]


class AuditFiles:
    def __init__(self, register: Register, counts: Counts, policies: Policies, documents: Documents) -> None:
        self.register = register
        self.counts = counts
        self.policies = policies
        self.documents = documents

    @activity.defn
    async def make_audit_file(self, question: FileQuestion) -> AuditFile:
        """The file, and of a universe the self-audit of its timeliness."""
        match question.of:
            case Universe.GRV_C:
                grievances = await self._read(question, cases_of(Grievance), _grievance)
                complaints = [one for one in grievances if complained.belongs(one)]
                late = tuple(complained.late_rows(complaints))
                return await self._kept(complained.COLUMNS, complaints, late)
            case Universe() as universe:
                answered = await self._read(question, REVIEWED, _answered)
                rows = [one for one in answered if belongs(one, universe)]
                return await self._kept(LAYOUTS[universe], rows, tuple(late_rows(rows)))
            case Section() as section:
                cases = await self._read(question, REVIEWED, _of_services)
                return await self._kept(COLUMNS, list(rows_of(cases, section)), ())

    async def _kept(
        self, columns: Sequence[Column[T]], rows: Sequence[T], late: tuple[LateRow, ...]
    ) -> AuditFile:
        return AuditFile(
            document=await asyncio.to_thread(self.documents.put, _file(columns, rows)),
            rows=len(rows),
            late=late,
            unverified=tuple(one.name for one in columns if one.trust is not Trust.SOURCED),
        )

    async def _read(
        self, question: FileQuestion, kinds: Collection[str], read: Callable[[str, str], R]
    ) -> list[R]:
        """The cases of these kinds, as their newest pages have them, in the order of decision."""
        after = question.last + timedelta(days=1)
        plans = [plan for plan in self.policies.pack().plan if question.plan in {None, plan.id}]
        spans = [
            span_of(plan, self.policies.calendar(plan, question.first), question.first, after)
            for plan in plans
        ]
        decided = [one.case for one in await self.counts.rows(Decided, spans) if one.kind in kinds]
        found: list[R] = []
        for first in range(0, len(decided), AT_ONCE):
            states = await self.register.kept_cases(decided[first : first + AT_ONCE])
            found += await asyncio.to_thread(lambda these: [read(*one) for one in these.items()], states)
        return found


def _answered(number: str, state: str) -> Answered:
    case = case_of(number, state)
    assert isinstance(case, ReviewedCase)
    return Answered(case, case.log.events[-1].recorded_at)


def _of_services(_: str, state: str) -> ServiceCase:
    return ServiceCase.model_validate_json(state)


def _grievance(_: str, state: str) -> Grievance:
    return Grievance.model_validate_json(state)


def _file(columns: Sequence[Column[T]], rows: Iterable[T]) -> bytes:
    page = io.StringIO()
    lines = csv.writer(page, lineterminator="\n")
    lines.writerow([column.name for column in columns])
    lines.writerows(lines_of(columns, rows))
    return page.getvalue().encode()
