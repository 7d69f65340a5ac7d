"""The escalation ladder: who is told at which part of the time."""

from domain.terms.sourced import Sourced


class Rung(Sourced):
    """A step of the escalation ladder: at this fraction of the time, this queue is told."""

    id: str
    fraction: float
    queue: str
    out_of_hours_queue: str | None = None
    words: str
