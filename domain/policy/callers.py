"""Callers: on which lines they reach us, by which words haste is known, and what they show to hear of a case."""

from typing import Annotated

from pydantic import Field

from domain.clock.timeframe import Regime
from domain.policy.rows import Plan
from domain.request.request import Channel
from domain.terms.calendar import Calendar, OpenHours
from domain.terms.frozen import Frozen
from domain.terms.key_kind import KeyKind
from domain.terms.notice import Recipient
from domain.terms.people import Words
from domain.terms.refusals import Misuse, Refused
from domain.terms.sourced import Sourced
from domain.terms.text import words_in


class Caller(Sourced):
    """Whoever calls, and all that they have to show; with `needs_form`, that the case has their appointment too."""

    id: str
    caller: Recipient
    shows: Annotated[tuple[KeyKind, ...], Field(min_length=1)]
    needs_form: bool = False


class ContactLine(Sourced):
    """A line on which we are reached: of the plans that it names, or of every plan under its regimes.

    Without hours of its own it takes what comes at any hour. One that is `never_a_mailbox` is answered at once.
    """

    id: str
    title: str
    plans: tuple[str, ...] = ()
    regimes: tuple[Regime, ...] = ()
    channel: Channel
    at: str | None = None  # the number, or the address of the page
    opening: tuple[OpenHours, ...] = ()
    collect: bool = False  # calls that we pay for are taken
    never_a_mailbox: bool = False

    def is_of(self, plan: Plan) -> bool:
        return plan.id in self.plans or bool(set(self.regimes) & set(plan.regimes))

    def refuse_mail(self) -> None:
        """Raise Refused, with the source, where nothing is left but everything answered at once."""
        if self.never_a_mailbox:
            raise Refused(
                f"line: nothing is left on {self.id}: whoever calls is answered within the hour; "
                "submit the request as of the call",
                self.source,
            )

    def days(self, calendar: Calendar) -> Calendar:
        """The plan's days with the hours of this line, where it has any."""
        return calendar.model_copy(update={"opening": self.opening}) if self.opening else calendar


class HasteSign(Sourced):
    """Words by which a message is known to be in haste, in both languages; a word may be several in a row."""

    id: str
    words: tuple[str, ...]

    def is_in(self, said: str) -> bool:
        heard = f" {' '.join(words_in(said))} "
        return any(f" {' '.join(words_in(word))} " in heard for word in self.words)


class CallOpening(Sourced):
    """What whoever calls says first: name, title, company."""

    id: str
    words: Words


class MessagePolicy(Frozen):
    """The lines of a plan, and the signs of haste."""

    line: tuple[ContactLine, ...]
    haste: tuple[HasteSign, ...] = ()

    def line_named(self, line: str) -> ContactLine:
        """The newest row of a line of this plan. Raises Misuse where the plan has none of that name."""
        rows = [row for row in self.line if row.id == line]
        if not rows:
            known = ", ".join(sorted({row.id for row in self.line}))
            raise Misuse(f"line: the plan has none of that name; it has {known}.")
        return max(rows, key=lambda row: row.in_force_from)

    def signs_in(self, said: str) -> list[str]:
        """The signs of haste in what was said, by their rows."""
        return [row.id for row in self.haste if row.is_in(said)]
