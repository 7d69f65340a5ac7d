"""Stopping one letter before it leaves: while a hold, a mail run, or a missing address still keeps it.

What a duty needs cannot be stopped away. Its duty stays open and its clock runs; the supervisor has the work, until
the letter is sent after all (`delivery.py`), or the decision is taken back (`review/second_thoughts.py`).
"""

from datetime import datetime

from domain.case import dispatch
from domain.case.acts import Act
from domain.case.authority import require
from domain.case.case import Case
from domain.terms.notice import Notice
from domain.terms.refusals import Refused

ANOTHERS = "stop a letter that another decided on"


class StopNotice(Act[Case]):
    """`notice` is the letter's place among those of the case, as `plazo notices` numbers them."""

    notice: int

    def check(self, case: Case, now: datetime) -> None:
        if not 1 <= self.notice <= len(case.letters.notices):
            raise Refused(
                f"notice: {case.number} has no letter {self.notice}; it has {len(case.letters.notices)}"
            )
        if not self.reason:
            raise Refused("because: say why the letter is stopped, without personal data", "plan policy")
        letter = self._letter(case)
        if letter.sent_at:
            left = case.policy.calendar.show(letter.sent_at)
            raise Refused(f"letter {self.notice} of {case.number} left {left}; what left is not stopped")
        if letter.stopped_at:
            raise Refused(f"letter {self.notice} of {case.number} is stopped already")
        if letter.uncertain_at:
            raise Refused(
                f"nobody knows whether letter {self.notice} of {case.number} left; find that out first"
            )
        if self.actor.id not in self._deciders(case, letter):
            require(self.actor, ANOTHERS)

    def apply(self, case: Case, now: datetime) -> str:
        letter = self._letter(case)
        due_at = dispatch.withhold(case, letter, self.reason, now, self.actor)
        stopped = f"letter {self.notice} stopped before it left"
        if due_at is None:
            return stopped
        until = case.policy.calendar.show_due(due_at)
        return f"{stopped}; the duty stays open, due {until}: send it after all, or decide again"

    def _letter(self, case: Case) -> Notice:
        return case.letters.notices[self.notice - 1]

    def _deciders(self, case: Case, letter: Notice) -> set[str | None]:
        """Who decided what a letter tells."""
        lines = letter.lines or []
        return {answer.decider for answer in case.answered if answer.line in lines} - {None}
