"""When criteria and a plan's own choices are to be looked at again: so many months after they were last."""

from collections.abc import Iterator
from datetime import date

from domain.policy.pack import Pack
from domain.request.criteria import in_force
from domain.terms.frozen import Frozen
from domain.terms.sourced import Trust


class ReviewDue(Frozen):
    """Something of the pack that was to be reviewed by a day."""

    what: str
    by: date

    def __str__(self) -> str:
        return f"{self.what}: by {self.by}"


def reviews_due(pack: Pack, day: date) -> tuple[ReviewDue, ...]:
    """What is to be reviewed by that day, the longest due first. Law is reviewed by whoever makes it."""
    found = [one for one in (*_of_criteria(pack), *_of_choices(pack)) if one.by <= day]
    return tuple(sorted(found, key=lambda one: (one.by, one.what)))


def _of_criteria(pack: Pack) -> Iterator[ReviewDue]:
    for table in in_force(pack.criteria, None):
        yield ReviewDue(
            what=f"criteria {table.id}", by=_after(table.reviewed_on or table.in_force_from, pack)
        )


def _of_choices(pack: Pack) -> Iterator[ReviewDue]:
    """Each table of the pack by its oldest row that is our own."""
    for name in Pack.model_fields:
        rows = getattr(pack, name)
        own = [
            row.in_force_from
            for row in (rows if isinstance(rows, tuple) and name != "criteria" else ())
            if getattr(row, "standing", None) is Trust.ASSUMED
        ]
        if own:
            yield ReviewDue(what=f"our own rows of the table {name}", by=_after(min(own), pack))


def _after(day: date, pack: Pack) -> date:
    months = day.month - 1 + max(pack.choices, key=lambda row: row.in_force_from).review_after_months
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, 28))  # a month has that day
