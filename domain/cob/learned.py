"""What we learned of other coverage: how, when, of whom, and the facts that are known so far."""

from collections.abc import Collection
from typing import Self

from pydantic import model_validator

from domain.clock.timeframe import Regime
from domain.payers.family import MEDICARE, Family
from domain.request.arrived import OfMember
from domain.request.request import one_id_each, refuse_all
from domain.terms.refusals import Misuse


class Learned(OfMember):
    """Other coverage of a member. One of the coverages is ours, or Medicare is."""

    family: Family

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse_all(not_one_of_ours(self.family), one_id_each(self.documents))
        return self

    @property
    def fingerprint(self) -> str:
        """One case for each member of a plan: whatever else is learned are its facts."""
        return f"cob|{self.plan}|{self.member.known_by}"


def not_one_of_ours(family: Family) -> str | None:
    """What is wrong where not exactly one of the coverages, or else Medicare, is ours."""
    count = sum(one.ours for one in family.coverages)
    is_medicare = family.medicare is not None and family.medicare.enrolled
    fine = count == 1 or (count == 0 and is_medicare)
    return None if fine else "coverages: one of them is ours, and says so; without one it is Medicare"


def ours(family: Family) -> str:
    """The coverage that is ours: for a plan of Medicare Advantage it is Medicare itself."""
    return next((one.id for one in family.coverages if one.ours), MEDICARE)


def refuse_another_ours(learned: Learned, regimes: Collection[Regime]) -> None:
    """Raise Misuse where a plan of Medicare has one of the coverages, or another plan has none."""
    if (ours(learned.family) == MEDICARE) is not (Regime.MEDICARE_ADVANTAGE in regimes):
        raise Misuse("family.coverages: one is ours; but a plan of Medicare Advantage is Medicare itself.")
