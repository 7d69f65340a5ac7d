"""Reading X12 segments with pyx12, and the elements in them. A fault names its place and never what stands there.

Only pyx12's segment reader is used. Its map of the whole guide rejects three of the four real remittances that we
have, for a missing contact, an unknown state or a date in the wrong element; no dispute depends on those.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from domain.request.request import Text
from domain.terms.money import Money
from domain.terms.refusals import Misuse, Refused

DAMAGED = "its interchange envelope (ISA to IEA) is damaged"
ENVELOPE = {"ISA", "GS", "GE", "IEA", "TA1"}
YEARS = range(2000, 2100)  # no remittance of version 5010 is older, and windows are reckoned from its dates

# What pyx12 finds wrong with the envelope, by its level and code.
DAMAGES = {
    ("isa", "001"): "IEA02 is not the number of its ISA",
    ("isa", "021"): "IEA01 counts other groups than there are",
    ("isa", "023"): "it ends without IEA; it was cut off",
    ("isa", "024"): "a group has no GE",
    ("isa", "025"): "two interchanges have one number",
    ("gs", "3"): "a group or its transaction is not closed; it was cut off",
    ("gs", "4"): "GE02 is not the number of its GS",
    ("gs", "5"): "GE01 counts other transactions than there are",
    ("gs", "6"): "two groups have one number",
    ("st", "2"): "it ends without SE; it was cut off",
    ("st", "3"): "SE02 is not the number of its ST",
    ("st", "4"): "SE01 counts other segments than there are; some were lost or added",
    ("st", "23"): "two transactions have one number",
}

_MONEY = TypeAdapter[Decimal](Money)
_TEXT = TypeAdapter[str](Text)
_NUMBER = re.compile(r"-?(\d{1,15}(\.\d{0,9})?|\.\d{1,9})", re.ASCII)


def fault(sentence: str, where: str = "", source: str = "") -> Refused:
    """A refusal of the file, at its place in it: `remittance: claim 2, line 1: SVC02 is no amount of money`."""
    return Refused(": ".join(part for part in ("remittance", where, sentence) if part), source)


@dataclass(frozen=True)
class Segment:
    """One segment, its elements counted from 1 as X12 names them: `CLP03` is element 3."""

    id: str
    elements: tuple[tuple[str, ...], ...]  # each with its components
    where: str = ""

    def parts(self, element: int) -> tuple[str, ...]:
        return self.elements[element - 1] if element <= len(self.elements) else ("",)

    def name(self, element: int) -> str:
        return f"{self.id}{element:02}"

    def has(self, element: int) -> bool:
        return any(self.parts(element))

    def says(self, element: int) -> str:
        """The element's first component as it stands, empty where there is none; for comparing with codes."""
        return self.parts(element)[0].strip()

    def fault(self, element: int, rule: str) -> Refused:
        return fault(f"{self.name(element)} {rule}", self.where)

    def text(self, element: int) -> str | None:
        return self.word(element, self.says(element))

    def word(self, element: int, written: str) -> str | None:
        """What is written in a part of the element, once it is known to be printable and not too long."""
        if not written.strip():
            return None
        try:
            return _TEXT.validate_python(written)
        except ValidationError:
            raise self.fault(element, "is no printable text of at most 200 characters") from None

    def needed_text(self, element: int) -> str:
        found = self.text(element)
        if found is None:
            raise self.fault(element, "is missing")
        return found

    def number(self, element: int) -> Decimal | None:
        """A quantity; None where nothing is said."""
        written = self.says(element)
        if not written:
            return None
        if not _NUMBER.fullmatch(written):
            raise self.fault(element, "is no number")
        return Decimal(written)

    def money(self, element: int) -> Decimal:
        found = self.number(element)
        if found is None:
            raise self.fault(element, "is missing")
        try:
            return _MONEY.validate_python(found)
        except ValidationError:
            raise self.fault(element, "is no amount of money to the cent") from None

    def day(self, element: int) -> date:
        found = self.possible_day(element)
        if found is None:
            raise self.fault(element, "is no possible date")
        return found

    def possible_day(self, element: int) -> date | None:
        """A day written CCYYMMDD; None where no calendar has it."""
        written = self.says(element)
        try:
            found = date.fromisoformat(written) if re.fullmatch(r"\d{8}", written, re.ASCII) else None
        except ValueError:
            return None
        return found if found and found.year in YEARS else None


def transactions(text: str, kind: str, version: str) -> tuple[tuple[Segment, ...], ...]:
    """The segments of each transaction, from ST to SE, of a file that holds nothing but this kind and version."""
    found: list[list[Segment]] = []
    group: Segment | None = None
    is_open = False
    for segment in _segments(text):
        match segment.id:
            case "GS":
                group = segment
            case "ST":
                if segment.says(1) != kind:
                    raise segment.fault(1, f"is not {kind}: it is the wrong transaction")
                if group is None or not group.says(8).startswith(version):
                    raise fault(f"GS08 is not {version}, the version that is read")
                found.append([segment])
                is_open = True
            case "SE":
                is_open = False
            case _ if is_open:
                found[-1].append(segment)
            case other if other not in ENVELOPE:
                raise fault("a segment lies outside every transaction (ST to SE)")
    if not found:
        raise fault("it holds no transaction (ST)")
    return tuple(tuple(one) for one in found)


def _segments(text: str) -> Iterator[Segment]:
    """Each segment in its turn; at the end, whatever pyx12 found wrong with the envelope."""
    try:
        from pyx12.errors import X12Error  # noqa: PLC0415 - an extra that may be missing
        from pyx12.x12file import X12Reader  # noqa: PLC0415 - as above
    except ImportError:
        raise Misuse("reading a remittance needs the extra x12: pip install -e '.[x12]'.") from None
    try:
        reader = X12Reader(io.StringIO(text))
        read = [
            Segment(
                segment.get_seg_id(),
                tuple(tuple(part.value for part in one.elements) for one in segment.elements),
            )
            for segment in reader
        ]
        reader.cleanup()
    except (X12Error, IndexError):  # the second where a trailer closes what was never opened
        raise fault(DAMAGED) from None
    yield from read
    for level, code, *_ in reader.err_list:
        if words := DAMAGES.get((level, code)):
            raise fault(words)
    if reader.raw.buffer.strip():
        raise fault("something follows a segment that is empty or not closed")
