"""What came in, as labelled facts for people: every field that holds something, in the order of its form.

A field that a form gets one day is in the case file by itself; nothing has to be remembered here.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel

from domain.calendar import Calendar, Frozen
from domain.people import Actor, Language

Fact = tuple[str, str]

AS_SAID = {"npi": "NPI", "order": "medical order", "from day": "first day", "asked": "asked for"}
ELSEWHERE = {"documents"}  # they are listed with their hashes


class Group(Frozen):
    """Facts under one heading."""

    title: str
    facts: tuple[Fact, ...]


def groups_of(model: BaseModel, title: str, calendar: Calendar) -> tuple[Group, ...]:
    """A form part by part: its own fields first, then each party and each line under its name."""
    plain: list[Fact] = []
    parts: list[Group] = []
    for name, value in _held(model):
        label = label_of(name)
        match value:
            case BaseModel():
                parts.append(_group(label, value, calendar))
            case [BaseModel(), *_]:
                one = label.removesuffix("s")
                parts += [
                    _group(f"{one} {_number(row, at)}", row, calendar) for at, row in enumerate(value, 1)
                ]
            case _:
                plain.append((label, text_of(value, calendar)))
    return (Group(title=title, facts=tuple(plain)), *parts)


def _group(title: str, model: BaseModel, calendar: Calendar) -> Group:
    return Group(title=title, facts=facts_of(model, calendar))


def _number(row: BaseModel, at: int) -> int:
    """Lines have a number of their own; everything else is counted."""
    number: int = getattr(row, "sequence", at)
    return number


def facts_of(model: BaseModel, calendar: Calendar) -> tuple[Fact, ...]:
    """Every field that holds something, those of its parts under the names of the parts."""
    return tuple(_facts(model, calendar))


def _facts(model: BaseModel, calendar: Calendar, within: str = "") -> Iterator[Fact]:
    for name, value in _held(model):
        label = f"{within}{label_of(name)}"
        match value:
            case BaseModel() if not isinstance(value, Actor):
                yield from _facts(value, calendar, f"{label}: ")
            case [BaseModel(), *_]:
                for count, row in enumerate(value, start=1):
                    yield label if len(value) == 1 else f"{label} {count}", _in_one_line(row, calendar)
            case _:
                yield label, text_of(value, calendar)


def _in_one_line(model: BaseModel, calendar: Calendar) -> str:
    return "; ".join(f"{label}: {text}" for label, text in _facts(model, calendar))


def _held(model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, value in model:
        if name not in ELSEWHERE and value is not None and value not in ((), [], {}, ""):
            yield name, list(value) if isinstance(value, tuple) else value


def label_of(name: str) -> str:
    words = name.removesuffix("_at").replace("_", " ")
    return AS_SAID.get(words, words)


def text_of(value: Any, calendar: Calendar) -> str:
    """One value as people read it; instants on the plan's own clock."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Language():
            return value.name.capitalize()
        case Enum():
            return str(value.value).replace("_", " ")
        case datetime():
            return calendar.show(value)
        case date():
            return value.isoformat()
        case Actor():
            return said_of(value)
        case dict():
            return "; ".join(f"{name}: {text_of(one, calendar)}" for name, one in value.items())
        case list() | tuple() | set() | frozenset():
            return ", ".join(text_of(one, calendar) for one in value)
        case _:
            return str(value)


def said_of(person: Actor) -> str:
    """Who it was, with the licence and the specialty that they had on that day."""
    said = str(person)
    if person.specialty:
        said += f"; {person.specialty}"
    if licence := person.licence:
        said += (
            f"; licence {licence.number} ({licence.state}), {licence.status.value}, to {licence.expires_on}"
        )
    return said
