"""A guideline: a text by which requests are decided, from its draft to its end; the policy, in order.

1. *Draft*: reviewed with its literature. Cost alone is no ground.
2. *Voted* by a committee with its quorum, in a plan of Medicare Advantage by a utilization management committee.
   A change of law takes effect on its own day, without a vote.
3. *Notice*: a change against members or providers is in force at the earliest when the days of its notice have
   passed since that left, whatever day was voted. A change for safety waits for none.
4. *In force* from its day, and looked at again every year: kept, or retired, by a vote.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar

from domain.case import ending
from domain.clock.agenda import Appointment
from domain.committee.meeting import Meeting
from domain.committee.rows import ChangeRule
from domain.deliberation.deliberated import LOOK_AGAIN, RETIRE, Deliberated
from domain.guideline.draft import Audience, Draft, Ground, Work
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, LetterLeft, TimeToLook
from domain.parts.stage import Stage
from domain.parts.status import GuidelineStatus
from domain.request.criteria import CriteriaTable
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice
from domain.terms.people import SYSTEM, Actor, Language
from domain.terms.refusals import Refused
from domain.terms.sourced import Trust

ADOPT, KEEP = "adopt", "keep"
REVIEW, VOTE = "review the draft with its literature", "bring the draft to the committee"


class Adoption(Frozen):
    """The row that a guideline gives to the pack, where a vote or a law gave it a day."""

    row: CriteriaTable | None


class Guideline(Deliberated):
    """A text, the works on which it rests, and when whom was told of it."""

    kind: ClassVar[str] = "guideline"
    came_as: ClassVar[str] = "draft"
    looks: ClassVar[str] = "guideline"

    draft: Draft
    works: tuple[Work, ...] = ()
    voted_for: date | None = None  # the day from which it was to be in force
    told: dict[Audience, date] = {}
    began: bool = False
    kept_on: date | None = None
    retired: bool = False

    def begins(self, now: datetime, by: Actor) -> None:
        """A draft came in: somebody reviews it with its literature."""
        words = f"draft of {self.draft.text.id}"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        self.need("committee", REVIEW, now)

    # Reviewed

    def reviewed(self, works: tuple[Work, ...], at: datetime, now: datetime, by: Actor) -> None:
        """Its literature is read; a change of law has its day with that."""
        self.works += works
        count = sum(one.ground is not Ground.COST for one in works)
        self.log.record(EventKind.ASSESSED, f"reviewed with {count} works", at=at, now=now, by=by)
        self.work.finish((one for one in self.work.open if one.what == REVIEW), now)
        if not self.rule.needs_vote:
            self.voted_for = self.draft.law_from
            self.settle(now)
        elif not self.voted_for:
            self.need("committee", VOTE, now)

    # Voted

    @property
    def motions(self) -> tuple[str, ...]:
        if self.began:
            return (KEEP, RETIRE)
        return (ADOPT,) if self.works and self.rule.needs_vote and not self.voted_for else ()

    @property
    def not_yet(self) -> str:
        if self.voted_for:
            return "it is not in force yet"
        return "a change of law takes effect without one" if self.works else "it is not reviewed yet"

    def refuse_vote(self, meeting: Meeting) -> None:
        begins = meeting.in_force_on
        if meeting.motion == ADOPT and (begins is None or begins <= meeting.held_on):
            raise Refused("in_force_on: say from which day after the vote it is to be in force")

    def voted(self, meeting: Meeting, now: datetime) -> None:
        if not meeting.is_carried:
            return
        self.work.finish_all(now)
        if meeting.motion == RETIRE:
            self.retired = True
            ending.close(self, self.status.in_a_sentence, now)
        elif meeting.motion == KEEP:
            self.kept_on = meeting.held_on
        else:
            self.voted_for = meeting.in_force_on
            if last := self.notice_by:
                to = " and ".join(self.draft.against)
                self.need("committee", f"tell {to}", now, due_at=self.policy.calendar.end_of(last))
            self.settle(now)

    # Told

    @property
    def rule(self) -> ChangeRule:
        return self.rules.rule_of(self.draft.change, self.policy.calendar.day_of(self.received_at))

    @property
    def notice_by(self) -> date | None:
        """The last day on which the notice can leave for the day that was voted."""
        days = self.rule.notice_days
        return (
            self.voted_for - timedelta(days=days) if self.voted_for and days and self.draft.against else None
        )

    @property
    def in_force_from(self) -> date | None:
        """Not before the days of its notice have passed since it left; None while that is not known."""
        if self.voted_for is None or not (self.rule.notice_days and self.draft.against):
            return self.voted_for
        if set(self.draft.against) - set(self.told):
            return None
        left = max(self.told[one] for one in self.draft.against)
        return max(self.voted_for, left + timedelta(days=self.rule.notice_days))

    def notice_left(self, to: Audience, proof: str, at: datetime, now: datetime, by: Actor) -> None:
        """An audience is told: the days of the notice count from the last that is."""
        self.told[to] = self.policy.calendar.day_of(at)
        words = f"notice to {to.value} left"
        self.log.record(EventKind.PUBLISHED, words, at=at, now=now, by=by, proof=proof)
        if self.in_force_from and not self.began:
            self.work.finish_all(now)
            if self.in_force_from != self.voted_for:
                self.warn(f"the notice left late: in force from {self.in_force_from}", now)
            self.settle(now)

    def letters_to(self, to: Audience) -> list[Notice]:
        """The letters by which they are told, where each is written to."""
        return [one for one in self.letters.notices if one.recipient is to.recipient]

    def _mailed(self, letter: Notice, now: datetime) -> None:
        """Of a mailing the day counts on which the last letter left."""
        to = next(one for one in Audience if one.recipient is letter.recipient)
        theirs = self.letters_to(to)
        if to not in self.told and all(one.sent_at or one.stopped_at for one in theirs):
            self.notice_left(to, f"{len(theirs)} letters", letter.sent_at or now, now, SYSTEM)

    @property
    def languages(self) -> set[Language]:
        return {one.language for one in self.letters.notices}

    # In force

    @property
    def settled_on(self) -> date | None:
        return (self.kept_on or self.in_force_from) if self.began else None

    def follow_ups(self) -> list[Appointment]:
        if self.began or self.in_force_from is None:
            return super().follow_ups()
        return [self.appointment(self.in_force_from, "begins", "it is in force")]

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment) if appointment.rung == "begins":
                self.settle(now)
            case TimeToLook():
                self.need("committee", LOOK_AGAIN, now)
            case LetterLeft(notice=letter):
                self._mailed(letter, now)
            case _:
                pass

    def settle(self, now: datetime) -> None:
        """It begins on its day, which may have come already where nothing has to be told before."""
        calendar, begins = self.policy.calendar, self.in_force_from
        if begins and not self.began and begins <= calendar.day_of(now):
            self.began = True
            self.log.record(EventKind.IN_FORCE, f"{self.draft.text.id} is in force", now=now)

    @property
    def row(self) -> CriteriaTable | None:
        """The row of the pack; None while no vote, or no law, and no notice give it a day."""
        if self.in_force_from is None or self.retired:
            return None
        if self.draft.law:
            return self.draft.text.row(self.in_force_from, self.draft.law, Trust.UNVERIFIED)
        vote = next(one for one in self.meetings if one.motion == ADOPT and one.is_carried)
        source = f"Voted by the committee {vote.committee} on {vote.held_on} ({self.number})"
        return self.draft.text.row(self.in_force_from, source, Trust.ASSUMED)

    # Where it stands

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        if self.began:
            return Stage.IN_FORCE
        if self.voted_for:
            return Stage.CHANGE_NOTICE
        return Stage.COMMITTEE if self.works else Stage.RECEIVED

    @property
    def status(self) -> GuidelineStatus:
        if self.withdrawn:
            return GuidelineStatus.WITHDRAWN
        if self.retired:
            return GuidelineStatus.RETIRED
        if self.began:
            return GuidelineStatus.IN_FORCE
        return GuidelineStatus.ADOPTED if self.voted_for else GuidelineStatus.DRAFT

    @property
    def is_undecided(self) -> bool:
        return not (self.voted_for or self.withdrawn)
