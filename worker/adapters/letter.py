"""A letter on paper: the approved words, read back as headings, lists and paragraphs, and set as a tagged PDF."""

import json
import re
from datetime import datetime
from itertools import groupby
from pathlib import Path
from threading import local
from typing import Literal

import typst

from domain.case.sending import NO_ROOM, NO_SIGN, CannotBeSet
from domain.terms.frozen import Frozen
from domain.terms.text import all_standing
from worker.adapters.envelope import folded

ACCESSIBLE: Literal["ua-1"] = "ua-1"  # PDF/UA-1: the compiler refuses what a screen reader could not read
ITEM = "  - "
CONTINUED = "    "
HELP_IN_SPANISH = "Ayuda en español"  # the line in every English letter that is for somebody else's eyes
SPANISH = "es"
BEFORE_THE_BODY = 5
CLOSING = 2
ONE_SIGN = b'#set document(title: "sign")\n#text(sys.inputs.sign)'
BOX = "\N{WHITE SQUARE}"


class LetterPart(Frozen):
    """A piece of the letter's body: a heading or a paragraph has text, a list has items.

    `language` is its own where it is not the letter's: a screen reader then says it as it is meant.
    """

    kind: Literal["heading", "paragraph", "list"]
    text: str = ""
    items: tuple[str, ...] = ()
    language: str | None = None


class Letter(Frozen):
    """A letter as it is laid out; every line is plain text, and none of it is read as markup."""

    language: str
    case: str
    letterhead: tuple[str, ...]
    date: str
    address: tuple[str, ...]
    folded: tuple[str, ...]  # the address, where it does not fit as it was written
    facts: tuple[tuple[str, str], ...]
    subject: str
    body: tuple[LetterPart, ...]
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
        folded=folded(tuple(address)),
        facts=tuple([_fact(line) for line in facts]),
        subject=" ".join(subject),
        body=tuple(_body(blocks[BEFORE_THE_BODY:-CLOSING])),
        closing=tuple([" ".join(block) for block in blocks[-CLOSING:]]),
    )


def _fact(line: str) -> tuple[str, str]:
    label, colon, value = line.partition(":")
    return f"{label}{colon}", value.strip()


def _body(blocks: list[list[str]]) -> list[LetterPart]:
    parts: list[LetterPart] = []
    for block in blocks:
        runs = [(listed, list(run)) for listed, run in groupby(block, _is_listed)]
        parts += [_list(run) if listed else _paragraph(" ".join(run)) for listed, run in runs]
    following = [*parts[1:], None]
    return [
        part.model_copy(update={"kind": "heading"}) if _heads(part, after) else part
        for part, after in zip(parts, following, strict=True)
    ]


def _paragraph(text: str) -> LetterPart:
    return LetterPart(
        kind="paragraph", text=text, language=SPANISH if text.startswith(HELP_IN_SPANISH) else None
    )


def _is_listed(line: str) -> bool:
    return line.startswith((ITEM, CONTINUED))


def _list(lines: list[str]) -> LetterPart:
    whole = "\n".join(lines).removeprefix(ITEM)
    return LetterPart(kind="list", items=tuple([" ".join(item.split()) for item in whole.split(f"\n{ITEM}")]))


def _heads(part: LetterPart, after: LetterPart | None) -> bool:
    """Words in capitals, and the name of a list: what stands over it and is no sentence."""
    if part.kind != "paragraph":
        return False
    names_a_list = after is not None and after.kind == "list" and part.text[-1] not in ".:!?"
    return part.text.isupper() or names_a_list


class Typesetter:
    """Sets letters by the plan's layout. The same letter of the same instant is the same file, byte for byte."""

    def __init__(self, layout: Path) -> None:
        self.layout = layout
        self._of_this_thread = local()  # a compiler does one thing at a time

    @property
    def _compiler(self) -> typst.Compiler:
        if not hasattr(self._of_this_thread, "compiler"):
            # No fonts but those that it carries: a letter looks the same on every machine.
            self._of_this_thread.compiler = typst.Compiler(ignore_system_fonts=True)
        compiler: typst.Compiler = self._of_this_thread.compiler
        return compiler

    def set(self, letter: Frozen, at: datetime) -> bytes:
        """The letter, or what else the layout is for, as a PDF that says it was made at `at`.

        Raises `CannotBeSet` where a person has to see to it; what it says holds nothing of the letter.
        """
        said = _said(letter)
        try:
            return self._compiled(said, at)
        except typst.TypstError as error:
            if NO_ROOM in error.message:  # as the layout says it
                raise CannotBeSet(NO_ROOM) from None
            if self._unknown(said):
                raise CannotBeSet(NO_SIGN) from None
            raise

    def set_with_boxes(self, letter: Frozen, at: datetime) -> bytes:
        """The same for our own eyes: a sign that no font has becomes a box, and keeps nothing back."""
        try:
            return self.set(letter, at)
        except CannotBeSet:
            unknown = self._unknown(said := _said(letter))
            return self._compiled("".join(BOX if sign in unknown else sign for sign in said), at)

    def _compiled(self, said: str, at: datetime) -> bytes:
        made = self._compiler.compile(
            self.layout.read_bytes(),
            format="pdf",
            sys_inputs={"letter": said},
            pdf_standards=ACCESSIBLE,
            timestamp=int(at.timestamp()),
        )
        assert isinstance(made, bytes)
        return made

    def _unknown(self, said: str) -> frozenset[str]:
        """The signs that no font has."""
        return frozenset(sign for sign in said if not sign.isascii() and not self._can_set(sign))

    def _can_set(self, sign: str) -> bool:
        try:
            self._compiler.compile(
                ONE_SIGN, format="pdf", sys_inputs={"sign": sign}, pdf_standards=ACCESSIBLE
            )
        except typst.TypstError:
            return False
        return True


def _said(letter: Frozen) -> str:
    return json.dumps(all_standing(letter.model_dump(mode="json")), ensure_ascii=False)


def pages_of(pdf: bytes) -> int:
    """How many pages a letter has, read from the file that is mailed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
