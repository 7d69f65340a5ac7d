"""What one case takes from the pack by value on the day of its receipt; no later table can move it."""

from datetime import date, datetime, timedelta

from domain.appeal_terms import AppealPolicy
from domain.calendar import Calendar, Frozen
from domain.criteria import CriteriaTable
from domain.dispute_terms import DisputePolicy
from domain.pack_rows import (
    AdverseReason,
    Choices,
    DocumentKind,
    NeverRequired,
    Plan,
    ReopeningGround,
    Requirement,
    Rung,
    ServiceRule,
)
from domain.referral_terms import CoordinationStep, FollowUp, OralRequest, Step
from domain.timeframe import Duty, Regime, Services, Timeframe, Urgency


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
