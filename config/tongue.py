"""What a terminal says, in Spanish with PLAZO_LANG=es: by a table of sentences, where it is printed.

The sentences of the house are English; `policy/terminal` has one entry for each, with its fields by name.
What people wrote, names and numbers are in no table, and what has no entry stands as it is.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

POLICY = Path(__file__).parent.parent / "policy"
TABLES = (
    POLICY / "casefile" / "es.toml",
    POLICY / "terminal" / "es.toml",
    POLICY / "terminal" / "refusals.es.toml",
    POLICY / "terminal" / "events.es.toml",
)
IN_BOTH = tuple(
    POLICY / f"{name}.toml" for name in ("appeals", "documents", "disputes", "reopening", "requirements")
)
"""Pages of the policies that have the names of papers and the grounds in both languages."""

DATE = re.compile(
    r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (\d{4})\b)?"
)
AS_THEY_STAND = {"known", "join", "queue", "queues"}
"""Fields that hold ids, whatever else they may mean."""
AS_WRITTEN = {"reason", "saying"}
"""Fields for what a person wrote, unless it is, to the letter, what the house says itself."""
A_WORD = "case_2 number id id_2 line sequence notice len service npi page total timeframe units reason_id criterion"
SENTENCES = {"what", "about", "why", "warning", "hold", "says", "because", "meaning", *AS_WRITTEN}
HOLDS = {
    **dict.fromkeys(("left", "late"), r"\d+ [dh](?: \d+ (?:h|min))?"),
    **dict.fromkeys(("at", "show", "show_due"), r"[A-Z][a-z]{2} \d(?:(?!: ).)*?"),
    **dict.fromkeys(A_WORD.split(), r"\S+?"),
    "case": r"[A-Z]{3}-[-\w]+",
    "queues": r"[\w, -]+",
    "lines": r"\d[\d, and]*",
    "party": "(?:member|provider|representative|physician|(?:independent )?reviewer|health plan)(?:, .+)?",
    "whom": "(?! )(?:(?![;:] ).)+?",
    "provider": "(?:[A-Z]|no provider).*?",
    **dict.fromkeys(SENTENCES, "(?! ).+?"),
}
"""What a field may hold, by its name; else anything that ends before the next part of a sentence."""
ELSE = "(?! )(?:(?!; ).)+?"
FIELD = re.compile(r"\{(\w+)\}")
CODED = re.compile(r"([A-Z]{1,2}\d?) (.+)")
CITED = re.compile(r"(.+) (\([^()]*(?:\([^()]*\)[^()]*)*\))")
ABOUT = re.compile(r"([a-z_][\w.-]*: )(.+)")
JOINED = ("; ", ", ", " or ", " and ")
BETWEEN = {" or ": " o ", " and ": " y "}


def is_spanish() -> bool:
    return os.environ.get("PLAZO_LANG", "").casefold().startswith("es")


def spoken(english: str) -> str:
    """A line as whoever reads it wants it."""
    return in_spanish(english) if is_spanish() else english


def in_spanish(english: str) -> str:
    """A line by the table: as one sentence, else by its parts."""
    bare = english.strip()
    if not bare:
        return english
    said = _whole(bare) or _by_parts(bare)
    return english.replace(bare, said, 1)


@cache
def _whole(sentence: str) -> str | None:
    phrases, patterns = _table()
    for bare, end in ((sentence, ""), (sentence.removesuffix("."), ".")):
        if said := phrases.get(bare):
            return said + end
        if said := phrases.get(bare[:1].upper() + bare[1:]):  # a status, inside a sentence
            return said[:1].lower() + said[1:] + end
    for pattern, spanish in patterns:
        if found := pattern.fullmatch(sentence):
            return spanish.format(**{name: _held(name, said) for name, said in found.groupdict().items()})
    return None


def _held(name: str, said: str) -> str:
    if name in AS_WRITTEN:
        return _table()[0].get(said, said)
    return said if name in AS_THEY_STAND else in_spanish(said)


def _by_parts(line: str) -> str:
    """A sentence with its source, the field that it is about, or several of them; days are written in any case."""
    if (coded := CODED.fullmatch(line)) and (said := _whole(coded[2])):
        return f"{coded[1]} {said}"
    if (cited := CITED.fullmatch(line)) and (said := _whole(cited[1])):
        return f"{said} {_dated(cited[2])}"
    about = ABOUT.fullmatch(line)
    if about and (said := _whole(about[2])):
        return about[1] + said
    for sign in JOINED:
        if sign in line and _known(parts := line.split(sign)):
            return BETWEEN.get(sign, sign).join(map(in_spanish, parts))
    if about:
        return about[1] + in_spanish(about[2])
    head, colon, why = line.partition(": ")
    if colon and (said := _whole(head)):
        return f"{said}: {_whole(why) or why}"
    return _dated(line)


def _known(parts: list[str]) -> bool:
    """Is any of them in the table?"""
    return any(_whole(part.strip().rstrip(".")) for part in parts)


def _dated(text: str) -> str:
    phrases, _ = _table()
    return DATE.sub(lambda day: " ".join(phrases.get(word, word) for word in day[0].split()), text)


@cache
def _table() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The phrases, and the sentences with fields, of which the most particular counts."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in TABLES]
    of_casefiles = {one: said for one, said in read[0].items() if not FIELD.search(one)}
    both = [tomllib.loads(path.read_text(encoding="utf-8")) for path in IN_BOTH]
    phrases: dict[str, str] = dict(pair for page in both for pair in _pairs(page)) | of_casefiles
    for table in read[1:]:
        phrases |= table
    with_fields = sorted((one for one in phrases if FIELD.search(one)), key=_particular, reverse=True)
    return phrases, [(_pattern(one), phrases[one]) for one in with_fields if _particular(one)[1]]


def _pairs(page: object) -> Iterator[tuple[str, str]]:
    """What stands beside its Spanish, anywhere in a page."""
    match page:
        case {"en": str(english), "es": str(spanish)}:
            yield english, spanish
        case dict():
            yield from (pair for one in page.values() for pair in _pairs(one))
        case list():
            yield from (pair for one in page for pair in _pairs(one))


def _particular(sentence: str) -> tuple[bool, int]:
    """Does it begin with words of its own, and how many signs of them has it?"""
    return not sentence.startswith("{"), sum(map(str.isalpha, FIELD.sub("", sentence)))


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = enumerate(FIELD.split(sentence))
    said = (
        f"(?P<{part}>{HOLDS.get(part, ELSE)})" if number % 2 else re.escape(part) for number, part in parts
    )
    return re.compile("".join(said), re.DOTALL)
