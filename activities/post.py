"""The post: letters leave the house, each under its key, and come back with their proof."""

from temporalio import activity

from activities.ports import Gateway
from domain.calendar import Frozen
from domain.events import Notice


class Proof(Frozen):
    """That a letter left: where the sent copy lies, and its hash."""

    key: str
    proof: str


class MailBag(Frozen):
    """The letters of one mail run."""

    notices: tuple[Notice, ...]


class Post:
    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    @activity.defn
    async def send_notices(self, bag: MailBag) -> tuple[Proof, ...]:
        """Send each letter. Run again, it finds what was sent and answers the same proof."""
        return tuple([Proof(key=notice.key, proof=await self.gateway.send(notice)) for notice in bag.notices])
