"""The post: notices leave the house, each under its key and on its way, and come back with what became of them."""

import asyncio

from temporalio import activity

from activities import in_hand
from activities.ports.cases import LiveCases
from activities.ports.paper import Gateway
from domain.case.sending import Sending
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice


class MailBag(Frozen):
    """The notices of one mail run: of which case, by their keys, and their digest."""

    case: str
    keys: tuple[str, ...]
    digest: str = ""


class LettersInHand(Frozen):
    """Notices by value, as the case that owes them hands them out."""

    notices: tuple[Notice, ...]


class Post:
    def __init__(self, gateway: Gateway, cases: LiveCases) -> None:
        self.gateway = gateway
        self.cases = cases

    @activity.defn
    async def send_notices(self, bag: MailBag) -> tuple[Sending, ...]:
        """Send each notice, and answer for all that got somewhere; one that cannot go yet keeps no other back.

        Run again, it finds what was sent and answers the same. Raises why where none of them could go.
        Asked to stop, it finishes what is on its way, and says what left.
        """
        # Asked in a task that is lost, the case says the same: what is handed over stays as it is (`may_leave`).
        run = activity.info().workflow_run_id or ""
        held = in_hand.take(LettersInHand, run, bag.digest)
        notices = held.notices if held else await self.cases.letters(bag.case, run, bag.keys)
        if not notices:
            return ()
        answers = await asyncio.gather(*map(self.gateway.send, notices), return_exceptions=True)
        if done := tuple([answer for answer in answers if isinstance(answer, Sending)]):
            return done
        raise next(answer for answer in answers if isinstance(answer, BaseException))

    @activity.defn
    async def what_left(self, letters: LettersInHand) -> tuple[Sending, ...]:
        """Which of these notices left, or may have left, although they were to be kept back."""
        answers = [await self.gateway.left(notice) for notice in letters.notices]
        return tuple([answer for answer in answers if answer])
