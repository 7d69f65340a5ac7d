"""The review of a request: coverage and criteria, and the people who decide what they leave open.

Precertifications and US-services referrals are reviewed here, by the same people and on the same clocks.
"""

from typing import TypeVar

from temporalio import workflow

from activities.evidence import CriteriaQuestion, coverage_question, criteria_question
from activities.opening import Opening, TakenUp, application_of
from domain.case import ending
from domain.review import identity, screening
from domain.review.assessed import AssessedCase
from workflows.acts.desk import DeskActs
from workflows.acts.review import DecidedActs, ReviewActs, ReviewedActs
from workflows.running import steps
from workflows.running.casework import now
from workflows.running.issuing import Issuing
from workflows.running.questions import ReviewQuestions

A = TypeVar("A", bound=AssessedCase)


class Review(ReviewQuestions[A], DeskActs[A], ReviewedActs[A], ReviewActs[A], DecidedActs[A], Issuing[A]):
    """The steps of a review, each a policy question; what people answer comes by their acts."""

    asked: CriteriaQuestion | None = None  # what the criteria have answered

    @workflow.init
    def __init__(self, opening: Opening) -> None:
        super().__init__(opening.number)

    async def story(self, opening: Opening, kind: type[A]) -> str:
        """The story of a request: decided, arranged, and whatever people do followed up, until it is closed."""
        case = await self.begin(opening, kind)
        if case is None:
            return self.no_case
        async with self.kept():
            while not case.is_closed:
                seen = len(case.log.events)
                await self.decide(case)
                await self.arrange(case)
                case.settle(now())
                await self.something_new(seen)
        return str(case.closed_as)

    async def begin(self, opening: Opening, kind: type[A]) -> A | None:
        """A request that came in, or a case that is taken up; None where it is no case of its own."""
        if opening.left_in:
            return await self.resumed_case(kind, opening.left_in)
        if opening.taken_up:
            return await self.take_up(opening.taken_up, kind)
        case = await self.receive(opening, kind)
        if case:
            self.screen(case)
        return case

    async def take_up(self, taken_up: TakenUp, kind: type[A]) -> A:
        """A closed case as the register kept it, for what somebody has to say of it."""
        await self.wait_for_receipt(taken_up.at)
        case = await self.closed_case(kind)
        ending.take_up(case, now(), taken_up.act.actor)
        self.case = case
        self.hear(taken_up.act)
        return case

    async def receive(self, opening: Opening, kind: type[A]) -> A | None:
        """The case begins with its receipt; one that looks like another is for a person to look at."""
        request = opening.request
        linked = [number for number in (opening.parent, *opening.linked) if number]
        application = application_of(self.number, kind.kind, request)
        admitted = await self.admit(application, opening.again, linked)
        if admitted is None:
            return None
        by, policy = opening.by, admitted.policy
        case = kind.received(self.number, admitted.member, policy, request, now=now(), by=by)
        self.take_in(case, admitted, linked)
        case.parent = opening.parent
        for number in linked:
            case.link(number, "belongs together with", now())
        return case

    def screen(self, case: A) -> None:
        """What needs no authorization is told so; a tick is not a confirmation."""
        if case.needs_no_precertification:
            screening.inform_not_required(case, screening.why_none_is_needed(case), now())
            return
        if apart := screening.only_asked_about(case):
            screening.inform_of_lines(case, apart, now())
        if screening.is_emergency_unconfirmed(case):
            screening.ask_to_confirm_emergency(case, now())

    async def decide(self, case: A) -> None:
        """Complete, covered, criteria; asked again after whatever people did, until each line has its answer."""
        while case.is_undecided:
            seen = len(case.log.events)
            if case.missing and not case.information_asked:
                case.ask_for_what_is_missing(now())
            await self.check_coverage(case)
            if case.may_be_checked:
                await self.check_criteria(case)
            case.settle(now())
            await self.something_new(seen)
        await self.compare_member(case)

    async def arrange(self, case: A) -> None:
        """What this kind asks of the world once lines have their answers."""

    async def compare_member(self, case: A) -> None:
        """Where nothing is decided (any more) the directory is asked too: what is owed waits for that."""
        question = coverage_question(case)
        if not case.is_compared and question:
            answer = await steps.check_coverage(question, self.rest)
            if question == coverage_question(case):
                identity.compared(case, answer.differs, now())

    async def check_coverage(self, case: A) -> None:
        """Asked once there is a contract number to ask by, and again when the facts were corrected."""
        question = coverage_question(case)
        if case.coverage or question is None:
            return
        answer = await steps.check_coverage(question, self.rest)
        were_corrected_meanwhile = question != coverage_question(case)
        if case.is_undecided and not were_corrected_meanwhile:
            case.coverage_found(answer, now())

    async def check_criteria(self, case: A) -> None:
        """Asked again whenever something new could answer a clause."""
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
