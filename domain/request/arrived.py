"""What reaches us and opens a matter of its own: whose plan it is, when it came, by what it is known again."""

from abc import abstractmethod

from pydantic import AwareDatetime

from domain.clock.timeframe import Urgency
from domain.request.request import Channel, Document, Member, Text
from domain.terms.frozen import Frozen
from domain.terms.text import folded


class _OfPlan(Frozen):
    plan: Text


class _ByChannel(_OfPlan):
    channel: Channel  # shown after the plan, and before when it came


class Arrived(_OfPlan):
    """Something that came in. `reference` is the sender's own number."""

    received_at: AwareDatetime
    reference: Text | None = None
    documents: tuple[Document, ...] = ()

    @property
    def urgency(self) -> Urgency:
        return Urgency.STANDARD

    @property
    @abstractmethod
    def whose(self) -> str:
        """By what the register recognises whose it is; it keeps a keyed hash of that."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """What two have in common that are about the same."""


class OfMember(Arrived, _ByChannel):
    """Something that came in about a member who is named."""

    member: Member

    @property
    def whose(self) -> str:
        return folded(self.member.contract_number or self.member.name)
