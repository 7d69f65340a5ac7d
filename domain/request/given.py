"""Was a service given before anybody asked? Told apart at the door, for each has its own time."""

from datetime import date, timedelta

from domain.clock.timeframe import Urgency
from domain.request.request import Request
from domain.terms.refusals import Refused

NOT_URGENT = "42 CFR 422.570(a); 29 CFR 2560.503-1(m)(1)"


def refuse_what_was_given(request: Request, today: date, days: int) -> None:
    """A request for leave whose every day lies further back than so many `days`. Raises `Refused`."""
    last = max(line.from_day for line in request.lines)
    apart = request.emergency or request.post_stabilization or request.extends
    if not apart and last + timedelta(days=days) < today:
        raise Refused(
            f"lines: the last day asked for, {last}, lies more than {days} days before the receipt; what was given "
            "already is submitted with plazo retrospective submit"
        )


def refuse_what_was_not(request: Request, today: date) -> None:
    """A retrospective request for what was not given yet, that cannot wait, or says no reason. Raises `Refused`."""
    if request.unasked is None:
        raise Refused("unasked: say why nobody asked before the service was given")
    if request.urgency is Urgency.EXPEDITED or request.emergency:
        raise Refused("urgency: what was given already waits for nobody and is never expedited", NOT_URGENT)
    for number, line in enumerate(request.lines):
        if line.from_day > today:
            raise Refused(f"lines.{number}.from_day: the day lies ahead, so it was not given yet")


def refuse_what_is_no_stay(request: Request, today: date) -> None:
    """A concurrent request without a stay, not begun yet, or for the emergency itself. Raises `Refused`."""
    if request.stay is None:
        raise Refused("stay: say where it goes on, since when, and through which day leave is asked for")
    if request.stay.since > today:
        raise Refused("stay.since: it has not begun; ask for leave with plazo precert submit")
    if request.stay.through < request.lines[0].from_day:
        raise Refused("stay.through: it ends before the first day that is asked for")
    if request.emergency:
        raise Refused("emergency: that needs no leave; what follows it is asked for with post_stabilization")
    if len(request.lines) > 1:
        raise Refused("lines: a stay is asked for in one line; what follows is asked for as it goes on")


def refuse_what_does_not_stand(request: Request, today: date) -> None:
    """A standing referral without its condition, its specialist, or a day that lies ahead. Raises `Refused`."""
    if request.standing is None:
        raise Refused("standing: say for what condition, through which day, and for what scope")
    if request.servicing_provider is None:
        raise Refused("servicing_provider: a standing referral is to a named specialist")
    if request.standing.through <= today:
        raise Refused("standing.through: the day lies behind; it would be over before it is decided")
