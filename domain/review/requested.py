"""A case that begins with a request: what was asked for, what papers show of it, and what it still lacks."""

from datetime import datetime

from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.timeframe import Duty, Services
from domain.policy.rows import Requirement
from domain.request.criteria import Fact, Finding, check
from domain.request.line import Coverage, Line
from domain.request.request import IN_WRITING, Channel, Request, RequestedBy
from domain.terms.people import Language


class Requested(Case):
    """Its request, its lines, its evidence."""

    request: Request
    urgency_by: RequestedBy
    lines: list[Line]
    coverage: Coverage | None = None

    # Whom and what it is about

    @property
    def languages(self) -> set[Language]:
        """Every language that somebody who gets a letter reads."""
        return {self.request.member.language, self.request.requesting_provider.language}

    def line(self, sequence: int) -> Line | None:
        return next((line for line in self.lines if line.sequence == sequence), None)

    def lines_of(self, clock: Clock) -> list[Line]:
        """The lines that a clock times; one that names none times them all."""
        return [line for line in self.lines if not clock.lines or line.sequence in clock.lines]

    def services_timed_by(self, clock: Clock) -> set[Services]:
        return {line.kind for line in self.lines_of(clock)}

    # Complete?

    @property
    def missing(self) -> list[Requirement]:
        """The items of the minimum set that this request still lacks."""
        return [
            row
            for row in self.policy.requirement
            if (row.applies_to != "imaging" or self.asks_for_imaging) and not self._holds(row.id)
        ]

    @property
    def asks_for_imaging(self) -> bool:
        rules = [self.policy.service_rule(line.asked.service) for line in self.lines]
        return any(rule.imaging for rule in rules if rule)

    def _holds(self, item: str) -> bool:
        kinds = {document.kind for document in self.documents}
        order = self.request.order
        match item:
            case "contract_number":
                return self.request.member.contract_number is not None
            case "medical_order":
                return order is not None or "medical_order" in kinds
            case "clinical_justification":
                return bool(order and order.justification) or "clinical_note" in kinds
            case "diagnosis":
                return all(line.asked.diagnoses for line in self.lines)
            case "previous_studies":
                return "previous_study" in kinds
            case "referral":
                return self.request.referral is not None or "referral" in kinds
            case "written_request":
                return self.written_at is not None or not self.writing_is_asked_for
            case _:
                return True  # the form itself asks for the name and the service codes

    @property
    def writing_is_asked_for(self) -> bool:
        """After a call, where its clock waits for the writing; so too before services in the United States."""
        decisions = [clock for clock in self.clocks.values() if clock.timeframe.times is Duty.DECISION]
        called = self.request.channel is Channel.TELEPHONE
        return called and (self.request.visit is not None or not all(clock.ledger for clock in decisions))

    @property
    def written_at(self) -> datetime | None:
        """When the request was first here in writing; None while there was only a call."""
        if self.request.channel is not Channel.TELEPHONE:
            return self.received_at
        papers = [paper for paper in self.documents if paper.kind in IN_WRITING]
        return min((paper.received_at or self.received_at for paper in papers), default=None)

    # The evidence

    @property
    def facts(self) -> dict[str, Fact]:
        """What the documents show; of two that answer the same question, the one that came last."""
        by_arrival = sorted(self.documents, key=lambda document: document.received_at or self.received_at)
        shown = [fact for document in by_arrival for fact in document.shown_facts]
        return {fact.name: fact for fact in shown}

    def findings_on(self, line: Line) -> tuple[Finding, ...]:
        """What the clauses of its criteria say of a line."""
        return line.findings

    def findings_now(self, line: Line) -> tuple[Finding, ...]:
        """What they say on everything that has come."""
        table = self.policy.criteria_for(line.asked.service)
        return check(table, self.facts) if table else ()

    def first_answered(self, line: Line) -> str | None:
        """What an earlier case answered on this line, where this one looks at it again."""
        return None
