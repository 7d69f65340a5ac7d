"""A receipt: what was sent, whether the very same was sent before, and what it says otherwise than a case has it.

Nothing is passed over by default: a field that is not named here as a matter of delivery or of reaching somebody is
content, and other content is another request.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

from domain.request.membership import is_same_name
from domain.request.request import Document
from domain.terms.calendar import whole_seconds
from domain.terms.frozen import Frozen
from domain.terms.text import folded

DELIVERY = {
    *("received_at", "channel", "arrived_at", "requested_by", "by", "urgency", "emergency", "documents"),
    *("statement", "good_cause", "representative"),
}
"""How, by whom and how urgently it is asked, and with which papers: the same may be asked again otherwise."""

REACHING = {"telephone", "fax", "email", "address", "language", "role", "group"}
"""How somebody is reached: it may have changed, and that changes nothing of what is asked."""

MAY_COME_LATER = {
    *("contract_number", "birth_date", "diagnoses", "order", "referral"),
    *("expected", "contention", "tax_id", "patient_account"),
    *("mbi", "benefit_package", "contracted", "product", "ipa", "specialty"),
}
"""What may be left out at first, and is asked for."""

FEW = 5  # as many as people read in one line

IDENTIFIERS = {
    *("contract_number", "reference", "payer_number", "patient_account", "member", "tax_id", "extends"),
    *("original", "referral", "under"),
}
"""What is compared without case and dashes."""

NAMED_BY_NUMBER = {"requesting_provider", "servicing_provider", "provider"}
"""Whoever has a number of their own may be spelled in more than one way."""


class Sent(Protocol):
    """Whatever reaches us: it has an instant, and is a value that can be written down."""

    @property
    def received_at(self) -> datetime: ...

    def model_dump(self, *, mode: str, exclude_defaults: bool = False) -> dict[str, Any]: ...


def everything_of(sent: Sent) -> str:
    """All that was sent, in one order: two that share it are the very same. A field left out counts for nothing."""
    fields = sent.model_dump(mode="json", exclude_defaults=True)
    fields["received_at"] = whole_seconds(sent.received_at).isoformat()
    return json.dumps(fields, sort_keys=True, ensure_ascii=False)


class Compared(Frozen):
    """What a receipt says beside what a case has; fields by their names, never by what they hold."""

    other: tuple[str, ...] = ()  # other content: another request
    otherwise: tuple[str, ...] = ()  # said otherwise, and no reason to take it for another request
    brings: tuple[str, ...] = ()  # what was left out before


def compared(
    first: Mapping[str, Any], again: Mapping[str, Any], words_of_theirs: frozenset[str] = frozenset()
) -> Compared:
    """Field by field; both as JSON has them. What is only their word may change as how they are reached may."""

    def is_no_content(path: str) -> bool:
        return _is_about_reaching(path) or path.rsplit(".", maxsplit=1)[-1] in words_of_theirs

    had, says = dict(_leaves(first)), dict(_leaves(again))
    if len(first.get("lines", ())) != len(again.get("lines", ())):
        return Compared(other=("lines",))
    new = [path for path in says if path not in had]
    gone = [path for path in had if path not in says]
    changed = [path for path in says if path in had and not _is_same_word(path, had[path], says[path])]
    optional = {path for path in (*new, *gone) if is_no_content(path) or _may_come_later(path)}
    return Compared(
        other=(
            *(path for path in changed if not is_no_content(path)),
            *(path for path in (*new, *gone) if path not in optional),
        ),
        otherwise=tuple(path for path in changed if is_no_content(path)),
        brings=tuple(path for path in new if path in optional),
    )


def listed(words: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = len(words) - FEW
    return ", ".join(words[:FEW]) + (f" and {more} more" if more > 0 else "")


def with_what_it_brings(first: Any, again: Any) -> Any:
    """What a case has, and where it has nothing, what the receipt says."""
    match first, again:
        case dict(), dict():
            return {name: with_what_it_brings(first.get(name), again.get(name)) for name in first | again}
        case [dict(), *_], [dict(), *_]:
            return [with_what_it_brings(*pair) for pair in zip(first, again, strict=True)]
        case ((None | "" | []), _) if again is not None:
            return again
        case _:
            return first


def as_sent(sent: BaseModel) -> dict[str, Any]:
    """The whole of it as JSON has it, the lines in their order."""
    fields = sent.model_dump(mode="json")
    return fields | {"lines": sorted(fields["lines"], key=lambda line: int(line["sequence"]))}


def content_of(sent: BaseModel) -> dict[str, Any]:
    """What is asked for, whoever brought it and however."""
    return {name: value for name, value in as_sent(sent).items() if name not in DELIVERY}


def new_papers(held: list[Document], came: tuple[Document, ...]) -> Iterator[Document]:
    """Papers that say or show what none that is held does; one of another's name gets a name of its own."""
    known = list(held)
    for paper in came:
        if any(_is_same(paper, one) for one in known):
            continue
        names, name, count = {one.id for one in known}, paper.id, 1
        while name in names:
            count += 1
            name = f"{paper.id}-{count}"
        known.append(paper.model_copy(update={"id": name}))
        yield known[-1]


def _is_same(paper: Document, other: Document) -> bool:
    """Of the same content; where nobody kept the content, of the same name too."""
    same = ("kind", "dated", "sha256", "facts")
    alike = all(getattr(paper, field) == getattr(other, field) for field in same)
    return alike and (paper.sha256 is not None or paper.id == other.id)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    match value:
        case dict():
            for name, held in value.items():
                yield from _leaves(held, f"{path}.{name}" if path else str(name))
        case [dict(), *_]:
            for place, held in enumerate(value):
                yield from _leaves(held, f"{path}.{place}")
        case None | "" | []:
            pass
        case _:
            yield path, value


def _is_same_word(path: str, one: Any, other: Any) -> bool:
    if path == "member.name":
        return is_same_name(one, other)
    if path.rsplit(".", maxsplit=1)[-1] in IDENTIFIERS:
        return folded(one) == folded(other)
    return bool(_normal(one) == _normal(other))


def _normal(value: Any) -> Any:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _is_about_reaching(path: str) -> bool:
    first, last = path.split(".", maxsplit=1)[0], path.rsplit(".", maxsplit=1)[-1]
    return last in REACHING or (first in NAMED_BY_NUMBER and last == "name")


def _may_come_later(path: str) -> bool:
    return bool(MAY_COME_LATER & set(path.split(".")))
