"""The post: notices leave the house, each under its key and on its way, and come back with what became of them."""

import asyncio

from temporalio import activity

from activities.ports import Gateway
from domain.calendar import Frozen
from domain.events import Notice
from domain.sending import Sending


class MailBag(Frozen):
    """The notices of one mail run."""

    notices: tuple[Notice, ...]


class Post:
    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    @activity.defn
    async def send_notices(self, bag: MailBag) -> tuple[Sending, ...]:
        """Send each notice, and answer for all that got somewhere; one that cannot go yet keeps no other back.

        Run again, it finds what was sent and answers the same. Raises why where none of them could go.
        """
        answers = await asyncio.gather(*map(self.gateway.send, bag.notices), return_exceptions=True)
        if done := tuple([answer for answer in answers if isinstance(answer, Sending)]):
            return done
        raise next(answer for answer in answers if isinstance(answer, BaseException))

    @activity.defn
    async def what_left(self, bag: MailBag) -> tuple[Sending, ...]:
        """Which of these notices left, or may have left, although they were to be kept back."""
        answers = [await self.gateway.left(notice) for notice in bag.notices]
        return tuple([answer for answer in answers if answer])
