"""An act: what a person says to a case, with the instant at which it happened.

Each act knows its own rule. `check` refuses, before anything enters the history, with one sentence and its
source; `apply` changes the case. Every act has two instants: when it happened or reached us, which is what the
law counts and lateness compares, and now, when it is recorded.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar

from pydantic import AwareDatetime

from domain.case.authority import require
from domain.case.case import Case
from domain.terms.calendar import whole_seconds
from domain.terms.frozen import Frozen
from domain.terms.people import Actor, Role
from domain.terms.refusals import Refused

C = TypeVar("C", bound=Case)


class Said(Frozen):
    """The case's answer to an act: what it took note of, in one sentence, and how many events it had reached."""

    case: str
    sentence: str
    due_at: AwareDatetime | None = None
    sequence: int | None = None


class Act(Frozen, Generic[C]):
    """What somebody does. `at` is when it happened (now when left out); `confirmed_by` is a second person."""

    answers_the_clock: ClassVar[bool] = False
    act_name: ClassVar[str] = "work on cases"
    one_of: ClassVar[tuple[str, ...]] = ()
    """Rows of the table of authority of which one is needed beside; which, is seen in the case."""
    hears_when_closed: ClassVar[bool] = False

    actor: Actor
    at: AwareDatetime | None = None
    reason: str = ""
    confirmed_by: Actor | None = None

    def happened_at(self, now: datetime) -> datetime:
        return whole_seconds(self.at or now)

    def refuse_unless_allowed(self, case: C, now: datetime) -> None:
        """Everything that could be wrong with this act now; raises `Refused`."""
        if case.is_closed and not self.hears_when_closed:
            raise Refused(f"{case.number} is closed ({case.closed_as})")
        require(self.actor, case.act_names.get(self.act_name, self.act_name))
        self._check_instants(case, now)
        self.check(case, now)

    def check(self, case: C, now: datetime) -> None:
        """The act's own rule."""

    def apply(self, case: C, now: datetime) -> str:
        """Change the case; say in one sentence what it took note of."""
        raise NotImplementedError

    def _check_instants(self, case: C, now: datetime) -> None:
        at = self.happened_at(now)
        if at > whole_seconds(now):
            raise Refused(f"at: {case.policy.calendar.show(at)} lies in the future")
        if at == whole_seconds(now):
            return
        if at < case.received_at:
            raise Refused(f"at: {case.policy.calendar.show(at)} is before the receipt of the case")
        far = timedelta(hours=case.policy.choices_on(case.received_at).backdating_needs_reason_after_hours)
        if now - at > far and not self.reason:
            raise Refused(
                "reason: what is recorded this long after it happened needs a reason", "plan policy"
            )
        if self.answers_the_clock and turns_late_into_timely(case, at, now):
            require_supervisor(self)


def turns_late_into_timely(case: Case, at: datetime, now: datetime) -> bool:
    """Would an act of that instant be in time for a duty that is late by now, or was kept late?"""
    duties = [clock for clock in case.clocks.values() if not clock.timeframe.times.is_window]
    late = [clock for clock in duties if clock.is_late(now, case.policy.calendar)]
    return any(due is not None and at <= due for due in map(case.due_at_of, late))


def require_supervisor(act: Act[C]) -> None:
    """What turns late into timely is recorded by a supervisor, or confirmed by one."""
    people = [act.actor, *([act.confirmed_by] if act.confirmed_by else [])]
    if not any(person.is_any(Role.SUPERVISOR) for person in people):
        raise Refused(
            "this would turn a late answer into a timely one; a supervisor records or confirms it",
            "plan policy, rule of three instants",
        )
