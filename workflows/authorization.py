"""An authorization: from its issue to its end, whoever ends it.

1. *Issued* by the case that approved a line: its number is the one that the letters print. What that case says of
   it counts: it revises, ends and reinstates. The one that it goes on from, or whose place it takes, is told.
2. *Used*: units with their days; the last one ends it. *Reminded* before its last day (X12 278, certification type:
   an extension is asked for before the end); more is decided in a case of its own.
3. *Ended* by its last day or circumstance, with its coverage, by the requester, or for cause; never by a second
   look at necessity (42 CFR 422.138(c)). The case that issued it is told, and its people.
4. *Over* when everybody knows, and nobody's time to appeal that it was voided is running.
"""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from activities.authorizations import ToldOfEnding, ToldOfMore, ToldToGiveWay
from activities.evidence import CoverageQuestion
from domain.authorization import acts, announcing
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.linking import AuthorizationEnded, GiveWay, GoOn, TellAuthorization
from domain.case import ending, outside
from domain.case.acts import Said
from domain.review.issuing import Issued
from domain.terms.people import SYSTEM
from domain.terms.refusals import Refused
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears, update
from workflows.acts.review import DecidedActs
from workflows.running import steps
from workflows.running.casework import now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Authorization")
class AuthorizationWorkflow(
    Questions[LiveAuthorization], DeskActs[LiveAuthorization], DecidedActs[LiveAuthorization]
):
    @workflow.init
    def __init__(self, issued: Issued) -> None:
        super().__init__(issued.number)

    @workflow.run
    @to_its_end
    async def run(self, issued: Issued) -> str:
        case = await self.begin(issued)
        async with self.kept():
            await self.tell_those_before(case, issued)
            while not case.is_closed:
                seen = len(case.log.events)
                await self.ask_the_directory(case)
                await self.tell_the_case(case)
                case.settle(now())
                await self.something_new(seen)
        return str(case.closed_as)

    async def begin(self, issued: Issued) -> LiveAuthorization:
        """From its issue; or as the register has it, when the case that issued it has something to say of it."""
        if issued.left_in:
            return await self.resumed_case(LiveAuthorization, issued.left_in)
        kept = await steps.kept_authorization(issued.number)
        await self.wait_for_receipt(issued.at)
        if kept and kept.is_closed:
            self.written = len(kept.log.events)
            kept.has_told_those_before = True
            ending.take_up(kept, now())
            kept.hear(issued.permit, now())  # before it could close again
        elif kept:  # the engine lost it
            outside.goes_on(kept, now())
        self.case = kept or LiveAuthorization.begun(issued, now=now())
        return self.case

    async def tell_those_before(self, case: LiveAuthorization, issued: Issued) -> None:
        """One that it goes on from is told; what was used of the one whose place it takes counts here."""
        if case.has_told_those_before:
            return
        if case.extends:
            go_on = GoOn(actor=SYSTEM, number=case.number, issued_at=issued.at)
            await self.at_rest(steps.go_on_from(ToldOfMore(earlier=case.extends, act=go_on)))
        if case.replaces:
            give_way = GiveWay(actor=SYSTEM, number=case.number, issued_at=issued.at)
            told = ToldToGiveWay(earlier=case.replaces, act=give_way)
            uses = await self.at_rest(steps.take_the_place_of(told))
            case.take_over(uses, now())
        case.has_told_those_before = True

    async def ask_the_directory(self, case: LiveAuthorization) -> None:
        """Coverage has ended, somebody says: the directory is asked about that day."""
        day, number = case.coverage_day, case.request.member.contract_number
        if day is None or number is None:
            return
        question = CoverageQuestion(
            plan=case.policy.plan.id,
            contract_number=number,
            day=day,
            services=(case.permit.service,),
            in_the_us=case.request.visit is not None,
        )
        answer = await steps.check_coverage(question, self.rest)
        if case.coverage_day == day:
            case.coverage_answered(answer, now())

    async def tell_the_case(self, case: LiveAuthorization) -> None:
        """The case that issued it knows how it ended, unless that case has closed."""
        permit = case.permit
        if not case.is_untold or permit.ended_as is None or permit.ended_at is None or case.parent is None:
            return
        ended = AuthorizationEnded(
            actor=SYSTEM,
            number=case.number,
            ending=permit.ended_as,
            ended_at=permit.ended_at,
            because=case.because,
        )
        heard = await self.at_rest(steps.tell_of_ending(ToldOfEnding(case=case.parent, act=ended)))
        if case.is_untold:
            announcing.case_told(case, now(), heard=heard)

    # What people may do, and what the cases beside it say

    tell_authorization = hears(  # early: it may begin with this very word
        "tell_authorization", TellAuthorization, "The case that issued it says how it stands", early=True
    )
    go_on = hears("go_on", GoOn, "Another goes on where it ends")
    give_way = hears("give_way", GiveWay, "Another takes its place")
    use_units = hears("use_units", acts.UseUnits, "Units were used")
    circumstance_came = hears("circumstance_came", acts.CircumstanceCame, "What it lasts for is over")
    void_authorization = hears("void_authorization", acts.VoidAuthorization, "Void it for cause")

    @update("Coverage has ended: the directory is asked, and ends it where it shows none")
    async def end_by_coverage(self, act: acts.EndByCoverage) -> Said:
        said = self.hear(act)
        case = self.admitted
        day = case.coverage_day
        await workflow.wait_condition(lambda: case.coverage_day is None)
        if case.permit.ended_as is None:
            refused = Refused(f"coverage: the directory shows it on {day}; it stays good", acts.BINDING)
            raise ApplicationError(str(refused), type="Refused", non_retryable=True)
        return said.model_copy(update={"sentence": case.standing})

    # What people may ask

    @workflow.query(description="What was issued, what was used, what came before and after it")
    def authorization(self) -> LiveAuthorization | None:
        return self.case
