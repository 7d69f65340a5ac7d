"""Evidence: what the directory says of coverage, and what the documents say of the criteria."""

from datetime import date

from temporalio import activity

from activities.ports.world import Diagnoses, Directory
from domain.referral.referral import Referral
from domain.request import criteria
from domain.request.criteria import CriteriaTable, Fact, Finding
from domain.request.line import Coverage
from domain.request.membership import differences
from domain.request.network import NetworkProvider
from domain.request.request import Member
from domain.request.visit import Place
from domain.review.assessed import AssessedCase
from domain.terms.codes import normal_icd10
from domain.terms.frozen import Frozen


class CoverageQuestion(Frozen):
    plan: str
    contract_number: str
    day: date
    services: tuple[str, ...]
    in_the_us: bool = False
    member: Member | None = None  # as the paper has them, to be compared


class NetworkQuestion(Frozen):
    """The place of the visit, and each line's service and day."""

    plan: str
    place: Place
    lines: dict[int, tuple[str, date]]


class NetworkAnswer(Frozen):
    providers: dict[int, tuple[NetworkProvider, ...]]


class CriteriaQuestion(Frozen):
    """The clauses for each line, by value, and the facts shown so far."""

    tables: dict[int, CriteriaTable]
    facts: dict[str, Fact]
    diagnoses: tuple[str, ...]


class CriteriaAnswer(Frozen):
    findings: dict[int, tuple[Finding, ...]]
    unknown_diagnoses: tuple[str, ...]


def coverage_question(case: AssessedCase) -> CoverageQuestion | None:
    """What the directory is asked; None without a contract number to ask by."""
    return _coverage_on(case, min(line.asked.from_day for line in case.lines))


def _coverage_on(case: AssessedCase, day: date) -> CoverageQuestion | None:
    number = case.request.member.contract_number
    if number is None:
        return None
    return CoverageQuestion(
        plan=case.request.plan,
        contract_number=number,
        day=day,
        services=tuple(line.asked.service for line in case.lines),
        in_the_us=case.request.visit is not None,
        member=case.request.member,
    )


def eligibility_question(case: Referral) -> CoverageQuestion | None:
    """What the directory is asked again before the day of the service; None while that is not yet near."""
    return _coverage_on(case, case.eligibility_for) if case.eligibility_for else None


def network_question(case: AssessedCase) -> NetworkQuestion | None:
    """Who gives the services in the place of the visit, each as it was asked for or as it was granted?"""
    if case.request.visit is None:
        return None
    lines = {line.sequence: (line.service, line.asked.from_day) for line in case.lines}
    return NetworkQuestion(plan=case.request.plan, place=case.request.visit.place, lines=lines)


def criteria_question(case: AssessedCase) -> CriteriaQuestion:
    """What the criteria are asked: the clauses of each line, and the facts shown so far."""
    tables = {line.sequence: case.policy.criteria_in(case.request, line.asked.service) for line in case.lines}
    return CriteriaQuestion(
        tables={line: table for line, table in tables.items() if table},
        facts=case.facts,
        diagnoses=tuple(code for line in case.lines for code in line.asked.diagnoses),
    )


async def coverage_of(question: CoverageQuestion, directory: Directory) -> Coverage:
    """Eligible and covered on that day; in the United States, as far as the product covers services there. And is
    the member who has that number the person on the paper?
    """
    member = (question.plan, question.contract_number, question.day)
    found = await directory.coverage(*member, question.services)
    if question.in_the_us:
        found = found.in_the_us(await directory.us_benefit(*member))
    known = await directory.member(question.plan, question.contract_number) if question.member else None
    differs = differences(question.member, known) if question.member and known else ()
    return found.model_copy(update={"differs": differs})


async def network_of(question: NetworkQuestion, directory: Directory) -> NetworkAnswer:
    """Line by line, the providers that give its service there."""
    return NetworkAnswer(
        providers={
            line: await directory.network(question.plan, question.place, service, day)
            for line, (service, day) in question.lines.items()
        }
    )


class Evidence:
    def __init__(self, directory: Directory, diagnoses: Diagnoses) -> None:
        self.directory = directory
        self.diagnoses = diagnoses

    @activity.defn
    async def check_coverage(self, question: CoverageQuestion) -> Coverage:
        """Ask the directory whether the member is eligible and the services covered on the day of service."""
        return await coverage_of(question, self.directory)

    @activity.defn
    async def find_network(self, question: NetworkQuestion) -> NetworkAnswer:
        """Ask the directory which providers of the network give each service in the place of the visit."""
        return await network_of(question, self.directory)

    @activity.defn
    async def check_criteria(self, question: CriteriaQuestion) -> CriteriaAnswer:
        """Answer each clause met, unmet or unknown. It decides nothing."""
        unknown = [code for code in question.diagnoses if not self.diagnoses.knows(normal_icd10(code))]
        return CriteriaAnswer(
            findings={line: criteria.check(table, question.facts) for line, table in question.tables.items()},
            unknown_diagnoses=tuple(dict.fromkeys(unknown)),
        )
