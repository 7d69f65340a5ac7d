"""What is wanting of a letter, as people read it in their queues; and what a letter says that is over."""

from pydantic import JsonValue

from domain.terms.notice import Addressee, Notice, NoticeKind

STILL_OWED = "a stopped letter is still owed"
PROMISED = {"until", "again_until", "due", "kept"}
"""The facts of a letter by which its reader is told of a day to come."""


def passed_day(notice: Notice, today: str) -> str | None:
    """A day, in ISO form, of which the letter speaks as to come, and which is over."""
    reminds = {"through"} if notice.kind is NoticeKind.AUTHORIZATION_REMINDER else set()
    return next((day for day in _days_said(notice.facts, PROMISED | reminds) if day < today), None)


def _days_said(facts: JsonValue, names: set[str]) -> list[str]:
    """The days under these names, wherever among the facts of a letter they stand."""
    if isinstance(facts, list):
        return [day for one in facts for day in _days_said(one, names)]
    if not isinstance(facts, dict):
        return []
    own = [str(day) for name, day in facts.items() if name in names and day]
    return own + _days_said([said for name, said in facts.items() if name not in names], names)


def reader(to: Addressee) -> str:
    """Who reads: of several providers, each is one."""
    return f"{to.recipient.value} {to.name}"


def late_letter(notice: Notice) -> str:
    return is_late(notice.kind)


def is_late(kind: NoticeKind) -> str:
    return f"the {kind.text} letter is late: find out why it has not left"


def no_address(notice: Notice) -> str:
    return f"letters to {notice.recipient.named} have no address: find it (plazo notice again)"


def not_set(notice: Notice) -> str:
    which = f"the {notice.kind.text} letter to {notice.recipient.named}"
    how = "correct it, and send it (plazo notice again), or send it by hand (plazo notice sent)"
    return f"{which} cannot be put on paper, as {notice.unset_for}: {how}"


def still_owed(notice: Notice) -> str:
    which = f"{notice.kind.text} to {notice.recipient.named}"
    return f"{STILL_OWED}: {which}; send it (plazo notice again), or decide again"
