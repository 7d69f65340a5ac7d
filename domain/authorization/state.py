"""An authorization as it stands: what was issued, what was used of it, and what follows from that alone."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import JsonValue

from domain.case.case import Case
from domain.clock.agenda import ONE_SECOND
from domain.clock.duty import Duty
from domain.clock.timeframe import Services, Timeframe
from domain.parts.stage import Stage
from domain.parts.status import Status
from domain.request.determination import Authorization, Determination, Ending
from domain.request.request import Request
from domain.review.issuing import Issued
from domain.review.notified import APPEAL
from domain.terms.frozen import Frozen
from domain.terms.notice import Addressee, Notice, NoticeKind, Recipient
from domain.terms.people import Actor, Language, Words
from domain.terms.refusals import Refused

CANCELLING = {Ending.CANCELLED, Ending.VOIDED, Ending.ENTERED_IN_ERROR}
NEW_REQUEST = "X12 278, certification type: an extension is asked for before the end"


class Use(Frozen):
    """Units that were given on a day, and who reported it; `under` which number, if another than this one."""

    units: int
    on: date
    reported_by: str
    under: str | None = None


class AuthorizationState(Case):
    """One authorization: its terms now, what was used of it, what came before and after it."""

    kind: ClassVar[str] = "authorization"

    line: int
    services: Services
    permit: Authorization
    issued: Authorization  # what the case that issued it says of it, as far as both know
    request: Request
    parties: tuple[Addressee, ...]
    head: dict[str, JsonValue]
    used: list[Use] = []
    has_told_those_before: bool = False  # the one that it goes on from, or whose place it takes
    replaces: str | None = None
    extended_by: str | None = None
    replaced_by: str | None = None
    because: Words | None = None  # of an end for cause, for the letter
    voided: Determination | None = None  # for cause, here; not what its case took away by a corrected answer
    coverage_day: date | None = None  # about which the directory is being asked
    coverage_asked_by: Actor | None = None

    def issued_again(self, left_in: str) -> Issued:
        """What it is begun with once more, after the run `left_in` was ended from outside."""
        return Issued(
            number=self.number,
            case=self.parent or "",
            line=self.line,
            services=self.services,
            permit=self.permit,
            member=self.member,
            policy=self.policy,
            request=self.request,
            urgency=self.urgency,
            parties=self.parties,
            head=self.head,
            at=self.received_at,
            replaces=self.replaces,
            known_to=self.known_to,
            left_in=left_in,
        )

    # What it says

    @property
    def extends(self) -> str | None:
        """The authorization that goes on with this one."""
        return self.request.extends

    @property
    def units_used(self) -> int:
        return sum(use.units for use in self.used)

    @property
    def units_left(self) -> int:
        return max(0, self.permit.units - self.units_used)

    @property
    def terms(self) -> str:
        """Units, service and period in one line."""
        end = f"through {self.permit.through}" if self.permit.through else self.ends_when
        return f"{counted(self.permit)} of {self.permit.service}, from {self.permit.from_day} {end}"

    @property
    def ends_when(self) -> str | None:
        return self.permit.ends_when.en if self.permit.ends_when else None

    @property
    def standing(self) -> str:
        """What is left of it and until when; or by what it ended."""
        if self.permit.ended_as:
            last = self.due_at_of(self.clocks[APPEAL]) if self.may_be_appealed else None
            appeal = f"; it may be appealed through {self.policy.calendar.show_due(last)}" if last else ""
            return f"ended: {self.permit.ended_as.text}{appeal}"
        end = f"good through {self.permit.through}" if self.permit.through else f"good {self.ends_when}"
        return f"{end}; {self.units_left} of {counted(self.permit)} left"

    def is_good_on(self, day: date) -> bool:
        """Does the day lie in its period?"""
        return self.permit.from_day <= day and (self.permit.through is None or day <= self.permit.through)

    @property
    def last_instant(self) -> datetime | None:
        """The last instant at which it is good; None where only a circumstance ends it, and has not."""
        if self.permit.ended_at:
            return self.permit.ended_at - ONE_SECOND
        return self.policy.calendar.end_of(self.permit.through) if self.permit.through else None

    def refuse_late_extension(self, received_at: datetime) -> None:
        """More is asked for before the end; what comes later is a new request. Raises `Refused`."""
        last = self.last_instant
        if last is not None and received_at > last:
            ending = self.permit.ended_as or Ending.EXPIRED
            show = self.policy.calendar.show_due
            raise Refused(
                f"{self.number} was good until {show(last)} ({ending.text}), and this reached us later; "
                "send a new request (plazo precert submit, plazo referral submit)",
                NEW_REQUEST,
            )

    # What is told

    @property
    def is_untold(self) -> bool:
        """Did it end here, and the case that issued it does not know?"""
        return self.permit.ended_as is not None and self.issued.ended_as is None

    @property
    def is_plain_expiry(self) -> bool:
        """Its last day was known from the first letter on."""
        return self.permit.ended_as is Ending.EXPIRED and self.permit.through is not None

    @property
    def appeal_row(self) -> Timeframe | None:
        """How long its voiding may be appealed; None where it was not voided here."""
        return self.policy.row(Duty.APPEAL_WINDOW, self.received_at, self.urgency) if self.voided else None

    @property
    def may_be_appealed(self) -> bool:
        """Is the time to appeal its voiding still running?"""
        return self.clocks.is_open(APPEAL)

    def window_begun_by(self, notice: Notice) -> str | None:
        begins = notice.kind is NoticeKind.AUTHORIZATION_ENDED and notice.recipient is Recipient.MEMBER
        return APPEAL if begins and self.voided else None

    # What each case kind answers for itself

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        return Stage.ENDED if self.permit.ended_as else Stage.ACTIVE

    @property
    def status(self) -> Status:
        """What was certified stays so for what was given under it; what should not be relied on says so."""
        if self.permit.ended_as in CANCELLING:
            return Status.CANCELLED
        return Status.CONTACT_PAYER if self.permit.ended_as is Ending.COVERAGE_ENDED else Status.CERTIFIED

    @property
    def is_undecided(self) -> bool:
        return False

    @property
    def can_be_withdrawn(self) -> bool:
        return self.permit.ended_as is None

    @property
    def languages(self) -> set[Language]:
        return {to.language for to in self.parties}

    def reader_of(self, notice: Notice) -> Addressee:
        theirs = [party for party in self.parties if party.recipient is notice.recipient]
        return theirs[0] if theirs else super().reader_of(notice)


def counted(permit: Authorization, units: int | None = None) -> str:
    """So many of what it counts, or all of them: `1 unit`, `6 visits`."""
    number, measure = permit.units if units is None else units, permit.measure or "units"
    return f"1 {measure.removesuffix('s')}" if number == 1 else f"{number} {measure}"
