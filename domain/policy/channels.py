"""Which way a notice goes, by who reads it: rows of the pack, and the most particular one counts.

Where nobody knows the number or the address that a way needs, a notice goes as a letter.
"""

import re
from collections.abc import Iterable
from datetime import date

from domain.terms.notice import Addressee, NoticeKind, Recipient, SendBy
from domain.terms.sourced import Sourced

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+")
NUMBER = re.compile(r"\+?[\d ().-]+")  # an extension cannot be dialled: the fax would reach somebody else
SHORTEST = 10  # digits, with the area code


class NoticeChannel(Sourced):
    """The way of the notices to one kind of reader: of every plan and every kind, unless it names some."""

    id: str
    recipient: Recipient
    by: SendBy
    plans: tuple[str, ...] = ()
    kinds: tuple[NoticeKind, ...] = ()

    def is_for(self, to: Recipient, plan: str, kind: NoticeKind, day: date) -> bool:
        named = self.recipient is to and (not self.plans or plan in self.plans)
        return named and (not self.kinds or kind in self.kinds) and self.has_begun(day)

    @property
    def particular(self) -> tuple[bool, bool, date]:
        """A row that names kinds goes before one that names plans; of equal ones the newest counts."""
        return (bool(self.kinds), bool(self.plans), self.in_force_from)


def way_of(rows: Iterable[NoticeChannel], to: Addressee, plan: str, kind: NoticeKind, day: date) -> SendBy:
    """The way on which a notice of this kind goes to this reader, by the rows in force on that day."""
    mine = [row for row in rows if row.is_for(to.recipient, plan, kind, day)]
    by = max(mine, key=lambda row: row.particular).by if mine else SendBy.LETTER
    return by if place_of(to, by) else SendBy.LETTER


def place_of(to: Addressee, by: SendBy) -> str | None:
    """Where a reader is reached on this way, as far as anybody knows."""
    match by:
        case SendBy.FAX:
            return to.fax
        case SendBy.EMAIL:
            return to.email
        case SendBy.LETTER:
            return to.address


def dialled(place: str | None, by: SendBy) -> str | None:
    """A fax number or an e-mail address as a machine takes it; None where it is none."""
    if by is SendBy.EMAIL:
        return place if ADDRESS.fullmatch(place or "") else None
    digits = re.sub(r"\D", "", place or "")
    return digits if NUMBER.fullmatch(place or "") and len(digits) >= SHORTEST else None
