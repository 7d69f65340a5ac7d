"""Medicare beside one plan: is it there on the day, and which of the two pays first (42 CFR 411.160 to 411.206)."""

from datetime import date

from domain.payers.clauses import Unsaid, of, said, tie_of
from domain.payers.family import Coverage, CoversAs, Family, Medicare, Tie
from domain.payers.months import aged_from, kidneys, plan_first_through
from domain.payers.rows import ClauseId, MedicareTerms
from domain.terms.frozen import Frozen


class InEffect(Frozen):
    """From when somebody has Medicare by what; None where not by that."""

    aged: date | None = None
    disabled: date | None = None
    kidneys: date | None = None

    def by(self, day: date) -> "InEffect":
        """What is in effect on a day."""
        days = {name: begun for name, begun in self if begun and begun <= day}
        return InEffect.model_validate(days)

    @property
    def first(self) -> date | None:
        return min((day for _, day in self if day), default=None)


def grounds(family: Family, terms: MedicareTerms) -> InEffect:
    """By what, and from when, the patient has Medicare. Raises Unsaid where nobody said whether they do."""
    medicare = family.medicare
    if medicare is None:
        if aged_from(family.born, terms) <= family.on:
            raise Unsaid("medicare")
        return InEffect()
    if not medicare.enrolled:
        return InEffect()
    months = kidneys(medicare, terms)
    found = InEffect(
        aged=aged_from(family.born, terms) if medicare.by_age else None,
        disabled=medicare.disability_since,
        kidneys=months.begins if months else None,
    )
    if months and months.through and months.through < family.on:
        return InEffect(aged=found.by(family.on).aged, disabled=found.disabled)
    if not (found.disabled or found.kidneys or found.by(family.on).aged):
        raise Unsaid("medicare.disability_since")  # somebody younger has it, and nobody said by what
    return found


def plan_is_first(
    plan: Coverage, family: Family, since: InEffect, terms: MedicareTerms
) -> tuple[bool, ClauseId]:
    """Does the plan pay before a Medicare that is in effect, and by which clause?"""
    if (tie := tie_of(plan)) is Tie.INDIVIDUAL:
        return False, ClauseId.NOT_OF_A_GROUP
    now = since.by(family.on)
    if now.kidneys:
        return _by_kidneys(plan, family, now, terms)
    if now.aged and plan.covers_as not in {CoversAs.EMPLOYEE, CoversAs.SPOUSE}:
        return False, ClauseId.OTHER_DEPENDANT
    if tie is not Tie.ACTIVE:
        return False, ClauseId.RETIREE
    if now.aged:
        many = _has_weeks(plan, terms)
        return many, ClauseId.WORKING_AGED if many else ClauseId.FEW_EMPLOYEES
    employees = said(plan.typical_day_last_year, of(plan, "typical_day_last_year"))
    many = employees >= terms.employees
    return many, ClauseId.DISABLED if many else ClauseId.DISABLED_FEW


def _by_kidneys(plan: Coverage, family: Family, now: InEffect, terms: MedicareTerms) -> tuple[bool, ClauseId]:
    """Any size of employer, and whatever the tie; but over a retiree's plan Medicare stays first, if it was."""
    start = now.kidneys
    assert start
    if family.on > plan_first_through(start, terms):
        return False, ClauseId.KIDNEY_AFTER
    earlier = any(day and day < start for day in (now.aged, now.disabled))
    if earlier and tie_of(plan) is not Tie.ACTIVE and said(plan.tie_since, of(plan, "tie_since")) <= start:
        return False, ClauseId.KIDNEY_ALREADY_FIRST
    return True, ClauseId.KIDNEY_PERIOD


def _has_weeks(plan: Coverage, terms: MedicareTerms) -> bool:
    """Had its employer enough employees in enough weeks of the last year, or of this one?"""
    weeks = {name: getattr(plan, name) for name in ("weeks_last_year", "weeks_this_year")}
    if any(count is not None and count >= terms.weeks for count in weeks.values()):
        return True
    for name, count in weeks.items():
        said(count, of(plan, name))
    return False


def is_given_up(plan: Coverage, medicare: Medicare | None, now: InEffect) -> bool:
    """Did an aged employee or spouse choose Medicare over our plan? By its own page it ends."""
    chosen = bool(medicare and medicare.chosen_as_primary and now.aged)
    of_work = plan.covers_as in {CoversAs.EMPLOYEE, CoversAs.SPOUSE} and plan.tie is Tie.ACTIVE
    return chosen and plan.ours and of_work
