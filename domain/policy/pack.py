"""The policy pack: every number and list that a department lives by, dated and sourced.

A `Pack` is the whole of `policy/*.toml`; what one case takes from it is a `CasePolicy`.
"""

from collections.abc import Collection
from datetime import date

from domain.clock.duty import Duty
from domain.clock.instruments import Instrument
from domain.clock.ladder import Rung
from domain.clock.timeframe import Regime, Timeframe
from domain.policy.appeals import AppealPolicy, Appellant, ClinicalPeers, DismissalGround, NextLevel
from domain.policy.authorizations import AuthorizationReminder
from domain.policy.callers import Caller
from domain.policy.case_policy import CasePolicy
from domain.policy.channels import NoticeChannel
from domain.policy.disputes import DisputePolicy, DisputeReason, DisputeTerms, Interest, TriageRow
from domain.policy.grievances import GrievancePolicy, GrievanceTerms, QualityOrganization
from domain.policy.letters import Assistance, Beyond, Element, LetterPolicy, RegimeLetter, answer_times
from domain.policy.notices import MailRun, NoticeRule
from domain.policy.referrals import CoordinationStep, FollowUp, OralRequest
from domain.policy.reports import CountingRule, PublicReport
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
    Staff,
)
from domain.policy.second_look import SecondLookRule
from domain.policy.standing import StandingPolicy, StandingReview, Transition
from domain.policy.stays import MessageElement, ShorterNotice, StayEnd, StayPolicy, StayReview
from domain.rates.pricing import Sequestration
from domain.rates.rates import RateSchedule
from domain.request.criteria import CriteriaTable
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.kind import KINDS, Slice
from domain.terms.notice import Recipient
from domain.terms.refusals import Misuse, named


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
    caller: tuple[Caller, ...] = ()
    oral_request: tuple[OralRequest, ...] = ()
    coordination_step: tuple[CoordinationStep, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    authorization_reminder: tuple[AuthorizationReminder, ...] = ()
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
    standing_review: tuple[StandingReview, ...] = ()
    transition: tuple[Transition, ...] = ()
    stay_end: tuple[StayEnd, ...] = ()
    stay_review: tuple[StayReview, ...] = ()
    shorter_notice: tuple[ShorterNotice, ...] = ()
    message_element: tuple[MessageElement, ...] = ()
    grievance_terms: tuple[GrievanceTerms, ...] = ()
    quality_organization: tuple[QualityOrganization, ...] = ()
    letter: tuple[RegimeLetter, ...] = ()
    element: tuple[Element, ...] = ()
    assistance: tuple[Assistance, ...] = ()
    public_report: tuple[PublicReport, ...] = ()
    counting_rule: tuple[CountingRule, ...] = ()
    staff: tuple[Staff, ...]

    @property
    def largest_document(self) -> int:
        """The most bytes that one paper may have, by the newest row."""
        return max(self.choices, key=lambda row: row.in_force_from).largest_document_megabytes * 1_000_000

    @property
    def given_already_after_days(self) -> int:
        """How far back a day lies of what was given already, by the newest row."""
        return max(self.choices, key=lambda row: row.in_force_from).given_already_after_days

    def plan_named(self, plan: str) -> Plan:
        for row in self.plan:
            if row.id == plan:
                return row
        known = ", ".join(sorted(row.id for row in self.plan))
        raise Misuse(f"plan: no line of business is called {named(plan)}; the pack knows {known}.")

    def plan_on(self, plan: str, day: date, kind: str) -> Plan:
        """The plan, for a case of that kind received on that day; the pack's rows reach back to a first day."""
        row = self.plan_named(plan)
        of_disputes = Slice.DISPUTES in KINDS[kind].takes
        first = self.disputes_of(plan).terms.in_force_from if of_disputes else row.in_force_from
        if day < first:
            raise Misuse(f"received_at: the pack has no timeframes for a receipt before {first}.")
        if Slice.GRIEVANCES in KINDS[kind].takes:
            self.grievances_of(row)
        return row

    def caller_on(self, caller: Recipient, day: date) -> Caller | None:
        """The row of a caller, the newest that has begun; without one they hear nothing."""
        begun = [row for row in self.caller if row.caller is caller and row.in_force_from <= day]
        return max(begun, key=lambda row: row.in_force_from, default=None)

    def for_case(
        self, plan: Plan, calendar: Calendar, services: Collection[str], kind: str = "precertification"
    ) -> CasePolicy:
        """What a case of this plan that asks for these services takes along, by value."""
        takes, regimes = KINDS[kind].takes, set(plan.regimes)
        every = CasePolicy(
            content_hash=self.content_hash,
            plan=plan,
            calendar=calendar,
            timeframe=tuple(self.timeframes_of(plan, kind)),
            requirement=self.requirements_of(kind),
            document_kind=self.document_kind,
            rung=self.rung,
            channel=self._channels(plan),
            notice=self._notices(plan, kind),
            mail_run=self._mail_runs(plan),
            choices=self.choices,
            callback=self.callback,
        )
        more: dict[str, object] = {}
        if Slice.REVIEWS in takes:
            more |= self._of_reviews(plan, set(services), own=Slice.OWN_CRITERIA in takes)
        if Slice.COORDINATION in takes:
            more |= {"coordination_step": self.coordination_step, "follow_up": self.follow_up}
        if Slice.REVIEWS in takes and Slice.APPEALS not in takes:  # an appeal is a second look itself
            more["second_look"] = tuple(row for row in self.second_look if plan.id in row.plans)
        if Slice.APPEALS in takes:
            more["appeal"] = self._appeals_of(regimes)
        if Slice.DISPUTES in takes:
            more["dispute"] = self.disputes_of(plan.id)
        if Slice.STANDING in takes:
            more["standing"] = StandingPolicy(
                review=max(self.standing_review, key=lambda row: row.in_force_from),
                transition=next((row for row in self.transition if row.regime in plan.regimes), None),
            )
        if Slice.STAYS in takes:
            more["stay"] = self._stays_of(plan)
        if Slice.GRIEVANCES in takes:
            more["grievance"] = self.grievances_of(plan)
        return every.model_copy(update=more)

    def _of_reviews(self, plan: Plan, services: set[str], *, own: bool) -> dict[str, object]:
        """By what a request for these services is decided, and what the authorizations live by."""
        regimes = set(plan.regimes)
        return {
            "service": self.services_of(plan),
            "never_required": self.never_required_in(plan),
            "criteria": tuple(
                table
                for table in self.criteria_of(plan)
                if services & set(table.services) or (own and table.judges)
            ),
            "reason": self.reason,
            "library_reason": tuple(row for row in self.library_reason if services & set(row.services)),
            "criteria_statement": self.criteria_statement,
            "reopening_ground": self.reopening_ground,
            "oral_request": tuple(row for row in self.oral_request if row.regime in regimes),
            "authorization_reminder": self._reminders_of_authorizations(plan),
            "letters": self._letters_of(plan),
        }

    def _appeals_of(self, regimes: set[Regime]) -> AppealPolicy:
        return AppealPolicy(
            appellant=tuple(row for row in self.appellant if regimes & set(row.regimes)),
            dismissal=tuple(row for row in self.dismissal if regimes & set(row.regimes)),
            clinical_peers=tuple(row for row in self.clinical_peers if regimes & set(row.regimes)),
            next_level=tuple(row for row in self.next_level if row.regime in regimes),
        )

    def _stays_of(self, plan: Plan) -> StayPolicy:
        of_medicare = Regime.MEDICARE_ADVANTAGE in plan.regimes
        hears = (row for row in self.quality_organization if of_medicare and row.state == plan.state)
        return StayPolicy(
            end=tuple(row for row in self.stay_end if row.regime in plan.regimes),
            message=self.message_element if of_medicare else (),
            shorter=tuple(row for row in self.shorter_notice if row.regime in plan.regimes),
            review=max(self.stay_review, key=lambda row: row.in_force_from),
            quality_organization=next(hears, None),
        )

    def _letters_of(self, plan: Plan) -> LetterPolicy:
        """What the law of the plan has its letters say: its first regime's."""
        law, rows = plan.regimes[0], self.timeframes_of(plan, "appeal")
        level = next((row for row in self.next_level if row.regime is law), None)
        windows = [row for row in rows if row.times is Duty.NEXT_LEVEL and row.regime is law]
        window = next((row for row in windows if not any(one.goes_before(row) for one in windows)), None)
        return LetterPolicy(
            letter=tuple(row for row in self.letter if row.regime is law),
            assistance=next((row for row in self.assistance if row.state == plan.state), None)
            if law is Regime.MEDICARE_ADVANTAGE
            else None,
            beyond=Beyond(level=level, window=window) if level else None,
            answered=answer_times([row for row in rows if row.regime is law]),
        )

    def timeframes_of(self, plan: Plan, kind: str) -> list[Timeframe]:
        """The rows of its regimes, and its own, that time such a case."""
        rows = [row for row in self.timeframe if row.regime in plan.regimes and kind in kinds_of(row)]
        return [row for row in rows if not row.plans or plan.id in row.plans]

    def _channels(self, plan: Plan) -> tuple[NoticeChannel, ...]:
        return tuple(row for row in self.channel if not row.plans or plan.id in row.plans)

    def _notices(self, plan: Plan, kind: str) -> tuple[NoticeRule, ...]:
        """Those of the case, and of the authorizations that it issues: they live by its policy."""
        kinds = (kind, "authorization") if Slice.REVIEWS in KINDS[kind].takes else (kind,)
        return tuple(
            row for row in self.notice if any(row.is_for(plan.id, plan.regimes, one) for one in kinds)
        )

    def _mail_runs(self, plan: Plan) -> tuple[MailRun, ...]:
        return tuple(row for row in self.mail_run if plan.id in row.plans)

    def _reminders_of_authorizations(self, plan: Plan) -> tuple[AuthorizationReminder, ...]:
        return tuple(row for row in self.authorization_reminder if not row.plans or plan.id in row.plans)

    def services_of(self, plan: Plan) -> tuple[ServiceRule, ...]:
        return tuple(row for row in self.service if row.is_of(plan.id, plan.regimes))

    def never_required_in(self, plan: Plan) -> tuple[NeverRequired, ...]:
        return tuple(row for row in self.never_required if row.is_of(plan.id, plan.regimes))

    def criteria_of(self, plan: Plan) -> tuple[CriteriaTable, ...]:
        return tuple(table for table in self.criteria if not table.plans or plan.id in table.plans)

    def requirements_of(self, kind: str) -> tuple[Requirement, ...]:
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
            interest=max(
                (row for row in self.interest if row.plan == plan),
                key=lambda row: row.in_force_from,
                default=None,
            ),
        )

    def grievances_of(self, plan: Plan) -> GrievancePolicy:
        """How the law of a plan has grievances answered: its first regime's. Raises Misuse where it has none."""
        terms = next((row for row in self.grievance_terms if row.regime is plan.regimes[0]), None)
        if terms is None:
            known = ", ".join(sorted(row.regime.value for row in self.grievance_terms))
            raise Misuse(f"plan: the law of this plan times no grievances; those that do: {known}.")
        of_medicare = terms.regime is Regime.MEDICARE_ADVANTAGE
        hears = (row for row in self.quality_organization if of_medicare and row.state == plan.state)
        return GrievancePolicy(terms=terms, quality_organization=next(hears, None))


def kinds_of(row: Timeframe) -> tuple[str, ...]:
    """The kinds of case that a row times: those that it names, else those that live by its duty."""
    return row.kinds or tuple(kind.name for kind in KINDS.values() if _lives_by(row.times, kind.takes))


def _lives_by(duty: Duty, takes: Collection[Slice]) -> bool:
    """Does it time a case of these slices? An appeal has its own, and beside them what times letters and calls."""
    if Slice.DISPUTES in takes:
        return duty.is_of_disputes
    if Slice.APPEALS in takes:
        return not (duty.is_of_disputes or duty.is_before_appeals)
    return Slice.REVIEWS in takes and not (duty.is_of_disputes or duty.is_of_appeals)
