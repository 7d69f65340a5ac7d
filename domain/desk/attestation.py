"""Attestations: that nobody is rewarded for a no, as each who reviews says once a year; asked for, kept, missed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from domain.clock.span import months_later
from domain.policy.rows import Attestation, Staff
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse, Refused


class Attested(Frozen):
    """That somebody attested to a row of the pack, on a day."""

    who: str
    row: str
    on: date
    at: AwareDatetime


class Standing(StrEnum):
    """How far somebody's attestation is from its day."""

    KEPT = "attested"
    ASKED = "asked for"
    LATE = "late"
    NEVER = "never attested"


class AttestationOf(Frozen):
    """What somebody attests to: when they did last, by when they do next, and from when that is asked for."""

    who: str
    name: str
    row: str
    last: date | None
    by: date | None
    standing: Standing

    @property
    def words(self) -> str:
        by = f", by {self.by}" if self.by and self.standing is not Standing.NEVER else ""
        return f"{self.name} ({self.who}), {self.row}: {self.standing.value}{by}"


def attestations(
    rows: Iterable[Attestation], staff: Sequence[Staff], kept: Iterable[Attested], day: date
) -> tuple[AttestationOf, ...]:
    """Of everybody who is to attest by a row in force on that day, whoever is longest due first."""
    newest = {(one.who, one.row): one.on for one in sorted(kept, key=lambda one: one.on)}
    found = (
        _of(person, row, newest.get((person.id, row.id)), day)
        for row in _in_force(rows, day)
        for person in staff
        if set(person.roles) & set(row.roles)
    )
    return tuple(sorted(found, key=lambda one: (one.by or date.min, one.who, one.row)))


def asked(found: Iterable[AttestationOf]) -> list[AttestationOf]:
    """Those that somebody has to give now."""
    return [one for one in found if one.standing is not Standing.KEPT]


def row_to_attest(
    rows: Iterable[Attestation], row: str, person: Staff, kept: Iterable[Attested], day: date
) -> Attestation:
    """The row that somebody attests to now. Raises Misuse where there is none, Refused where they are not asked."""
    in_force = {one.id: one for one in _in_force(rows, day)}
    if row not in in_force:
        raise Misuse(f"statement: known are {', '.join(in_force)}.")
    theirs = next((one for one in attestations([in_force[row]], [person], kept, day)), None)
    if theirs is None:
        raise Refused(f"statement: nobody asks {person.id} for {row}; it is for those who review")
    if theirs.standing is Standing.KEPT:
        raise Refused(
            f"statement: {person.id} attested to {row} on {theirs.last}; the next is due by {theirs.by}"
        )
    return in_force[row]


def _in_force(rows: Iterable[Attestation], day: date) -> Iterator[Attestation]:
    """The newest of each that has begun."""
    begun = sorted((row for row in rows if row.has_begun(day)), key=lambda row: row.in_force_from)
    yield from {row.id: row for row in begun}.values()


def _of(person: Staff, row: Attestation, last: date | None, day: date) -> AttestationOf:
    by = months_later(last, row.months) if last else None
    if by is None:
        standing = Standing.NEVER
    elif day > by:
        standing = Standing.LATE
    else:
        standing = Standing.ASKED if day >= by - timedelta(days=row.asked_days) else Standing.KEPT
    return AttestationOf(who=person.id, name=person.name, row=row.id, last=last, by=by, standing=standing)
