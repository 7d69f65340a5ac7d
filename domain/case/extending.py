"""More time for an answer: once, to a date, on a ground of the row, with a notice sent before the due instant."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime

from domain.case.acts import Act, C, require_supervisor
from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.reckoning import furthest_extension
from domain.request.line import ExtensionAsked
from domain.terms.calendar import whole_seconds
from domain.terms.refusals import Refused


class MoreTime(Act[C]):
    """Take more time for an answer.

    `notice_sent_at` is given where the notice left on paper already; else the letter goes now, and the extension
    stands once it has left in time.
    """

    act_name = "extend"
    until: date
    ground: str
    asked_by: Literal["member", "physician", "plan"] = "plan"
    notice_sent_at: AwareDatetime | None = None

    def check_clocks(
        self, case: Case, clocks: Iterable[Clock], asked: ExtensionAsked | None, now: datetime
    ) -> None:
        """Refuse what the rows of these clocks do not allow; one that allows none keeps its date beside others."""
        running = [one for one in clocks if one.is_open and one.ledger]
        if not running or not case.is_undecided:
            raise Refused(f"{case.number} has no answer left to give more time for")
        if asked:
            raise Refused("an extension is already asked for; its notice is on its way")
        extensible = [clock for clock in running if clock.row(case.policy.calendar).extension]
        if not extensible:
            row = running[0].row(case.policy.calendar)
            raise Refused(f"{row.id} allows no extension", row.source)
        for clock in extensible:
            self._check_clock(case, clock, now)

    def _check_clock(self, case: Case, clock: Clock, now: datetime) -> None:
        calendar = case.policy.calendar
        row = clock.row(calendar)
        due_at = clock.due_at(calendar)
        if row.extension is None or due_at is None:
            return
        source = row.extension.source
        noticed_at = whole_seconds(self.notice_sent_at or now)
        if clock.is_extended(calendar):
            raise Refused(f"{row.id} was extended once already, and once is all it allows", source)
        if self.ground not in row.extension.grounds:
            raise Refused(f"ground: {row.id} knows {', '.join(sorted(row.extension.grounds))}", source)
        if noticed_at > due_at:
            raise Refused(
                f"the notice would leave after {calendar.show_due(due_at)}: too late to extend", source
            )
        if noticed_at > now:
            raise Refused(f"notice-sent: {calendar.show(noticed_at)} lies in the future")
        if now > due_at:
            require_supervisor(self)
        furthest = furthest_extension(row, due_at, calendar)
        if furthest and calendar.day_of(furthest) < self.until:
            raise Refused(f"until: at most {calendar.show_due(furthest)}", source)
        if calendar.end_of(self.until) <= due_at:
            raise Refused(f"until: not later than the due date {calendar.show_due(due_at)}", source)

    def asked(self, case: Case, now: datetime) -> ExtensionAsked:
        """The extension as it waits for its notice to leave."""
        return ExtensionAsked(
            until=case.policy.calendar.end_of(self.until),
            ground=self.ground,
            asked_by=self.asked_by,
            by=self.actor.id,
            asked_at=self.happened_at(now),
            reason=self.reason,
        )
