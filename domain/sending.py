"""What became of a notice that was handed over: it left, it cannot leave on that way, or nobody knows."""

from enum import StrEnum

from domain.calendar import Frozen


class Fate(StrEnum):
    SENT = "sent"
    FAILED = "failed"  # for good: nothing left, and trying again would not help
    UNKNOWN = "unknown"  # it may have left: only a person can find out


class Sending(Frozen):
    """The answer to one notice, by its key. Nothing in it names the reader, a number or an address."""

    key: str
    fate: Fate = Fate.SENT
    proof: str = ""  # of what left: where its paper lies, its hash, and what the other side answered
    why: str = ""  # of what did not
