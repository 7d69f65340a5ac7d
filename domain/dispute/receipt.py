"""A dispute as it is received: its clocks, whose it is, whether it came in time, and when it was complete."""

from datetime import datetime

from domain.clock.agenda import ONE_SECOND
from domain.clock.duty import Duty
from domain.clock.ledger import Corrected, Received
from domain.clock.timeframe import CountsFrom
from domain.dispute import announcing
from domain.dispute.disputed import DECISION, FILING, INFORMATION, Disputed
from domain.dispute.letters import midnight
from domain.dispute.standing import Standing
from domain.dispute.work import DISMISS_OR_DECIDE, ON_WHAT_IS_THERE, WHOSE
from domain.parts.events import EventKind
from domain.parts.happenings import MoreTimeGiven
from domain.remittance.notification import NoticeOfPayment, notification_date
from domain.terms.calendar import whole_seconds
from domain.terms.notice import NoticeKind
from domain.terms.people import Actor


def begin(case: Disputed, now: datetime, by: Actor) -> None:
    filing = case.filing
    first = f", first at {filing.arrived_at}" if filing.arrived_at else ""
    words = f"dispute received by {filing.channel.value.replace('_', ' ')}{first}"
    hashed = case.policy.content_hash[:12]
    case.log.record(EventKind.RECEIVED, words, at=case.received_at, now=now, by=by, policy=hashed)
    _start_deciding(case, None if case.missing else case.received_at, now)
    start_filing_window(case, FILING, filing.remittance, (), now)
    if not case.missing:
        _complete(case, case.received_at)
    _say_whether_in_time(case, now)
    if case.notification.day > case.policy.calendar.day_of(case.received_at):
        case.warn("the remittance is dated after the receipt of the dispute", now)
    for warning in filing.warnings:
        case.warn(warning, now)


def _start_deciding(case: Disputed, completed_at: datetime | None, now: datetime) -> None:
    """The first level counts from receipt, complete or not, unless the plan's row counts from completion."""
    row = case.policy.row(Duty.DISPUTE_DECISION, case.received_at)
    if row is None:
        return
    start = completed_at if row.counts_from is CountsFrom.INFORMATION else case.received_at
    case.clocks.begin(DECISION, row, Received(at=start, recorded_at=now) if start else None)


def start_filing_window(
    case: Disputed, name: str, notice: NoticeOfPayment, lines: tuple[int, ...], now: datetime
) -> None:
    """The time to file, from the day on which the provider was told; past, it ended when it ended."""
    row = case.policy.row(Duty.DISPUTE_FILING, case.received_at)
    if row is None:
        return
    calendar = case.policy.calendar
    told = notification_date(notice, later_governs=case.terms.later_date_governs)
    measured = "the last paper too" if case.terms.completion_is_timed else "the first receipt alone"
    reason = f"{told.words}; {case.terms.id} measures {measured}"
    entry = Received(at=midnight(told.day, calendar), recorded_at=now, reason=reason)
    case.clocks.begin(name, row, entry, lines)
    due_at = case.due_at_of(case.clocks[name])
    if due_at and due_at < case.received_at:
        case.clocks.change(name, ended_at=due_at + ONE_SECOND)


def _say_whether_in_time(case: Disputed, now: datetime) -> None:
    """The case says which day it counted from, and which day of the time the receipt was."""
    told, clock = case.notification, case.clocks.get(FILING)
    due_at = case.due_at_of(clock) if clock else None
    if clock is None or due_at is None:
        return
    timely = "late" if case.received_at > due_at else "in time"
    number = case.day_number(case.received_at)
    last = case.policy.calendar.show_due(due_at)
    days = clock.timeframe.span.length
    words = f"received on day {number} of {days}, {timely}: last day {last}, {told.words}"
    case.log.record(EventKind.TIMELINESS, words, at=case.received_at, now=now, clock=FILING)


