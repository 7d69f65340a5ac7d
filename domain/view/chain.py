"""Cases of one story: a denial, its appeal, the authorization that came of it. Told as one, each by its own clock.

A case belongs to the story of another where it came out of it, which is what its parent says. Other links are
between neighbours: they are named, and nobody walks on from there.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Self

from pydantic import AwareDatetime

from domain.authorization.authorization import LiveAuthorization
from domain.parts.events import Event, EventKind
from domain.terms.calendar import Calendar
from domain.terms.case_number import kind_of
from domain.terms.frozen import Frozen
from domain.terms.people import SYSTEM
from domain.view.view import Coming, Sheet, Shown, ShownLine, ShownStatus, Timeline


class ShownCase(Frozen):
    """One case of a story, as `plazo show --json` prints it in `chain`."""

    case: str
    kind: str
    parent: str | None
    status: ShownStatus
    received_at: AwareDatetime
    due_at: AwareDatetime | None
    next: Coming | None
    outcome: str | None


class ShownInChain(Shown):
    """What `plazo show --json` prints: the case, and the story that it belongs to, in the order of receipt."""

    chain: tuple[ShownCase, ...]

    @classmethod
    def of(cls, shown: Shown, story: Iterable[Sheet]) -> Self:
        return cls(**dict(shown), chain=tuple(row_of(sheet) for sheet in story))


class StoryEvent(Event):
    """An event, and the case that tells it."""

    case: str


class Story(Frozen):
    """What happened to all cases of a story, or what would. `case` is the one that was asked."""

    case: str
    calendar: Calendar
    cases: tuple[str, ...]
    events: tuple[StoryEvent, ...]


Told = tuple[int, StoryEvent]  # with the place of its case in the order of receipt


def row_of(sheet: Sheet) -> ShownCase:
    shown = sheet.shown
    return ShownCase(
        case=shown.case,
        kind=shown.kind,
        parent=shown.parent,
        status=shown.status,
        received_at=shown.received_at,
        due_at=shown.due_at,
        next=next(iter(shown.next), None),
        outcome=sheet.outcome,
    )


def neighbours(sheet: Sheet) -> tuple[str, ...]:
    """Every case that this one names: the one that it came out of, its links, its authorizations."""
    shown = sheet.shown
    lines = [line for line in shown.lines if isinstance(line, ShownLine)]
    permits = [line.authorization.number for line in lines if line.authorization]
    parent = [shown.parent] if shown.parent else []
    return tuple(dict.fromkeys([*parent, *shown.linked, *permits]))


def belong_together(one: Sheet, other: Sheet) -> bool:
    """Did one of them come out of the other?"""
    return one.shown.parent == other.shown.case or other.shown.parent == one.shown.case


def in_order(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """Cases in the order of their receipt; of two of the same instant, what came out of the other is second."""
    by_number = {sheet.shown.case: sheet for sheet in sheets}

    def depth(sheet: Sheet) -> int:
        parent = by_number.get(sheet.shown.parent or "")
        return 1 + depth(parent) if parent else 0

    return tuple(sorted(by_number.values(), key=lambda sheet: (sheet.shown.received_at, depth(sheet))))


def tell(
    case: str, calendar: Calendar, chapters: Sequence[Timeline], parents: Mapping[str, str | None]
) -> Story:
    """The chapters as one story, in the order in which things happened.

    That two of its cases belong together is said once, where the later one begins, and not again by the links that
    both keep; that an authorization ended is said once, by whoever ended it.
    """
    cases = tuple(chapter.case for chapter in chapters)
    told: list[Told] = [
        (place, event)
        for place, chapter in enumerate(chapters)
        for event in _events_of(chapter, parents.get(chapter.case), frozenset(cases))
    ]
    told = _without_echoes(told)
    told.sort(key=lambda one: (one[1].at, one[1].recorded_at, one[0], one[1].sequence))
    return Story(case=case, calendar=calendar, cases=cases, events=tuple(event for _, event in told))


def _without_echoes(told: list[Told]) -> list[Told]:
    """Of an end that an authorization and the case that issued it both tell, one: told by a person if by any."""
    ends: dict[tuple[datetime, str], Told] = {}
    for place, event in told:
        if event.kind is EventKind.AUTHORIZATION_ENDED:
            key = (event.at, _authorization_of(event))
            is_first_hand = event.by_id != SYSTEM.id or kind_of(event.case) == LiveAuthorization.kind
            if key not in ends or (is_first_hand and ends[key][1].by_id == SYSTEM.id):
                ends[key] = (place, event)
    kept = [event for _, event in ends.values()]
    return [one for one in told if one[1].kind is not EventKind.AUTHORIZATION_ENDED or one[1] in kept]


def _authorization_of(event: StoryEvent) -> str:
    """The number of the authorization that ended: its words begin with it."""
    return event.words.split(" ")[0]


def _events_of(chapter: Timeline, parent: str | None, cases: frozenset[str]) -> Iterable[StoryEvent]:
    for event in chapter.events:
        if event.kind is EventKind.LINKED and event.details.get("case") in cases:
            continue
        begins = event.sequence == 1 and parent in cases and parent not in event.words
        words = f"{event.words}; it came out of {parent}" if begins else event.words
        yield StoryEvent(**dict(event) | {"words": words}, case=chapter.case)
