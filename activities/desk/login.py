"""Logging in with a token of an identity provider: it is exchanged for a staff token, which everything else takes.

So the provider is asked once a shift and never on the way of an act, and nothing that replays knows of it.
"""

from typing import Protocol

from temporalio import activity

from domain.terms.frozen import Frozen


class Foreign(Frozen):
    """A token that somebody else signed."""

    token: str


class Doorkeeper(Protocol):
    """Whoever knows the identity provider."""

    async def exchange(self, token: str) -> str:
        """A staff token for whoever holds this one, which ends when it does. Raises Refused."""
        ...


class Login:
    def __init__(self, doorkeeper: Doorkeeper) -> None:
        self.doorkeeper = doorkeeper

    @activity.defn
    async def exchange(self, foreign: Foreign) -> str:
        return await self.doorkeeper.exchange(foreign.token)
