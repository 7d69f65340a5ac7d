"""Call scripts: what to say and to ask on a call, in the language of whoever is called.

The words stand in approved texts beside the letters; this page only decides which text, and which facts of the
case it gets. A script changes nothing: what came of the call is recorded afterwards.
"""

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from domain.desk.calls import promises
from domain.review import announcing, letters
from domain.review.notified import APPEAL
from domain.review.reviewed import ReviewedCase
from domain.terms.frozen import Frozen
from domain.terms.notice import Addressee, Recipient
from domain.terms.people import Language


class ScriptKind(StrEnum):
    DECIDED = "call_decided"
    PENDING = "call_pending"


class Script(Frozen):
    """Which approved text, in which language, with which facts."""

    kind: ScriptKind
    to: Recipient
    language: Language
    facts: dict[str, JsonValue]


def scripts(case: ReviewedCase, now: datetime) -> tuple[Script, ...]:
    """A script for a call to each party of the case, as it stands now."""
    return tuple(_script(case, party, now) for party in case.parties)


def _script(case: ReviewedCase, party: Addressee, now: datetime) -> Script:
    decided = [
        line for line in case.lines if line.determination and not announcing.awaits_translation(case, line)
    ]
    facts = letters.about(case, now) | {
        "to": party.recipient.value,
        "name": party.name,
        "promised": bool(promises(case, party.recipient)),
    }
    if decided and not case.is_stopped:
        said = letters.answers(case, decided, party.language)
        more = {"open": bool(case.undecided), "until": _last_day_to_appeal(case)}
        return Script(
            kind=ScriptKind.DECIDED, to=party.recipient, language=party.language, facts=facts | said | more
        )
    due_at = case.due_at
    to_come = due_at and due_at > now  # nobody is promised a day that has passed
    untranslated = any(announcing.awaits_translation(case, line) for line in case.lines)
    waits: dict[str, JsonValue] = {
        "is_open": case.is_undecided or (untranslated and not case.is_stopped),
        "missing": [row.title.in_language(party.language) for row in case.missing],
        "due": case.policy.calendar.day_of(due_at).isoformat() if due_at and to_come else None,
    }
    return Script(kind=ScriptKind.PENDING, to=party.recipient, language=party.language, facts=facts | waits)


def _last_day_to_appeal(case: ReviewedCase) -> str | None:
    """The last day, once it is known: a window that has not begun, or is over, has none."""
    window = case.clocks.get(APPEAL)
    last = case.due_at_of(window) if window and window.is_open else None
    return case.policy.calendar.day_of(last).isoformat() if last else None
