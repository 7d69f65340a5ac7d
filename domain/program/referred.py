"""A referral to care management as it came in: whose, from whom, and why; anybody may make one."""

from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, model_validator

from domain.clock.timeframe import Urgency
from domain.request.request import (
    Channel,
    Document,
    Member,
    Prose,
    Provider,
    Text,
    are_different,
    one_id_each,
    refuse_all,
)
from domain.terms.frozen import Frozen


class ReferredBy(StrEnum):
    """Who refers."""

    MEMBER = "member"
    CALL_CENTER = "call_center"
    PROVIDER = "provider"
    STAFF = "staff"  # somebody here, because a case shows an indicator


class Referred(Frozen):
    """A member who may be helped by care management. `case` is the number of one that shows it."""

    plan: Text
    channel: Channel
    received_at: AwareDatetime
    reference: Text | None = None
    member: Member
    by: ReferredBy
    indicators: tuple[Text, ...] = ()  # by the names of the pack's rows
    says: Prose | None = None
    physician: Provider | None = None  # whose treatment is followed
    case: Text | None = None
    confidential_address: Text | None = None  # where the member wants to be written to, and nowhere else
    documents: tuple[Document, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        once = are_different(self.indicators)
        refuse_all(None if once else "indicators: each is named once", one_id_each(self.documents))
        return self

    @property
    def urgency(self) -> Urgency:
        return Urgency.STANDARD

    @property
    def fingerprint(self) -> str:
        """One open case for each member of a plan: whatever else is referred belongs to it."""
        return f"care|{self.plan}|{self.member.known_by}"
