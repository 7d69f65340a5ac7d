"""By when each letter of a case has to leave, and which mail takes it.

That follows from the clocks, like every due date: while a clock runs that a letter keeps, or has to come before,
that clock says so, and the clock's own breach is the letter's. Else the letter has its own time.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.timeframe import Urgency
from domain.parts.clocks import Clocks
from domain.policy.case_policy import CasePolicy
from domain.policy.notices import NoticeRule
from domain.terms.notice import Notice, SendBy


@dataclass(frozen=True)
class LetterTimes:
    """What the times of a case's letters follow from; a case makes it when it is asked, and keeps nothing of it."""

    policy: CasePolicy
    received_at: datetime
    urgency: Urgency
    clocks: Clocks

    def rule_of(self, notice: Notice) -> NoticeRule | None:
        """The pack's row for this letter; None in a case that was received under a pack without one."""
        return self.policy.notice_rule(notice.kind, self.received_at, self.urgency)

    def kept_by(self, notice: Notice) -> set[Duty]:
        """The duties that this letter keeps when it leaves."""
        rule = self.rule_of(notice)
        return set(rule.keeps) if rule else set()

    def clocks_behind(self, notice: Notice) -> list[Clock]:
        """The clocks that run, and say by when it has to leave."""
        rule = self.rule_of(notice)
        lines = notice.lines
        return [
            clock
            for clock in self.clocks.open
            if rule
            and clock.timeframe.times in rule.duties
            and (lines is None or not clock.lines or set(clock.lines) & set(lines))
        ]

    def due_with_clocks(self, notice: Notice) -> datetime | None:
        dues = (clock.due_at(self.policy.calendar) for clock in self.clocks_behind(notice))
        return min((due for due in dues if due), default=None)

    def due_at(self, notice: Notice) -> datetime | None:
        """By when it has, or had, to leave; None where no row says so."""
        if notice.sent_at or notice.stopped_at or self.has_its_own_time(notice):
            return notice.due_at
        return self.due_with_clocks(notice) or notice.due_at

    def has_its_own_time(self, notice: Notice) -> bool:
        """Is it due by its own time beside a clock? Not where the member asked for what it tells."""
        rule = self.rule_of(notice)
        return rule is not None and rule.own_time_holds and notice.facts.get("asked_by") != "member"

    def own_due_at(self, notice: Notice) -> datetime | None:
        """The end of a letter's own time; a letter behind which a clock runs is late by that clock."""
        by_a_clock = self.clocks_behind(notice) and not self.has_its_own_time(notice)
        return None if notice.breached_at or by_a_clock else self.due_at(notice)

    def timed(self, notice: Notice, now: datetime) -> Notice:
        """The letter with its due instant, and the mail run that takes it, where that is not too late."""
        rule = self.rule_of(notice)
        own = rule.within.after(now, self.policy.calendar) if rule else None
        due_at = self.due_with_clocks(notice) or own
        if own and due_at and self.has_its_own_time(notice):
            due_at = min(own, due_at)
        return notice.model_copy(update={"due_at": due_at, "leaves_at": self.run_for(notice, due_at, now)})

    def run_for(self, notice: Notice, due_at: datetime | None, now: datetime) -> datetime | None:
        """The next mail run; None where the letter leaves at once."""
        run = self.policy.next_mail_run(now) if notice.by is SendBy.LETTER else None
        return run if run and (due_at is None or run <= due_at) else None

    def waits_for_run(self, notice: Notice) -> bool:
        """What is expedited waits for no mail run."""
        return notice.leaves_at is not None and self.urgency is not Urgency.EXPEDITED
