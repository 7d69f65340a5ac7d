"""What telling people sets in motion: a duty kept, an extension made good, the time to appeal opened.

The duty is to notify, not only to decide: most rows are kept by the notice, at the notice's own time.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.case import windows
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ledger import Paused, Received
from domain.clock.timeframe import LegalEffect, Satisfaction, Urgency
from domain.parts.events import EventKind
from domain.request.determination import Determination, Outcome
from domain.review import announcing, answering, decision_clocks, letters
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import Language

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase

APPEAL = "appeal window"
CONFIRMATION = "written confirmation"
MAY_APPEAL = "an appeal may be filed through"
REFUSAL_LETTER = "refused expedite letter"

# A letter left


def member_has(case: "ReviewedCase", notice: Notice, now: datetime) -> None:
    """The member's copy counts: it keeps duties, makes an extension good, and opens the time to appeal."""
    duties = case.letter_times.kept_by(notice)
    left = notice.left_at(now)
    case.satisfy(Satisfaction.WRITTEN_NOTICE, duties, at=left, now=now, about=notice.lines)
    match notice.kind:
        case NoticeKind.DETERMINATION if notice.facts.get("adverse"):
            open_appeal_window(case, left, now)
        case NoticeKind.MISSED_DEADLINE if case.is_undecided and silence_is_denial(case):
            open_appeal_window(case, left, now)  # silence is a denial whose notice was owed (Medicaid)
        case NoticeKind.EXTENSION:
            extension_noticed(case, left, now)
        case NoticeKind.INFORMATION_REQUEST:
            _await_information(case, left, now)
        case _:
            pass


def member_has_again(case: "ReviewedCase", notice: Notice, now: datetime) -> None:
    """It had come back; the time that it gives begins with it, once more."""
    window = case.clocks.get(case.window_begun_by(notice))
    if window and not window.satisfied_at and (case.is_adverse or case.is_undecided):
        open_appeal_window(case, notice.left_at(now), now)


def begins_appeal(case: "ReviewedCase", notice: Notice) -> bool:
    """Does this letter give the member the time to appeal?"""
    adverse = notice.kind is NoticeKind.DETERMINATION and notice.facts.get("adverse")
    silent = notice.kind is NoticeKind.MISSED_DEADLINE and silence_is_denial(case)
    return notice.recipient is Recipient.MEMBER and bool(adverse or silent)


def silence_is_denial(case: "ReviewedCase") -> bool:
    rows = [clock.row(case.policy.calendar) for clock in decision_clocks.decision_clocks(case)]
    return any(row.expiry.effect is LegalEffect.DENIAL_NOTICE_OWED for row in rows)


def open_appeal_window(case: "ReviewedCase", left: datetime, now: datetime) -> None:
    """The time to appeal runs from the notice; silence may have opened a window that waited for this start."""
    row = case.policy.row(Duty.APPEAL_WINDOW, case.received_at, case.urgency)
    if row is None:
        return
    # A second adverse notice, for lines on another clock, gives its own full time: the later start governs.
    windows.open_window(case, APPEAL, row, left, now, MAY_APPEAL)


def with_last_day(case: "ReviewedCase", letter: Notice, now: datetime) -> Notice:
    """Where the time to appeal counts from the date of the letter, the letter says its last day."""
    row = case.policy.row(Duty.APPEAL_WINDOW, case.received_at, case.urgency)
    appeal = letter.facts.get("appeal")
    whole = row.from_the_letter if row else None
    if whole is None or not isinstance(appeal, dict) or not appeal["days"]:
        return letter
    calendar = case.policy.calendar
    last = calendar.day_of(whole.after(now, calendar)).isoformat()
    return letter.model_copy(update={"facts": letter.facts | {"appeal": appeal | {"through": last}}})


# A deadline was missed


def tell_rights(case: "ReviewedCase", clock: Clock, appointment: Appointment, now: datetime) -> None:
    """Owe the notice of rights once for each clock; what silence made adverse may be appealed endlessly."""
    row = clock.row(case.policy.calendar)
    if row.expiry.effect is LegalEffect.APPROVED_BY_SILENCE:
        _approve_by_silence(case, clock, appointment.at, now)
        return
    told = any(notice.facts.get("clock") == clock.id for notice in case.letters.notices)
    if row.times in {Duty.DECISION, Duty.AFTER_INFORMATION} and not told:
        facts = {language: letters.rights(case, clock, language) for language in Language}
        announcing.owe(case, NoticeKind.MISSED_DEADLINE, now, facts)
    appeal = case.policy.row(Duty.APPEAL_WINDOW, case.received_at, case.urgency)
    if row.expiry.effect is LegalEffect.ADVERSE_BY_LAW and appeal and APPEAL not in case.clocks:
        case.clocks.begin(APPEAL, appeal, None)
        words = "adverse by law: it may be appealed, and no time has begun to run"
        case.log.record(EventKind.WINDOW_OPENED, words, at=appointment.at, now=now, clock=APPEAL)


