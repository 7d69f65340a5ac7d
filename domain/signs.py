"""Signs that act instead of standing on a page: controls, halves of signs, whatever turns the way of writing."""

import re
from typing import Any

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"  # controls, but for tab and new line; halves of signs
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # of no width, of direction, line ends
    "\U000e0000-\U000e007f]"  # tags
)


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
