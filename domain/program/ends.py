"""How care management ends, and when somebody counts as unreachable."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from domain.terms.calendar import Calendar


class CareEnd(StrEnum):
    """How it ended. The member may leave at any time, and needs no reason."""

    NOT_ELIGIBLE = "not_eligible"
    GOALS_MET = "goals_met"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    MOVED_ON = "moved_on"  # to another program, or away
    COVERAGE_ENDED = "coverage_ended"
    DIED = "died"


def is_unreachable(failed: Sequence[datetime], needed: int, calendar: Calendar) -> bool:
    """Were there so many tries in vain, each on another day and at another hour of the plan's clock?"""
    tries = {(calendar.day_of(one), calendar.local(one).hour) for one in failed}
    days, hours = ({one[place] for one in tries} for place in (0, 1))
    if min(len(days), len(hours)) < needed:
        return False
    return any(
        all(len(set(every)) == needed for every in zip(*some, strict=True))
        for some in combinations(tries, needed)
    )