def received_before(case: Disputed, at: datetime, now: datetime, by: Actor) -> None:
    """It had reached us earlier than the filing that was keyed first: the time to file is kept by that."""
    before, case.received_at = case.received_at, at
    reason = "the same had reached us earlier"
    decision = case.clocks.get(DECISION)
    if decision and decision.ledger and decision.ledger[0].at == before:
        rows = (decision.timeframe,)
        corrected = Corrected(at=now, recorded_at=now, by=by.id, reason=reason, received_at=at, rows=rows)
        case.clocks.enter(DECISION, corrected)
        case.reconsider_breach(DECISION, now)
    for clock in case.filing_clocks:
        due_at = case.due_at_of(clock)
        if due_at and clock.ended_at and case.filed_at <= due_at:
            case.clocks.change(clock.id, ended_at=None, satisfied_at=at if case.completed_at else None)
    _say_whether_in_time(case, now)
    case.follow(MoreTimeGiven(), now)


# One of ours?


def standing_found(case: Disputed, standing: Standing, now: datetime) -> None:
    """What remittance and directory say; what they do not know is work for an analyst."""
    case.standing = standing
    case.log.record(EventKind.STANDING_CHECKED, standing.because, now=now)
    match standing.is_ours:
        case True:
            case.ours = True
        case False:
            send_elsewhere(case, "not_ours" if standing.in_medicare_advantage is False else "contract", now)
        case None:
            case.need("dispute-triage", f"{WHOSE}: {standing.because}", now)


def send_elsewhere(case: Disputed, where: str, now: datetime) -> None:
    """Not a dispute that is answered here: told so, with the way to whoever answers it."""
    words = {language: case.terms.contract_process.in_language(language) for language in case.languages}
    if where == "not_ours":
        case.elsewhere = "not_ours"
        announcing.owe_provider(case, NoticeKind.NOT_OURS, now, lambda _: {})
    else:
        case.elsewhere = "contract"
        announcing.owe_provider(
            case, NoticeKind.CONTRACT_PROCESS, now, lambda language: {"process": words.get(language)}
        )
    case.work.finish_all(now)


# Complete


def information_came(case: Disputed, at: datetime, now: datetime) -> None:
    """Everything that was asked for is here; whether that was in time is said, never passed over."""
    case.information_asked = False
    if case.clocks.is_open(INFORMATION):
        case.clocks.change(INFORMATION, satisfied_at=at)
    case.work.finish((work for work in case.work.open if work.queue == "dispute-information"), now)
    finish_work(case, DISMISS_OR_DECIDE, ON_WHAT_IS_THERE, now=now)
    if case.completed_at is None:
        _complete(case, at)
        _say_whether_completed_in_time(case, at, now)
        if DECISION in case.clocks and not case.clocks[DECISION].ledger:
            case.clocks.enter(DECISION, Received(at=at, recorded_at=now, reason="counted from completion"))


def _complete(case: Disputed, at: datetime) -> None:
    case.completed_at = at
    for clock in case.filing_clocks:
        if clock.is_open:
            case.clocks.change(clock.id, satisfied_at=at)


def _say_whether_completed_in_time(case: Disputed, at: datetime, now: datetime) -> None:
    due_at = case.due_at_of(case.clocks[FILING])
    row = case.terms.id
    if due_at is None or whole_seconds(at) <= due_at:
        words = "completed within the time to file"
    elif case.terms.completion_is_timed:
        words = f"completed after the time to file: late, because {row} measures the last paper too"
    else:
        words = f"completed after the time to file: in time, because {row} measures the first receipt alone"
    case.log.record(EventKind.TIMELINESS, words, at=at, now=now, row=row)


def decide_from(case: Disputed, at: datetime, now: datetime) -> None:
    """A first level that counts from completion is owed all the same when nothing completes it."""
    if DECISION in case.clocks and not case.clocks[DECISION].ledger:
        reason = "nothing came; counted from the end of the time to answer"
        case.clocks.enter(DECISION, Received(at=at, recorded_at=now, reason=reason))


def finish_work(case: Disputed, *about: str, now: datetime) -> None:
    case.work.finish((work for work in case.work.open if work.what in about), now)
