"""A letter on paper: the approved words, read back as headings, lists and paragraphs, and set as a tagged PDF."""

import json
import re
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Literal

import typst

from domain.calendar import Frozen

ACCESSIBLE: Literal["ua-1"] = (
    "ua-1"  # PDF/UA-1: the compiler refuses a letter that a screen reader could not read
)
ITEM = "  - "
CONTINUED = "    "
BEFORE_THE_BODY = 5
CLOSING = 2


class Part(Frozen):
    """A piece of the letter's body: a heading or a paragraph has text, a list has items."""

    kind: Literal["heading", "paragraph", "list"]
    text: str = ""
    items: tuple[str, ...] = ()


class Letter(Frozen):
    """A letter as it is laid out; every line is plain text, and none of it is read as markup."""

    language: str
    case: str
    letterhead: tuple[str, ...]
    date: str
    address: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    subject: str
    body: tuple[Part, ...]
    closing: tuple[str, ...]


def read(text: str, *, language: str, case: str) -> Letter:
    """The parts of a letter, from how the templates lay its words out.

    Blocks stand apart by a blank line: letterhead, date, address, facts, subject, then the body, and the closing
    in two. Raises ValueError where a text does not lie so.
    """
    blocks = [block.splitlines() for block in text.strip("\n").split("\n\n")]
    if len(blocks) <= BEFORE_THE_BODY + CLOSING:
        raise ValueError("the text of a letter lacks a part")
    letterhead, [date], address, facts, subject = blocks[:BEFORE_THE_BODY]
    return Letter(
        language=language,
        case=case,
        letterhead=tuple(letterhead),
        date=date,
        address=tuple(address),
        facts=tuple([_fact(line) for line in facts]),
        subject=" ".join(subject),
        body=tuple(_body(blocks[BEFORE_THE_BODY:-CLOSING])),
        closing=tuple([" ".join(block) for block in blocks[-CLOSING:]]),
    )


def _fact(line: str) -> tuple[str, str]:
    label, colon, value = line.partition(":")
    return f"{label}{colon}", value.strip()


def _body(blocks: list[list[str]]) -> list[Part]:
    parts: list[Part] = []
    for block in blocks:
        for listed, lines in groupby(block, lambda line: line.startswith((ITEM, CONTINUED))):
            parts.append(_list(list(lines)) if listed else Part(kind="paragraph", text=" ".join(lines)))
    following = [*parts[1:], None]
    return [
        part.model_copy(update={"kind": "heading"}) if _heads(part, after) else part
        for part, after in zip(parts, following, strict=True)
    ]


def _list(lines: list[str]) -> Part:
    whole = "\n".join(lines).removeprefix(ITEM)
    return Part(kind="list", items=tuple([" ".join(item.split()) for item in whole.split(f"\n{ITEM}")]))


def _heads(part: Part, after: Part | None) -> bool:
    """Words in capitals, and the name of a list: what stands over it and is no sentence."""
    if part.kind != "paragraph":
        return False
    names_a_list = after is not None and after.kind == "list" and part.text[-1] not in ".:!?"
    return part.text.isupper() or names_a_list


class Typesetter:
    """Sets letters by the plan's layout. The same letter of the same instant is the same file, byte for byte."""

    def __init__(self, layout: Path) -> None:
        # No fonts but those of the compiler itself: a letter looks the same on every machine.
        self.compiler = typst.Compiler(layout, ignore_system_fonts=True)

    def set(self, letter: Letter, at: datetime) -> bytes:
        """The letter as a PDF that says it was made at `at`."""
        return self._compiled(letter, at, "pdf")[0]

    def pictures(self, letter: Letter, at: datetime) -> list[bytes]:
        """Its pages as PNG, to look at."""
        return self._compiled(letter, at, "png")

    def _compiled(self, letter: Letter, at: datetime, form: Literal["pdf", "png"]) -> list[bytes]:
        made = self.compiler.compile(
            format=form,
            sys_inputs={"letter": json.dumps(letter.model_dump(mode="json"))},
            pdf_standards=[ACCESSIBLE] if form == "pdf" else [],
            timestamp=int(at.timestamp()),
        )
        return [made] if isinstance(made, bytes) else list(made or [])


def pages_of(pdf: bytes) -> int:
    """How many sheets a letter takes, read from the file that is mailed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
