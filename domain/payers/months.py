"""Medicare's months: from when somebody is aged, when it is there for kidneys, and when a plan pays before it."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.payers.family import Medicare
from domain.payers.rows import MedicareTerms
from domain.terms.frozen import Frozen


def month(day: date, later: int = 0) -> date:
    """The first day of the month so many months later, or earlier."""
    count = day.year * 12 + day.month - 1 + later
    return date(count // 12, count % 12 + 1, 1)


def aged_from(born: date, terms: MedicareTerms) -> date:
    """The first day of the month in which the age is reached, the day before a birthday (42 CFR 411.170(c))."""
    eve = born - timedelta(days=1)
    return month(eve, terms.years * 12)


class KidneyMonths(Frozen):
    """Medicare for a treatment of failing kidneys. `through` is None while it goes on."""

    treated: date
    begins: date
    through: date | None


def kidneys(medicare: Medicare, terms: MedicareTerms) -> KidneyMonths | None:
    """The days on which somebody could have Medicare for failing kidneys, applied for or not.

    A treatment that begins before Medicare for the one before it has ended goes on from it; one that begins later
    has no wait any more (42 CFR 406.13; POMS DI 11052.040, HI 00801.216).
    """
    found = sorted(_treatments(medicare, terms), key=lambda one: one.treated)
    if not found:
        return None
    first, last = found[0], found[-1]
    again = first.through is not None and first.through < last.treated
    begins = month(last.treated) if again else first.begins
    return last.model_copy(update={"begins": min(begins, last.begins)})


def _treatments(medicare: Medicare, terms: MedicareTerms) -> Iterator[KidneyMonths]:
    """Each treatment by itself.

    The wait after dialysis is waived where training for dialysis at home begins within it; a transplant counts from
    its month, or from the admission that prepared it, up to two months before.
    """
    if began := medicare.dialysis_began:
        waited, trains = month(began, terms.wait_months), medicare.home_training_began
        begins = month(began) if trains and trains < waited else waited
        through = _end_of(medicare.dialysis_ended, terms.after_dialysis_months)
        yield KidneyMonths(treated=began, begins=begins, through=through)
    if done := medicare.transplant:
        admitted = medicare.admitted_for_transplant or done
        begins = max(month(admitted), month(done, -terms.before_transplant_months))
        yield KidneyMonths(treated=done, begins=begins, through=_end_of(done, terms.after_transplant_months))


def _end_of(day: date | None, months: int | None) -> date | None:
    """The last day of the month so many months after that of a day."""
    return month(day, months + 1) - timedelta(days=1) if day and months is not None else None


def plan_first_through(start: date, terms: MedicareTerms) -> date:
    """The last day of the months in which a plan pays before Medicare (42 CFR 411.162)."""
    return month(start, terms.kidney_months) - timedelta(days=1)
