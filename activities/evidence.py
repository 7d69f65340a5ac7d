"""Evidence: what the directory says of coverage, and what the documents say of the criteria."""

from datetime import date

from temporalio import activity

from activities.ports import Diagnoses, Directory
from domain import criteria
from domain.assessed import Assessed
from domain.calendar import Frozen
from domain.codes import normal_icd10
from domain.criteria import CriteriaTable, Fact, Finding
from domain.line import Coverage


class CoverageQuestion(Frozen):
    plan: str
    contract_number: str
    day: date
    services: tuple[str, ...]


class CriteriaQuestion(Frozen):
    """The clauses for each line, by value, and the facts shown so far."""

    tables: dict[int, CriteriaTable]
    facts: dict[str, Fact]
    diagnoses: tuple[str, ...]


class CriteriaAnswer(Frozen):
    findings: dict[int, tuple[Finding, ...]]
    unknown_diagnoses: tuple[str, ...]


def coverage_question(case: Assessed) -> CoverageQuestion | None:
    """What the directory is asked; None without a contract number to ask by."""
    number = case.request.member.contract_number
    if number is None:
        return None
    return CoverageQuestion(
        plan=case.request.plan,
        contract_number=number,
        day=min(line.asked.from_day for line in case.lines),
        services=tuple(line.asked.service for line in case.lines),
    )


def criteria_question(case: Assessed) -> CriteriaQuestion:
    """What the criteria are asked: the clauses of each line, and the facts shown so far."""
    tables = {line.sequence: case.policy.criteria_for(line.asked.service) for line in case.lines}
    return CriteriaQuestion(
        tables={line: table for line, table in tables.items() if table},
        facts=case.facts,
        diagnoses=tuple(code for line in case.lines for code in line.asked.diagnoses),
    )


class Evidence:
    def __init__(self, directory: Directory, diagnoses: Diagnoses) -> None:
        self.directory = directory
        self.diagnoses = diagnoses

    @activity.defn
    async def check_coverage(self, question: CoverageQuestion) -> Coverage:
        """Ask the directory whether the member is eligible and the services covered on the day of service."""
        return await self.directory.coverage(
            question.plan, question.contract_number, question.day, question.services
        )

    @activity.defn
    async def check_criteria(self, question: CriteriaQuestion) -> CriteriaAnswer:
        """Answer each clause met, unmet or unknown. It decides nothing."""
        unknown = [code for code in question.diagnoses if not self.diagnoses.knows(normal_icd10(code))]
        return CriteriaAnswer(
            findings={line: criteria.check(table, question.facts) for line, table in question.tables.items()},
            unknown_diagnoses=tuple(dict.fromkeys(unknown)),
        )
