"""A timeframe: one row of the policy pack that says how long something may take, and by whose word."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.sourced import Trust


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
    CALENDAR_MONTHS = "calendar_months"
    BUSINESS_DAYS = "business_days"


class Duty(StrEnum):
    """What a timeframe times."""

    DECISION = "decision"
    INCOMPLETE_NOTICE = "incomplete_notice"
    RECORDS_REQUEST = "records_request"  # to a provider without a contract who holds them
    AFTER_INFORMATION = "after_information"
    WRITTEN_CONFIRMATION = "written_confirmation"
    REFUSED_EXPEDITE_LETTER = "refused_expedite_letter"
    INFORMATION_WINDOW = "information_window"
    CALLS = "calls"
    PEER_TO_PEER = "peer_to_peer"
    APPEAL_WINDOW = "appeal_window"
    APPEAL_FORM = "appeal_form"  # the time in which an appointment has to come
    APPEAL_WAIVER = "appeal_waiver"  # the time in which a waiver of liability has to come
    APPEAL_GOOD_CAUSE = "appeal_good_cause"
    APPEAL_DECISION = "appeal_decision"
    EFFECTUATION = "effectuation"  # after the plan's own reversal
    FORWARDING = "forwarding"  # of what was upheld, to the independent reviewer
    FORWARDING_AT_ONCE = "forwarding_at_once"  # of what is expedited, or left in silence
    EFFECTUATION_AFTER_REVIEW = "effectuation_after_review"
    EFFECTUATION_AFTER_HEARING = "effectuation_after_hearing"  # of a level above the independent reviewer
    PROVISION_AFTER_REVIEW = "provision_after_review"
    NEXT_LEVEL = "next_level"
    DISMISSAL_REVIEW = "dismissal_review"
    VACATING = "vacating"
    DISPUTE_FILING = "dispute_filing"
    DISPUTE_INFORMATION = "dispute_information"
    GOOD_CAUSE = "good_cause"
    DISPUTE_DECISION = "dispute_decision"
    SECOND_LEVEL = "second_level"
    GRIEVANCE_FILING = "grievance_filing"
    GRIEVANCE_NOTICE = "grievance_notice"  # that it came, and what its member may do
    HEALTH_PLAN_APPEAL = (
        "health_plan_appeal"  # of a denial: the plan's, and its last day stands in our redirect
    )

    @property
    def is_window(self) -> bool:
        """A window is other people's time: its end is an event, and nobody is late."""
        return self in WINDOWS

    @property
    def is_of_disputes(self) -> bool:
        """Does it time payment disputes, and nothing else?"""
        return self in DISPUTE_DUTIES

    @property
    def is_of_appeals(self) -> bool:
        """Does it time appeals, and nothing else?"""
        return self in APPEAL_DUTIES

    @property
    def depends_on_service(self) -> bool:
        """May lines of different kinds have different times for it?"""
        return self in BY_SERVICE

    @property
    def is_before_appeals(self) -> bool:
        """Does it time a request up to its appeal, and nothing after?"""
        return self in REQUEST_DUTIES


DISPUTE_WINDOWS = frozenset(
    {
        Duty.DISPUTE_FILING,
        Duty.DISPUTE_INFORMATION,
        Duty.GOOD_CAUSE,
        Duty.SECOND_LEVEL,
        Duty.HEALTH_PLAN_APPEAL,
    }
)
DISPUTE_DUTIES = DISPUTE_WINDOWS | {Duty.DISPUTE_DECISION}
APPEAL_WINDOWS = frozenset(
    {
        Duty.APPEAL_FORM,
        Duty.APPEAL_WAIVER,
        Duty.APPEAL_GOOD_CAUSE,
        Duty.NEXT_LEVEL,
        Duty.DISMISSAL_REVIEW,
        Duty.VACATING,
    }
)
APPEAL_DUTIES = APPEAL_WINDOWS | {
    Duty.APPEAL_DECISION,
    Duty.EFFECTUATION,
    Duty.FORWARDING,
    Duty.FORWARDING_AT_ONCE,
    Duty.EFFECTUATION_AFTER_REVIEW,
    Duty.EFFECTUATION_AFTER_HEARING,
    Duty.PROVISION_AFTER_REVIEW,
}
BY_SERVICE = frozenset(
    {
        Duty.DECISION,
        Duty.APPEAL_DECISION,
        Duty.EFFECTUATION,
        Duty.FORWARDING,
        Duty.EFFECTUATION_AFTER_REVIEW,
        Duty.PROVISION_AFTER_REVIEW,
    }
)
REQUEST_DUTIES = frozenset(
    {Duty.DECISION, Duty.INCOMPLETE_NOTICE, Duty.AFTER_INFORMATION, Duty.PEER_TO_PEER, Duty.APPEAL_WINDOW}
)
WINDOWS = (
    DISPUTE_WINDOWS
    | APPEAL_WINDOWS
    | {
        Duty.INFORMATION_WINDOW,
        Duty.CALLS,
        Duty.PEER_TO_PEER,
        Duty.APPEAL_WINDOW,
        Duty.GRIEVANCE_FILING,
    }
)


