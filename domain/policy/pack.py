"""The policy pack: every number and list that a department lives by, dated and sourced.

A `Pack` is the whole of `policy/*.toml`; what one case takes from it is a `CasePolicy`.
"""

from collections.abc import Collection
from datetime import date

from domain.clock.instruments import Instrument
from domain.clock.ladder import Rung
from domain.clock.timeframe import Timeframe, is_timed
from domain.committee.rows import ChangeRule, Committee, CommitteePolicy
from domain.payers import rows as payers
from domain.policy.appeals import Appellant, ClinicalPeers, DismissalGround, NextLevel
from domain.policy.authorizations import AuthorizationReminder
from domain.policy.callers import Caller, CallOpening, ContactLine, HasteSign, MessagePolicy
from domain.policy.case_policy import CasePolicy, appeals_of, grievances_of, letters_of, stays_of
from domain.policy.channels import NoticeChannel
from domain.policy.disputes import DisputePolicy, DisputeReason, DisputeTerms, Interest, TriageRow
from domain.policy.grievances import GrievanceTerms, QualityOrganization
from domain.policy.letters import Assistance, Element, RegimeLetter
from domain.policy.notices import MailRun, NoticeRule
from domain.policy.referrals import CoordinationStep, FollowUp, OralRequest
from domain.policy.reports import CountingRule, PublicReport
from domain.policy.rows import (
    AdverseReason,
    Attestation,
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
    of_plan,
)
from domain.policy.second_look import SecondLookRule
from domain.policy.standing import StandingPolicy, StandingReview, Transition
from domain.policy.stays import MessageElement, ShorterNotice, StayEnd, StayReview
from domain.program.rows import CareIndicator, CarePolicy, CareRhythm, CareTerms
from domain.rates.pricing import Sequestration
from domain.rates.rates import RateSchedule
from domain.request.criteria import CriteriaTable, in_force
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
    payer_clause: tuple[payers.Clause, ...] = ()
    medicare_terms: tuple[payers.MedicareTerms, ...] = ()
    payer_statement: tuple[payers.PageStatement, ...] = ()
    secondary_paper: tuple[payers.SecondaryPaper, ...] = ()
    payer_question: tuple[payers.PayerQuestion, ...] = ()
    contact_line: tuple[ContactLine, ...] = ()
    call_opening: tuple[CallOpening, ...] = ()
    haste_sign: tuple[HasteSign, ...] = ()
    care_indicator: tuple[CareIndicator, ...] = ()
    care_rhythm: tuple[CareRhythm, ...] = ()
    care_terms: tuple[CareTerms, ...] = ()
    committee: tuple[Committee, ...] = ()
    change_rule: tuple[ChangeRule, ...] = ()
    letter: tuple[RegimeLetter, ...] = ()
    element: tuple[Element, ...] = ()
    assistance: tuple[Assistance, ...] = ()
    public_report: tuple[PublicReport, ...] = ()
    counting_rule: tuple[CountingRule, ...] = ()
    attestation: tuple[Attestation, ...] = ()
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
            grievances_of(self, row)
        if Slice.PAYERS in KINDS[kind].takes:
            self.payer_rows.of(row.regimes, day)
        return row

    def caller_on(self, caller: Recipient, day: date) -> Caller | None:
        """The row of a caller, the newest that has begun; without one they hear nothing."""
        begun = [row for row in self.caller if row.caller is caller and row.has_begun(day)]
        return max(begun, key=lambda row: row.in_force_from, default=None)

    @property
    def payer_rows(self) -> payers.PayerRows:
        """By what it is told who pays first."""
        tables = payers.PayerRows.model_fields
        return payers.PayerRows.model_validate({table: getattr(self, table) for table in tables})

    @property
    def care(self) -> CarePolicy:
        """By what care management goes."""
        return CarePolicy(indicator=self.care_indicator, rhythm=self.care_rhythm, terms=self.care_terms)

    def for_case(
        self,
        plan: Plan,
        calendar: Calendar,
        services: Collection[str],
        kind: str = "precertification",
        day: date | None = None,
    ) -> CasePolicy:
        """What a case of this plan that asks for these services takes along, by value.

        The criteria are those of the day of receipt; without one, those that are to come are meant.
        """
        takes, regimes = KINDS[kind].takes, set(plan.regimes)
        every = CasePolicy(
            content_hash=self.content_hash,
            plan=plan,
            calendar=calendar,
            timeframe=tuple(self.timeframes_of(plan, kind)),
            requirement=self.requirements_of(kind),
            document_kind=self.document_kind,
            rung=self.rung,
            channel=of_plan(self.channel, plan.id),
            notice=self._notices(plan, kind),
            mail_run=of_plan(self.mail_run, plan.id),
            choices=self.choices,
            callback=self.callback,
        )
        more: dict[str, object] = self._of_messages(plan) if Slice.MESSAGES in takes else {}
        if Slice.REVIEWS in takes:
            more |= self._of_reviews(plan, set(services), day, own=Slice.OWN_CRITERIA in takes)
        if Slice.COORDINATION in takes:
            more |= {"coordination_step": self.coordination_step, "follow_up": self.follow_up}
        if Slice.REVIEWS in takes and Slice.APPEALS not in takes:  # an appeal is a second look itself
            more["second_look"] = tuple(row for row in self.second_look if plan.id in row.plans)
        if Slice.APPEALS in takes:
            more["appeal"] = appeals_of(self, regimes)
        if Slice.DISPUTES in takes:
            more["dispute"] = self.disputes_of(plan.id)
        if Slice.STANDING in takes:
            more["standing"] = StandingPolicy(
                review=max(self.standing_review, key=lambda row: row.in_force_from),
                transition=next((row for row in self.transition if row.regime in plan.regimes), None),
            )
        if Slice.STAYS in takes:
            more["stay"] = stays_of(self, plan)
        return every.model_copy(update=more | self._beside_requests(plan, takes))

    def _beside_requests(self, plan: Plan, takes: Collection[Slice]) -> dict[str, object]:
        """What is taken along by cases that ask for nothing."""
        more: dict[str, object] = {}
        if Slice.GRIEVANCES in takes:
            more["grievance"] = grievances_of(self, plan)
        if Slice.PAYERS in takes:
            more["payers"] = self.payer_rows
        if Slice.CARE in takes:
            more["care"] = self.care
        if Slice.COMMITTEES in takes:
            committees = of_plan(self.committee, plan.id)
            more["committees"] = CommitteePolicy(committee=committees, change=self.change_rule)
        return more

    def _of_reviews(
        self, plan: Plan, services: set[str], day: date | None, *, own: bool
    ) -> dict[str, object]:
        """By what a request for these services is decided, and what the authorizations live by."""
        return {
            "service": self.services_of(plan),
            "never_required": self.never_required_in(plan),
            "criteria": tuple(
                table
                for table in self.criteria_of(plan, day)
                if services & set(table.services) or (own and table.judges)
            ),
            "reason": self.reason,
            "library_reason": tuple(row for row in self.library_reason if services & set(row.services)),
            "criteria_statement": self.criteria_statement,
            "reopening_ground": self.reopening_ground,
            "oral_request": self.oral_requests_of(plan),
            "authorization_reminder": of_plan(self.authorization_reminder, plan.id),
            "letters": letters_of(self, plan),
        }

    def timeframes_of(self, plan: Plan, kind: str) -> list[Timeframe]:
        """The rows of its regimes, and its own, that time such a case."""
        rows = [row for row in self.timeframe if row.regime in plan.regimes and is_timed(kind, row)]
        return [*of_plan(rows, plan.id)]

    def _notices(self, plan: Plan, kind: str) -> tuple[NoticeRule, ...]:
        """Those of the case, and of the authorizations that it issues: they live by its policy."""
        kinds = (kind, "authorization") if Slice.REVIEWS in KINDS[kind].takes else (kind,)
        return tuple(
            row for row in self.notice if any(row.is_for(plan.id, plan.regimes, one) for one in kinds)
        )

    def services_of(self, plan: Plan) -> tuple[ServiceRule, ...]:
        return tuple(row for row in self.service if row.is_of(plan.id, plan.regimes))

    def never_required_in(self, plan: Plan) -> tuple[NeverRequired, ...]:
        return tuple(row for row in self.never_required if row.is_of(plan.id, plan.regimes))

    def oral_requests_of(self, plan: Plan) -> tuple[OralRequest, ...]:
        return tuple(row for row in self.oral_request if row.regime in plan.regimes)

    def _of_messages(self, plan: Plan) -> dict[str, object]:
        return {"messages": self.messages_of(plan), "oral_request": self.oral_requests_of(plan)}

    def messages_of(self, plan: Plan) -> MessagePolicy:
        """The lines on which the members and providers of a plan reach us."""
        lines = tuple(row for row in self.contact_line if row.is_of(plan))
        return MessagePolicy(line=lines, haste=self.haste_sign)

    def criteria_of(self, plan: Plan, day: date | None = None) -> tuple[CriteriaTable, ...]:
        return in_force(of_plan(self.criteria, plan.id), day)

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
            triage=of_plan(self.triage, plan),
            reason=self.dispute_reason,
            interest=max(
                (row for row in self.interest if row.plan == plan),
                key=lambda row: row.in_force_from,
                default=None,
            ),
        )
