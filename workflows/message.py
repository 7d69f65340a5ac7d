"""A message: from the moment at which it was left until its caller was called and it is known where it belongs.

1. *Left*: the number is claimed, the hours and signs are taken along by value; haste goes to whoever is on call.
2. *Called back* by the end of the business day that begins next; a call back that is late is told, and stays owed.
3. *Tied* to its case. One that asks for care carries the time to decide until its request does.
4. *Over* then, or where a caller was answered at once, withdrew, or cannot be reached.
"""

from temporalio import workflow

from activities.opening import MessageOpening, application_of_message
from domain.message import acts
from domain.message.left import Left
from domain.message.message import Message
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running.casework import TAKEN, now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Message")
class MessageWorkflow(Questions[Message], DeskActs[Message]):
    @workflow.init
    def __init__(self, opening: MessageOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: MessageOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return TAKEN
        async with self.kept():
            case.settle(now())
            while not case.is_closed:
                await self.something_new(len(case.log.events))
        return str(case.closed_as)

    async def begin(self, opening: MessageOpening) -> Message | None:
        """A message that was left, or one that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(Message, opening.left_in)
        admitted = await self.admit(application_of_message(self.number, opening.left))
        if admitted is None:
            return None
        by, policy = opening.keyed_by or SYSTEM, admitted.policy
        case = Message.received(self.number, admitted.member, policy, opening.left, now=now(), by=by)
        return self.take_in(case, admitted)

    call_back = hears("call_back", acts.CallBack, "Whoever left it was called back, or not reached")
    tie_message = hears("tie_message", acts.TieMessage, "It belongs to a case")
    give_up_message = hears("give_up_message", acts.GiveUpMessage, "Nobody can be reached")
    hear_again = hears("hear_again", acts.HearAgain, "The same was left again")

    @workflow.query(description="What was left, as it came in")
    def what_was_left(self) -> Left | None:
        return self.case.left if self.case else None
