"""What a dispute owes its people in writing, and what a letter that left sets in motion.

The provider's copy counts: it keeps the duty to answer, and from it the time for the second level runs.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from pydantic import JsonValue

from domain.case.events import EventKind
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.ledger import Received, Retimed
from domain.clock.timeframe import Duty, Satisfaction
from domain.dispute import letters
from domain.dispute.disputed import DECISION, GOOD_CAUSE, INFORMATION, SECOND_LEVEL, Disputed
from domain.dispute.letters import Facts
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor, Language

ANSWERS = frozenset(
    {
        NoticeKind.REDIRECT,
        NoticeKind.DISPUTE_DISMISSED,
        NoticeKind.DISPUTE_DETERMINATION,
        NoticeKind.NOT_OURS,
        NoticeKind.CONTRACT_PROCESS,
    }
)

ASKS = {
    NoticeKind.DISPUTE_INFORMATION_REQUEST: (INFORMATION, Duty.DISPUTE_INFORMATION),
    NoticeKind.GOOD_CAUSE_REQUEST: (GOOD_CAUSE, Duty.GOOD_CAUSE),
}
"""The letters that ask for something, and the window that each opens as it leaves."""
REMINDERS = frozenset({NoticeKind.DISPUTE_REMINDER, NoticeKind.SECOND_LEVEL_REMINDER})


class DisputeTold(Disputed):
    """A dispute that writes its letters, and what follows from them."""

    # Letters owed

    def at_the_head(self, now: datetime) -> Facts:
        return letters.about(self, now)

    def owe_provider(self, kind: NoticeKind, now: datetime, said: Callable[[Language], Facts]) -> None:
        head = self.at_the_head(now)
        facts = {language: head | said(language) for language in Language}
        self.owe_to([letters.provider(self)], kind, now, facts)

    def forward(self, what: str, received_on: date, now: datetime, about: Iterable[int] = ()) -> None:
        """Send the health plan what is its own to decide, with the date on which we had it."""
        lines = [line for line in self.lines if line.sequence in set(about)]
        facts = self.at_the_head(now) | letters.forwarded(self, what, received_on, lines)
        kind = NoticeKind.FORWARDED_TO_PLAN
        self.owe_to([letters.health_plan(self)], kind, now, dict.fromkeys(Language, facts))

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """A letter that lists each thing that is asked for, with its own date."""
        until = self._last_day(Duty.DISPUTE_INFORMATION, now)
        items = {Language.ENGLISH: english, Language.SPANISH: spanish}
        kind = NoticeKind.DISPUTE_INFORMATION_REQUEST
        self.owe_provider(kind, now, lambda language: letters.asked(items[language], until))
        self.record(EventKind.INFORMATION_REQUESTED, f"asked for: {'; '.join(english)}", now=now, by=by)

    def _last_day(self, duty: Duty, start: datetime) -> date | None:
        row = self.policy.row(duty, self.received_at)
        return self.policy.calendar.day_of(row.end(start, self.policy.calendar)) if row else None

    def ask_for_good_cause(self, now: datetime) -> None:
        """Late is received and answered: the provider may say why, until a day of its own."""
        facts = self.lateness_to_explain(now)
        self.owe_provider(NoticeKind.GOOD_CAUSE_REQUEST, now, lambda _: facts)

    def lateness_to_explain(self, now: datetime) -> Facts:
        return letters.late(self, self._last_day(Duty.GOOD_CAUSE, now))

    def dated(self, notice: Notice, now: datetime) -> Notice:
        """The day until which something is asked for counts from the letter, as the window that it opens does."""
        letter, today = super().dated(notice, now), self.policy.calendar.day_of(now)
        facts = letter.facts
        if asks := ASKS.get(notice.kind):
            window, duty = asks
            if window not in self.clocks:
                until = self._last_day(duty, now)
                facts = facts | {"until": until.isoformat() if until else None}
        elif notice.kind not in REMINDERS:
            facts = letters.as_of(facts, today)
        if isinstance(late := facts.get("late"), dict) and GOOD_CAUSE not in self.clocks:
            until = self._last_day(Duty.GOOD_CAUSE, now)
            facts = facts | {"late": late | {"until": until.isoformat() if until else None}}
        second = facts.get("second_level")
        if notice.kind is NoticeKind.DISPUTE_DETERMINATION and isinstance(second, dict):
            facts = facts | {"second_level": second | (letters.second_level(self, now) or {})}
        if isinstance(dismissed := facts.get("dismissed"), list):
            told: list[JsonValue] = [letters.as_of(one, today) for one in dismissed if isinstance(one, dict)]
            facts = facts | {"dismissed": told}
        return letter.model_copy(update={"facts": facts})

    # What a letter sets in motion

    def after_notice(self, notice: Notice, now: datetime) -> None:
        if notice.recipient is not Recipient.PROVIDER:
            return
        if notice.kind in ANSWERS:
            self._told(notice, now)
        match notice.kind:
            case NoticeKind.DISPUTE_DETERMINATION:
                self.open_second_level(notice.sent_at or now, now)
            case kind if kind in ASKS:
                self._open(*ASKS[kind], notice.sent_at or now, now)
            case NoticeKind.REDIRECT if notice.facts.get("late"):
                self._open(GOOD_CAUSE, Duty.GOOD_CAUSE, notice.sent_at or now, now)
            case _:
                pass

    def begun_by(self, notice: Notice) -> str | None:
        answers = notice.recipient is Recipient.PROVIDER and notice.kind is NoticeKind.DISPUTE_DETERMINATION
        return SECOND_LEVEL if answers else None

    def after_notice_again(self, notice: Notice, now: datetime) -> None:
        window = self.clocks.get(self.begun_by(notice) or "")
        if window and window.is_open:
            self.open_second_level(notice.sent_at or now, now)

    def _told(self, notice: Notice, now: datetime) -> None:
        """The lines that a letter answers have been told; with the last of them the duty is kept."""
        about = notice.lines
        for line in self.lines:
            if (about is None or line.sequence in about) and line.told_at is None:
                line.told_at = now
        left = notice.sent_at or now
        self.satisfy(Satisfaction.WRITTEN_NOTICE, {Duty.DISPUTE_DECISION}, at=left, now=now)

    def _open(self, name: str, duty: Duty, counts_from: datetime, now: datetime) -> None:
        row = self.policy.row(duty, self.received_at)
        if row:
            self.start_clock(name, row, Received(at=counts_from, recorded_at=now))

    def open_second_level(self, counts_from: datetime, now: datetime) -> None:
        """The time to ask the health plan; a notice after silence gives its own full time from its own day."""
        row = self.policy.row(Duty.SECOND_LEVEL, self.received_at)
        if row is None:
            return
        open_already = self.clocks.get(SECOND_LEVEL)
        if open_already and open_already.is_open and open_already.ledger:
            reason = "the answer gives its own full time"
            retimed = Retimed(
                at=counts_from,
                recorded_at=now,
                reason=reason,
                timeframe=row,
                counts_from=counts_from,
                earlier_governs=False,
            )
            self.enter(SECOND_LEVEL, retimed)
        else:
            self.start_clock(SECOND_LEVEL, row, Received(at=counts_from, recorded_at=now))
        due_at = self.due_at_of(self.clocks[SECOND_LEVEL])
        until = self.policy.calendar.show_due(due_at) if due_at else "no end"
        words = f"the health plan may be asked for a second-level review through {until}"
        self.record(EventKind.WINDOW_OPENED, words, now=now, clock=SECOND_LEVEL)

    # What time sets in motion

    def tell_rights(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """The first level was not answered in time: the provider may go up without it, from the missed day on."""
        missed_at = self.due_at_of(clock)
        if clock.id != DECISION or missed_at is None:
            return
        rights = clock.row(self.policy.calendar).expiry.rights
        self.owe_provider(
            NoticeKind.DISPUTE_MISSED,
            now,
            lambda language: {
                "rights": rights.in_language(language) if rights else None,
                "second_level": letters.second_level(self, missed_at),
            },
        )
        self.open_second_level(missed_at, now)

    def remind(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """The provider's time comes to its end: for what is missing, or for the second level."""
        last = self.due_at_of(clock)
        until = self.policy.calendar.day_of(last).isoformat() if last else None
        match clock.timeframe.times:
            case Duty.DISPUTE_FILING if self.missing and self.is_undecided:
                kind = NoticeKind.DISPUTE_REMINDER
                self._record_reminder(clock, appointment, now)
                self.owe_provider(
                    kind,
                    now,
                    lambda language: {"asked": letters.titles(self.missing, language), "until": until},
                )
            case Duty.SECOND_LEVEL:
                self._record_reminder(clock, appointment, now)
                self.owe_provider(NoticeKind.SECOND_LEVEL_REMINDER, now, lambda _: {"until": until})
            case _:
                pass

    def _record_reminder(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        self.record(EventKind.REMINDED, appointment.words, at=appointment.at, now=now, clock=clock.id)
