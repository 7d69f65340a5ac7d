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

    @property
    def in_a_sentence(self) -> str:
        """The words as they stand inside a sentence; names keep their capitals."""
        return self.text[0].lower() + self.text[1:]


class Status(OutsideStatus):
    """Of requests and appeals: the X12 306 code."""

    CERTIFIED = ("A1", "Certified in total")
    PARTIAL = ("A2", "Certified - partial")
    NOT_CERTIFIED = ("A3", "Not certified")
    PENDED = ("A4", "Pended")
    UPHELD = ("A5", "Upheld on appeal")
    MODIFIED = ("A6", "Modified")
    CANCELLED = ("C", "Cancelled")
    CONTACT_PAYER = ("CT", "Contact payer")
    NO_ACTION = ("NA", "No action required")


class DisputeStatus(OutsideStatus):
    """Of payment disputes, in their own words."""

    OPEN = ("OPEN", "Open")
    UPHELD = ("UPHELD", "Payment upheld")
    OVERTURNED = ("OVERTURNED", "Payment overturned")
    PARTLY = ("PARTLY", "Payment partly overturned")
    REDIRECTED = ("REDIRECTED", "Sent to the health plan's appeal")
    CONTRACT = ("CONTRACT", "Sent to the contract's process")
    NOT_OURS = ("NOT_OURS", "Not a Medicare Advantage claim")
    UNTIMELY = ("UNTIMELY", "Dismissed as untimely")
    INCOMPLETE = ("INCOMPLETE", "Dismissed as incomplete")
    WITHDRAWN = ("WITHDRAWN", "Withdrawn by the provider")


class CobStatus(OutsideStatus):
    """Of coordination of benefits, in its own words."""

    UNKNOWN = ("UNKNOWN", "Who pays first is not known yet")
    FIRST = ("FIRST", "We pay first")
    LATER = ("LATER", "Another pays before us")
    ALONE = ("ALONE", "Nothing to coordinate")
    LEFT_UNKNOWN = ("LEFT_UNKNOWN", "Who pays first was not found out")
    WITHDRAWN = ("WITHDRAWN", "Withdrawn by the member")


class MessageStatus(OutsideStatus):
    """Of messages, in their own words."""

    WAITING = ("WAITING", "Not called back yet")
    CALLED = ("CALLED", "Called back")
    ANSWERED = ("ANSWERED", "Answered at once")
    NOT_REACHED = ("NOT_REACHED", "Nobody could be reached")
    WITHDRAWN = ("WITHDRAWN", "Withdrawn by whoever left it")


class CareStatus(OutsideStatus):
    """Of care management, in its own words."""

    REFERRED = ("REFERRED", "Referred to care management")
    OFFERED = ("OFFERED", "Eligible for care management")
    ACTIVE = ("ACTIVE", "In care management")
    NOT_ELIGIBLE = ("NOT_ELIGIBLE", "Not eligible for care management")
    GOALS_MET = ("GOALS_MET", "Goals met")
    OPTED_OUT = ("OPTED_OUT", "Left at the member's own word")
    UNREACHABLE = ("UNREACHABLE", "Could not be reached")
    MOVED_ON = ("MOVED_ON", "Moved on")
    COVERAGE_ENDED = ("COVERAGE_ENDED", "Coverage ended")
    DIED = ("DIED", "Died")
    WITHDRAWN = ("WITHDRAWN", "Withdrawn by the member")


class TechnologyStatus(OutsideStatus):
    """Of new technology, in its own words."""

    OPEN = ("OPEN", "Under assessment")
    COVERED = ("COVERED", "Covered")
    NOT_COVERED = ("NOT_COVERED", "Not covered")
    CASE_BY_CASE = ("CASE_BY_CASE", "Decided case by case")
    WITHDRAWN = ("WITHDRAWN", "Proposal withdrawn")


class GuidelineStatus(OutsideStatus):
    """Of guidelines, in their own words."""

    DRAFT = ("DRAFT", "Draft")
    ADOPTED = ("ADOPTED", "Adopted, not in force yet")
    IN_FORCE = ("IN_FORCE", "In force")
    RETIRED = ("RETIRED", "Retired")
    WITHDRAWN = ("WITHDRAWN", "Draft withdrawn")


class GrievanceStatus(OutsideStatus):
    """Of grievances, in their own words."""

    OPEN = ("OPEN", "Open")
    JUSTIFIED = ("JUSTIFIED", "Found justified")
    IN_PART = ("IN_PART", "Found justified in part")
    UNJUSTIFIED = ("UNJUSTIFIED", "Found not justified")
    UNTIMELY = ("UNTIMELY", "Filed too late")
    APPEAL = ("APPEAL", "Taken as an appeal")
    WITHDRAWN = ("WITHDRAWN", "Withdrawn by the member")
