"""A timeframe: one row of the policy pack that says how long something may take, and by whose word."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import Calendar, Frozen
from domain.people import Words


class Regime(StrEnum):
    """The law or contract that times a case; a plan may be under several at once."""

    MEDICARE_ADVANTAGE = "medicare_advantage"
    PUERTO_RICO = "puerto_rico"
    MEDICAID = "medicaid"
    ERISA = "erisa"
    NCQA = "ncqa"


class Urgency(StrEnum):
    STANDARD = "standard"
    EXPEDITED = "expedited"


class Unit(StrEnum):
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"


class Duty(StrEnum):
    """What a timeframe times."""

    DECISION = "decision"
    INCOMPLETE_NOTICE = "incomplete_notice"
    AFTER_INFORMATION = "after_information"
    WRITTEN_CONFIRMATION = "written_confirmation"
    REFUSED_EXPEDITE_LETTER = "refused_expedite_letter"
    INFORMATION_WINDOW = "information_window"
    CALLS = "calls"
    APPEAL_WINDOW = "appeal_window"

    @property
    def is_window(self) -> bool:
        """A window is other people's time: its end is an event, and nobody is late."""
        return self in {Duty.INFORMATION_WINDOW, Duty.CALLS, Duty.APPEAL_WINDOW}


class Services(StrEnum):
    """Which service lines a decision row times."""

    ANY = "any"
    LISTED = "listed"  # on the plan's list of services that need precertification
    UNLISTED = "unlisted"  # not on it, yet a decision is asked for
    PART_B_DRUG = "part_b_drug"


class CountsFrom(StrEnum):
    RECEIPT = "receipt"
    REQUEST_TO_EXPEDITE = "request_to_expedite"
    ORAL_NOTICE = "oral_notice"
    NOTICE_DATE = "notice_date"
    NOTICE_RECEIPT = "notice_receipt"
    INFORMATION = "information"
    DECISION = "decision"
    REFUSAL = "refusal"


class Satisfaction(StrEnum):
    """The event that ends the duty, at that event's own time."""

    DETERMINATION = "determination"
    NOTICE = "notice"  # told, by voice or in writing
    WRITTEN_NOTICE = "written_notice"
    ACT = "act"  # what the window waits for: the answer, the calls, the appeal


class LegalEffect(StrEnum):
    """What the end of the time means in law. No effect is a denial: a timer never denies."""

    ADVERSE_BY_LAW = "adverse_by_law"
    DENIAL_NOTICE_OWED = "denial_notice_owed"
    DEEMED_EXHAUSTED = "deemed_exhausted"
    COMPLIANCE_BREACH = "compliance_breach"
    ACCREDITATION_MISS = "accreditation_miss"
    WINDOW_ENDS = "window_ends"


class Standing(StrEnum):
    """How much a number can be trusted: read in a source, a plan's or our own choice, or not yet checked."""

    SOURCED = "sourced"
    ASSUMED = "assumed"
    UNVERIFIED = "unverified"


class Span(Frozen):
    """A length of policy time."""

    length: int
    unit: Unit

    def after(self, start: datetime, calendar: Calendar) -> datetime:
        """The last instant that is in time: to the second for hours, the end of the last day for days."""
        day = calendar.day_of(start)
        match self.unit:
            case Unit.HOURS:
                return start + timedelta(hours=self.length)
            case Unit.CALENDAR_DAYS:
                return calendar.end_of(day + timedelta(days=self.length))
            case Unit.BUSINESS_DAYS:
                return calendar.end_of(calendar.business_days_after(day, self.length))

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ")
        return f"{self.length} {words.removesuffix('s') if self.length == 1 else words}"


class Extension(Frozen):
    """More time: once, up to `span` more, on a listed ground, with notice before the due date."""

    span: Span
    grounds: dict[str, Words]
    source: str


class Pause(Frozen):
    """May the clock stand still? Only while what was asked for on this ground is awaited, `span` at most."""

    ground: str
    span: Span
    source: str


class Expiry(Frozen):
    """What it means that the time has run. `notice_before_end` hours before, a notice of rights must go."""

    effect: LegalEffect
    meaning: str
    rights: Words | None = None  # as the letter says it
    notice_before_end: int | None = None
    source: str


class Timeframe(Frozen):
    """A dated, sourced limit. In force from and through are days of receipt in the plan's zone, inclusive."""

    id: str
    title: str
    regime: Regime
    times: Duty
    services: Services = Services.ANY
    urgency: Urgency | None = None
    span: Span
    counts_from: CountsFrom
    presumed_receipt: Span | None = None  # how long a mailed notice is taken to travel
    satisfied_by: Satisfaction
    extension: Extension | None = None
    pause: Pause | None = None
    answer: Span | None = None  # how long the other side has to supply what is missing
    expiry: Expiry
    in_force_from: date
    in_force_through: date | None = None
    source: str
    standing: Standing

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_through is None or day <= self.in_force_through)

    def end(self, start: datetime, calendar: Calendar) -> datetime:
        """The last instant in time when counting begins at `start`."""
        return self.span.after(start, calendar)
