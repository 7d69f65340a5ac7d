"""A message: from the moment at which it was left until its caller was called and it is known where it belongs.

1. *Left*: the number is claimed, the hours and signs are taken along by value; haste goes to whoever is on call.
2. *Called back* by the end of the business day that begins next; a call back that is late is told, and stays owed.
3. *Tied* to its case. One that asks for care carries the time to decide until its request does.
4. *Over* then, or where a caller was answered at once, withdrew, or cannot be reached.
"""

from temporalio import workflow

from activities.opening import MatterOpening
from domain.message import acts
from domain.message.left import Left
from domain.message.message import Message
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running.casework import now
from workflows.running.lasting import to_its_end


class MessageOpening(MatterOpening):
    """What was left, under the number of its message."""

    matter = Message
    received_again = acts.HearAgain

    left: Left


@workflow.defn(name="Message")
class MessageWorkflow(MatterStory[Message]):
    @workflow.init
    def __init__(self, opening: MessageOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: MessageOpening) -> str:
        return await self.story(opening)

    async def at_first(self, case: Message, *, goes_on: bool) -> None:
        case.settle(now())

    call_back = hears("call_back", acts.CallBack, "Whoever left it was called back, or not reached")
    tie_message = hears("tie_message", acts.TieMessage, "It belongs to a case")
    give_up_message = hears("give_up_message", acts.GiveUpMessage, "Nobody can be reached")
    hear_again = hears("hear_again", acts.HearAgain, "The same was left again")

    @workflow.query(description="What was left, as it came in")
    def what_was_left(self) -> Left | None:
        return self.case.left if self.case else None
