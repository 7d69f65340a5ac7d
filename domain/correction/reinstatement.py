"""A case that was withdrawn, or told that it needs no leave, by mistake: it goes on as if that had never been.

Its clocks are open again from their original receipt, and nothing is forgiven: what fell due meanwhile is late, and
the ordinary agenda records the breach.
"""

from datetime import datetime
from typing import Literal

from domain.case import dispatch
from domain.case.acts import Act
from domain.parts.events import Event, EventKind
from domain.review import announcing
from domain.review.assessed import AssessedCase
from domain.terms.notice import NoticeKind
from domain.terms.refusals import Refused

ENDINGS = {EventKind.WITHDRAWN, EventKind.SCREENED}
TOLD_BY = {NoticeKind.WITHDRAWAL, NoticeKind.NOT_REQUIRED, NoticeKind.AUTHORIZATION_ENDED}


class Reinstate(Act[AssessedCase]):
    """Undo a withdrawal, or the word that no leave is needed."""

    act_name = "reopen a case"
    verb: Literal["reopen"] = "reopen"

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: say what the mistake was", "plan policy")
        if case.entered_in_error:
            raise Refused(
                f"{case.number} was entered in error; enter the request anew with its original receipt"
            )
        if not (case.withdrawn or case.not_required):
            was = case.had_closed_as or "it is open"
            raise Refused(
                f"{case.number} was not withdrawn ({was}); an answer is changed with plazo correct-answer"
            )

    def apply(self, case: AssessedCase, now: datetime) -> str:
        mistake = next(event for event in reversed(case.log.events) if event.kind in ENDINGS)
        case.withdrawn = case.not_required = False
        words = f"reopened: {self.reason}"
        case.log.record(EventKind.REOPENED, words, at=self.happened_at(now), now=now, by=self.actor)
        _run_again(case, mistake)
        letters = [
            notice
            for notice in case.letters.notices
            if notice.kind in TOLD_BY and notice.owed_at == mistake.recorded_at
        ]
        dispatch.stop(
            case,
            [letter for letter in letters if letter in case.letters.unsent],
            "the case goes on",
            now,
            self.actor,
        )
        if any(letter.sent_at for letter in letters):
            announcing.owe_same(case, NoticeKind.REOPENED, now)
        due = f"; due {case.policy.calendar.show_due(case.due_at)}" if case.due_at else ""
        return f"reopened with its original receipt{due}"


def _run_again(case: AssessedCase, mistake: Event) -> None:
    """Clocks and work that the mistake ended are open again; the clocks' ledgers are as they were."""
    for clock in list(case.clocks.values()):
        if clock.ended_at in {mistake.at, mistake.recorded_at}:
            case.clocks.change(clock.id, ended_at=None)
    for work in case.work.pieces:
        if work.closed_at == mistake.recorded_at:
            case.work.change(work, closed_at=None)
    case.undo_withdrawal(mistake.at)
