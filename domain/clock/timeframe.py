"""A timeframe: one row of the policy pack that says how long something may take, and by whose word."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from domain.clock.duty import Duty
from domain.clock.span import Span
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.kind import KINDS, Slice
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
    ELIGIBILITY = "eligibility"  # the member was found to qualify
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


def kinds_of(row: Timeframe) -> tuple[str, ...]:
    """The kinds of case that a row times: those that it names, else those that live by its duty."""
    return row.kinds or tuple(kind.name for kind in KINDS.values() if _lives_by(row.times, kind.takes))


def is_timed(kind: str, row: Timeframe) -> bool:
    """Does a row time cases of a kind?"""
    return kind in row.kinds if row.kinds else _lives_by(row.times, KINDS[kind].takes)


def _lives_by(duty: Duty, takes: Collection[Slice]) -> bool:
    """Does it time a case of these slices? An appeal has its own, and beside them what times letters and calls."""
    if Slice.DISPUTES in takes:
        return duty.is_of_disputes
    if Slice.APPEALS in takes:
        return not (duty.is_of_disputes or duty.is_before_appeals)
    if Slice.MESSAGES in takes:
        return duty is Duty.DECISION
    return Slice.REVIEWS in takes and not (duty.is_of_disputes or duty.is_of_appeals)
