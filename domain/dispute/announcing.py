"""What a dispute owes its people in writing, and what a letter that left sets in motion.

The provider's copy counts: it keeps the duty to answer, and from it the time for the second level runs.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from pydantic import JsonValue

from domain.case import dispatch, windows
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ledger import Received, Retimed
from domain.clock.timeframe import Satisfaction
from domain.dispute import letters
from domain.dispute.disputed import DECISION, GOOD_CAUSE, INFORMATION, SECOND_LEVEL, Disputed
from domain.dispute.letters import Facts
from domain.parts.events import EventKind
from domain.terms.notice import Notice, NoticeKind
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


# Letters owed


def owe_provider(case: Disputed, kind: NoticeKind, now: datetime, said: Callable[[Language], Facts]) -> None:
    head = case.at_the_head(now)
    facts = {language: {**head, **said(language)} for language in Language}
    dispatch.owe(case, [letters.provider(case)], kind, now, facts)


def forward(case: Disputed, what: str, received_on: date, now: datetime, about: Iterable[int] = ()) -> None:
    """Send the health plan what is its own to decide, with the date on which we had it."""
    lines = [line for line in case.lines if line.sequence in set(about)]
    facts = {**case.at_the_head(now), **letters.forwarded(case, what, received_on, lines)}
    kind = NoticeKind.FORWARDED_TO_PLAN
    dispatch.owe(case, [letters.health_plan(case)], kind, now, dict.fromkeys(Language, facts))


def request_information(
    case: Disputed, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
) -> None:
    """A letter that lists each thing that is asked for, with its own date."""
    until = _last_day(case, Duty.DISPUTE_INFORMATION, now)
    items = {Language.ENGLISH: english, Language.SPANISH: spanish}
    kind = NoticeKind.DISPUTE_INFORMATION_REQUEST
    owe_provider(case, kind, now, lambda language: letters.asked(items[language], until))
    case.log.record(EventKind.INFORMATION_REQUESTED, f"asked for: {'; '.join(english)}", now=now, by=by)


def _last_day(case: Disputed, duty: Duty, start: datetime) -> date | None:
    row = case.policy.row(duty, case.received_at)
    return case.policy.calendar.day_of(row.end(start, case.policy.calendar)) if row else None


def ask_for_good_cause(case: Disputed, now: datetime) -> None:
    """Late is received and answered: the provider may say why, until a day of its own."""
    facts = lateness_to_explain(case, now)
    owe_provider(case, NoticeKind.GOOD_CAUSE_REQUEST, now, lambda _: facts)


def lateness_to_explain(case: Disputed, now: datetime) -> Facts:
    return letters.late(case, _last_day(case, Duty.GOOD_CAUSE, now))


def with_its_days(case: Disputed, letter: Notice, now: datetime) -> Notice:
    """The day until which something is asked for counts from the letter, as the window that it opens does."""
    today, facts = case.policy.calendar.day_of(now), letter.facts
    if asks := ASKS.get(letter.kind):
        window, duty = asks
        if window not in case.clocks:
            until = _last_day(case, duty, now)
            facts = facts | {"until": until.isoformat() if until else None}
    elif letter.kind not in REMINDERS:
        facts = letters.as_of(facts, today)
    if isinstance(late := facts.get("late"), dict) and GOOD_CAUSE not in case.clocks:
        until = _last_day(case, Duty.GOOD_CAUSE, now)
        facts = facts | {"late": late | {"until": until.isoformat() if until else None}}
    second = facts.get("second_level")
    if letter.kind is NoticeKind.DISPUTE_DETERMINATION and isinstance(second, dict):
        facts = facts | {"second_level": second | (letters.second_level(case, now) or {})}
    if isinstance(dismissed := facts.get("dismissed"), list):
        told: list[JsonValue] = [letters.as_of(one, today) for one in dismissed if isinstance(one, dict)]
        facts = facts | {"dismissed": told}
    return letter.model_copy(update={"facts": facts})


# What a letter sets in motion


def provider_has(case: Disputed, notice: Notice, now: datetime) -> None:
    """The provider's copy counts."""
    if notice.kind in ANSWERS:
        _told(case, notice, now)
    match notice.kind:
        case NoticeKind.DISPUTE_DETERMINATION:
            open_second_level(case, notice.left_at(now), now)
        case kind if kind in ASKS:
            _open(case, *ASKS[kind], notice.left_at(now), now)
        case NoticeKind.REDIRECT if notice.facts.get("late"):
            _open(case, GOOD_CAUSE, Duty.GOOD_CAUSE, notice.left_at(now), now)
        case _:
            pass


