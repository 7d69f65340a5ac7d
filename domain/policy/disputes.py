"""What the pack says of payment disputes: each plan's terms, how lines are sorted, and the reasons of an answer."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.remittance.adjustment import Group
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.people import Words
from domain.terms.sourced import Sourced


class Contention(StrEnum):
    """What the provider says is wrong with a line."""

    AMOUNT = "amount"  # covered and paid, but less than Original Medicare would have paid
    DENIAL = "denial"
    BUNDLING = "bundling"
    LEVEL_OF_CARE = "level_of_care"
    DOWN_CODING = "down_coding"  # of a service or of its DRG


class Route(StrEnum):
    """Where a disputed line goes."""

    AMOUNT = "amount"  # a question of the amount: decided here
    REDIRECT = "redirect"  # a denial, in whole or in part: the health plan's appeal
    ANALYST = "analyst"  # a person sorts it


class DisputeOutcome(StrEnum):
    """How the first level, or the health plan at the second, answered."""

    UPHELD = "upheld"  # what was paid stands
    OVERTURNED = "overturned"
    PARTLY = "partly"


class DisputeTerms(Sourced):
    """How one plan takes disputes. `health_plan` is who decides denials and the second level."""

    id: str
    plan: str
    address: str
    email: str
    health_plan: str
    health_plan_address: str
    health_plan_email: str | None = None  # where it takes what is forwarded, if it does
    contract_process: Words  # where a provider with a contract goes instead
    other_coverages: tuple[
        str, ...
    ]  # claim filing indicators that name another coverage than Medicare Advantage
    later_date_governs: bool  # of several dates of a remittance, the latest counts
    completion_is_timed: bool  # the last paper, too, has to come within the time to file
    second_person_above: Money | None = (
        None  # what is paid more by one answer, in all, that one person decides alone
    )


class TriageRow(Sourced):
    """Which route an adjustment reason takes, or what the provider says. Rows of a plan go before the others."""

    id: str
    plans: tuple[str, ...] = ()  # empty: every plan
    reasons: tuple[str, ...] = ()  # claim adjustment reason codes (CARC)
    groups: tuple[Group, ...] = ()  # empty: whoever bears the adjustment
    contentions: tuple[Contention, ...] = ()
    route: Route
    why: Words

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not (self.reasons or self.contentions):
            raise ValueError("a triage row names reasons or contentions")
        return self


class DisputeReason(Sourced):
    """One reason that the answer to a dispute may give: a closed list. The words go into the letter."""

    id: str
    outcomes: tuple[DisputeOutcome, ...]
    words: Words


class Interest(Sourced):
    """Interest on what was paid too late, simple, by the year of 365 days.

    From a clean claim it counts once `after_days` have passed since it came in; a claim of which nobody knows that
    it was clean, and one that was paid within those days, bears none. `in_force_from` dates the rate.
    """

    id: str
    plan: str
    percent: Annotated[Decimal, Field(gt=0, lt=100)]
    counts_from: Literal["receipt", "remittance_notice", "clean_claim"]
    after_days: int = Field(default=0, ge=0)


class DisputePolicy(Frozen):
    """What a dispute takes from the pack, by value: the rows of its own plan."""

    terms: DisputeTerms
    triage: tuple[TriageRow, ...]
    reason: tuple[DisputeReason, ...]
    interest: Interest | None = None

    def reason_named(self, reason: str) -> DisputeReason | None:
        return next((row for row in self.reason if row.id == reason), None)
