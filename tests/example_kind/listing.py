"""A listing: a provider says that its entry in the provider directory is wrong, and somebody finds out.

1. It is answered in writing within five business days of its receipt. That row is our own: no plan lives by it.
2. *Checked*: whoever has the work says what was found. Nobody else decides, and no timer does.
3. *Answered*: the letter ends the clock as it leaves, and with it the case is over.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from pydantic import JsonValue

from domain.case import dispatch, ending
from domain.case.acts import Act
from domain.case.matter import Matter
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Satisfaction
from domain.desk.received_again import ReceiveAgain
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, LetterLeft
from domain.parts.stage import Stage
from domain.parts.status import OutsideStatus
from domain.request.arrived import Arrived
from domain.request.request import Provider, Text
from domain.terms.notice import Addressee, NoticeKind, Recipient
from domain.terms.people import Actor, Language
from domain.terms.refusals import Refused
from domain.terms.text import folded

ANSWER = "answer"


class Report(Arrived):
    """What the provider says of its entry."""

    provider: Provider
    says: Text

    @property
    def whose(self) -> str:
        return self.provider.npi

    @property
    def fingerprint(self) -> str:
        return f"{self.provider.npi}|{folded(self.says)}"


class Found(StrEnum):
    """What somebody found who looked."""

    WRONG = "wrong"
    RIGHT = "right"


class ListingStatus(OutsideStatus):
    """What the outside is told of a listing."""

    OPEN = ("OPEN", "Open")
    CORRECTED = ("CORRECTED", "Entry corrected")
    UNCHANGED = ("UNCHANGED", "Entry unchanged")
    WITHDRAWN = ("WITHDRAWN", "Withdrawn by the provider")


class Listing(Matter):
    """An entry of the directory that is said to be wrong."""

    kind: ClassVar[str] = "listing"
    came_as: ClassVar[str] = "report"

    report: Report
    found: Found | None = None

    def begins(self, now: datetime, by: Actor) -> None:
        """The clock counts from its receipt, and somebody has to look."""
        words = "an entry is said to be wrong"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        if row := self.policy.row(Duty.DECISION, self.received_at):
            self.clocks.begin(ANSWER, row, Received(at=self.received_at, recorded_at=now))
        self.need("intake", "find out whether the entry is wrong", now, due_at=self.due_at)

    def answer(self, found: Found, at: datetime, now: datetime, by: Actor) -> None:
        """Somebody looked: the provider is told in writing."""
        self.found = found
        self.log.record(EventKind.DETERMINED, f"the entry is {found}", at=at, now=now, by=by)
        self.work.finish_all(now)
        said = {**self.at_the_head(now), "found": found.value}
        dispatch.owe(self, [self.provider], NoticeKind.DETERMINATION, now, dict.fromkeys(Language, said))

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case LetterLeft(notice=notice):
                told_at = notice.sent_at or now
                self.satisfy(Satisfaction.WRITTEN_NOTICE, {Duty.DECISION}, at=told_at, now=now)
                self.settle(now)
            case _:
                super().follow(happening, now)

    def settle(self, now: datetime) -> None:
        """With its letter the answer is out of the house, and nothing is left to do."""
        waits = self.letters.unsent or self.letters.came_back or self.letters.holds
        if self.found and not waits and not self.is_closed:
            ending.close(self, self.status.in_a_sentence, now)

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        return Stage.RECEIVED if self.is_undecided else Stage.DECIDED

    @property
    def status(self) -> ListingStatus:
        if self.withdrawn:
            return ListingStatus.WITHDRAWN
        match self.found:
            case Found.WRONG:
                return ListingStatus.CORRECTED
            case Found.RIGHT:
                return ListingStatus.UNCHANGED
            case None:
                return ListingStatus.OPEN

    @property
    def is_undecided(self) -> bool:
        return self.found is None and not self.withdrawn

    @property
    def provider(self) -> Addressee:
        known = self.report.provider.model_dump(include={"name", "address", "language", "fax"})
        return Addressee(recipient=Recipient.PROVIDER, **known)

    @property
    def language_of_its_own(self) -> Language:
        return self.provider.language

    def at_the_head(self, now: datetime) -> dict[str, JsonValue]:
        received = self.policy.calendar.day_of(self.received_at).isoformat()
        return super().at_the_head(now) | {"received": received}


class CheckEntry(Act[Listing]):
    """Somebody looked, and says whether the entry was wrong; one that was wrong is put right by then."""

    answers_the_clock = True
    found: Found

    def check(self, case: Listing, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} has its answer: {case.status.in_a_sentence}")
        if not self.reason:
            raise Refused("because: say how it was found out", "plan policy, assumed")

    def apply(self, case: Listing, now: datetime) -> str:
        case.answer(self.found, self.happened_at(now), now, self.actor)
        return f"the entry is {self.found}; the provider is told in writing"


class ReportAgain(ReceiveAgain[Listing]):
    """The provider said it again."""

    report: Report

    @property
    def received_at(self) -> datetime:
        return self.report.received_at

    @property
    def words(self) -> str:
        return "the same was reported again"

    def follow(self, case: Listing, now: datetime) -> Iterator[str]:
        yield from self.attach(case, self.report.documents, now)
