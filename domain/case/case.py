"""A case of any kind: what it holds beside its clocks and letters, and what it answers for itself."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar, Self

from domain.case.alike import Alike, Likeness
from domain.case.answers import Answered, Permit
from domain.case.events import EventKind
from domain.case.letters import Lettered
from domain.case.payment import Payment
from domain.case.queues import POST
from domain.case.stage import Stage
from domain.case.status import OutsideStatus
from domain.clock.clock import Clock
from domain.clock.timeframe import Services
from domain.policy.rows import Requirement
from domain.request.request import Document
from domain.terms.notice import Notice, Recipient
from domain.terms.people import SYSTEM, Actor, Language

DUPLICATE = "possible_duplicate"  # the flag of a case that looks like another


class Case(Lettered):
    """The state that every case kind shares. Acts and appointments change it; everything else asks it."""

    kind: ClassVar[str]

    member: str  # keyed hash: the same member is recognised, nobody is named
    documents: list[Document] = []
    warnings: list[str] = []
    information_asked: bool = False
    withdrawn: bool = False
    parent: str | None = None  # the case that this one came out of
    linked: list[str] = []
    alike: dict[str, Likeness] = {}  # the cases that look like this one, until a person tells them apart
    to_tell: list[Alike] = []  # of those, who is still to be told of this one
    receipts: list[str] = []  # the numbers of what was received again

    deeds: ClassVar[Mapping[str, str]] = {}
    """Where a deed has a row of its own in the table of authority, because it is done to this kind of case."""

    def warn(self, warning: str, now: datetime) -> None:
        """Something to look at twice; it changes nothing by itself."""
        if warning not in self.warnings:
            self.warnings.append(warning)
            self.record(EventKind.FLAGGED, f"to look at: {warning}", now=now)

    def link(self, number: str, why: str, now: datetime, by: Actor = SYSTEM) -> None:
        """Another case belongs to this one, or this one to it."""
        if number not in self.linked:
            self.linked.append(number)
            self.record(EventKind.LINKED, f"{why}: {number}", now=now, by=by, case=number)

    def looks_like(self, others: Mapping[str, Likeness], now: datetime, by: Actor = SYSTEM) -> None:
        """Others may be the same, or ask for the same; people tell them apart, and nobody else."""
        new = {number: how for number, how in others.items() if number not in self.alike}
        if new:
            self.alike |= new
            self.flags = [*(flag for flag in self.flags if flag != DUPLICATE), DUPLICATE]
            words = "; ".join(f"{number} has {how.words}" for number, how in new.items())
            self.record(EventKind.FLAGGED, f"{words}; a person decides", now=now, by=by, flag=DUPLICATE)

    @property
    def likenesses(self) -> tuple[str, ...]:
        """Each case that looks like this one, and how, in words."""
        return tuple(f"{number} has {how.words}" for number, how in self.alike.items())

    @property
    def may_be_a_second_one(self) -> bool:
        """Might what is asked for here be given elsewhere too?"""
        return any(how.is_of_service for how in self.alike.values())

    # What is to come

    def as_if_nobody_acts(self, now: datetime) -> Self:
        """The case after everything still to come has come; what is owed in writing is sent at once."""
        future = self.model_copy(deep=True)
        future.come_to_rest(now)
        while appointment := future.next_appointment:
            now = max(now, appointment.at)
            future.keep_appointments(now)
            future.come_to_rest(now)
        return future

    def come_to_rest(self, now: datetime) -> None:
        """What follows by itself has followed, and what is owed in writing has left."""
        self.settle(now)
        while owed := self.may_leave:
            self.date_as_they_leave({notice.key for notice in owed}, now)
            for notice in self.may_leave:
                self.sent(notice.key, "forecast", now)
            self.settle(now)

    def call_back(self, letters: Iterable[Notice], now: datetime) -> None:
        """What left of a case that should never have been tells somebody of another's health: work, asked once."""
        asked = [work.what for work in self.work if work.queue == "privacy"]
        keys = [one.key for one in letters if not any(one.key in what for what in asked)]
        if keys:
            count = "a letter" if len(keys) == 1 else f"{len(keys)} letters"
            what = f"call back {count} that left, and judge the disclosure: {', '.join(keys)}"
            self.record(EventKind.RECALL_OWED, what, now=now, letters=len(keys))
            self.need("privacy", what, now)

    def end_clocks(self, now: datetime, at: datetime | None = None) -> None:
        """What runs falls away at `at` (now, unless it happened earlier), but for what outlives the answer."""
        for clock in self.open_clocks:
            if not self.outlives_the_answer(clock):
                self.change_clock(clock.id, ended_at=at or now)
                self.reconsider_breach(clock.id, now)

    def close(self, outcome: str, now: datetime, at: datetime | None = None) -> None:
        """Nothing is left to do: clocks and work end, and the case says as what it closed."""
        self.end_clocks(now)
        asked = {POST} if self.uncertain else set()  # whether a letter left is worth knowing afterwards too
        self.finish((work for work in self.open_work if work.queue not in asked), now)
        self.closed_as = outcome
        self.record(EventKind.CLOSED, f"closed: {outcome}", now=now, at=at)

    # What each case kind answers for itself

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
    @abstractmethod
    def languages(self) -> set[Language]:
        """Every language that somebody who gets a letter reads."""

    @property
    def missing(self) -> list[Requirement]:
        """The items of the minimum set that are still lacking."""
        return []

    @property
    def answered(self) -> tuple[Answered, ...]:
        """The answers given so far, as the register keeps them."""
        return ()

    @property
    def permits(self) -> tuple[Permit, ...]:
        """The authorizations issued so far, as the register keeps them."""
        return ()

    @property
    def paid_out(self) -> tuple[Payment, ...]:
        """The payments that were instructed so far, as the register keeps them."""
        return ()

    def services_timed_by(self, clock: Clock) -> set[Services]:
        """Which kinds of service a clock's lines are; timeframe rows may differ between them."""
        return {Services.ANY}

    def outlives_the_answer(self, clock: Clock) -> bool:
        """Is this other people's time, which stays when the plan has nothing left to answer?"""
        return False

    def settle(self, now: datetime) -> None:
        """What follows by itself from where the case stands."""

    def let_go(self, now: datetime) -> None:
        """The last hold was lifted: what it outlived is settled, and what waited may leave."""
        self.wait_for_next_run(now)

    def told_apart(self, now: datetime) -> None:
        """No other case looks like this one any more: what that kept back goes on."""

    def given_more_time(self, now: datetime) -> None:
        """A window was held open: what was asked because it had run out falls away."""

    def attached(self, document: Document, now: datetime, by: Actor = SYSTEM) -> None:
        """A paper arrived; facts that it shows are answered by the newest paper that shows them."""
        self.documents.append(document)
        words = f"{document.kind.replace('_', ' ')} of {document.dated} attached"
        at = document.received_at or now
        self.record(EventKind.DOCUMENT_ATTACHED, words, at=at, now=now, by=by, document=document.id)

    @abstractmethod
    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """Owe a letter that lists each thing that is asked for."""

    def reached(self, recipient: Recipient, at: datetime, now: datetime) -> None:
        """Somebody was told by voice."""

    @abstractmethod
    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """Whoever asked takes it back."""
