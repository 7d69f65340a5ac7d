"""What follows by itself on the way to an answer: acknowledged, redirected, asked of people step by step."""

from datetime import datetime

from domain.dispute import announcing, letters
from domain.dispute.disputed import INFORMATION, Disputed
from domain.dispute.work import DECIDE, GOOD_CAUSE_STATED, SORT
from domain.parts.events import EventKind
from domain.terms.notice import NoticeKind


def acknowledge(case: Disputed, now: datetime) -> None:
    if not case.acknowledged:
        case.acknowledged = True
        due_at = case.due_at
        facts = letters.acknowledged(case, due_at)
        announcing.owe_provider(case, NoticeKind.DISPUTE_ACKNOWLEDGED, now, lambda _: facts)


def redirect(case: Disputed, now: datetime) -> None:
    """Denials go to the health plan: the paper with its date of receipt, and a notice that says where."""
    lines = [line for line in case.lines if line.is_redirected and line.announced_at is None]
    if not lines:
        return
    for line in lines:
        line.announced_at = now
    numbers = [line.sequence for line in lines]
    listed = ", ".join(str(number) for number in numbers)
    case.log.record(EventKind.TRIAGED, f"line {listed} redirected to the health plan's appeal", now=now)
    late = announcing.lateness_to_explain(case, now) if _is_to_say_why_late(case) else None
    case.good_cause_asked = case.good_cause_asked or late is not None
    announcing.owe_provider(
        case,
        NoticeKind.REDIRECT,
        now,
        lambda language: letters.redirected(case, lines, now, language) | {"late": late},
    )
    announcing.forward(case, "dispute", case.policy.calendar.day_of(case.received_at), now, numbers)


def ask_for_sorting(case: Disputed, now: datetime) -> None:
    if case.unsorted:
        case.need("dispute-triage", SORT, now)
    else:
        case.work.finish((work for work in case.work.open if work.queue == "dispute-triage"), now)


def _is_to_say_why_late(case: Disputed) -> bool:
    """Has the provider still to be asked why lines came late? Where others are redirected, in that letter."""
    asked = case.unsorted or case.good_cause_asked or case.cause_was_stated
    return bool(case.late_lines) and not asked


def ask_why_late(case: Disputed, now: datetime) -> None:
    if _is_to_say_why_late(case):
        announcing.ask_for_good_cause(case, now)
    elif case.late_lines and not (case.unsorted or case.good_cause_asked):
        case.need("supervisor", GOOD_CAUSE_STATED, now)
    case.good_cause_asked = case.good_cause_asked or bool(case.late_lines and not case.unsorted)


def ask_for_what_is_missing(case: Disputed, now: datetime) -> None:
    if case.missing and case.reviewable and not (case.information_asked or INFORMATION in case.clocks):
        case.information_asked = True
        case.need("dispute-information", "what is missing was asked for; attach it when it comes", now)
        titles = [row.title for row in case.missing]
        case.request_information(
            [title.en for title in titles], [title.es or title.en for title in titles], now
        )


def ask_for_decisions(case: Disputed, now: datetime) -> None:
    if case.reviewable and not case.missing and not case.information_is_awaited:
        case.need("dispute-review", DECIDE, now)
