"""The phrases of a case file in Spanish: whatever a file can say by itself is in the table."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from enum import Enum, StrEnum
from itertools import chain
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from domain.appeal.request import AppealRequest
from domain.appeal.state import ReviewOutcome
from domain.authorization.state import Use
from domain.case.sensitive import SENSITIVE
from domain.casefile.casefile import ENGLISH_ONLY
from domain.casefile.facts import ELSEWHERE, label_of
from domain.clock.duty import Duty
from domain.clock.timeframe import Urgency
from domain.correction.entered_in_error import FLAG
from domain.desk.file_made import Audience
from domain.desk.likeness import DUPLICATE
from domain.grievance.complaint import Complaint
from domain.parts.events import EventKind
from domain.parts.stage import Stage
from domain.parts.status import OutsideStatus
from domain.payers.family import Coverage
from domain.policy.appeals import AppealBy
from domain.request.criteria import Answer
from domain.request.determination import Authorization, Outcome, ReasonClass
from domain.request.line import PeerToPeer
from domain.request.request import Request
from domain.terms.calendar import MONTHS, WEEKDAYS
from domain.terms.kind import KINDS
from domain.terms.notice import NoticeKind, Recipient, SendBy
from domain.terms.people import Actor, Language, LicenceStatus, Words
from domain.terms.sourced import Trust
from tests.builders import ROOT
from worker.adapters.sheets import NOT_SHOWN

TABLE = tomllib.loads((ROOT / "policy" / "casefile" / "es.toml").read_text(encoding="utf-8"))
LAYOUT = (ROOT / "policy" / "casefile.typ").read_text(encoding="utf-8")
# Where dictionaries hold facts by their labels.
LABELLED = ("domain/casefile/casefile.py", "domain/casefile/lines.py")
SOURCES = (
    *LABELLED,
    "domain/casefile/coverages.py",
    "domain/casefile/facts.py",
    "worker/adapters/casefile.py",
    "worker/adapters/sheets.py",
)
STATUSES = [one for one in OutsideStatus.__subclasses__() if one.__module__.startswith("domain.")]
SAYING = {"say", "_missing", "Refused", "_set"}
FORMS = (Request, AppealRequest, Complaint, Authorization, Use, PeerToPeer, Coverage)
ENUMS: tuple[type[StrEnum], ...] = (
    Answer,
    LicenceStatus,
    Outcome,
    ReasonClass,
    ReviewOutcome,
    Trust,
    Urgency,
)


def _literals(path: str) -> Iterator[str]:
    """What the code says: what a function that says something is given, and the labels of facts."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in SAYING:
                yield from chain.from_iterable(_constants(said) for said in args)
            case ast.Dict(keys=keys) if path in LABELLED:
                yield from (key.value for key in keys if isinstance(key, ast.Constant))


def _constants(said: ast.expr) -> Iterator[str]:
    match said:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from chain(_constants(body), _constants(orelse))


def _of_a_form(model: type[BaseModel]) -> Iterator[str]:
    """The names of its fields and of its parts, with what they may hold of closed lists."""
    for name, field in model.model_fields.items():
        if name not in ELSEWHERE:
            yield label_of(name)
            for kind in _kinds(field.annotation):
                if kind is Language:
                    yield from (one.name.capitalize() for one in Language)
                elif isinstance(kind, str):
                    yield kind.replace("_", " ")
                elif issubclass(kind, Enum):
                    yield from (str(one.value).replace("_", " ") for one in kind)
                elif issubclass(kind, BaseModel) and kind not in {Words, Actor}:
                    yield label_of(name).removesuffix("s")
                    yield from _of_a_form(kind)


def _kinds(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif inner := get_args(annotation):
        yield from chain.from_iterable(_kinds(one) for one in inner)
    elif isinstance(annotation, type):
        yield annotation


def _of_the_layout() -> Iterator[str]:
    for call in re.findall(r"\b(?:say|head|fact)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", LAYOUT, re.DOTALL):
        yield from (text for text in re.findall(r'(?<!: )"([^"]*)"', call) if re.search("[A-Za-z]", text))


def every_phrase() -> set[str]:
    papers = tomllib.loads((ROOT / "policy" / "documents.toml").read_text(encoding="utf-8"))["document_kind"]
    said = {
        *chain.from_iterable(_literals(path) for path in SOURCES),
        *chain.from_iterable(_of_a_form(form) for form in FORMS),
        *_of_the_layout(),
        *(one.value.replace("_", " ") for enum in ENUMS for one in enum),
        *(f"event: {one.value}" for one in EventKind),
        *(f"time for: {one.value.replace('_', ' ')}" for one in Duty),
        *(f"the {one.value}" for one in AppealBy),
        *(one.sentence for one in Stage),
        *(one.text for enum in (*STATUSES, NoticeKind, SendBy) for one in enum),
        *(one.named for one in Recipient),
        *(flag.replace("_", " ") for flag in (DUPLICATE, FLAG, SENSITIVE, "stopped_letter_left")),
        *(row["id"].replace("_", " ") for row in papers),
        *(f"{what}, which cannot be shown here" for what in NOT_SHOWN.values()),
        *WEEKDAYS,
        *MONTHS,
        *KINDS,
        Audience.MEMBER.text,
    }
    return said - ENGLISH_ONLY - {"in the Spanish letter"}


def test_whatever_a_file_can_say_by_itself_has_a_phrase_in_spanish_and_no_phrase_is_idle():
    assert every_phrase() - set(TABLE) == set()
    assert set(TABLE) - every_phrase() == set()


def test_a_phrase_keeps_the_parts_that_are_put_into_it():
    for english, spanish in TABLE.items():
        assert _parts(english) == _parts(spanish), english


def _parts(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}
