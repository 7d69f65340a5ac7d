"""What became of a notice that was handed over: it left, it cannot leave so, or nobody knows."""

from enum import StrEnum

from domain.terms.frozen import Frozen


class Fate(StrEnum):
    SENT = "sent"
    FAILED = "failed"  # for good: nothing left, and trying again would not help
    UNSET = "unset"  # it cannot be put on paper as it is: nothing left, and a person mends it
    UNKNOWN = "unknown"  # it may have left: only a person can find out


NO_ROOM = "the address does not fit its window"
NO_SIGN = "none of our fonts has one of its signs"


class CannotBeSet(Exception):
    """A letter that cannot be put on paper as it is, and why, without a word of it."""


class Sending(Frozen):
    """The answer to one notice, by its key. Nothing in it names the reader, a number or an address."""

    key: str
    fate: Fate = Fate.SENT
    proof: str = ""  # of what left: where its paper lies, its hash, and what the other side answered
    why: str = ""  # of what did not
