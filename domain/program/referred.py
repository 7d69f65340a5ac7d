"""A referral to care management as it came in: whose, from whom, and why; anybody may make one."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from domain.request.arrived import OfMember
from domain.request.request import Prose, Provider, Text, are_different, one_id_each, refuse_all


class ReferredBy(StrEnum):
    """Who refers."""

    MEMBER = "member"
    CALL_CENTER = "call_center"
    PROVIDER = "provider"
    STAFF = "staff"  # somebody here, because a case shows an indicator


class Referred(OfMember):
    """A member who may be helped by care management. `case` is the number of one that shows it."""

    by: ReferredBy
    indicators: tuple[Text, ...] = ()  # by the names of the pack's rows
    says: Prose | None = None
    physician: Provider | None = None  # whose treatment is followed
    case: Text | None = None
    confidential_address: Text | None = None  # where the member wants to be written to, and nowhere else

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        once = are_different(self.indicators)
        refuse_all(None if once else "indicators: each is named once", one_id_each(self.documents))
        return self

    @property
    def fingerprint(self) -> str:
        """One open case for each member of a plan: whatever else is referred belongs to it."""
        return f"care|{self.plan}|{self.member.known_by}"
