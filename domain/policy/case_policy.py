"""What one case takes from the pack by value on the day of its receipt; no later table can move it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.clock.duty import Duty
from domain.clock.ladder import Rung
from domain.clock.timeframe import Regime, Services, Timeframe, Urgency
from domain.committee.rows import CommitteePolicy
from domain.payers.rows import PayerRows
from domain.policy.appeals import AppealPolicy
from domain.policy.authorizations import AuthorizationReminder
from domain.policy.callers import MessagePolicy
from domain.policy.channels import NoticeChannel
from domain.policy.disputes import DisputePolicy
from domain.policy.grievances import GrievancePolicy
from domain.policy.letters import Beyond, LetterPolicy, answer_times
from domain.policy.lists import Sought, narrowest, sought_in
from domain.policy.notices import MailRun, NoticeRule, rule_for
from domain.policy.referrals import CoordinationStep, FollowUp, OralRequest, Step
from domain.policy.rows import (
    AdverseReason,
    Callback,
    Choices,
    CriteriaStatement,
    DocumentKind,
    LibraryReason,
    NeverRequired,
    Plan,
    ReopeningGround,
    Requirement,
    ServiceRule,
)
from domain.policy.second_look import SecondLookRule
from domain.policy.standing import StandingPolicy
from domain.policy.stays import StayPolicy
from domain.program.rows import CarePolicy
from domain.request.criteria import CriteriaTable
from domain.request.request import Request, ServiceLine
from domain.terms.calendar import Calendar
from domain.terms.frozen import Shared
from domain.terms.notice import NoticeKind, SendBy
from domain.terms.refusals import Misuse

if TYPE_CHECKING:
    from domain.policy.pack import Pack


class CasePolicy(Shared):
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
    library_reason: tuple[LibraryReason, ...] = ()
    criteria_statement: tuple[CriteriaStatement, ...] = ()
    reopening_ground: tuple[ReopeningGround, ...] = ()
    second_look: tuple[SecondLookRule, ...] = ()
    rung: tuple[Rung, ...]
    channel: tuple[NoticeChannel, ...] = ()
    notice: tuple[NoticeRule, ...] = ()
    mail_run: tuple[MailRun, ...] = ()
    choices: tuple[Choices, ...]
    callback: tuple[Callback, ...] = ()
    oral_request: tuple[OralRequest, ...] = ()
    coordination_step: tuple[CoordinationStep, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    authorization_reminder: tuple[AuthorizationReminder, ...] = ()
    letters: LetterPolicy = LetterPolicy()
    dispute: DisputePolicy | None = None
    appeal: AppealPolicy | None = None
    grievance: GrievancePolicy | None = None
    payers: PayerRows | None = None
    messages: MessagePolicy | None = None
    care: CarePolicy | None = None
    committees: CommitteePolicy | None = None
    standing: StandingPolicy | None = None
    stay: StayPolicy | None = None

    @property
    def of_authorizations(self) -> "CasePolicy":
        """What an authorization takes along of it: nothing by which a request is decided."""
        nothing = ("service", "never_required", "requirement", "criteria", "reason", "library_reason")
        update = dict.fromkeys((*nothing, "criteria_statement", "coordination_step", "follow_up"), ())
        return self.model_copy(update={**update, "appeal": None})

    def rows(
        self,
        duty: Duty,
        received: datetime,
        urgency: Urgency,
        services: Services,
        *,
        concurrent: bool = False,
        clean_claim: bool = False,
    ) -> list[Timeframe]:
        """The rows that time this duty for a request received then, one for each regime that has one."""
        day = self.calendar.day_of(received)
        found = [
            row
            for row in self.timeframe
            if row.times is duty
            and row.is_in_force(day)
            and row.urgency in {None, urgency}
            and row.services.takes(services)
            and (concurrent or not row.concurrent)
            and (clean_claim or not row.clean_claim)
        ]
        return [row for row in found if not any(other.goes_before(row) for other in found)]

    def row(self, duty: Duty, received: datetime, urgency: Urgency = Urgency.STANDARD) -> Timeframe | None:
        """The one row of a duty that does not depend on the kind of service, where the regime has one."""
        return next(iter(self.rows(duty, received, urgency, Services.ANY)), None)

    def notice_rule(self, kind: NoticeKind, received: datetime, urgency: Urgency) -> NoticeRule | None:
        """The row of a kind of letter, for a request received then."""
        return rule_for(self.notice, kind, self.calendar.day_of(received), urgency)

    def next_mail_run(self, by: SendBy, after: datetime) -> datetime | None:
        """When what goes on this way next leaves; None where it leaves at once."""
        runs = (row.next(after, self.calendar) for row in self.mail_run if by in row.by)
        return min(runs, default=None)

    def call_starts_the_clock(self, regime: Regime, urgency: Urgency) -> bool:
        """Does a request by telephone start this regime's clock, or the writing that follows it?"""
        rows = [row for row in self.oral_request if row.regime is regime and row.urgency in {None, urgency}]
        return all(row.starts_the_clock for row in rows)

    def step(self, step: Step) -> CoordinationStep:
        """The row of a step of coordination; the pack has one for each."""
        return next(row for row in self.coordination_step if row.id is step)

    def sought(self, request: Request, line: ServiceLine) -> Sought:
        """A line of a request as the lists look at it."""
        return sought_in(request, line, self.calendar.day_of(request.received_at), self.service)

    def rule_for(self, request: Request, line: ServiceLine) -> ServiceRule | None:
        """The row of the list that says that this line needs leave; None where none does."""
        return narrowest(self.service, self.sought(request, line))

    def service_rule(self, code: str) -> ServiceRule | None:
        """The first row that names a code, whatever else it asks for: what the service is called."""
        return next((row for row in self.service if code in row.codes), None)

    def kind_of_service(self, request: Request, line: ServiceLine) -> Services:
        """A Part B drug, a service on the list, one that is not on it, or one that was received already.

        In the United States everything needs leave beforehand.
        """
        if request.unasked or (request.visit and request.visit.retrospective):
            return Services.POST_SERVICE
        rule = self.rule_for(request, line)
        if rule and rule.part_b_drug:
            return Services.PART_B_DRUG
        is_listed = rule or request.visit or request.standing
        return Services.LISTED if is_listed else Services.UNLISTED

    def kind_in(self, request: Request, line: ServiceLine) -> Services:
        """Which decision rows time a line of a request; post-stabilization care has its own where the law has."""
        has_own = any(row.services is Services.POST_STABILIZATION for row in self.timeframe)
        if request.post_stabilization and has_own:
            return Services.POST_STABILIZATION
        return self.kind_of_service(request, line)

    def criteria_for(self, code: str) -> CriteriaTable | None:
        return next((table for table in self.criteria if code in table.services), None)

    def criteria_in(self, request: Request, code: str) -> CriteriaTable | None:
        """By what a service of this request is judged: by a table for all such requests, else by its own."""
        such = "standing" if request.standing else request.unasked
        found = next((table for table in self.criteria if such and table.judges == such), None)
        return found or self.criteria_for(code)

    def unlisted_through(self, first: date) -> date:
        """The last day of an approval for a service that is on no list."""
        choices = max(self.choices, key=lambda row: row.in_force_from)
        return first + timedelta(days=choices.unlisted_valid_days)

    def reason_named(self, reason: str) -> AdverseReason | None:
        return next((row for row in self.reason if row.id == reason), None)

    def worded(self, reason: str, service: str, criterion: str | None) -> LibraryReason | None:
        """The approved words that are meant by their own id, or that fit a reason, a service and a clause.

        Words about the clause that is cited come before words about any.
        """
        rows = [row for row in self.library_reason if service in row.services]
        named = [row for row in rows if row.id == reason]
        fitting = [row for row in rows if row.reason == reason and row.criterion in {None, criterion}]
        by_clause = sorted(fitting, key=lambda row: row.criterion is None)
        return next(iter([*named, *by_clause]), None)

    def call_back_by(self, promised: datetime, calendar: Calendar | None = None) -> datetime | None:
        """By when a call that was promised then is made, by the newest row that had begun and the plan's hours,
        or those of `calendar`.
        """
        row = self.callback_on(promised)
        return row.due_at(promised, calendar or self.calendar) if row else None

    def callback_on(self, promised: datetime) -> Callback | None:
        begun = [row for row in self.callback if row.has_begun(self.calendar.day_of(promised))]
        return max(begun, key=lambda row: row.in_force_from, default=None)

    def whoever_is_there(self, queue: str, at: datetime) -> str:
        """The queue while people are there; else whoever the top of the ladder finds out of hours."""
        on_call = self.rung[-1].out_of_hours_queue if self.rung else None
        return on_call if on_call and not self.calendar.is_open(at) else queue

    def choices_on(self, received: datetime) -> Choices:
        """The plan's choices in force on the day of receipt: the newest that had begun."""
        day = self.calendar.day_of(received)
        begun = [row for row in self.choices if row.has_begun(day)] or [self.choices[0]]
        return max(begun, key=lambda row: row.in_force_from)


