"""Why Plazo says no, in one tree.

PlazoError                     anything that a person can fix; shown as one line, without a traceback
├── Refused        (exit 1)    policy or authority says no; carries the rule's source
├── Misuse         (exit 2)    the command or its input is malformed; names the field and the rule
└── Unreachable    (exit 3)    the service cannot be reached

Everything else is a defect for a developer: it is raised, logged, and never swallowed.
"""

import re
from typing import ClassVar


class PlazoError(Exception):
    """Something a person can fix; its text is one complete sentence without personal health information."""

    exit_code: ClassVar[int] = 1


class Refused(PlazoError):
    """Policy says no. `source` cites the rule so that the person can look it up."""

    exit_code = 1

    def __init__(self, sentence: str, source: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.source = source

    def __str__(self) -> str:
        return f"{self.sentence} ({self.source})" if self.source else self.sentence


class Misuse(PlazoError):
    """The input is malformed: the sentence names the field and the rule it breaks."""

    exit_code = 2


def named(word: str) -> str:
    """A name of ours as somebody typed it; what could be a person's name or number is not repeated."""
    return repr(word) if re.fullmatch(r"[a-z][a-z_-]{0,39}", word) else "that"


class Unreachable(PlazoError):
    """The service cannot be reached: no server, or a server without a worker."""

    exit_code = 3
