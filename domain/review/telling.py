"""What telling people sets in motion: a duty kept, an extension made good, the time to appeal opened.

The duty is to notify, not only to decide: most rows are kept by the notice, at the notice's own time.
"""

from datetime import datetime

from domain.case.events import EventKind
from domain.case.letter_standing import reader
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.ledger import Extended, Paused, Received
from domain.clock.timeframe import Duty, LegalEffect, Satisfaction, Urgency
from domain.request.determination import Determination, Outcome
from domain.review import decision_clocks, letters
from domain.review.owing import CALLS
from domain.review.permitting import Permitting
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Language

APPEAL = "appeal window"
CONFIRMATION = "written confirmation"
REFUSAL_LETTER = "refused expedite letter"


class Told(Permitting):
    """A case that has told its people, by letter or by voice, and what follows from that."""

    # What a letter sets in motion

    def after_notice(self, notice: Notice, now: datetime) -> None:
        """The member's copy counts: it keeps duties, makes an extension good, and opens the time to appeal."""
        if notice.recipient is not Recipient.MEMBER:
            return
        duties = self.kept_by(notice)
        left = notice.sent_at or now
        self.satisfy(Satisfaction.WRITTEN_NOTICE, duties, at=left, now=now, about=notice.lines)
        match notice.kind:
            case NoticeKind.DETERMINATION if notice.facts.get("adverse"):
                self.open_appeal_window(left, now)
            case NoticeKind.MISSED_DEADLINE:
                self._open_window_of_silence(left, now)
            case NoticeKind.EXTENSION:
                self.extension_noticed(left, now)
            case NoticeKind.INFORMATION_REQUEST:
                self._await_information(left, now)
            case _:
                pass

    def dated(self, notice: Notice, now: datetime) -> Notice:
        """Where the time to appeal counts from the date of the letter, the letter says its last day."""
        letter = super().dated(notice, now)
        row = self.policy.row(Duty.APPEAL_WINDOW, self.received_at, self.urgency)
        appeal = letter.facts.get("appeal")
        whole = row.from_the_letter if row else None
        if whole is None or not isinstance(appeal, dict) or not appeal["days"]:
            return letter
        last = self.policy.calendar.day_of(whole.after(now, self.policy.calendar)).isoformat()
        facts = letter.facts | {"appeal": appeal | {"through": last}}
        return letter.model_copy(update={"facts": facts})

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        """An extension whose notice would leave after the due instant is void, and is not promised any more."""
        due_at = self.due_with_clocks(notice) if notice.kind is NoticeKind.EXTENSION else None
        return super().is_overtaken(notice, now) or (due_at is not None and due_at < now)

    def overtaken(self, letters: list[Notice], now: datetime) -> None:
        super().overtaken(letters, now)
        if self.extension and any(one.kind is NoticeKind.EXTENSION for one in letters):
            self.extension = None
            due = self.policy.calendar.show_due(self.due_at) if self.due_at else "not known"
            words = f"extension void: its notice did not leave in time; due {due} stands"
            self.record(EventKind.EXTENDED, words, now=now)

    def begun_by(self, notice: Notice) -> str | None:
        adverse = notice.kind is NoticeKind.DETERMINATION and notice.facts.get("adverse")
        silent = notice.kind is NoticeKind.MISSED_DEADLINE and self._silence_is(
            LegalEffect.DENIAL_NOTICE_OWED
        )
        return APPEAL if notice.recipient is Recipient.MEMBER and (adverse or silent) else None

    def after_notice_again(self, notice: Notice, now: datetime) -> None:
        window = self.clocks.get(self.begun_by(notice) or "")
        if window and not window.satisfied_at and (self.is_adverse or self.is_undecided):
            self.open_appeal_window(notice.sent_at or now, now)

    def open_appeal_window(self, left: datetime, now: datetime) -> None:
        """The time to appeal runs from the notice; silence may have opened a window that waited for this start."""
        row = self.policy.row(Duty.APPEAL_WINDOW, self.received_at, self.urgency)
        if row is None:
            return
        # A second adverse notice, for lines on another clock, gives its own full time: the later start governs.
        self.start_clock(APPEAL, row, Received(at=left, recorded_at=now))
        last = self.due_at_of(self.clocks[APPEAL])
        until = self.policy.calendar.show_due(last) if last else "no end"
        self.record(EventKind.WINDOW_OPENED, f"an appeal may be filed through {until}", now=now, clock=APPEAL)

    def _open_window_of_silence(self, left: datetime, now: datetime) -> None:
        """Where silence is a denial whose notice was owed, that notice starts the time to appeal (Medicaid)."""
        if self.is_undecided and self._silence_is(LegalEffect.DENIAL_NOTICE_OWED):
            self.open_appeal_window(left, now)

    def _silence_is(self, effect: LegalEffect) -> bool:
        rows = [clock.row(self.policy.calendar) for clock in decision_clocks.decision_clocks(self)]
        return any(row.expiry.effect is effect for row in rows)

    def tell_rights(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """Owe the notice of rights once for each clock; what silence made adverse may be appealed endlessly."""
        row = clock.row(self.policy.calendar)
        if row.expiry.effect is LegalEffect.APPROVED_BY_SILENCE:
            self._approve_by_silence(clock, appointment.at, now)
            return
        told = any(notice.facts.get("clock") == clock.id for notice in self.notices)
        if row.times in {Duty.DECISION, Duty.AFTER_INFORMATION} and not told:
            facts = {language: letters.rights(self, clock, language) for language in Language}
            self.owe(NoticeKind.MISSED_DEADLINE, now, facts)
        appeal = self.policy.row(Duty.APPEAL_WINDOW, self.received_at, self.urgency)
        if row.expiry.effect is LegalEffect.ADVERSE_BY_LAW and appeal and APPEAL not in self.clocks:
            self.start_clock(APPEAL, appeal, None)
            words = "adverse by law: it may be appealed, and no time has begun to run"
            self.record(EventKind.WINDOW_OPENED, words, at=appointment.at, now=now, clock=APPEAL)

    def _approve_by_silence(self, clock: Clock, at: datetime, now: datetime) -> None:
        """Nobody answered, or could be reached: the plan owes it until something ends that. Nothing is denied."""
        row = clock.row(self.policy.calendar)
        for line in self.lines_of(clock):
            if line.determination is None:
                silence = Determination(
                    outcome=Outcome.APPROVED,
                    by=None,
                    silent=True,
                    service=line.asked.service,
                    units=line.asked.units,
                    because=row.expiry.meaning,
                    decided_at=at,
                    recorded_at=now,
                )
                self.decide(line, silence, f"approved by silence ({row.expiry.source})")

    def answer_instead(self, now: datetime) -> None:
        """Where the answer may leave, no letter that was kept back says any more that it is not ready."""
        late = [one for one in self.unsent if one.kind is NoticeKind.MISSED_DEADLINE]
        late = [one for one in late if one.key not in self.on_their_way]
        if late and not self.undecided:
            answered = {reader(one) for one in self.may_leave if one.kind is NoticeKind.DETERMINATION}
            self.stop(
                (one for one in late if reader(one) in answered), "our answer leaves instead", now, SYSTEM
            )

    def extension_noticed(self, noticed_at: datetime, now: datetime) -> None:
        """The extension's notice left: the ledger takes it, and it is void there when it left too late."""
        asked, self.extension = self.extension, None
        if asked is None:
            return
        good = False
        for clock in decision_clocks.decision_clocks(self):
            row = clock.row(self.policy.calendar)
            if not clock.is_open or row.extension is None:
                continue
            extended = Extended(
                at=asked.asked_at,
                recorded_at=now,
                by=asked.by,
                reason=asked.reason,
                until=asked.until,
                ground=asked.ground,
                asked_by=asked.asked_by,
                notice_sent_at=noticed_at,
            )
            self.enter(clock.id, extended)
            taken = self.clocks[clock.id].is_extended(self.policy.calendar)
            good = good or taken
            if taken and row.pause and row.pause.ground == asked.ground:
                until = row.pause.span.after(noticed_at, self.policy.calendar)
                reason = "waiting for what was asked for"
                self.enter(clock.id, Paused(at=noticed_at, recorded_at=now, until=until, reason=reason))
                self.information_asked = True
                if decision_clocks.INFORMATION in self.clocks:  # the pause is the time to answer now
                    self.change_clock(decision_clocks.INFORMATION, ended_at=now)
            self.reconsider_breach(clock.id, now)
        due_at = self.due_at
        due = self.policy.calendar.show_due(due_at) if due_at else "not known"
        words = f"extension noticed; now due {due}" if good else f"extension void; due {due} stands"
        self.record(EventKind.EXTENDED, words, at=noticed_at, now=now)

    def _await_information(self, left: datetime, now: datetime) -> None:
        """The request for information left: the time to answer runs, and where a row says so, another clock too."""
        window = self.policy.row(Duty.INFORMATION_WINDOW, self.received_at, self.urgency)
        if window:
            self.start_clock(decision_clocks.INFORMATION, window, Received(at=left, recorded_at=now))
        incomplete = self.clocks.get(decision_clocks.INCOMPLETE)
        if incomplete and incomplete.timeframe.answer and incomplete.satisfied_at == left:
            until = incomplete.timeframe.answer.after(left, self.policy.calendar)
            reason = "counted from the end of the time to answer"
            decision_clocks.after_information(
                self, until, at=now, now=now, reason=reason, earlier_governs=False
            )

    def reached(self, recipient: Recipient, at: datetime, now: datetime) -> None:
        """Somebody was told by voice."""
        self.calls_made(recipient, at, now)
        self.told_by_voice(recipient, at, now)

    def calls_made(self, recipient: Recipient, at: datetime, now: datetime) -> None:
        """Whoever was to be called was reached; with the last of them, the time for calls is over."""
        works = [work for work in self.open_work if work.queue == "calls" and recipient.text in work.what]
        self.finish(works, now)
        if CALLS in self.clocks and self.clocks[CALLS].is_open and not self.calls_to_make:
            self.change_clock(CALLS, satisfied_at=at)

    # Told by voice

    def told_by_voice(self, recipient: Recipient, at: datetime, now: datetime) -> None:
        """The member was told by telephone: beside the letter, which alone keeps the duty of an adverse answer.

        Only an expedited one may be told by voice first, and then owes its written confirmation.
        """
        if recipient is not Recipient.MEMBER:
            return
        adverse = any(line.is_adverse for line in self.lines if line.determination)
        if self.urgency is Urgency.EXPEDITED or not adverse:
            self.satisfy(Satisfaction.NOTICE, {self.answers}, at=at, now=now)
        row = self.policy.row(Duty.WRITTEN_CONFIRMATION, self.received_at, self.urgency)
        if row and adverse and self.urgency is Urgency.EXPEDITED and CONFIRMATION not in self.clocks:
            self.start_clock(CONFIRMATION, row, Received(at=at, recorded_at=now))
            letters_sent = [
                notice.sent_at
                for notice in self.notices
                if notice.kind is NoticeKind.DETERMINATION
                and notice.recipient is recipient
                and notice.sent_at
            ]
            if letters_sent:
                self.satisfy(
                    Satisfaction.WRITTEN_NOTICE, {Duty.WRITTEN_CONFIRMATION}, at=min(letters_sent), now=now
                )
