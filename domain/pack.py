"""The policy pack: every number and list that a department lives by, dated and sourced.

A `Pack` is the whole of `policy/*.toml`. A `CasePolicy` is what one case takes from it *by value* on the day
of its receipt; no later table can move that case.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from domain.appeal_terms import AppealPolicy, Appellant, ClinicalPeers, DismissalGround, NextLevel
from domain.calendar import Calendar, Frozen, Opening
from domain.criteria import CriteriaTable
from domain.dispute_terms import DisputePolicy, DisputeReason, DisputeTerms, Interest, TriageRow
from domain.instruments import Instrument
from domain.people import Actor, Role, Words
from domain.pricing import Sequestration
from domain.rates import RateSchedule
from domain.referral_terms import CoordinationStep, FollowUp, OralRequest, Step
from domain.refusals import Misuse
from domain.sourced import Sourced
from domain.timeframe import Duty, Regime, Services, Timeframe, Urgency


class Closure(Frozen):
    """A day on which a plan is closed beyond the public holidays."""

    day: date
    name: str


class Plan(Sourced):
    """A line of business: who runs it, under which regimes, in which zone, and when people are there."""

    id: str
    name: str
    organisation: str
    line_of_business: str
    regimes: tuple[Regime, ...]
    zone: str
    holidays: str  # a subdivision for the holidays library, for example "PR"; empty for federal holidays only
    opening: tuple[Opening, ...]
    closures: tuple[Closure, ...] = ()
    address: str
    telephone: str
    fax: str
    eligibility_telephone: str | None = None  # where a provider in the United States verifies eligibility
    external_review: Words | None = None


class ServiceRule(Sourced):
    """One kind of service on a plan's list of services that need precertification.

    An approval is valid for `valid_days` from its first day, or until the circumstance `ends_when`.
    """

    id: str
    title: Words
    codes: tuple[str, ...]
    regimes: tuple[Regime, ...]
    part_b_drug: bool = False
    imaging: bool = False
    valid_days: int | None = None
    ends_when: Words | None = None

    @model_validator(mode="after")
    def _period_or_circumstance(self) -> Self:
        if (self.valid_days is None) == (self.ends_when is None):
            raise ValueError("an approval ends by valid_days or by ends_when, one of the two")
        return self

    def valid_through(self, first: date) -> date | None:
        """The last day of an approval that begins on `first`; None where a circumstance ends it."""
        return first + timedelta(days=self.valid_days) if self.valid_days is not None else None


class NeverRequired(Sourced):
    """What never needs precertification: named codes, an emergency, a provider in that role."""

    id: str
    title: Words
    regimes: tuple[Regime, ...]
    codes: tuple[str, ...] = ()
    provider_roles: tuple[str, ...] = ()
    emergency: bool = False


class Requirement(Sourced):
    """One item of the minimum that a request must hold; `applies_to` narrows it to imaging or to calls."""

    id: str
    asked_of: tuple[str, ...] = ("precertification", "referral")  # kinds of case
    title: Words
    applies_to: str = "any"


class DocumentKind(Sourced):
    """A kind of paper that can show a fact, named in both languages for the letter that asks for it."""

    id: str
    title: Words


class ReasonClass(StrEnum):
    """Who may deny depends on the kind of reason."""

    ADMINISTRATIVE = "administrative"
    MEDICAL_NECESSITY = "medical_necessity"
    AVAILABILITY = "availability"  # of a service in the United States: Puerto Rico offers it


class AdverseReason(Sourced):
    """One reason that an adverse determination may give: the administrative ones are a closed list."""

    id: str
    reason_class: ReasonClass
    words: Words


class ReopeningGround(Sourced):
    """On what an answer may be reopened against the member: a clerical error, or a good cause."""

    id: str
    words: Words


class Rung(Sourced):
    """A step of the escalation ladder: at this fraction of the time, this queue is told."""

    id: str
    fraction: float
    queue: str
    out_of_hours_queue: str | None = None
    words: str


class Choices(Sourced):
    """A plan's own choices, as numbers: none of them is law."""

    backdating_needs_reason_after_hours: int
    unlisted_valid_days: int  # how long an approval of a service that is on no list is good for


class Staff(Actor):
    """A row of the pack's staff file."""


