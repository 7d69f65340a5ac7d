"""A case of any kind: the parts that it has, what binds two of them, and every question that kinds answer
differently, in one list.

Nothing here reads a clock or reaches the world: `now` is always an argument.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import ClassVar

from pydantic import AwareDatetime, Field, JsonValue, model_validator

from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.timeframe import Satisfaction, Urgency
from domain.parts.alike import Alike, Likeness
from domain.parts.answers import Answered, AuthorizedLine
from domain.parts.clocks import Clocks
from domain.parts.events import EventKind
from domain.parts.happenings import Happening
from domain.parts.letter_times import LetterTimes
from domain.parts.letters import Letters
from domain.parts.log import BREACH, Log
from domain.parts.older import in_parts
from domain.parts.papers import Papers
from domain.parts.payment import Payment
from domain.parts.queues import role_of_queue
from domain.parts.stage import Stage
from domain.parts.state import State
from domain.parts.status import OutsideStatus
from domain.parts.wanting import passed_day
from domain.parts.work import MISSED, Work, WorkInHand
from domain.policy.case_policy import CasePolicy
from domain.policy.rows import Requirement
from domain.request.criteria import Fact
from domain.request.request import Document
from domain.terms.notice import Addressee, Notice
from domain.terms.people import SYSTEM, Actor, Language


class Case(State):
    """What every kind of case is and has. Acts and appointments change it; everything else asks it."""

    kind: ClassVar[str]

    act_names: ClassVar[Mapping[str, str]] = {}
    """Where an act has a row of its own in the table of authority, because it is done to this kind of case."""

    number: str
    member: str  # keyed hash: the same member is recognised, nobody is named
    policy: CasePolicy
    received_at: AwareDatetime
    urgency: Urgency = Urgency.STANDARD
    closed_as: str | None = None
    had_closed_as: str | None = None  # of a case that was taken up again

    log: Log = Field(default_factory=Log)
    work: WorkInHand = Field(default_factory=WorkInHand)
    clocks: Clocks = Field(default_factory=Clocks)
    letters: Letters = Field(default_factory=Letters)
    papers: Papers = Field(default_factory=Papers)

    warnings: list[str] = []
    information_asked: bool = False
    withdrawn: bool = False
    parent: str | None = None  # the case that this one came out of
    linked: list[str] = []
    alike: dict[str, Likeness] = {}  # the cases that look like this one, until a person tells them apart
    to_tell: list[Alike] = []  # of those, who is still to be told of this one
    known_to: tuple[str, ...] = ()  # ids of those who work on the sensitive case that this one came out of
    receipts: list[str] = []  # the numbers of what was received again

    _in_parts = model_validator(mode="before")(in_parts)

    # Questions that join parts

    @property
    def is_closed(self) -> bool:
        return self.closed_as is not None

    @property
    def due_at(self) -> datetime | None:
        return self.clocks.due_at(self.policy.calendar)

    def due_at_of(self, clock: Clock) -> datetime | None:
        return clock.due_at(self.policy.calendar)

    @property
    def facts(self) -> dict[str, Fact]:
        """What the papers show."""
        return self.papers.facts(self.received_at)

    @property
    def letter_times(self) -> LetterTimes:
        return LetterTimes(self.policy, self.received_at, self.urgency, self.clocks)

    @property
    def may_leave(self) -> list[Notice]:
        """The letters that may go now."""
        return [] if self.awaits_a_look else self.letters.ready(self.letter_times)

    @property
    def was_late(self) -> bool:
        """Is anything late, or was it when it was done?"""
        return self.clocks.was_late or self.letters.was_late

    @property
    def next_appointment(self) -> Appointment | None:
        return next(iter(self.agenda()), None)

    def agenda(self, leaving: Collection[str] = ()) -> list[Appointment]:
        """What will happen if nobody acts, earliest first; letters that are `leaving`, by key, are not late."""
        if self.is_closed:
            return []
        calendar = self.policy.calendar
        evening = self.policy.choices_on(self.received_at).work_goes_back_at
        beside = (
            *self.follow_ups(),
            *self.work.handovers(calendar),
            *self.work.goings_back(evening, calendar),
            *self.letters.ahead(self.letter_times, leaving),
        )
        return self.clocks.ahead(self.policy.rung, calendar, beside)

    # Verbs that bind parts

    def need(
        self,
        queue: str,
        what: str,
        now: datetime,
        *,
        due_at: datetime | None = None,
        clock: str | None = None,
    ) -> None:
        """Put something into a queue, unless it waits there already."""
        if self.work.add(queue, what, now, due_at=due_at, clock=clock):
            self.log.record(EventKind.WORK_OPENED, f"{queue}: {what}", now=now, queue=queue)

    def warn(self, warning: str, now: datetime) -> None:
        """Something to look at twice; it changes nothing by itself."""
        if warning not in self.warnings:
            self.warnings.append(warning)
            self.log.record(EventKind.FLAGGED, f"to look at: {warning}", now=now)

    def link(self, number: str, why: str, now: datetime, by: Actor = SYSTEM) -> None:
        """Another case belongs to this one, or this one to it."""
        if number not in self.linked:
            self.linked.append(number)
            self.log.record(EventKind.LINKED, f"{why}: {number}", now=now, by=by, case=number)

    def satisfy(
        self,
        event: Satisfaction,
        duties: set[Duty],
        *,
        at: datetime,
        now: datetime,
        about: Collection[int] | None = None,
    ) -> None:
        """An event ends the duties that it satisfies, and the work about them.

        What was recorded as a breach before the event was known, and was none, is taken back.
        """
        calendar, complete = self.policy.calendar, self.is_complete_for
        ended = self.clocks.satisfy(
            event, duties, at=at, calendar=calendar, is_complete=complete, about=about
        )
        for name in ended:
            self.work.finish((work for work in self.work.open if work.clock == name), now)
            self.reconsider_breach(name, now)

    def reconsider_breach(self, name: str, now: datetime) -> None:
        """Take back a breach that was none, once the ledger or an earlier event shows it."""
        calendar = self.policy.calendar
        if self.clocks.take_back_breach(name, now, calendar):
            self.work.finish((one for one in self.work.open if (one.clock, one.what) == (name, MISSED)), now)
            if not self.was_late:
                self.log.lower_flag(BREACH)
            words = f"{self.clocks[name].row(calendar).id}: what was recorded as a breach was none"
            self.log.record(EventKind.BREACH_REMOVED, words, now=now, clock=name)

    # What each kind answers for itself: what follows and how it ends, where it stands, its clocks, its letters

    def follow(self, happening: Happening, now: datetime) -> None:
        """What comes of what happened. A kind has its own arms, and ends in those of the kind that it is of."""

    def settle(self, now: datetime) -> None:
        """What follows by itself from where the case stands."""

    def attached(self, document: Document, now: datetime, by: Actor = SYSTEM) -> None:
        """A paper arrived; facts that it shows are answered by the newest paper that shows them."""
        self.papers.documents.append(document)
        words = f"{document.kind.replace('_', ' ')} of {document.dated} attached"
        at = document.received_at or now
        self.log.record(EventKind.DOCUMENT_ATTACHED, words, at=at, now=now, by=by, document=document.id)

    @abstractmethod
    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """Owe a letter that lists each thing that is asked for."""

    @abstractmethod
    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """Whoever asked takes it back."""

    @property
    @abstractmethod
    def stage(self) -> Stage:
        """What we are doing, derived from what is still open."""

    @property
    @abstractmethod
    def status(self) -> OutsideStatus:
        """What the outside is told."""

    @property
    @abstractmethod
    def is_undecided(self) -> bool:
        """Does anything still wait for its answer?"""

    @property
    def can_be_withdrawn(self) -> bool:
        """May whoever asked still take it back?"""
        return self.is_undecided

    @property
    def missing(self) -> list[Requirement]:
        """The items of the minimum set that are still lacking."""
        return []

    @property
    def answered(self) -> tuple[Answered, ...]:
        """The answers given so far, as the register keeps them."""
        return ()

    @property
    def authorizations(self) -> tuple[AuthorizedLine, ...]:
        """The authorizations issued so far, as the register keeps them."""
        return ()

    @property
    def paid_out(self) -> tuple[Payment, ...]:
        """The payments that were instructed so far, as the register keeps them."""
        return ()

    def is_complete_for(self, clock: Clock, at: datetime) -> bool:
        """Was everything that this clock times answered by then, so that an event can satisfy it?"""
        return True

    def may_have(self, work: Work, who: Actor) -> bool:
        """May this work be given to this person?"""
        return who.is_any(role_of_queue(work.queue))

    def outlives_the_answer(self, clock: Clock) -> bool:
        """Is this other people's time, which stays when the plan has nothing left to answer?"""
        return False

    def follow_ups(self) -> list[Appointment]:
        """What the case means to look at again by itself, beside what its clocks bring."""
        return []

    @property
    @abstractmethod
    def languages(self) -> set[Language]:
        """Every language that somebody who gets a letter reads."""

    @property
    def awaits_a_look(self) -> bool:
        """Must somebody look before anything leaves?"""
        return False

    def at_the_head(self, now: datetime) -> Mapping[str, JsonValue]:
        """What stands at the head of each of its letters."""
        return {}

    def reader_of(self, notice: Notice) -> Addressee:
        """Who gets this letter, as the case knows them by now."""
        return Addressee.model_validate(notice.model_dump(include=set(Addressee.model_fields)))

    def dated(self, notice: Notice, now: datetime) -> Notice:
        """The letter with the date of today at its head: what counts from that date counts right."""
        today = self.policy.calendar.day_of(now).isoformat()
        return notice.model_copy(update={"facts": notice.facts | {"dated": today}})

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        """Does a letter that was kept back promise what nobody can have any more?"""
        return passed_day(notice, self.policy.calendar.day_of(now).isoformat()) is not None

    def window_begun_by(self, notice: Notice) -> str | None:
        """The clock of the time that this letter gives its reader, if it gives any."""
        return None
