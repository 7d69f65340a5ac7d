"""What the pack says of letters: to whom each kind goes, what keeps it on time, and when the mail is taken away."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from domain.clock.duty import Duty
from domain.clock.span import Span
from domain.clock.timeframe import Regime, Urgency
from domain.terms.calendar import Calendar
from domain.terms.notice import NoticeKind, Recipient, SendBy
from domain.terms.sourced import Sourced


class NoticeRule(Sourced):
    """One kind of letter: who reads it, and by when it has to leave.

    Its leaving keeps the duties that it `keeps`, and has to come `before` others end: while a clock of either runs,
    that clock is its due date. Else it has a time of its own, `within` so long from when it became owed.
    """

    id: str
    notice: NoticeKind
    owed_by: tuple[str, ...]  # kinds of case
    to: tuple[Recipient, ...]
    regimes: tuple[Regime, ...] = ()  # empty: every one
    plans: tuple[str, ...] = ()  # empty: every one
    urgency: Urgency | None = None
    keeps: tuple[Duty, ...] = ()
    before: tuple[Duty, ...] = ()
    within: Span
    own_time_holds: bool = (
        False  # beside a clock too: the earlier of both, unless the member asked for what it tells
    )

    @model_validator(mode="after")
    def _of_duties(self) -> Self:
        if windows := [duty.value for duty in (*self.keeps, *self.before) if duty.is_window]:
            raise ValueError(f"a letter keeps duties of the plan; these are other people's time: {windows}")
        return self

    @property
    def duties(self) -> frozenset[Duty]:
        """The duties whose clocks say by when it has to leave."""
        return frozenset({*self.keeps, *self.before})

    def is_for(self, plan: str, regimes: Iterable[Regime], kind: str) -> bool:
        here = kind in self.owed_by and (not self.plans or plan in self.plans)
        return here and (not self.regimes or bool({*regimes} & {*self.regimes}))


class MailRun(Sourced):
    """When what goes on these ways leaves the house: at these times of every business day, in the plan's zone."""

    id: str
    plans: tuple[str, ...]  # empty: every one
    at: tuple[time, ...]
    by: tuple[SendBy, ...] = (SendBy.LETTER,)

    @model_validator(mode="after")
    def _has_times(self) -> Self:
        if not self.at or not self.by:
            raise ValueError("a mail run names at least one time of day and one way")
        return self

    def next(self, after: datetime, calendar: Calendar) -> datetime:
        """The first run later than an instant."""
        day = calendar.day_of(after)
        while True:
            if calendar.is_business_day(day):
                for wall in sorted(self.at):
                    if (run := calendar.at(day, wall)) > after:
                        return run
            day += timedelta(days=1)


def rule_for(
    rules: Iterable[NoticeRule], kind: NoticeKind, received: date, urgency: Urgency
) -> NoticeRule | None:
    """The row in force for a letter of a case received then: the narrowest, and of those the newest."""
    fitting = [
        rule
        for rule in rules
        if rule.notice is kind and rule.has_begun(received) and rule.urgency in {None, urgency}
    ]
    return max(
        fitting,
        key=lambda rule: (bool(rule.plans), bool(rule.regimes), bool(rule.urgency), rule.in_force_from),
        default=None,
    )
