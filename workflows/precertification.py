"""Precertification: from the receipt of a request to the day on which nothing more can happen.

1. *Received.* The number is claimed and the policy in force is taken along by value. Clocks run from receipt,
   complete or not (42 CFR 422.568(b), 422.572(a); 26 LPRA 9429; 29 CFR 2560.503-1(f); 42 CFR 438.210(d)).
2. *Screened.* What never needs precertification and was only asked about, or an emergency in an emergency
   setting, is told so (NA). A tick is not a confirmation.
3. *Covered?* The directory answers for the date of service. No coverage is for a person to decide.
4. *Complete?* What is missing of the minimum set is asked for, item by item.
5. *Criteria.* Software approves where the pack allows it and all clauses are met; it never denies or delays.
6. *Nurse*, 7. *physician*: people decide the rest, line by line, each within their authority.
8. *Told.* Letters and calls start together; the clock is kept by what its row says, at that event's own time.
9. *Over* when the calls are made or their time has passed, and no appeal window is open.
"""

from datetime import datetime, timedelta

from temporalio import workflow

from activities.admission import Admitted, Opening
from activities.evidence import CriteriaQuestion, coverage_question
from domain import showing, view
from domain.pack import CasePolicy
from domain.precertification import Precertification
from domain.rehearsal import Rehearsal, rehearse
from workflows import steps
from workflows.acts import DeskActs, ReviewActs, TimingActs
from workflows.casework import now

TAKEN = "the number belongs to an older case, which only the register remembers"


@workflow.defn(name="Precertification")
class PrecertificationWorkflow(DeskActs, ReviewActs, TimingActs):
    @workflow.init
    def __init__(self, opening: Opening) -> None:
        self.open_casework(opening.number)
        self.asked: CriteriaQuestion | None = None  # what the criteria have answered

    @workflow.run
    async def run(self, opening: Opening) -> str:
        admitted = await steps.admit(opening)
        if admitted.taken:
            return TAKEN
        case = await self.receive(opening, admitted)
        async with self.kept():
            if case.needs_no_precertification:
                case.inform_not_required(case.why_none_is_needed, now())
            elif case.is_emergency_unconfirmed:
                case.ask_to_confirm_emergency(now())
            while case.is_undecided:
                seen = len(case.events)
                if case.missing and not case.information_asked:
                    case.ask_for_what_is_missing(now())
                await self.check_coverage(case)
                if case.may_be_checked:
                    await self.check_criteria(case)
                case.settle(now())
                await self.something_new(seen)
            case.settle(now())
        return str(case.closed_as)

    # The steps, in that order

    async def receive(self, opening: Opening, admitted: Admitted) -> Precertification:
        """1. A case whose receipt lies ahead waits for it: under virtual time, linked cases begin so."""
        if (ahead := opening.request.received_at - workflow.now()) > timedelta():
            await workflow.sleep(ahead, summary="The receipt of this request lies ahead")
        self.case = Precertification.received(
            opening.number, admitted.member, admitted.policy, opening.request, now=now()
        )
        open_ones = [other for other in admitted.alike if not other.is_closed]
        if alike := "; ".join(f"{other.case} has {other.likeness}" for other in open_ones):
            self.case.flag("possible_duplicate", f"{alike}; a person decides", now())
        return self.case

    async def check_coverage(self, case: Precertification) -> None:
        """3. Asked once there is a contract number to ask by, and again when the facts were corrected."""
        question = coverage_question(case)
        if case.coverage or question is None:
            return
        answer = await steps.check_coverage(question, self.rest)
        were_corrected_meanwhile = question != coverage_question(case)
        if case.is_undecided and not were_corrected_meanwhile:
            case.coverage_found(answer, now())

    async def check_criteria(self, case: Precertification) -> None:
        """5. Asked again whenever something new could answer a clause."""
        question = criteria_question(case)
        if question == self.asked:
            return
        self.asked = question
        answer = await steps.check_criteria(question, self.rest)
        if not case.is_undecided:
            return
        for code in answer.unknown_diagnoses:
            case.warn(f"the ICD-10-CM tables do not know {code}", now())
        case.criteria_checked(answer.findings, now())

    # What people may ask

    @workflow.query(description="The case on one page")
    def sheet(self, at: datetime | None = None) -> view.Sheet | None:
        return showing.sheet(self.case, self._asked_at(at)) if self.case else None

    @workflow.query(description="Why each due date is what it is")
    def explanation(self, at: datetime | None = None) -> view.Explanation | None:
        return showing.explain(self.case, self._asked_at(at)) if self.case else None

    @workflow.query(description="What happens on which day if nobody acts")
    def forecast(self, at: datetime | None = None) -> view.Timeline | None:
        return showing.forecast(self.case, self._asked_at(at)) if self.case else None

    @workflow.query(description="What happened, who did it, when it happened and when it was recorded")
    def timeline(self) -> view.Timeline | None:
        return showing.timeline(self.case) if self.case else None

    @workflow.query(description="The criteria, clause by clause")
    def review(self) -> view.ReviewSheet | None:
        return showing.review_sheet(self.case) if self.case else None

    @workflow.query(description="What would move under another policy; nothing does")
    def rehearsal(self, candidate: CasePolicy) -> Rehearsal | None:
        return rehearse(self.case, candidate) if self.case else None

    @staticmethod
    def _asked_at(at: datetime | None) -> datetime:
        """In a query the workflow's clock stands at its last task: the asker's is later, unless time is virtual."""
        return max(now(), at) if at else now()


def criteria_question(case: Precertification) -> CriteriaQuestion:
    """What the criteria are asked: the clauses of each line, and the facts shown so far."""
    tables = {line.sequence: case.policy.criteria_for(line.asked.service) for line in case.lines}
    return CriteriaQuestion(
        tables={line: table for line, table in tables.items() if table},
        facts=case.facts,
        diagnoses=tuple(code for line in case.lines for code in line.asked.diagnoses),
    )