def provider_has_again(case: Disputed, notice: Notice, now: datetime) -> None:
    window = case.clocks.get(case.window_begun_by(notice))
    if window and window.is_open:
        open_second_level(case, notice.left_at(now), now)


def _told(case: Disputed, notice: Notice, now: datetime) -> None:
    """The lines that a letter answers have been told; with the last of them the duty is kept."""
    about = notice.lines
    for line in case.lines:
        if (about is None or line.sequence in about) and line.told_at is None:
            line.told_at = now
    left = notice.left_at(now)
    case.satisfy(Satisfaction.WRITTEN_NOTICE, {Duty.DISPUTE_DECISION}, at=left, now=now)


def _open(case: Disputed, name: str, duty: Duty, counts_from: datetime, now: datetime) -> None:
    row = case.policy.row(duty, case.received_at)
    if row:
        case.clocks.begin(name, row, Received(at=counts_from, recorded_at=now))


def open_second_level(case: Disputed, counts_from: datetime, now: datetime) -> None:
    """The time to ask the health plan; a notice after silence gives its own full time from its own day."""
    row = case.policy.row(Duty.SECOND_LEVEL, case.received_at)
    if row is None:
        return
    open_already = case.clocks.get(SECOND_LEVEL)
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
        case.clocks.enter(SECOND_LEVEL, retimed)
    else:
        case.clocks.begin(SECOND_LEVEL, row, Received(at=counts_from, recorded_at=now))
    words = "the health plan may be asked for a second-level review through"
    windows.say_until(case, SECOND_LEVEL, words, now)


# What time sets in motion


def tell_rights(case: Disputed, clock: Clock, now: datetime) -> None:
    """The first level was not answered in time: the provider may go up without it, from the missed day on."""
    missed_at = case.due_at_of(clock)
    if clock.id != DECISION or missed_at is None:
        return
    rights = clock.row(case.policy.calendar).expiry.rights
    owe_provider(
        case,
        NoticeKind.DISPUTE_MISSED,
        now,
        lambda language: {
            "rights": rights.in_language(language) if rights else None,
            "second_level": letters.second_level(case, missed_at),
        },
    )
    open_second_level(case, missed_at, now)


def remind(case: Disputed, clock: Clock, appointment: Appointment, now: datetime) -> None:
    """The provider's time comes to its end: for what is missing, or for the second level."""
    last = case.due_at_of(clock)
    until = case.policy.calendar.day_of(last).isoformat() if last else None
    match clock.timeframe.times:
        case Duty.DISPUTE_FILING if case.missing and case.is_undecided:
            kind = NoticeKind.DISPUTE_REMINDER
            _record_reminder(case, clock, appointment, now)
            owe_provider(
                case,
                kind,
                now,
                lambda language: {"asked": letters.titles(case.missing, language), "until": until},
            )
        case Duty.SECOND_LEVEL:
            _record_reminder(case, clock, appointment, now)
            owe_provider(case, NoticeKind.SECOND_LEVEL_REMINDER, now, lambda _: {"until": until})
        case _:
            pass


def _record_reminder(case: Disputed, clock: Clock, appointment: Appointment, now: datetime) -> None:
    case.log.record(EventKind.REMINDED, appointment.words, at=appointment.at, now=now, clock=clock.id)
