"""What came in, as labelled facts for people: every field that holds something, in the order of its form.

A field that a form gets one day is in the case file by itself; nothing has to be remembered here.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel

from domain.terms.frozen import Frozen
from domain.terms.people import Actor, Language, Words
from domain.terms.tongue import Tongue

Fact = tuple[str, str]

AS_SAID = {
    "npi": "NPI",
    "mbi": "MBI",
    "ipa": "medical group",
    "order": "medical order",
    "from day": "first day",
    "asked": "asked for",
}
ELSEWHERE = {"documents"}  # they are listed with their hashes


class FactGroup(Frozen):
    """Facts under one heading."""

    title: str
    facts: tuple[Fact, ...]


def groups_of(model: BaseModel, title: str, tongue: Tongue) -> tuple[FactGroup, ...]:
    """A form part by part: its own fields first, then each party and each line under its name."""
    plain: list[Fact] = []
    parts: list[FactGroup] = []
    for name, value in _held(model):
        label = tongue.say(label_of(name))
        match value:
            case BaseModel():
                parts.append(_group(label, value, tongue))
            case [BaseModel(), *_]:
                one = tongue.say(label_of(name).removesuffix("s"))
                parts += [_group(f"{one} {_number(row, at)}", row, tongue) for at, row in enumerate(value, 1)]
            case _:
                plain.append((label, text_of(value, tongue)))
    return (FactGroup(title=title, facts=tuple(plain)), *parts)


def _group(title: str, model: BaseModel, tongue: Tongue) -> FactGroup:
    return FactGroup(title=title, facts=facts_of(model, tongue))


def _number(row: BaseModel, at: int) -> int:
    """Lines have a number of their own; everything else is counted."""
    number: int = getattr(row, "sequence", at)
    return number


def facts_of(model: BaseModel, tongue: Tongue) -> tuple[Fact, ...]:
    """Every field that holds something, those of its parts under the names of the parts."""
    return tuple(_facts(model, tongue))


def _facts(model: BaseModel, tongue: Tongue, within: str = "") -> Iterator[Fact]:
    for name, value in _held(model):
        label = f"{within}{tongue.say(label_of(name))}"
        match value:
            case Words() if not tongue.is_english:
                yield label, tongue.one_of(value)
            case BaseModel() if not isinstance(value, Actor):
                yield from _facts(value, tongue, f"{label}: ")
            case [BaseModel(), *_]:
                for count, row in enumerate(value, start=1):
                    yield label if len(value) == 1 else f"{label} {count}", _in_one_line(row, tongue)
            case _:
                yield label, text_of(value, tongue)


def _in_one_line(model: BaseModel, tongue: Tongue) -> str:
    return "; ".join(f"{label}: {text}" for label, text in _facts(model, tongue))


def _held(model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, value in model:
        if name not in ELSEWHERE and value is not None and value not in ((), [], {}, ""):
            yield name, list(value) if isinstance(value, tuple) else value


def label_of(name: str) -> str:
    words = name.removesuffix("_at").replace("_", " ")
    return AS_SAID.get(words, words)


def text_of(value: Any, tongue: Tongue) -> str:
    """One value as people read it; in a tongue, instants on the plan's own clock."""
    match value:
        case bool():
            return tongue.say("yes" if value else "no")
        case Language():
            return tongue.say(value.name.capitalize())
        case Enum():
            return tongue.say(str(value.value).replace("_", " "))
        case datetime():
            return tongue.show(value)
        case date():
            return tongue.day(value)
        case Actor():
            return said_of(value, tongue)
        case dict():
            return "; ".join(f"{name}: {text_of(one, tongue)}" for name, one in value.items())
        case list() | tuple() | set() | frozenset():
            return ", ".join(text_of(one, tongue) for one in value)
        case _:
            return str(value)


def said_of(person: Actor, tongue: Tongue) -> str:
    """Who it was, with the licence and the specialty that they had on that day."""
    said = str(person)
    if person.specialty:
        said += f"; {person.specialty}"
    if licence := person.licence:
        said += tongue.say(
            "; licence {number} ({state}), {status}, to {day}",
            number=licence.number,
            state=licence.state,
            status=tongue.say(licence.status.value),
            day=tongue.day(licence.expires_on),
        )
    return said
