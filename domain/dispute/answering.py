"""The answer of the first level: dismissed with a notice, or told once every line has its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.dispute import announcing, letters, money
from domain.dispute.disputed import DECISION, Disputed
from domain.dispute.line import NOTHING, DisputeLine, Ground
from domain.parts.events import EventKind
from domain.parts.payment import PaidAmount
from domain.terms.notice import NoticeKind
from domain.terms.people import Actor


def dismiss(
    case: Disputed, lines: Iterable[DisputeLine], ground: Ground, reason: str, now: datetime, by: Actor
) -> None:
    """Stop before deciding, with a notice that says why and what the provider may still do."""
    told = list(lines)
    for line in told:
        line.dismissed = ground
    words = f"dismissed as {ground}" + (f": {reason}" if reason else "")
    case.log.record(EventKind.DISMISSED, words, now=now, by=by, ground=ground)
    if not _to_announce(case):  # else the letter that answers the other lines says it too
        for line in told:
            line.announced_at = now
        announcing.owe_provider(
            case,
            NoticeKind.DISPUTE_DISMISSED,
            now,
            lambda language: letters.dismissed(case, ground, told, language, now),
        )
    _finish_if_answered(case, now)


def _finish_if_answered(case: Disputed, now: datetime) -> None:
    if not case.is_undecided:
        case.work.finish_all(now)


def _to_announce(case: Disputed) -> list[DisputeLine]:
    """The lines that have an answer which was not told; none while another is open, or none was decided."""
    lines = [line for line in case.lines if line.announced_at is None and line.outcome]
    ready = any(line.resolution for line in lines) and not any(line.is_open for line in case.lines)
    return lines if ready else []


def announce(case: Disputed, now: datetime) -> None:
    """Tell the answer once every line that is decided here has one, with what is dismissed at that moment."""
    if not (lines := _to_announce(case)):
        return
    for line in lines:
        line.announced_at = now
    words = f"first level answered: {case.status.in_a_sentence}{_lateness_in_days(case, now)}"
    case.log.record(EventKind.DETERMINED, words, now=now, status=case.status.code)
    amounts = tuple(
        PaidAmount(line=line.sequence, service=line.asked.service, amount=line.awarded)
        for line in lines
        if line.awarded
    )
    payment = money.owe_payment(case, 1, sum((one.amount for one in amounts), NOTHING), amounts, now)
    announcing.owe_provider(
        case,
        NoticeKind.DISPUTE_DETERMINATION,
        now,
        lambda language: letters.determined(case, lines, payment, language, now),
    )
    _finish_if_answered(case, now)


def _lateness_in_days(case: Disputed, now: datetime) -> str:
    due_at = case.due_at_of(case.clocks[DECISION]) if DECISION in case.clocks else None
    if due_at is None or now <= due_at:
        return ""
    days = (case.policy.calendar.day_of(now) - case.policy.calendar.day_of(due_at)) // timedelta(days=1)
    return f", {days} day{'' if days == 1 else 's'} late"
