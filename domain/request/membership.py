"""The member on the paper beside the member whom the directory has under that number.

Names are compared as people write them: accents, capitals, order and second surnames do not make another person.
"""

from datetime import date

from domain.request.request import Member
from domain.terms.frozen import Frozen
from domain.terms.people import Language
from domain.terms.text import words_in

PARTICLES = {"de", "del", "la", "las", "los", "y", "da", "do", "dos", "van", "von"}
ENOUGH = 2  # a given name and a surname


class KnownMember(Frozen):
    """A member as the directory knows them; what it does not know is None."""

    name: str
    birth_date: date | None = None
    address: str | None = None
    language: Language | None = None
    telephone: str | None = None


class ListedMember(KnownMember):
    """A member whom the directory names of itself, with the number and the plan under which it has them."""

    plan: str
    contract_number: str


class KnownProvider(Frozen):
    """A provider as the directory knows them."""

    npi: str
    name: str
    telephone: str | None = None
    fax: str | None = None
    language: Language | None = None


def differences(paper: Member, known: KnownMember) -> tuple[str, ...]:
    """The fields in which they differ, by their names; what one of them leaves out is no difference."""
    days = (paper.birth_date, known.birth_date)
    born_on_other_days = None not in days and days[0] != days[1]
    other_name = not is_same_name(paper.name, known.name)
    return (*(["name"] if other_name else []), *(["birth date"] if born_on_other_days else []))


def is_same_name(one: str, other: str) -> bool:
    """Has each word of the shorter name its like in the longer? `Rivera, Ana M.` is `Ana María Rivera Colón`."""
    shorter, longer = sorted((name_words(one), name_words(other)), key=len)
    if len(shorter) < ENOUGH:
        return shorter == longer
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):  # an initial takes what no whole word needs
        like = next((each for each in left if _is_like(word, each)), None)
        if like is None:
            return False
        left.remove(like)
    return True


def is_part_of_name(part: str, name: str) -> bool:
    """Does each word of the part begin a word of the name, each another?"""
    left = name_words(name)
    for word in sorted(name_words(part), key=len, reverse=True):
        begun = next((each for each in left if each.startswith(word)), None)
        if begun is None:
            return False
        left.remove(begun)
    return True


def _is_like(word: str, other: str) -> bool:
    return word == other or (1 in {len(word), len(other)} and word[0] == other[0])


def name_words(name: str) -> list[str]:
    """The words of a name that tell people apart."""
    words = words_in(name)
    return [word for word in words if word not in PARTICLES] or words
