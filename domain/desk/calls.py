"""Calls: who was spoken with, what was asked and what was said; and the call back that somebody was promised.

A promise is work in the queue of calls with an instant of its own. It falls away when the call is made, and until
then it stays owed, whatever becomes of the case.
"""

from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from domain.case.acts import Act, require_supervisor, turns_late_into_timely
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.parts.happenings import Reached
from domain.parts.work import PROMISED, Work
from domain.request.request import Prose, Text
from domain.terms.calendar import whole_seconds
from domain.terms.frozen import Frozen
from domain.terms.notice import Recipient
from domain.terms.refusals import Refused


class Spoken(Frozen):
    """Whom somebody spoke with, by their own word, and what was asked and said. All of it is personal data."""

    name: Text
    title: Text | None = None
    organisation: Text | None = None
    telephone: Text | None = None
    asked: Prose | None = None
    said: Prose | None = None

    @property
    def words(self) -> str:
        who = ", ".join(part for part in (self.name, self.title, self.organisation, self.telephone) if part)
        asked = [f"asked: {self.asked}"] if self.asked else []
        said = [f"said: {self.said}"] if self.said else []
        return "; ".join([f"spoke with {who}", *asked, *said])


def promises(case: Case, to: Recipient) -> list[Work]:
    """The calls back that are owed to somebody."""
    return [work for work in case.work.open if work.what == call_back(to)]


def call_back(to: Recipient) -> str:
    """What a promised call is called among the work of a case."""
    return f"call {to.named} {PROMISED}"


def refuse_during_a_hold(case: Case, at: datetime) -> None:
    """Nobody is told anything while the case is held."""
    if hold := next((hold for hold in case.letters.holds if hold.since <= at), None):
        raise Refused(
            f"nobody is called during the {hold.words(case.policy.calendar)}; a supervisor lifts it"
        )


class TakeCall(Act[Case]):
    """A call that came in: whose, what they asked, what they were told, and whether a call back was promised."""

    verb: Literal["take-call"] = "take-call"
    caller: Recipient
    spoken: Spoken
    told_answer: bool = False  # what was decided: told by voice, the member has been told
    promised: bool = False

    def check(self, case: Case, now: datetime) -> None:
        at = self.happened_at(now)
        if not self.told_answer:
            return
        refuse_during_a_hold(case, at)
        if not case.answered:
            raise Refused(f"told-answer: no line of {case.number} has an answer that could be told")
        if at != whole_seconds(now) and turns_late_into_timely(case, at, now):
            require_supervisor(self)

    def apply(self, case: Case, now: datetime) -> str:
        at = self.happened_at(now)
        words = f"call from {self.caller.named}; {self.spoken.words}"
        details: dict[str, JsonValue] = {"from": self.caller.value}
        if self.told_answer:
            words += "; told the answer"
            details |= {"to": self.caller.value, "reached": True}
        case.log.record(EventKind.CALL_RECORDED, words, at=at, now=now, by=self.actor, **details)
        if self.told_answer:
            case.follow(Reached(self.caller, at), now)
        if not self.promised:
            return f"call from {self.caller.named} recorded"
        due_at = case.policy.call_back_by(at)
        case.need("calls", call_back(self.caller), now, due_at=due_at)
        by = f" by {case.policy.calendar.show(due_at)}" if due_at else ""
        return f"call from {self.caller.named} recorded; a call back is owed{by}"
