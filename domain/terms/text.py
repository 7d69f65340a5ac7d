"""One normal form for what people write, one in which identifiers are compared, and what of it may be shown.

Text comes in from many keyboards: letters composed of two signs, signs that nobody sees, dashes of a dozen kinds.
"""

import re
import unicodedata
from typing import Any, TypeVar

T = TypeVar("T")

UNSEEN = "Cf"  # Unicode's category of format signs: zero width, direction of writing, soft hyphens
ALSO_UNSEEN = {0x034F, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}  # a joiner, two fillers, variants of a sign
DASH = "Pd"
MINUS = "\N{MINUS SIGN}"
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"  # controls, but for tab and new line; halves of signs
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # of no width, of direction, line ends
    "\U000e0000-\U000e007f]"  # tags
)


def normal(text: T) -> T | str:
    """Text in NFC and without signs that nobody sees; nothing takes their place. What is no text stays as it is."""
    if not isinstance(text, str):
        return text
    if text.isascii():  # as most is: no sign of ASCII is unseen or put together
        return text[:]
    seen = (sign for sign in text if unicodedata.category(sign) != UNSEEN and ord(sign) not in ALSO_UNSEEN)
    return unicodedata.normalize("NFC", "".join(seen))


def folded(identifier: str | None) -> str:
    """A contract number, a claim number, a reference, as it is compared: without case and without dashes."""
    bare = normal(identifier or "").strip().casefold()
    if bare.isascii():
        return bare.replace("-", "")
    return "".join(sign for sign in bare if unicodedata.category(sign) != DASH and sign != MINUS)


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared: letters and digits alone, without accents and case."""
    plain = (
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def standing(text: str) -> str:
    """Text without signs that act: none reaches a terminal or a sheet of paper, and nothing takes its place."""
    return ACTING.sub("", text)


def all_standing(said: Any) -> Any:
    """The same for every text in what is said, as JSON knows it."""
    match said:
        case str():
            return standing(said)
        case list():
            return [all_standing(one) for one in said]
        case dict():
            return {name: all_standing(one) for name, one in said.items()}
        case _:
            return said


def on_one_line(text: str) -> str:
    """The same where a line is a row: what somebody wrote begins no row of its own. As long as it was."""
    return re.sub(r"[\n\t\r\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text)