def _approve_by_silence(case: "ReviewedCase", clock: Clock, at: datetime, now: datetime) -> None:
    """Nobody answered, or could be reached: the plan owes it until something ends that. Nothing is denied."""
    row = clock.row(case.policy.calendar)
    for line in case.lines_of(clock):
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
            answering.decide(case, line, silence, f"approved by silence ({row.expiry.source})")


# Extensions, and what was asked for


def extension_is_void(case: "ReviewedCase", notice: Notice, now: datetime) -> bool:
    """An extension whose notice would leave after the due instant is void, and is not promised any more."""
    is_extension = notice.kind is NoticeKind.EXTENSION
    due_at = case.letter_times.due_with_clocks(notice) if is_extension else None
    return due_at is not None and due_at < now


def extension_fell_away(case: "ReviewedCase", overtaken: tuple[Notice, ...], now: datetime) -> None:
    """Its notice stays in the house, and with it the extension is void."""
    if case.extension and any(one.kind is NoticeKind.EXTENSION for one in overtaken):
        case.extension = None
        due = case.policy.calendar.show_due(case.due_at) if case.due_at else "not known"
        words = f"extension void: its notice did not leave in time; due {due} stands"
        case.log.record(EventKind.EXTENDED, words, now=now)


def extension_noticed(case: "ReviewedCase", noticed_at: datetime, now: datetime) -> None:
    """The extension's notice left: the ledger takes it, and it is void there when it left too late."""
    asked, case.extension = case.extension, None
    if asked is None:
        return
    calendar, good = case.policy.calendar, False
    for clock in decision_clocks.decision_clocks(case):
        row = clock.row(calendar)
        if not clock.is_open or row.extension is None:
            continue
        case.clocks.enter(clock.id, asked.noticed(noticed_at, now))
        taken = case.clocks[clock.id].is_extended(calendar)
        good = good or taken
        if taken and row.pause and row.pause.ground == asked.ground:
            until = row.pause.span.after(noticed_at, calendar)
            reason = "waiting for what was asked for"
            case.clocks.enter(clock.id, Paused(at=noticed_at, recorded_at=now, until=until, reason=reason))
            case.information_asked = True
            if decision_clocks.INFORMATION in case.clocks:  # the pause is the time to answer now
                case.clocks.change(decision_clocks.INFORMATION, ended_at=now)
        case.reconsider_breach(clock.id, now)
    due = calendar.show_due(case.due_at) if case.due_at else "not known"
    words = f"extension noticed; now due {due}" if good else f"extension void; due {due} stands"
    case.log.record(EventKind.EXTENDED, words, at=noticed_at, now=now)


def _await_information(case: "ReviewedCase", left: datetime, now: datetime) -> None:
    """The request for information left: the time to answer runs, and where a row says so, another clock too."""
    window = case.policy.row(Duty.INFORMATION_WINDOW, case.received_at, case.urgency)
    if window:
        case.clocks.begin(decision_clocks.INFORMATION, window, Received(at=left, recorded_at=now))
    incomplete = case.clocks.get(decision_clocks.INCOMPLETE)
    if incomplete and incomplete.timeframe.answer and incomplete.satisfied_at == left:
        until = incomplete.timeframe.answer.after(left, case.policy.calendar)
        reason = "counted from the end of the time to answer"
        decision_clocks.after_information(case, until, at=now, now=now, reason=reason, earlier_governs=False)


# Told by voice


def told_by_voice(case: "ReviewedCase", recipient: Recipient, at: datetime, now: datetime) -> None:
    """The member was told by telephone: beside the letter, which alone keeps the duty of an adverse answer.

    Only an expedited one may be told by voice first, and then owes its written confirmation.
    """
    if recipient is not Recipient.MEMBER:
        return
    expedited = case.urgency is Urgency.EXPEDITED
    if expedited or not case.is_adverse:
        case.satisfy(Satisfaction.NOTICE, {case.answers}, at=at, now=now)
    row = case.policy.row(Duty.WRITTEN_CONFIRMATION, case.received_at, case.urgency)
    if row and case.is_adverse and expedited and CONFIRMATION not in case.clocks:
        case.clocks.begin(CONFIRMATION, row, Received(at=at, recorded_at=now))
        answers = [one for one in case.letters.notices if one.kind is NoticeKind.DETERMINATION]
        if left := [one.sent_at for one in answers if one.recipient is recipient and one.sent_at]:
            duty = {Duty.WRITTEN_CONFIRMATION}
            case.satisfy(Satisfaction.WRITTEN_NOTICE, duty, at=min(left), now=now)
