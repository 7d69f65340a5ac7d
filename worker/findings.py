"""What the doctor finds: where register, Temporal and authorizations say different things of a case."""

from enum import StrEnum

from domain.calendar import Frozen


class Fault(StrEnum):
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
    Fault.ENDED: "its run was ended in Temporal and no deadline fires; it is taken up again where it was left",
    Fault.GONE: "the register has it open and Temporal does not know it; it is taken up again from the register",
    Fault.TAIL_LOST: "Temporal lost the end of its history; it goes on from what the register has",
    Fault.REGISTER_DIFFERS: "the register does not say what the case says; the case is written down again",
    Fault.NEVER_TOLD: "it was issued and does not live; it is begun",
    Fault.SILENT: "a defect may hold it up: `plazo show` tells",
    Fault.PHANTOM: "it lives, and no case issued it; it ends as entered in error",
}


class Finding(Frozen):
    """Something that differs. `what` names events by number and kind, and nobody."""

    case: str
    fault: Fault
    what: str
    mended: bool

    def __str__(self) -> str:
        return f"{self.case}: {self.what} ({'mended' if self.mended else self.fault.text})"
