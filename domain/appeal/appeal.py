"""Appeal: the plan looks again at what it decided against somebody, or never decided. The policy, in its order.

1. Received, late or not, with a form or without: acknowledged, and the case that is appealed is told of it.
2. May they? A representative shows an appointment, a provider the form of its regime; until then it waits.
3. In time? The window is the one that the first determination's own notice opened; a window without a start has no
   end. What is late is asked for its good cause, and a person decides (42 CFR 422.582(c)).
4. Heard: clocks run from receipt, or from the form; somebody decides who had no part in the first answer.
5. Overturned, in whole or part: authorized within the row. Upheld, or late: to the independent reviewer by
   itself, or the member is told of the next level, each with its time.
6. Dismissed only on a listed ground, by a person, with a notice against which there are two ways.
"""

from datetime import datetime
from typing import ClassVar, Self

from domain.appeal import endings, letters, standing
from domain.appeal.appealed import AppealedDetermination
from domain.appeal.endings import NEXT_LEVEL
from domain.appeal.letters import independent_reviewer
from domain.appeal.request import AppealRequest
from domain.appeal.standing import CAUSE, DISMISSAL_REVIEW, FORM, VACATING
from domain.appeal.state import AppealState, ReviewOutcome
from domain.case import ending, sensitive
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.timeframe import Satisfaction, Urgency
from domain.parts.events import EventKind
from domain.parts.happenings import (
    FileWasMade,
    Happening,
    LetterLeft,
    LetterLeftAgain,
    LettersLeave,
    RightsAreDue,
    WindowEnded,
)
from domain.parts.papers import Papers
from domain.parts.stage import Stage
from domain.parts.status import Status
from domain.policy.appeals import AppealBy
from domain.policy.case_policy import CasePolicy
from domain.request.line import Line
from domain.request.request import RequestedBy
from domain.review import announcing, notified
from domain.review.announcing import CALLS
from domain.terms.calendar import whole_seconds
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor

WORD_OF = {
    AppealBy.MEMBER: RequestedBy.MEMBER,
    AppealBy.REPRESENTATIVE: RequestedBy.REPRESENTATIVE,
    AppealBy.PHYSICIAN: RequestedBy.PHYSICIAN,
    AppealBy.PROVIDER: RequestedBy.REPRESENTATIVE,
}
ASKED = {
    FORM: "the form did not come; dismiss the appeal, or wait for it",
    CAUSE: "nothing was said of why it is late; decide on what is there",
}
AFTERWARDS = (NEXT_LEVEL, DISMISSAL_REVIEW, VACATING)


