"""What the doctor finds: where register, Temporal and authorizations say different things of a case."""

from collections.abc import Sequence
from enum import StrEnum

from domain.parts.events import Event
from domain.terms.frozen import Frozen
from domain.view.page import Page, Position


class Amiss(StrEnum):
    """What the doctor finds, and what mends it."""

    ENDED = "ended"
    GONE = "gone"
    TAIL_LOST = "tail_lost"
    REGISTER_DIFFERS = "register_differs"
    NEVER_TOLD = "never_told"
    PHANTOM = "phantom"
    SILENT = "silent"

    @property
    def text(self) -> str:
        return _WORDS[self]


_WORDS = {
    Amiss.ENDED: "its run was ended in Temporal and no deadline fires; it is taken up again where it was left",
    Amiss.GONE: "the register has it open and Temporal does not know it; it is taken up again from the register",
    Amiss.TAIL_LOST: "Temporal lost the end of its history; it goes on from what the register has",
    Amiss.REGISTER_DIFFERS: "the register does not say what the case says; the case is written down again",
    Amiss.NEVER_TOLD: "it was issued and does not live; it is begun",
    Amiss.SILENT: "a defect may hold it up: `plazo show` tells",
    Amiss.PHANTOM: "it lives, and no case issued it; it ends as entered in error",
}


class CaseFinding(Frozen):
    """Something that differs. `what` names events by number and kind, and nobody."""

    case: str
    fault: Amiss
    what: str
    mended: bool

    def __str__(self) -> str:
        return f"{self.case}: {self.what} ({'mended' if self.mended else self.fault.text})"


Difference = tuple[Amiss, str]


def difference(page: Page, theirs: Sequence[Event], place: Position | None) -> Difference | None:
    """How the register's events differ from those of the case, which stand on its page."""
    if tuple(theirs) == page.events:
        return None
    pairs = enumerate(zip(page.events, theirs, strict=False))
    shorter = min(len(page.events), len(theirs))
    same = next((number for number, (ours, other) in pairs if ours != other), shorter)
    lost = ", ".join(f"{event.sequence} {event.kind.value}" for event in theirs[same:])
    missing = len(page.events) - same
    words = [f"the register lacks {missing} of its events"] if missing else []
    words += [f"the register has events that the case does not know: {lost}"] if lost else []
    its_own = place is not None and (place.first_run, place.run_started_at) == (
        page.position.first_run,
        page.position.run_started_at,
    )
    fault = Amiss.TAIL_LOST if its_own and not missing else Amiss.REGISTER_DIFFERS
    return fault, "; ".join(words)
