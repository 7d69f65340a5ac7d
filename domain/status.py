"""What the outside is told of a case: a code and its words. Each case kind has its own list."""

from enum import Enum


class OutsideStatus(Enum):
    """A code and its words."""

    @property
    def code(self) -> str:
        return str(self.value[0])

    @property
    def text(self) -> str:
        return str(self.value[1])


class Status(OutsideStatus):
    """Of requests and appeals: the X12 306 code."""

    CERTIFIED = ("A1", "Certified in total")
    PARTIAL = ("A2", "Certified - partial")
    NOT_CERTIFIED = ("A3", "Not certified")
    PENDED = ("A4", "Pended")
    MODIFIED = ("A6", "Modified")
    CANCELLED = ("C", "Cancelled")
    NO_ACTION = ("NA", "No action required")