class Appeal(AppealState):
    """An appeal at the plan's own level, and what becomes of it after."""

    kind: ClassVar[str] = "appeal"

    @classmethod
    def received(
        cls,
        number: str,
        policy: CasePolicy,
        appeal: AppealRequest,
        original: AppealedDetermination,
        *,
        now: datetime,
        by: Actor = SYSTEM,
    ) -> Self:
        """It reached us. What was decided is what the case that decided it says."""
        asked = set(appeal.lines) or {line.asked.sequence for line in original.lines}
        case = cls(
            number=number,
            member=original.member,
            policy=policy,
            received_at=whole_seconds(appeal.received_at),
            request=original.request,
            urgency=appeal.urgency,
            urgency_by=WORD_OF[appeal.by],
            lines=[
                Line(asked=line.asked, kind=line.kind)
                for line in original.lines
                if line.asked.sequence in asked
            ],
            papers=Papers(documents=list(appeal.documents)),
            appeal=appeal,
            original=original,
            parent=original.case,
        )
        case.log.record(
            EventKind.RECEIVED,
            f"appeal of {original.case} received by {appeal.channel.value.replace('_', ' ')} from the "
            f"{appeal.by.value}{', late' if case.is_late else ''}",
            at=case.received_at,
            now=now,
            by=by,
            policy=policy.content_hash[:12],
        )
        sensitive.mark(case, original.request, now)
        return case

    def linked_with_the_original(self, now: datetime, *, heard: bool) -> None:
        """Both keep the link; a case that had closed is told nothing any more, and this one says so."""
        self.link(self.original.case, "appeal of" if heard else "appeal of a case that had closed", now)

    @property
    def is_acknowledged(self) -> bool:
        """Has it begun, so that whoever appealed knows of it?"""
        return any(notice.kind is NoticeKind.APPEAL_ACKNOWLEDGED for notice in self.letters.notices)

    def begin(self, now: datetime) -> None:
        """Acknowledged; and asked for what stands between the appeal and its hearing, the form first."""
        announcing.owe_same(self, NoticeKind.APPEAL_ACKNOWLEDGED, now)
        if not self.lines:
            self.need("appeals", "nothing in it can be appealed; a person decides", now)
        elif self.awaits_form:
            standing.ask_for_the_form(self, now)
        elif self.awaits_cause:
            standing.ask_for_the_cause(self, now)

    # What follows by itself

    def settle(self, now: datetime) -> None:
        """Heard once it may be; the answers are told; what is over ends."""
        if self.heard_from is None and self.may_be_heard:
            standing.hear_it(self, now)
        if not self.withdrawn:
            announcing.announce(self, now)
        timed = [work for work in self.work.open if work.clock in self.clocks]
        idle = [work for work in timed if not self.clocks.is_open(work.clock or "")]
        self.work.finish([work for work in idle if work.queue != "appeals"], now)
        self.close_if_over(now)

    def finish_idle_reviews(self, now: datetime) -> None:
        if not self.undecided:
            queues = {"appeal-review", "appeal-coverage", "intake"}
            self.work.finish((work for work in self.work.open if work.queue in queues), now)

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case LetterLeft(notice=notice):
                self._letter_left(notice, notice.left_at(now), now)
            case LetterLeftAgain(notice=notice):
                window = self.clocks.get(self.window_begun_by(notice))
                if window and not window.satisfied_at:
                    self.open_window(NEXT_LEVEL, Duty.NEXT_LEVEL, now, notice.sent_at)
            case LettersLeave(keys=keys):
                standing.begin_as_they_leave(self, keys, now)
            case FileWasMade(audience="reviewer"):
                self.work.finish((work for work in self.work.open if work.what == endings.POST_FILE), now)
            case RightsAreDue(clock=clock, appointment=appointment):
                endings.tell_rights(self, clock, appointment, now)
            case WindowEnded(clock=clock, at=at):
                self._window_ended(clock, now)
                self.close_if_over(now, at)
            case _:
                super().follow(happening, now)

    def _letter_left(self, notice: Notice, left: datetime, now: datetime) -> None:
        """The reviewer's copy of the file keeps the duty to forward; the member's copy keeps the others."""
        if notice.kind is NoticeKind.APPEAL_FILE:
            duties = {Duty.FORWARDING, Duty.FORWARDING_AT_ONCE}
            self.satisfy(Satisfaction.WRITTEN_NOTICE, duties, at=left, now=now)
            endings.file_announced(self, left, now)
        if notice.recipient is not Recipient.MEMBER:
            return
        match notice.kind:
            case NoticeKind.APPEAL_DECISION:
                about = notice.lines
                self.satisfy(Satisfaction.WRITTEN_NOTICE, {self.answers}, at=left, now=now, about=about)
                if notice.facts.get("adverse") and independent_reviewer(self) is None:
                    self.open_window(NEXT_LEVEL, Duty.NEXT_LEVEL, now, left)
            case NoticeKind.APPEAL_DISMISSED:
                standing.dismissal_told(self, now)
            case NoticeKind.EXTENSION:
                notified.extension_noticed(self, left, now)
            case NoticeKind.EXPEDITE_REFUSED:
                letter = {Duty.REFUSED_EXPEDITE_LETTER}
                self.satisfy(Satisfaction.WRITTEN_NOTICE, letter, at=left, now=now)
            case _:
                pass

    def _window_ended(self, clock: Clock, now: datetime) -> None:
        """The end of a window is an event; where something was awaited, a person decides on what is there."""
        if clock.id in ASKED:
            self.need("appeals", ASKED[clock.id], now, clock=clock.id)
        if clock.id == CALLS:
            announcing.calls_are_over(self, now)

    def window_begun_by(self, notice: Notice) -> str | None:
        adverse = notice.kind is NoticeKind.APPEAL_DECISION and notice.facts.get("adverse")
        begins = adverse and notice.recipient is Recipient.MEMBER and independent_reviewer(self) is None
        return NEXT_LEVEL if begins else None

    def dated(self, notice: Notice, now: datetime) -> Notice:
        letter, window = super().dated(notice, now), standing.asked_by(self, notice)
        if window is None:
            return letter
        return letter.model_copy(update={"facts": letter.facts | {"until": letters.last_day(self, window)}})

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        """Nobody is asked for what has come meanwhile."""
        window = standing.asked_by(self, notice)
        has_come = window is not None and window.satisfied_at is not None
        return has_come or super().is_overtaken(notice, now)

    def announce_lines(self, group: list[Line], now: datetime) -> None:
        endings.announce(self, group, now)

    def told_by_voice(self, recipient: Recipient, at: datetime, now: datetime) -> None:
        """An answer against the member may be told by voice first only where it is expedited."""
        by_voice = self.urgency is Urgency.EXPEDITED or not self.is_adverse
        if recipient is Recipient.MEMBER and by_voice:
            self.satisfy(Satisfaction.NOTICE, {self.answers}, at=at, now=now)

    def outlives_the_answer(self, clock: Clock) -> bool:
        return clock.id in AFTERWARDS and self.is_adverse

    # How it ends

    def close_if_over(self, now: datetime, at: datetime | None = None) -> None:
        """Close once everybody was told, everything has its effect, and nobody's time to go on is running."""
        if (
            self.is_closed
            or self.is_undecided
            or self.letters.unsent
            or self.work.in_queue("calls")
            or self.letters.holds
        ):
            return
        if self.letters.came_back or self.work.in_queue("translation"):
            return
        further = any(self.clocks[name].is_open for name in AFTERWARDS if name in self.clocks)
        if not (further or self.is_with_the_reviewer or self.is_awaiting_effect):
            ending.close(self, endings.outcome_of(self), now, at)

    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """Whoever appealed needs no answer any more; what was decided before is still told."""
        ending.take_back(self, f"appeal withdrawn by the {by}", at, now, actor)
        announcing.owe_same(self, NoticeKind.APPEAL_WITHDRAWN, now, by=by)
        announcing.announce_what_is_decided(self, now)

    # Where it stands

    @property
    def status(self) -> Status:
        """As of a request, and A5 where every line stays as it was."""
        if self.dismissed_as:
            return Status.CONTACT_PAYER
        left = [line for line in self.lines if line.determination is None]
        if not self.withdrawn and left:
            silent = all(self.reviewed.get(line.sequence) is ReviewOutcome.UPHELD for line in left)
            return Status.UPHELD if silent else Status.PENDED
        if not self.withdrawn and self.is_adverse and not any(map(self.is_improved, self.lines)):
            return Status.UPHELD
        return super().status

    @property
    def stage(self) -> Stage:
        """What we are doing, derived from what is still open."""
        match self:
            case Appeal(is_closed=True):
                return Stage.CLOSED
            case Appeal(is_undecided=True, lines=[]):
                return Stage.RECEIVED
            case Appeal(is_undecided=True, awaits_form=True):
                return Stage.AWAITING_FORM
            case Appeal(is_undecided=True, awaits_cause=True):
                return Stage.GOOD_CAUSE
            case Appeal(is_undecided=True):
                return Stage.APPEAL_REVIEW
            case Appeal(is_with_the_reviewer=True):
                return Stage.INDEPENDENT_REVIEW
            case _ if self.work.in_queue("calls"):
                return Stage.TELLING
            case _ if self.letters.unsent or self.is_awaiting_effect:
                return Stage.DECIDED
            case _:
                return Stage.NEXT_LEVEL
