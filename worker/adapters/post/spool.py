"""The spool: the PDF of each notice, named by its key, and for the mail house a list of those that are letters."""

import hashlib
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import JsonValue

from config import files
from domain.terms.notice import Notice
from domain.terms.people import Language
from domain.terms.text import normal
from worker.adapters.letter import Typesetter, pages_of, read
from worker.adapters.mail_house import MailHouse
from worker.adapters.post.manifest import Entry, Manifest
from worker.adapters.post.presses import in_a_press

APPROVED = re.compile(r"version (\d+), approved (\d{4}-\d\d-\d\d)(?:, standing: (unverified))?")


class Spool:
    """Lays each notice out under its key, once, and nothing is written over it. A letter on the list was sent.

    The PDF is what is mailed. Its words lie beside it as plain text: they are written first, so that a letter
    interrupted in between is finished with the same words, and they can be read where nothing shows a PDF.
    """

    def __init__(self, folder: Path, templates: Path, mail_house: MailHouse | None = None) -> None:
        self.folder = folder
        self.mail_house = mail_house
        self.manifest = Manifest(folder / "manifest.csv")
        self.typesetter = Typesetter(templates / "letter.typ")
        self.templates = templates
        self.environment = _words_in(templates)

    async def send(self, notice: Notice) -> str:
        """Put the letter on the list, or find it there; the proof names the PDF and the hash of what it holds."""
        return await in_a_press(self._send, notice)

    def _send(self, notice: Notice) -> str:
        paper = self.lay_out(notice)
        pdf = paper.read_bytes()
        if self.mail_house:
            self.mail_house.hand(paper)
        self.manifest.add(
            Entry(
                key=notice.key,
                kind=notice.kind.value,
                recipient=notice.recipient.value,
                language=notice.language.value,
                pages=pages_of(pdf),
                sha256=hashlib.sha256(pdf).hexdigest(),
                template=self._template_of(notice),
            )
        )
        return proof_of(paper)

    def left(self, notice: Notice) -> str | None:
        """The proof of a letter that is on the list."""
        return proof_of(self._paper_of(notice)) if self.manifest.lists(notice.key) else None

    def lay_out(self, notice: Notice) -> Path:
        """The notice on paper, whatever its way: laid out now, or found as it was."""
        paper = self._paper_of(notice)
        if not paper.exists():
            self._lay_out(notice, paper)
        return paper

    def _paper_of(self, notice: Notice) -> Path:
        return self.folder / f"{notice.key}.pdf"

    def _lay_out(self, notice: Notice, paper: Path) -> None:
        words = paper.with_suffix(".txt")
        text = words.read_text(encoding="utf-8") if words.exists() else self.render(notice)
        pdf = self._set(text, notice)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # anybody could read the letters there
        files.create(words, text.encode())
        files.create(paper, pdf)

    def _set(self, text: str, notice: Notice) -> bytes:
        letter = read(text, language=notice.language.value, case=str(notice.facts["case"]))
        return self.typesetter.set(letter, notice.owed_at)

    def print(self, notice: Notice) -> bytes:
        """The letter as it would be mailed; nothing enters the spool."""
        return self._set(self.render(notice), notice)

    def render(self, notice: Notice) -> str:
        """The letter's text, in its reader's language."""
        facts = {name: _in_one_line(value) for name, value in notice.facts.items()}
        address = [line for part in (notice.address or "").splitlines() if (line := _flat(part))]
        return self.environment.get_template(_words_of(notice)).render(
            facts,
            language=notice.language.value,
            recipient=_flat(notice.name),
            recipient_address="\n".join(address),
        )

    def _template_of(self, notice: Notice) -> str:
        """Which words these are: the template's name, its version, its day, and that it is unverified if it is."""
        name = _words_of(notice)
        with (self.templates / name).open(encoding="utf-8") as words:
            approved = APPROVED.search(words.readline())
        said = filter(None, approved.groups()) if approved else ()
        return " ".join([name.removesuffix(".txt"), *said])


@lru_cache(maxsize=8)
def _words_in(templates: Path) -> Environment:
    """The approved texts of a folder: to read one takes longer than to fill it. One that changes is read anew."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,  # a letter with a hole in it must not leave the house
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - plain text, not HTML
    )
    environment.filters["day"] = written_out
    environment.filters["money"] = counted_out
    return environment


def proof_of(paper: Path) -> str:
    """The name of a paper, and the hash of what it holds."""
    return f"{paper.name} sha256:{hashlib.sha256(paper.read_bytes()).hexdigest()[:16]}"


def _words_of(notice: Notice) -> str:
    name = notice.facts.get("template") or notice.kind.value
    return f"{name}.{notice.language.value}.txt"


def _in_one_line(value: JsonValue) -> JsonValue:
    """A fact without line breaks: it cannot begin a part of the letter by itself."""
    match value:
        case str():
            return _flat(value)
        case list():
            return [_in_one_line(one) for one in value]
        case dict():
            return {name: _in_one_line(one) for name, one in value.items()}
        case _:
            return value


def _flat(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in normal(text)).split())


def written_out(day: str, language: str = Language.ENGLISH.value) -> str:
    """An ISO day as a reader of that language writes it."""
    return format_date(date.fromisoformat(day), format="long", locale=language)


PLACES = {Language.ENGLISH.value: "en_US", Language.SPANISH.value: "es_PR"}


def counted_out(amount: str, language: str = Language.ENGLISH.value) -> str:
    """Dollars and cents as a reader of that language writes them; Puerto Rico writes them as the mainland does."""
    return format_decimal(Decimal(amount), format="#,##0.00", locale=PLACES[language])