class Services(StrEnum):
    """Which service lines a decision row times."""

    ANY = "any"
    LISTED = "listed"  # on the plan's list of services that need precertification
    UNLISTED = "unlisted"  # not on it, yet a decision is asked for
    PART_B_DRUG = "part_b_drug"
    POST_SERVICE = "post_service"  # received already, without leave
    POST_STABILIZATION = "post_stabilization"  # after an emergency, before anything else is arranged

    def takes(self, services: "Services") -> bool:
        """Does a row for these times such a line? What comes before or after leave has only rows of its own."""
        return self is services or (self is Services.ANY and services not in APART)


APART = frozenset({Services.POST_SERVICE, Services.POST_STABILIZATION})
"""What a row for any service does not time."""


class CountsFrom(StrEnum):
    RECEIPT = "receipt"
    REQUEST_TO_EXPEDITE = "request_to_expedite"
    ORAL_NOTICE = "oral_notice"
    NOTICE_DATE = "notice_date"
    NOTICE_RECEIPT = "notice_receipt"
    INFORMATION = "information"
    DECISION = "decision"
    REFUSAL = "refusal"
    OFFER = "offer"  # of a peer-to-peer conversation
    REVIEW_NOTICE = "review_notice"  # the independent reviewer's notice reached us
    EVENT = "event"  # what a member complains of happened
    REMITTANCE_NOTICE = "remittance_notice"  # the day on which the provider was told of the payment


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
    SECOND_LEVEL_OPENS = "second_level_opens"
    APPROVED_BY_SILENCE = "approved_by_silence"  # the plan owes what was asked for, until something ends that
    FORWARDED = "forwarded"  # counts as upheld: the file goes to the independent reviewer
    ACCREDITATION_MISS = "accreditation_miss"
    WINDOW_ENDS = "window_ends"


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
            case Unit.CALENDAR_MONTHS:
                return calendar.end_of(months_later(day, self.length))
            case Unit.BUSINESS_DAYS:
                return calendar.end_of(calendar.business_days_after(day, self.length))

    def before(self, end: datetime, calendar: Calendar) -> datetime:
        """So long before an end: to the second for hours, for days as that day begins in the plan's zone."""
        if self.unit is Unit.HOURS:
            return end - timedelta(hours=self.length)
        return calendar.at(calendar.day_of(end) - timedelta(days=self.length), time())

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ")
        return f"{self.length} {words.removesuffix('s') if self.length == 1 else words}"


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Extension(Frozen):
    """More time: once, up to `span` more, on a listed ground, with notice before the due date."""

    span: Span
    grounds: dict[str, Words]
    source: str
    in_disaster: str | None = (
        None  # the clause to extend by when extraordinary circumstances keep people away
    )


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
    until: Words | None = None  # what ends what silence approved
    notice_before_end: int | None = None
    source: str


class Timeframe(Frozen):
    """A dated, sourced limit. In force from and through are days of receipt in the plan's zone, inclusive."""

    id: str
    title: str
    regime: Regime
    times: Duty
    plans: tuple[str, ...] = ()  # empty: every plan of the regime
    kinds: tuple[str, ...] = ()  # of case; empty: those that the duty says
    services: Services = Services.ANY
    concurrent: bool = False  # times only what goes on beyond what was approved
    clean_claim: bool = False  # times only a clean claim of a provider without a contract
    urgency: Urgency | None = None
    span: Span
    counts_from: CountsFrom
    presumed_receipt: Span | None = None  # how long a mailed notice is taken to travel
    earlier_receipt_counts: bool = True  # may a shown delivery shorten what was presumed?
    satisfied_by: Satisfaction
    extension: Extension | None = None
    pause: Pause | None = None
    answer: Span | None = None  # how long the other side has to supply what is missing
    reminders: tuple[Span, ...] = ()  # so long before a window ends
    expiry: Expiry
    in_force_from: date
    in_force_through: date | None = None
    source: str
    standing: Trust

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_through is None or day <= self.in_force_through)

    def goes_before(self, other: "Timeframe") -> bool:
        """Is it the narrower of two rows that time the same: a plan's own, or for such requests alone?"""
        mine, theirs = ((bool(row.plans), row.concurrent or row.clean_claim) for row in (self, other))
        same = (self.regime, self.times) == (other.regime, other.times)
        same = same and self.urgency in {None, other.urgency} and self.services.takes(other.services)
        return same and mine > theirs

    @property
    def from_the_letter(self) -> Span | None:
        """How long a window is from the date of its letter, where the letter can say so whatever its way took."""
        if self.counts_from is CountsFrom.NOTICE_DATE:
            return self.span
        if self.earlier_receipt_counts or self.presumed_receipt is None:
            return None
        return self.span.model_copy(update={"length": self.span.length + self.presumed_receipt.length})

    def end(self, start: datetime, calendar: Calendar) -> datetime:
        """The last instant in time when counting begins at `start`."""
        return self.span.after(start, calendar)
