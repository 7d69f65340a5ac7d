"""Work."""

from pydantic import AwareDatetime

from domain.terms.frozen import Frozen

PROMISED = "back, as promised"  # how the work of a promised call ends


class Work(Frozen):
    """Something that waits for a person, in a queue, with the person who has taken it."""

    id: str
    queue: str
    what: str
    clock: str | None = None  # an escalation about this clock: it falls away when the clock is satisfied
    rises: bool = False  # from rung to rung of that clock, from queue to queue
    assignee: str | None = None
    opened_at: AwareDatetime
    due_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_promised(self) -> bool:
        """A call that somebody was promised: it is owed whatever else becomes of the case."""
        return self.what.endswith(PROMISED)
