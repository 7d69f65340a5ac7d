"""The facts of coordination of benefits: who covers a patient how, whose child that is, what of Medicare there is.

What nobody said is None: it is asked for where it matters, and never guessed.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.remittance.adjustment import Adjustment, Group, total
from domain.request.request import Text, are_different, refuse_all
from domain.terms.frozen import Frozen
from domain.terms.money import Money

MEDICARE = "medicare"
BOTH = "both"

Count = Annotated[int, Field(ge=0, le=10_000_000)]
Weeks = Annotated[int, Field(ge=0, le=53)]


class CoversAs(StrEnum):
    """What the patient is to the plan."""

    EMPLOYEE = "employee"  # or subscriber, also one who has retired
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER_DEPENDANT = "optional_dependant"


class Tie(StrEnum):
    """What ties whoever holds the coverage to the plan."""

    ACTIVE = "active"
    RETIRED = "retired"
    LAID_OFF = "laid_off"
    CONTINUATION = "continuation"  # COBRA, or what a state has like it
    INDIVIDUAL = "individual"  # no employer

    @property
    def is_over(self) -> bool:
        """Did the work end that the coverage is of?"""
        return self in {Tie.RETIRED, Tie.LAID_OFF}


class Coverage(Frozen):
    """One plan that covers the patient. `id` is its name in the file; `of` is the parent or spouse who holds it."""

    id: Text
    ours: bool = False
    covers_as: CoversAs
    of: Text | None = None
    tie: Tie | None = None
    tie_since: date | None = None
    since: date | None = None
    through: date | None = None
    has_rule: bool | None = None  # does it coordinate at all?
    retiree_rule: bool | None = None
    birthday_rule: bool | None = None
    own_rule_first: Text | None = (
        None  # who pays first by its own rule for children, where it has no birthday rule
    )
    weeks_this_year: Weeks | None = None  # so far, with 20 employees or more on each working day
    weeks_last_year: Weeks | None = None
    typical_day_last_year: Count | None = None  # employees
    would_pay: Annotated[Money, Field(ge=0)] | None = None  # of the claim, alone and within its own limits

    def is_in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.through is None or day <= self.through)


class Parent(Frozen):
    """A parent. Of the birthday only month and day count."""

    id: Text
    born: date | None = None
    spouse: Text | None = None  # who is no parent of the patient


class Decree(Frozen):
    """A court's ruling. `responsible` for the health expenses is the id of a parent, `both`, or not said."""

    responsible: Text | None = None
    known_to_plan: bool | None = None  # does that parent's plan know of it?


class Parents(Frozen):
    """The parents of a patient who is covered as a child. `custody` is the id of one, or `both`."""

    both: tuple[Parent, Parent]
    live_together: bool | None = None
    decree: Decree | None = None
    no_decree: bool = False
    custody: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = {parent.id for parent in self.both}
        named = {self.custody, self.decree.responsible if self.decree else None} - {None}
        refuse_all(
            None if len(ids) == len(self.both) else "both: each parent has an id of their own",
            "custody, decree.responsible: a parent by the id in both, or `both`"
            if named - ids - {BOTH}
            else None,
            "no_decree: there is one" if self.no_decree and self.decree else None,
        )
        return self

    def parent(self, of: str | None) -> Parent | None:
        return next((one for one in self.both if one.id == of), None)


class Medicare(Frozen):
    """What the patient has of Medicare. Age follows from the day of birth, and the kidneys' months from theirs."""

    enrolled: bool
    by_age: bool = True  # false: no entitlement by age, only by what follows
    disability_since: date | None = None  # the first day of Medicare, after its waiting period
    dialysis_began: date | None = None
    dialysis_ended: date | None = None  # not where it began again while Medicare for it lasted
    home_training_began: date | None = None
    admitted_for_transplant: date | None = None
    transplant: date | None = None
    chosen_as_primary: bool = False  # the employer was told so

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        admitted, transplant = self.admitted_for_transplant, self.transplant
        began, ended = self.dialysis_began, self.dialysis_ended
        refuse_all(
            "dialysis_ended: it did not begin before" if ended and not (began and began <= ended) else None,
            "home_training_began: dialysis_began is missing"
            if self.home_training_began and not self.dialysis_began
            else None,
            "admitted_for_transplant: it is not before the transplant"
            if admitted and not (transplant and admitted <= transplant)
            else None,
        )
        return self


class Expected(Frozen):
    """What is known to change on a day: the holder of a coverage retires, or the parents go apart."""

    on: date
    what: Literal["retirement", "divorce"]
    coverage: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names_one = (self.coverage is not None) == (self.what == "retirement")
        refuse_all(None if names_one else "coverage: whose holder retires, and for nothing else")
        return self


class Claim(Frozen):
    """What the first payer's explanation says of a claim, and which papers came with it."""

    charge: Annotated[Money, Field(ge=0)]
    paid: Annotated[Money, Field(ge=0)]
    adjustments: tuple[Adjustment, ...] = ()
    papers: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        adds_up = self.paid + total(self.adjustments) == self.charge
        refuse_all(
            None if adds_up else "charge: it is not what was paid and adjusted together",
            "adjustments: less than nothing is left to the patient" if self.left < 0 else None,
        )
        return self

    @property
    def left(self) -> Money:
        """What the patient would owe: what is contractual, or another's, is nobody's to pay."""
        return total(one for one in self.adjustments if one.group is Group.PATIENT)


class Family(Frozen):
    """Everything by which it is told who pays first on a day: one patient and their coverages."""

    on: date
    born: date
    coverages: Annotated[tuple[Coverage, ...], Field(min_length=1, max_length=12)]
    parents: Parents | None = None
    medicare: Medicare | None = None
    expected: Annotated[tuple[Expected, ...], Field(max_length=20)] = ()
    claim: Claim | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [coverage.id for coverage in self.coverages]
        named = {one.own_rule_first for one in self.coverages} | {one.coverage for one in self.expected}
        refuse_all(
            "born: nobody is covered before they are born" if self.born > self.on else None,
            None
            if are_different(ids) and MEDICARE not in ids
            else "coverages: each has an id of its own, Medicare a field",
            "own_rule_first, expected: name a coverage by its id" if named - {None, *ids} else None,
        )
        return self

    def by(self, day: date) -> Self:
        """The facts as they are on a day, with what was expected by then."""
        come = [one for one in self.expected if one.on <= day]
        retired = {one.coverage: one.on for one in come if one.what == "retirement"}
        plans = tuple(
            plan.model_copy(update={"tie": Tie.RETIRED, "tie_since": retired[plan.id]})
            if plan.id in retired
            else plan
            for plan in self.coverages
        )
        parents = self.parents
        if parents and any(one.what == "divorce" for one in come):
            parents = parents.model_copy(update={"live_together": False})
        return self.model_copy(update={"on": day, "coverages": plans, "parents": parents})
