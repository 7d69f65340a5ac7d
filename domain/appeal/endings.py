"""How an appeal ends: given effect, sent to the independent reviewer, told of the next level.

What the plan reverses it authorizes itself, within the row that counts from the receipt of the appeal. What it
upholds, or leaves unanswered, goes to the independent reviewer by itself where the regime says so; elsewhere the
member is told who may look at it next, and how long there is for that.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.appeal import letters
from domain.appeal.standing import AppealStanding
from domain.appeal.state import ReviewOutcome
from domain.authorization.state import AuthorizationState
from domain.case.events import EventKind
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.ledger import Extended, Received
from domain.clock.timeframe import CountsFrom, Duty, LegalEffect, Satisfaction, Services, Timeframe, Urgency
from domain.request.determination import Authorization, Determination, Outcome
from domain.request.line import Line
from domain.review.decision_clocks import clocks_of
from domain.terms.case_number import authorization_number, kind_of
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM, Actor, Language

NEXT_LEVEL = "next level"
AWAIT = "record the answer of the independent reviewer when it comes"
EFFECTS = {Duty.EFFECTUATION, Duty.EFFECTUATION_AFTER_REVIEW, Duty.EFFECTUATION_AFTER_HEARING}


class AppealEndings(AppealStanding):
    """What follows an answer, a silence, and the answer of whoever reviews after the plan."""

    # Our own answer

    def _announce(self, group: list[Line], now: datetime) -> None:
        """Tell the answer; what it gives is authorized with it, and what it does not goes on."""
        better = [line for line in group if self.is_improved(line)]
        for line in group:
            line.announced_at = now
        self._authorize_all(better)
        self.owe(
            NoticeKind.APPEAL_DECISION,
            now,
            {language: letters.decision(self, group, language) for language in Language},
        )
        self.owe_calls("tell the answer to the appeal", now)
        for line in better:
            self._give_effect(line, now)
        if worse := [line for line in group if line.is_adverse]:
            self.forward(worse, now, silent=False)

    def replaced_by(self, line: int) -> str | None:
        """What was authorized before, in part or until it was voided, gives way to what the appeal gives."""
        if kind_of(self.original.case) == AuthorizationState.kind:
            return self.original.case
        first = next(self.first_answer(one) for one in self.lines if one.sequence == line)
        return authorization_number(self.original.case, line) if first and first.units else None

    def _authorize_all(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if line.kind is not Services.POST_SERVICE:
                line.authorization = self._authorize(line)

    def _authorize(self, line: Line) -> Authorization | None:
        """Leave from the day of the reversal on, where the day that was asked for has passed meanwhile."""
        decided = line.determination
        if decided is None:
            return None
        day = max(line.asked.from_day, self.policy.calendar.day_of(decided.decided_at))
        return super()._authorize(
            line.model_copy(update={"asked": line.asked.model_copy(update={"from_day": day})})
        )

    def _give_effect(self, line: Line, now: datetime) -> None:
        """The clock of our own reversal; a service is authorized at once, a payment is for people."""
        rows = self.policy.rows(Duty.EFFECTUATION, self.received_at, self.urgency, line.kind)
        for row in rows:
            self._start_like_the_decision(f"effectuation line {line.sequence}", row, line, now)
        self._authorized(line, now, now)

    def _authorized(self, line: Line, at: datetime, now: datetime) -> None:
        permit = line.authorization
        if permit is None:
            self.need("appeals", pay(line), now)
        else:
            self.effectuated(line, f"line {line.sequence} authorized: {permit.number}", at, now)

    def effectuated(self, line: Line, words: str, at: datetime, now: datetime, by: Actor = SYSTEM) -> None:
        """What was reversed has its effect."""
        self.finish((work for work in self.open_work if work.what == pay(line)), now)
        self.satisfy(Satisfaction.ACT, EFFECTS, at=at, now=now, about=[line.sequence])
        self.record(EventKind.EFFECTUATED, words, at=at, now=now, by=by, line=line.sequence)

    def _start_like_the_decision(self, name: str, row: Timeframe, line: Line, now: datetime) -> None:
        """A clock that counts as the decision's did: from the same instant, and with its extension."""
        decided = next(self.clocks[one] for one in clocks_of(self, line.sequence))
        reckoning = decided.reckon(self.policy.calendar)
        counts_from = reckoning.counted_from if reckoning else self.received_at
        if row.counts_from is CountsFrom.DECISION and line.determination:
            counts_from = line.determination.decided_at
        self.start_clock(name, row, Received(at=counts_from, recorded_at=now), (line.sequence,))
        for entry in decided.ledger:
            if isinstance(entry, Extended):
                self.enter(name, entry)

    # Upheld, or late

    def forward(self, lines: list[Line], now: datetime, *, silent: bool) -> None:
        """What was upheld, or left in silence, goes to the independent reviewer where the regime says so."""
        reviewer = letters.independent_reviewer(self)
        if reviewer is None:
            return
        for line in lines:
            self.forwarded.append(line.sequence)
            self._start_forwarding(line, now, silent=silent)
        facts = {language: letters.file_for(self, lines, language, silent=silent) for language in Language}
        self.owe(NoticeKind.APPEAL_FILE, now, facts, [reviewer])
        numbers = ", ".join(str(line.sequence) for line in lines)
        why = "no answer in time counts as upholding" if silent else "upheld"
        words = f"line {numbers} goes to the independent reviewer: {why}"
        self.record(EventKind.FORWARDED, words, now=now, silent=silent)
        self.need("appeals", AWAIT, now)

    def _start_forwarding(self, line: Line, now: datetime, *, silent: bool) -> None:
        name = f"forwarding line {line.sequence}"
        at_once = silent or self.urgency is Urgency.EXPEDITED
        if not at_once:
            for by_kind in self.policy.rows(Duty.FORWARDING, self.received_at, self.urgency, line.kind):
                self._start_like_the_decision(name, by_kind, line, now)
            return
        row = self.policy.row(Duty.FORWARDING_AT_ONCE, self.received_at, self.urgency)
        if row:
            decided = line.determination.decided_at if line.determination else self._ended_at(line, now)
            self.start_clock(name, row, Received(at=decided, recorded_at=now), (line.sequence,))

    def _ended_at(self, line: Line, now: datetime) -> datetime:
        """When the time for a line that was left in silence ran out."""
        ends = [self.due_at_of(self.clocks[name]) for name in clocks_of(self, line.sequence)]
        return min((end for end in ends if end), default=now)

    def tell_rights(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """Our answer is late. Forwarded, or exhausted: either way people are told, and nothing is denied."""
        row = clock.row(self.policy.calendar)
        if row.times is not self.answers:
            return
        told = any(notice.facts.get("clock") == clock.id for notice in self.notices)
        if not told:
            facts = {language: letters.late(self, clock, language) for language in Language}
            self.owe(NoticeKind.APPEAL_LATE, now, facts)
        if row.expiry.effect is LegalEffect.FORWARDED:
            self._leave_to_the_reviewer(clock, now)
        elif NEXT_LEVEL not in self.clocks:
            further = self.policy.row(Duty.NEXT_LEVEL, self.received_at, self.urgency)
            if further:
                self.start_clock(NEXT_LEVEL, further, None)
                words = "exhausted by our silence: it may be taken further, and no time has begun to run"
                self.record(EventKind.WINDOW_OPENED, words, at=appointment.at, now=now, clock=NEXT_LEVEL)

    def _leave_to_the_reviewer(self, clock: Clock, now: datetime) -> None:
        """What is unanswered counts as upheld and leaves our hands; what was answered beside it is told."""
        silent = [line for line in self.lines_of(clock) if line in self.undecided]
        self.change_clock(clock.id, ended_at=now)
        self.forward(silent, now, silent=True)
        self.finish_idle_reviews(now)
        self.announce_what_is_decided(now)

    # Whoever reviews after the plan

    def went_to_the_next_level(self, at: datetime, now: datetime, by: Actor) -> None:
        """Somebody asked for the next level; its answer is awaited, of what the reviewer upheld once more."""
        self.went_further = True
        self.reviewed = {line: was for line, was in self.reviewed.items() if was is not ReviewOutcome.UPHELD}
        self.end_window(NEXT_LEVEL, at, now)
        self.record(EventKind.FORWARDED, "taken to the next level", at=at, now=now, by=by)

    def review_answered(
        self, overturned: list[Line], upheld: list[Line], at: datetime, now: datetime, by: Actor
    ) -> None:
        """The reviewer's notice reached us: what it reversed is authorized, what it upheld may go further still."""
        for line in overturned:
            self._reverse(line, at, now)
        for line in upheld:
            self.reviewed[line.sequence] = ReviewOutcome.UPHELD
        said = [
            f"line {', '.join(str(line.sequence) for line in lines)} {outcome.value}"
            for lines, outcome in ((overturned, ReviewOutcome.OVERTURNED), (upheld, ReviewOutcome.UPHELD))
            if lines
        ]
        words = f"the reviewer answered: {'; '.join(said)}"
        self.record(EventKind.REVIEW_ANSWERED, words, at=at, now=now, by=by)
        self.end_window(NEXT_LEVEL, at, now)
        if not self.is_with_the_reviewer:
            self.finish((work for work in self.open_work if work.what == AWAIT), now)
        for line in overturned:
            self._follow_the_reviewer(line, at, now)
        if overturned:
            self.owe(
                NoticeKind.APPEAL_REVIEWED,
                now,
                {language: letters.reviewed(self, overturned, language) for language in Language},
            )
        if upheld and letters.independent_reviewer(self):
            self.open_window(NEXT_LEVEL, Duty.NEXT_LEVEL, now, begins_at=at)

    def _reverse(self, line: Line, at: datetime, now: datetime) -> None:
        after = self.terms.next
        name = after.name if after else "Reviewer"
        by = Actor(
            id="independent-reviewer", name=name, title="reviewer", organisation=name, roles=frozenset()
        )
        self.reviewed[line.sequence] = ReviewOutcome.OVERTURNED
        line.announced_at = line.announced_at or now
        line.determination = Determination(
            outcome=Outcome.APPROVED,
            by=by,
            service=line.asked.service,
            units=line.asked.units,
            because=f"reversed by the {name}",
            decided_at=at,
            recorded_at=now,
        )
        self._authorize_all([line])

    def _follow_the_reviewer(self, line: Line, at: datetime, now: datetime) -> None:
        """Authorize within the row, counted from the reviewer's notice; or provide, by a later day."""
        heard = self.went_further and line.sequence in self.forwarded  # by a level above the reviewer
        duty = Duty.EFFECTUATION_AFTER_HEARING if heard else Duty.EFFECTUATION_AFTER_REVIEW
        for row in self._rows_after_review(duty, line):
            name = f"review's effectuation line {line.sequence}"
            self.start_clock(name, row, Received(at=at, recorded_at=now), (line.sequence,))
            calendar = self.policy.calendar
            due = self.due_at_of(self.clocks[name]) or at
            words = f"line {line.sequence}: authorize by {calendar.show_due(due)}"
            for other in [] if heard else self._rows_after_review(Duty.PROVISION_AFTER_REVIEW, line):
                words += f", or provide by {calendar.show_due(other.end(at, calendar))}"
            self.record(EventKind.CLOCK_STARTED, words, at=at, now=now, clock=name)
        self._authorized(line, now, now)

    def _rows_after_review(self, duty: Duty, line: Line) -> list[Timeframe]:
        kind = line.kind if duty.depends_on_service else Services.ANY
        return self.policy.rows(duty, self.received_at, self.urgency, kind)

    @property
    def is_with_the_reviewer(self) -> bool:
        """Does anything wait for the answer of whoever reviews after the plan?"""
        awaited = self.forwarded or [
            line.sequence for line in self.lines if line.is_adverse and self.went_further
        ]
        return any(line not in self.reviewed for line in awaited) and not self.withdrawn

    @property
    def is_awaiting_effect(self) -> bool:
        """Is something that was reversed not given effect yet?"""
        return any(clock.timeframe.times in EFFECTS for clock in self.duties)


def pay(line: Line) -> str:
    """The work of a reversal that no authorization can give effect to."""
    return f"line {line.sequence}: pay what was reversed"
