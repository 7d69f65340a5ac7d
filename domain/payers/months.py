"""Medicare's months: from when somebody is aged, and those in which a plan pays before Medicare for kidneys."""

from datetime import date, timedelta

from domain.payers.family import Medicare
from domain.payers.rows import MedicareTerms


def month(day: date, later: int = 0) -> date:
    """The first day of the month so many months later, or earlier."""
    count = day.year * 12 + day.month - 1 + later
    return date(count // 12, count % 12 + 1, 1)


def aged_from(born: date, terms: MedicareTerms) -> date:
    """The first day of the month in which the age is reached, the day before a birthday (42 CFR 411.170(c))."""
    eve = born - timedelta(days=1)
    return month(eve, terms.years * 12)


def kidneys_from(medicare: Medicare, terms: MedicareTerms) -> date | None:
    """The first day on which somebody could have Medicare for failing kidneys, applied for or not.

    The wait after dialysis is waived where training for dialysis at home begins within it; a transplant counts from
    its month, or from the admission that prepared it, up to two months before (42 CFR 406.13).
    """
    starts = []
    if began := medicare.dialysis_began:
        waited = month(began, terms.wait_months)
        trains = medicare.home_training_began
        starts.append(month(began) if trains and trains < waited else waited)
    if done := medicare.transplant:
        admitted = medicare.admitted_for_transplant or done
        starts.append(max(month(admitted), month(done, -terms.before_transplant_months)))
    return min(starts, default=None)


def plan_first_through(start: date, terms: MedicareTerms) -> date:
    """The last day of the months in which a plan pays before Medicare (42 CFR 411.162)."""
    return month(start, terms.kidney_months) - timedelta(days=1)
