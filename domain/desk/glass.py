"""Broken glass: leave to read a case beyond one's plans, for an hour and for a reason that is told to others.

Nobody acts by it. The reasons are a closed list, our own and assumed: words of one's own might say something of a
member, and what is kept of this is read by people who may know of no case.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from domain.terms.frozen import Frozen

LASTS = timedelta(hours=1)


class GlassReason(StrEnum):
    """Why somebody reads what is not theirs."""

    EMERGENCY = "emergency"
    NOBODY_THERE = "nobody_there"
    COMPLAINT = "complaint"
    AUTHORITY = "authority"

    @property
    def text(self) -> str:
        return {
            "emergency": "somebody's health needs an answer now",
            "nobody_there": "nobody who works for that plan is there",
            "complaint": "a complaint about it is looked into",
            "authority": "a court or a regulator asks",
        }[self]


class BrokenGlass(Frozen):
    """That somebody may read a case, from when until when, and why."""

    case: str
    who: str
    at: AwareDatetime
    until: AwareDatetime
    reason: GlassReason

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} UTC, {self.who}, {self.case}: {self.reason.text}"


def told_to_privacy(broken: Sequence[BrokenGlass], days: int) -> list[str]:
    """What the privacy officer reads in the morning; nothing where no glass was broken."""
    if not broken:
        return []
    return [
        f"Read beyond the plans of whoever read it, in the last {days} days:",
        *map(str, broken),
        "",
        "What each of them read, `plazo audit show CASE` says.",
    ]
