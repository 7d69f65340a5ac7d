"""What we learned of other coverage: how, when, of whom, and the facts that are known so far."""

from typing import Self

from pydantic import AwareDatetime, model_validator

from domain.clock.timeframe import Urgency
from domain.payers.family import Coverage, Family
from domain.request.request import Channel, Document, Member, Text, one_id_each, refuse_all
from domain.terms.frozen import Frozen


class Learned(Frozen):
    """Other coverage of a member. One of the coverages is ours."""

    plan: Text
    channel: Channel
    received_at: AwareDatetime
    reference: Text | None = None
    member: Member
    family: Family
    documents: tuple[Document, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse_all(not_one_of_ours(self.family), one_id_each(self.documents))
        return self

    @property
    def urgency(self) -> Urgency:
        return Urgency.STANDARD

    @property
    def fingerprint(self) -> str:
        """One case for each member of a plan: whatever else is learned are its facts."""
        return f"cob|{self.plan}|{self.member.known_by}"


def not_one_of_ours(family: Family) -> str | None:
    """What is wrong where not exactly one of the coverages is ours."""
    count = sum(one.ours for one in family.coverages)
    return None if count == 1 else "coverages: one of them is ours, and says so"


def ours(family: Family) -> Coverage:
    return next(one for one in family.coverages if one.ours)