# What the slices of a case are, of the whole pack


def appeals_of(pack: "Pack", regimes: set[Regime]) -> AppealPolicy:
    return AppealPolicy(
        appellant=tuple(row for row in pack.appellant if regimes & set(row.regimes)),
        dismissal=tuple(row for row in pack.dismissal if regimes & set(row.regimes)),
        clinical_peers=tuple(row for row in pack.clinical_peers if regimes & set(row.regimes)),
        next_level=tuple(row for row in pack.next_level if row.regime in regimes),
    )


def stays_of(pack: "Pack", plan: Plan) -> StayPolicy:
    of_medicare = Regime.MEDICARE_ADVANTAGE in plan.regimes
    hears = (row for row in pack.quality_organization if of_medicare and row.state == plan.state)
    return StayPolicy(
        end=tuple(row for row in pack.stay_end if row.regime in plan.regimes),
        message=pack.message_element if of_medicare else (),
        shorter=tuple(row for row in pack.shorter_notice if row.regime in plan.regimes),
        review=max(pack.stay_review, key=lambda row: row.in_force_from),
        quality_organization=next(hears, None),
    )


def letters_of(pack: "Pack", plan: Plan) -> LetterPolicy:
    """What the law of the plan has its letters say: its first regime's."""
    law, rows = plan.regimes[0], pack.timeframes_of(plan, "appeal")
    level = next((row for row in pack.next_level if row.regime is law), None)
    windows = [row for row in rows if row.times is Duty.NEXT_LEVEL and row.regime is law]
    window = next((row for row in windows if not any(one.goes_before(row) for one in windows)), None)
    return LetterPolicy(
        letter=tuple(row for row in pack.letter if row.regime is law),
        assistance=next((row for row in pack.assistance if row.state == plan.state), None)
        if law is Regime.MEDICARE_ADVANTAGE
        else None,
        beyond=Beyond(level=level, window=window) if level else None,
        answered=answer_times([row for row in rows if row.regime is law]),
    )


def grievances_of(pack: "Pack", plan: Plan) -> GrievancePolicy:
    """How the law of a plan has grievances answered: its first regime's. Raises Misuse where it has none."""
    terms = next((row for row in pack.grievance_terms if row.regime is plan.regimes[0]), None)
    if terms is None:
        known = ", ".join(sorted(row.regime.value for row in pack.grievance_terms))
        raise Misuse(f"plan: the law of this plan times no grievances; those that do: {known}.")
    of_medicare = terms.regime is Regime.MEDICARE_ADVANTAGE
    hears = (row for row in pack.quality_organization if of_medicare and row.state == plan.state)
    return GrievancePolicy(terms=terms, quality_organization=next(hears, None))
