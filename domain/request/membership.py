"""The member on the paper beside the member whom the directory has under that number.

Names are compared as people write them: accents, capitals, order and second surnames do not make another person.
"""

import unicodedata
from datetime import date

from domain.request.request import Member
from domain.terms.frozen import Frozen
from domain.terms.people import Language

PARTICLES = {"de", "del", "la", "las", "los", "y", "da", "do", "dos", "van", "von"}
ENOUGH = 2  # a given name and a surname


class KnownMember(Frozen):
    """A member as the directory knows them; what it does not know is None."""

    name: str
    birth_date: date | None = None
    address: str | None = None
    language: Language | None = None


def differences(paper: Member, known: KnownMember) -> tuple[str, ...]:
    """The fields in which they differ, by their names; what one of them leaves out is no difference."""
    days = (paper.birth_date, known.birth_date)
    born_on_other_days = None not in days and days[0] != days[1]
    other_name = not is_same_name(paper.name, known.name)
    return (*(["name"] if other_name else []), *(["birth date"] if born_on_other_days else []))


def is_same_name(one: str, other: str) -> bool:
    """Has each word of the shorter name its like in the longer? `Rivera, Ana M.` is `Ana María Rivera Colón`."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    if len(shorter) < ENOUGH:
        return shorter == longer
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):  # an initial takes what no whole word needs
        like = next((each for each in left if _is_like(word, each)), None)
        if like is None:
            return False
        left.remove(like)
    return True


def _is_like(word: str, other: str) -> bool:
    return word == other or (1 in {len(word), len(other)} and word[0] == other[0])


def _words(name: str) -> list[str]:
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign)
    )
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return [word for word in words if word not in PARTICLES] or words
