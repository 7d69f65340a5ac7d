"""Case numbers: groups of four that can be read over the phone, with a check character.

The alphabet leaves out 0, O, 1, I and L, which makes it 31 characters, a prime, so that the check character
finds every single wrong character and every swap of neighbours. A number comes from a keyed hash of what was
asked: the same request sent twice is the same case, and nobody can read the request out of the number. An
authorization is numbered after the case that issued it, and the line: `AUT-7K2M-9QXD-4HBT-01`.
"""

import re
from collections.abc import Sequence

from domain.terms.kind import KINDS
from domain.terms.refusals import Misuse
from domain.terms.text import folded

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP = 4
BODY = 11  # with the check character, three groups; 54 bits, so two requests do not meet

AUTHORIZATION = KINDS["authorization"].prefix
LINE = 2  # digits for the line, at the end of an authorization's number

MEANT = 3  # numbers that are suggested at once
LOOKS = "a case number looks like PRE-7K2M-9QXD-4HBT"

NAMES = {kind.prefix: kind.name for kind in KINDS.values()}


def case_number(prefix: str, digest: bytes) -> str:
    """The number for a digest of at least eight bytes."""
    value = int.from_bytes(digest[:8], "big")
    body = "".join(ALPHABET[value // len(ALPHABET) ** place % len(ALPHABET)] for place in range(BODY))
    return _grouped(prefix, body + _check_character(body))


def authorization_number(case: str, line: int) -> str:
    """The number of the authorization that a case issues for a line."""
    return f"{AUTHORIZATION}-{case.split('-', 1)[1]}-{line:0{LINE}d}"


def line_of(authorization: str) -> int:
    """The line that an authorization's number names."""
    return int(authorization[-LINE:])


def parse(text: str) -> str:
    """A number as a person wrote it, in its proper form; a slip of the hand is answered with a suggestion."""
    bare = re.sub(r"\s", "", folded(text)).upper()
    prefix, rest = bare[:3], bare[3:]
    if prefix == AUTHORIZATION:
        rest, line = rest[:-LINE], rest[-LINE:]
        if not re.fullmatch(rf"(?!0+$)[0-9]{{{LINE}}}", line):
            raise Misuse("case: an authorization's number looks like AUT-7K2M-9QXD-4HBT-01.")
        return f"{_checked(prefix, rest)}-{line}"
    return _checked(prefix, rest)


def _checked(prefix: str, rest: str) -> str:
    """Prefix and groups in their proper form. Raises Misuse where they make no case number."""
    if prefix not in NAMES or len(rest) != BODY + 1:
        raise Misuse(f"case: {LOOKS}.")
    if set(rest) - set(ALPHABET):
        raise Misuse(f"case: {LOOKS}{_did_you_mean(prefix, _read_right(rest))}")
    if _check_character(rest[:BODY]) != rest[BODY]:
        hint = _did_you_mean(prefix, _near(rest))
        raise Misuse(f"case: the check character of {_grouped(prefix, rest)} is wrong{hint}")
    return _grouped(prefix, rest)


def _did_you_mean(prefix: str, meant: Sequence[str]) -> str:
    """At most three numbers; more would be no help."""
    named = " or ".join(_grouped(prefix, one) for one in meant)
    return f"; did you mean {named}?" if 1 <= len(meant) <= MEANT else "."


def prefix_of(kind: str) -> str:
    """The letters with which numbers of a case kind begin."""
    return KINDS[kind].prefix


def kind_of(number: str) -> str:
    """The case kind that a number's prefix names."""
    return NAMES[number[:3]]


def a_kind(number: str) -> str:
    """The case kind that a number names, as a sentence says it: `an appeal`."""
    kind = kind_of(number)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _grouped(prefix: str, body: str) -> str:
    groups = [body[start : start + GROUP] for start in range(0, len(body), GROUP)]
    return "-".join([prefix, *groups])


def _check_character(body: str) -> str:
    """Chosen so that the sum of all characters, weighted 12 down to 1, is a multiple of the alphabet."""
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(reversed(body), start=2))
    return ALPHABET[-total % len(ALPHABET)]


def _near(rest: str) -> list[str]:
    """The numbers with two neighbours swapped back, and the one with the check character that would be right."""
    swaps = [rest[:at] + rest[at + 1] + rest[at] + rest[at + 2 :] for at in range(len(rest) - 1)]
    right = [swap for swap in swaps if _check_character(swap[:BODY]) == swap[BODY]]
    return list(dict.fromkeys([*right, rest[:BODY] + _check_character(rest[:BODY])]))


def _read_right(rest: str) -> list[str]:
    """The number of which one sign was read as one that none has (0, O, 1, I, L): only one can stand there."""
    strange = [at for at, sign in enumerate(rest) if sign not in ALPHABET]
    read = (rest[: strange[0]] + sign + rest[strange[0] + 1 :] for sign in ALPHABET)
    return [one for one in read if len(strange) == 1 and _check_character(one[:BODY]) == one[BODY]]
