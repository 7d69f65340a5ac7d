"""What a caller may be told of a case, and how it stands in one sentence."""

from collections.abc import Collection
from datetime import datetime

from domain.policy.callers import Caller
from domain.terms.frozen import Frozen
from domain.terms.key_kind import KeyKind
from domain.terms.notice import Recipient
from domain.view.showing import span
from domain.view.view import Sheet


class CallersAnswer(Frozen):
    """What somebody who asks for a case may hear, and why; `sentence` and `lines` are for nobody else."""

    case: str
    caller: Recipient
    may_hear: bool
    because: str
    sentence: str = ""
    lines: tuple[str, ...] = ()
    is_answered: bool = False  # is there an answer that they could be told?


def answer_to(
    page: Sheet, caller: Recipient, row: Caller | None, shown: Collection[KeyKind], now: datetime
) -> CallersAnswer:
    """What this caller may be told who has shown this much of themselves."""
    may_hear, because = _may_hear(page, caller, row, shown)
    if not may_hear:
        return CallersAnswer(case=page.shown.case, caller=caller, may_hear=False, because=because)
    return CallersAnswer(
        case=page.shown.case,
        caller=caller,
        may_hear=True,
        because=because,
        sentence=stands(page, now),
        lines=tuple(line.words for line in page.shown.lines),
        is_answered=any(line.outcome for line in page.shown.lines),
    )


def _may_hear(
    page: Sheet, caller: Recipient, row: Caller | None, shown: Collection[KeyKind]
) -> tuple[bool, str]:
    if page.holds:
        return False, "the case is on hold; nobody is told anything"
    if row is None:
        return False, f"{caller.named} hears nothing of cases"
    if missing := [kind.text for kind in row.shows if kind not in shown]:
        return False, f"not shown, or not right for this case: {', '.join(missing)}"
    if row.needs_form and not page.appointed:
        return False, "no form in the case shows that they may act for the member"
    known = " and ".join(kind.text for kind in row.shows)
    return True, f"{caller.named}, known by {known}"


def stands(page: Sheet, now: datetime) -> str:
    """Since when we have it, where it is, and by when an answer is due: one sentence that can be read aloud."""
    shown, calendar = page.shown, page.calendar
    begun = f"We received it on {calendar.show(shown.received_at)}"
    if page.outcome:
        return f"{begun}; it is closed: {page.outcome}."
    if shown.due_at is None:
        return f"{begun}; {shown.status.text.lower()}, and no answer of ours is due."
    late = f", and is {span(now - shown.due_at)} late" if now > shown.due_at else ""
    due = f"{'was' if late else 'is'} due {calendar.show_due(shown.due_at)}{late}"
    return f"{begun}; {shown.status.text.lower()}, and our answer {due}."