class Pack(Frozen):
    """All of it. `content_hash` names the version: the same tables give the same hash on every machine."""

    content_hash: str
    plan: tuple[Plan, ...]
    timeframe: tuple[Timeframe, ...]
    service: tuple[ServiceRule, ...]
    never_required: tuple[NeverRequired, ...]
    requirement: tuple[Requirement, ...]
    document_kind: tuple[DocumentKind, ...] = ()
    criteria: tuple[CriteriaTable, ...]
    reason: tuple[AdverseReason, ...]
    reopening_ground: tuple[ReopeningGround, ...] = ()
    rung: tuple[Rung, ...]
    choices: tuple[Choices, ...]
    oral_request: tuple[OralRequest, ...] = ()
    coordination_step: tuple[CoordinationStep, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    rate_schedule: tuple[RateSchedule, ...] = ()
    sequestration: tuple[Sequestration, ...] = ()
    dispute_terms: tuple[DisputeTerms, ...] = ()
    triage: tuple[TriageRow, ...] = ()
    dispute_reason: tuple[DisputeReason, ...] = ()
    interest: tuple[Interest, ...] = ()
    instrument: tuple[Instrument, ...] = ()
    appellant: tuple[Appellant, ...] = ()
    dismissal: tuple[DismissalGround, ...] = ()
    clinical_peers: tuple[ClinicalPeers, ...] = ()
    next_level: tuple[NextLevel, ...] = ()
    staff: tuple[Staff, ...]

    def plan_named(self, plan: str) -> Plan:
        for row in self.plan:
            if row.id == plan:
                return row
        known = ", ".join(sorted(row.id for row in self.plan))
        raise Misuse(f"plan: no line of business is called {plan[:40]!r}; the pack knows {known}.")

    def plan_on(self, plan: str, day: date, kind: str) -> Plan:
        """The plan, for a case of that kind received on that day; the pack's rows reach back to a first day."""
        row = self.plan_named(plan)
        first = self.disputes_of(plan).terms.in_force_from if kind == "dispute" else row.in_force_from
        if day < first:
            raise Misuse(f"received_at: the pack has no timeframes for a receipt before {first}.")
        return row

    def for_case(
        self, plan: Plan, calendar: Calendar, services: Collection[str], kind: str = "precertification"
    ) -> "CasePolicy":
        """What a case of this plan that asks for these services takes along, by value."""
        if kind == "dispute":
            return self._for_dispute(plan, calendar)
        regimes = set(plan.regimes)
        return CasePolicy(
            content_hash=self.content_hash,
            plan=plan,
            calendar=calendar,
            timeframe=self._timeframes_of_reviews(plan, kind),
            service=tuple(row for row in self.service if regimes & set(row.regimes)),
            never_required=tuple(row for row in self.never_required if regimes & set(row.regimes)),
            requirement=self._requirements(kind),
            document_kind=self.document_kind,
            criteria=tuple(table for table in self.criteria if set(services) & set(table.services)),
            reason=self.reason,
            reopening_ground=self.reopening_ground,
            rung=self.rung,
            choices=self.choices,
            oral_request=tuple(row for row in self.oral_request if row.regime in regimes),
            coordination_step=self.coordination_step if kind == "referral" else (),
            follow_up=self.follow_up if kind == "referral" else (),
            appeal=self._appeals_of(regimes) if kind == "appeal" else None,
        )

    def _for_dispute(self, plan: Plan, calendar: Calendar) -> "CasePolicy":
        """A dispute takes its own plan's terms, and nothing of what reviews need."""
        return CasePolicy(
            content_hash=self.content_hash,
            plan=plan,
            calendar=calendar,
            timeframe=tuple(row for row in self._timeframes(plan) if row.times.is_of_disputes),
            requirement=self._requirements("dispute"),
            document_kind=self.document_kind,
            rung=self.rung,
            choices=self.choices,
            dispute=self.disputes_of(plan.id),
        )

    def _timeframes_of_reviews(self, plan: Plan, kind: str) -> tuple[Timeframe, ...]:
        """A case takes what times it: an appeal its own rows, and beside them only what times letters and calls."""
        of_reviews = (row for row in self._timeframes(plan) if not row.times.is_of_disputes)
        if kind == "appeal":
            return tuple(row for row in of_reviews if not row.times.is_before_appeals)
        return tuple(row for row in of_reviews if not row.times.is_of_appeals)

    def _appeals_of(self, regimes: set[Regime]) -> AppealPolicy:
        return AppealPolicy(
            appellant=tuple(row for row in self.appellant if regimes & set(row.regimes)),
            dismissal=tuple(row for row in self.dismissal if regimes & set(row.regimes)),
            clinical_peers=tuple(row for row in self.clinical_peers if regimes & set(row.regimes)),
            next_level=tuple(row for row in self.next_level if row.regime in regimes),
        )

    def _timeframes(self, plan: Plan) -> list[Timeframe]:
        rows = [row for row in self.timeframe if row.regime in plan.regimes]
        return [row for row in rows if not row.plans or plan.id in row.plans]

    def _requirements(self, kind: str) -> tuple[Requirement, ...]:
        return tuple(row for row in self.requirement if kind in row.asked_of)

    def disputes_of(self, plan: str) -> DisputePolicy:
        """How a plan takes disputes. Raises Misuse where it takes none."""
        terms = next((row for row in self.dispute_terms if row.plan == plan), None)
        if terms is None:
            known = ", ".join(sorted(row.plan for row in self.dispute_terms))
            raise Misuse(f"plan: this plan takes no payment disputes; those that do: {known}.")
        return DisputePolicy(
            terms=terms,
            triage=tuple(row for row in self.triage if not row.plans or plan in row.plans),
            reason=self.dispute_reason,
            interest=next((row for row in self.interest if row.plan == plan), None),
        )


class CasePolicy(Frozen):
    """The policy in force for one case, by value, and the calendar it reckons with."""

    content_hash: str
    plan: Plan
    calendar: Calendar
    timeframe: tuple[Timeframe, ...]
    service: tuple[ServiceRule, ...] = ()
    never_required: tuple[NeverRequired, ...] = ()
    requirement: tuple[Requirement, ...]
    document_kind: tuple[DocumentKind, ...] = ()
    criteria: tuple[CriteriaTable, ...] = ()
    reason: tuple[AdverseReason, ...] = ()
    reopening_ground: tuple[ReopeningGround, ...] = ()
    rung: tuple[Rung, ...]
    choices: tuple[Choices, ...]
    oral_request: tuple[OralRequest, ...] = ()
    coordination_step: tuple[CoordinationStep, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    dispute: DisputePolicy | None = None
    appeal: AppealPolicy | None = None

    def rows(self, duty: Duty, received: datetime, urgency: Urgency, services: Services) -> list[Timeframe]:
        """The rows that time this duty for a request received then, one for each regime that has one."""
        day = self.calendar.day_of(received)
        return [
            row
            for row in self.timeframe
            if row.times is duty
            and row.is_in_force(day)
            and row.urgency in {None, urgency}
            and row.services.takes(services)
        ]

    def row(self, duty: Duty, received: datetime, urgency: Urgency = Urgency.STANDARD) -> Timeframe | None:
        """The one row of a duty that does not depend on the kind of service, where the regime has one."""
        return next(iter(self.rows(duty, received, urgency, Services.ANY)), None)

    def call_starts_the_clock(self, regime: Regime, urgency: Urgency) -> bool:
        """Does a request by telephone start this regime's clock, or the writing that follows it?"""
        rows = [row for row in self.oral_request if row.regime is regime and row.urgency in {None, urgency}]
        return all(row.starts_the_clock for row in rows)

    def step(self, step: Step) -> CoordinationStep:
        """The row of a step of coordination; the pack has one for each."""
        return next(row for row in self.coordination_step if row.id is step)

    def service_rule(self, code: str) -> ServiceRule | None:
        return next((row for row in self.service if code in row.codes), None)

    def criteria_for(self, code: str) -> CriteriaTable | None:
        return next((table for table in self.criteria if code in table.services), None)

    def unlisted_through(self, first: date) -> date:
        """The last day of an approval for a service that is on no list."""
        choices = max(self.choices, key=lambda row: row.in_force_from)
        return first + timedelta(days=choices.unlisted_valid_days)

    def reason_named(self, reason: str) -> AdverseReason | None:
        return next((row for row in self.reason if row.id == reason), None)

    def choices_on(self, received: datetime) -> Choices:
        """The plan's choices in force on the day of receipt: the newest that had begun."""
        day = self.calendar.day_of(received)
        begun = [row for row in self.choices if row.in_force_from <= day] or [self.choices[0]]
        return max(begun, key=lambda row: row.in_force_from)


def role_of_queue(queue: str) -> Role:
    """Whose work waits in a queue: nurses see nurse review, supervisors the supervisor's."""
    return QUEUE_ROLES.get(queue, Role.SUPERVISOR)


QUEUE_ROLES = {
    "intake": Role.INTAKE,
    "find-address": Role.INTAKE,
    "nurse-review": Role.NURSE,
    "care-management": Role.CARE_MANAGEMENT,
    "specialist-review": Role.CARE_MANAGEMENT,
    "coordination": Role.CARE_MANAGEMENT,
    "physician-review": Role.PHYSICIAN,
    "coverage": Role.COVERAGE,
    "calls": Role.INTAKE,
    "supervisor": Role.SUPERVISOR,
    "on-call": Role.SUPERVISOR,
    "privacy": Role.SUPERVISOR,
    "medical-director": Role.MEDICAL_DIRECTOR,
    "dispute-triage": Role.DISPUTE_ANALYST,
    "dispute-information": Role.DISPUTE_ANALYST,
    "dispute-review": Role.DISPUTE_ANALYST,
    "appeals": Role.APPEALS,
    "appeal-review": Role.PHYSICIAN,
    "appeal-coverage": Role.COVERAGE,
}
