"""What waits for a committee: a question of the plan's and no member's, prepared, voted, looked at again.

Nobody is written to one by one, and no member's case waits for it.
"""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import ClassVar, Self

from pydantic import AwareDatetime

from domain.case.acts import Act
from domain.case.matter import Matter
from domain.clock.agenda import Appointment, Occasion
from domain.clock.span import months_later
from domain.clock.timeframe import Regime
from domain.committee.meeting import Meeting
from domain.committee.rows import Committee, CommitteePolicy
from domain.desk.received_again import ReceiveAgain
from domain.parts.events import EventKind
from domain.request.arrived import Arrived
from domain.request.request import Document
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

RETIRE = "retire"
LOOK_AGAIN = "look at it again, and have the committee vote"
UM_COMMITTEE = "42 CFR 422.137(b), unverified"


class Deliberated(Matter):
    """A question that a committee answers, with the minutes of each of its votes."""

    looks: ClassVar[str]  # what the yearly appointment is about, in words

    meetings: list[Meeting] = []

    @property
    @abstractmethod
    def motions(self) -> tuple[str, ...]:
        """What can be voted on now."""

    @property
    @abstractmethod
    def not_yet(self) -> str:
        """Why nothing can be voted on, where nothing can."""

    def refuse_vote(self, meeting: Meeting) -> None:
        """What else the kind refuses of a vote."""

    @abstractmethod
    def voted(self, meeting: Meeting, now: datetime) -> None:
        """What follows from a valid vote."""

    @property
    @abstractmethod
    def settled_on(self) -> date | None:
        """The day from which the year counts after which it is looked at again."""

    @property
    def wants_utilization_committee(self) -> bool:
        """Is it a rule by which requests of Medicare Advantage are decided?"""
        return Regime.MEDICARE_ADVANTAGE in self.policy.plan.regimes

    @property
    def rules(self) -> CommitteePolicy:
        assert self.policy.committees is not None
        return self.policy.committees

    def held(self, meeting: Meeting, now: datetime, by: Actor) -> None:
        """The minutes are kept, carried or not; what was not carried can be brought again."""
        self.meetings.append(meeting)
        at = max(self.received_at, self.policy.calendar.at(meeting.held_on, time()))
        self.log.record(EventKind.VOTED, meeting.words, at=at, now=now, by=by, committee=meeting.committee)
        self.voted(meeting, now)

    def committee_of(self, meeting: Meeting) -> Committee:
        """The committee that voted. Refuses one that the pack does not know, or that may not."""
        found = self.rules.named(meeting.committee)
        if found is None:
            known = ", ".join(one.id for one in self.rules.committee)
            raise Refused(f"committee: the pack knows {known}")
        if self.wants_utilization_committee and not found.utilization_management:
            raise Refused("committee: a utilization management committee votes on it", UM_COMMITTEE)
        return found

    # Looked at again

    @property
    def look_again_on(self) -> date | None:
        months = self.policy.choices_on(self.received_at).review_after_months
        return months_later(self.settled_on, months) if self.settled_on else None

    def appointment(self, day: date, rung: str, words: str) -> Appointment:
        at = self.policy.calendar.at(day, time())
        return Appointment(at=at, occasion=Occasion.FOLLOW_UP, clock=self.looks, rung=rung, words=words)

    def follow_ups(self) -> list[Appointment]:
        again = self.look_again_on
        return [self.appointment(again, "again", "it is looked at again")] if again else []

    # Of nobody

    @property
    def can_be_withdrawn(self) -> bool:
        """What was settled ends by a vote."""
        return not self.is_closed and self.settled_on is None

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """What somebody still wants to know is found out for the committee; nobody is written to."""
        self.need("committee", f"find out {'; '.join(english)}", now)


class TakeVote(Act[Deliberated]):
    """The committee voted: the minutes of one question. What has no quorum is no vote, and is not kept."""

    act_name = "record a committee's vote"
    meeting: Meeting

    def check(self, case: Deliberated, now: datetime) -> None:
        meeting, day_of = self.meeting, case.policy.calendar.day_of
        if not case.motions:
            raise Refused(f"{case.number} is not ready for a vote: {case.not_yet}")
        if meeting.motion not in case.motions:
            raise Refused(f"motion: what can be voted on is {', '.join(case.motions)}")
        if not day_of(case.received_at) <= meeting.held_on <= day_of(now):
            raise Refused("held_on: a vote lies between the receipt of the question and today")
        meeting.refuse_unless_valid(case.committee_of(meeting))
        case.refuse_vote(meeting)

    def apply(self, case: Deliberated, now: datetime) -> str:
        case.held(self.meeting, now, self.actor)
        return self.meeting.words


class BringAgain(ReceiveAgain[Deliberated]):
    """The same question was brought again; its papers come along."""

    came_at: AwareDatetime
    papers: tuple[Document, ...] = ()

    @classmethod
    def of(cls, actor: Actor, receipt: str, came_as: str, came: Arrived) -> Self:
        return cls(actor=actor, receipt=receipt, came_at=came.received_at, papers=came.documents)

    @property
    def received_at(self) -> datetime:
        return self.came_at

    @property
    def words(self) -> str:
        return "the same was brought again"

    def follow(self, case: Deliberated, now: datetime) -> Iterator[str]:
        yield from self.attach(case, self.papers, now)
