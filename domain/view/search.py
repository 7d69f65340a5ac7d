"""Keys by which a case is found: whose it is, and what others call it, each in the form in which it is compared.

The register keeps keyed hashes of them, so a match is exact; what is only part of a name is for the directory.
"""

import re
from datetime import date

from pydantic import AwareDatetime

from domain.case.sensitive import MASKED
from domain.request.membership import name_words
from domain.terms.case_number import ALPHABET, parse
from domain.terms.frozen import Frozen
from domain.terms.key_kind import KeyKind
from domain.terms.refusals import Misuse
from domain.terms.text import normal, words_in

BIRTH_DATE = re.compile(r"\b(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4}))\b")
LAST_FOUR = re.compile(f"[{ALPHABET}]{{4}}")
NPI = re.compile(r"\d{10}")
TELEPHONE = re.compile(r"1?(\d{10})")


class SearchKey(Frozen):
    """Something by which a case is found, in its compared form; personal data until it is hashed."""

    kind: KeyKind
    text: str


class Wanted(Frozen):
    """One thing that is known of a case, and everything that it may mean: one of it has to be right."""

    keys: tuple[SearchKey, ...]
    number: str | None = None  # of the case, or of an authorization that it issued
    last_four: str | None = None  # of the same
    name: str | None = None  # which the directory may complete
    birth_date: date | None = None


class FoundCase(Frozen):
    """A case that was found, as far as it tells one from another; instants also on its plan's own clock."""

    case: str
    kind: str
    plan: str
    member: str | None
    services: tuple[str, ...] = ()
    work: tuple[str, ...] = ()  # each queue, and who has it
    status: str
    urgency: str | None
    received_at: AwareDatetime
    received: str = ""
    due_at: AwareDatetime | None
    due: str = ""
    outcome: str | None
    reckoned_at: AwareDatetime | None = None  # the case's own clock, where that is not the asker's


def masked(case: FoundCase) -> FoundCase:
    """A sensitive case for somebody who does not work on it: that it is there, with whom, and when it is due."""
    return case.model_copy(update={"member": MASKED, "services": ()})


class FoundCases(Frozen):
    """Cases that were found, open ones first, and how many there are in all."""

    cases: tuple[FoundCase, ...]
    total: int


def keys(*found: SearchKey | None) -> tuple[SearchKey, ...]:
    """Each key once."""
    return tuple(dict.fromkeys(filter(None, found)))


def person(name: str, birth_date: date | None) -> SearchKey | None:
    """A member by name and birth date: without the date too many would have it."""
    text = f"{' '.join(sorted(name_words(name)))}|{birth_date}"
    return SearchKey(kind=KeyKind.PERSON, text=text) if birth_date else None


def contract(number: str | None) -> SearchKey | None:
    return _identifier(KeyKind.CONTRACT, number)


def reference(number: str | None) -> SearchKey | None:
    return _identifier(KeyKind.REFERENCE, number)


def provider(npi: str | None) -> SearchKey | None:
    text = _bare(npi)
    return SearchKey(kind=KeyKind.PROVIDER, text=text) if NPI.fullmatch(text) else None


def telephone(number: str | None) -> SearchKey | None:
    """A telephone number of North America, with or without its country code."""
    match = TELEPHONE.fullmatch(_bare(number))
    return SearchKey(kind=KeyKind.TELEPHONE, text=match[1]) if match else None


def wanted(line: str) -> Wanted:
    """What somebody typed to find a case by, whatever it is. Raises Misuse, which does not repeat it."""
    born = BIRTH_DATE.search(normal(line))
    rest = BIRTH_DATE.sub(" ", normal(line)).strip()
    birth_date = _day(born) if born else None
    if not words_in(rest):
        raise Misuse("find: a name, a number or the last four of one; a birth date goes with a name.")
    name = None if any(sign.isdigit() for sign in rest) else rest
    if birth_date and not name:
        raise Misuse("find: a birth date goes with a name; a number needs none.")
    if name and birth_date:
        return Wanted(keys=keys(person(name, birth_date)), name=name, birth_date=birth_date)
    last = _bare(rest).upper()
    return Wanted(
        keys=keys(contract(rest), reference(rest), provider(rest), telephone(rest)),
        number=_number(rest),
        last_four=last if LAST_FOUR.fullmatch(last) else None,
        name=name,
    )


def _identifier(kind: KeyKind, number: str | None) -> SearchKey | None:
    text = _bare(number)
    return SearchKey(kind=kind, text=text) if text else None


def _bare(text: str | None) -> str:
    return "".join(words_in(normal(text or "")))


def _day(born: re.Match[str]) -> date:
    year, month, day = (born[1], born[2], born[3]) if born[1] else (born[6], born[4], born[5])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Misuse("find: a birth date looks like 1954-03-11 or 3/11/1954.") from None


def _number(text: str) -> str | None:
    try:
        return parse(text)
    except Misuse:
        return None
