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
