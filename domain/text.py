"""One normal form for what people write, and one in which identifiers are compared.

Text comes in from many keyboards: letters composed of two signs, signs that nobody sees, dashes of a dozen kinds.
"""

import unicodedata
from typing import TypeVar

T = TypeVar("T")

UNSEEN = "Cf"  # Unicode's category of format signs: zero width, direction of writing, soft hyphens
ALSO_UNSEEN = {0x034F, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}  # a joiner, two fillers, variants of a sign
DASH = "Pd"
MINUS = "\N{MINUS SIGN}"


def normal(text: T) -> T | str:
    """Text in NFC and without signs that nobody sees; nothing takes their place. What is no text stays as it is."""
    if not isinstance(text, str):
        return text
    seen = (sign for sign in text if unicodedata.category(sign) != UNSEEN and ord(sign) not in ALSO_UNSEEN)
    return unicodedata.normalize("NFC", "".join(seen))


def folded(identifier: str | None) -> str:
    """A contract number, a claim number, a reference, as it is compared: without case and without dashes."""
    bare = normal(identifier or "").strip().casefold()
    return "".join(sign for sign in bare if unicodedata.category(sign) != DASH and sign != MINUS)
