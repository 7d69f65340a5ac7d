"""Second thoughts before anybody was told: a decision is taken back, and the line is decided again.

Letters leave at once, so there is time for it only while a hold or an absent mail keeps them, or while other lines
of the same notice are still open. Afterwards a line is corrected (`correction.py`), never decided again.
"""

from datetime import datetime

from domain.case import dispatch
from domain.case.acts import Act
from domain.case.authority import CLINICIANS, require
from domain.parts.events import EventKind
from domain.request.line import Line
from domain.request.lines import chosen
from domain.review import announcing
from domain.review.announcing import CALLS, DETERMINED
from domain.review.assessed import AssessedCase
from domain.terms.notice import Notice, NoticeKind
from domain.terms.people import Actor
from domain.terms.refusals import Refused

AGAIN = "decide again what was taken back"
INSTEAD = (
    "it changes only in the member's favour, or is reopened for clerical error or good cause "
    "(plazo correct-answer)"
)


def decided_line(case: AssessedCase, sequence: int | None) -> Line:
    """The answered line that is meant; without a number, the only one there is. Raises `Refused`."""
    if case.is_stopped:
        raise Refused(f"{case.number} has no request left to decide")
    [line] = chosen(case.number, case.lines, sequence)
    if line.determination is None:
        raise Refused(f"line {line.sequence} has no answer yet")
    return line


def letters_about(case: AssessedCase, line: Line) -> list[Notice]:
    """Every determination letter that answers the line, whether it left or not."""
    letters = [notice for notice in case.letters.notices if notice.kind is NoticeKind.DETERMINATION]
    return [letter for letter in letters if line.sequence in (letter.lines or [])]


def how_told(case: AssessedCase, line: Line) -> str | None:
    """How anybody learned of the line's answer; None while nobody has."""
    show = case.policy.calendar.show
    if left := [letter.sent_at for letter in letters_about(case, line) if letter.sent_at]:
        return f"a letter left on {show(min(left))}"
    since = line.determination.decided_at if line.determination else case.received_at
    for event in case.log.events:
        if event.kind is EventKind.CALL_RECORDED and event.details.get("reached") and event.at >= since:
            return f"a call on {show(event.at)} reached the {event.details['to']}"
    return None


class TakeBack(Act[AssessedCase]):
    """The decider, or a medical director, takes a decision back before any notice of it left."""

    line: int | None = None

    def check(self, case: AssessedCase, now: datetime) -> None:
        line = decided_line(case, self.line)
        if not self.reason:
            raise Refused("because: a decision that is taken back says why", "plan policy")
        if any(letter in case.letters.uncertain for letter in letters_about(case, line)):
            raise Refused(
                f"nobody knows yet whether a letter about line {line.sequence} left; "
                "find that out first (plazo notice sent, or resend)"
            )
        if told := how_told(case, line):
            raise Refused(f"line {line.sequence} is told: {told}; {INSTEAD}", "42 CFR 422.138(c) and 422.616")
        decider = line.determination.by if line.determination else None
        if decider is None or decider.id != self.actor.id:
            require(self.actor, "take back another's decision")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        line = decided_line(case, self.line)
        answer = line.determination
        _unannounce(case, line, now, self.actor)
        case.undo_answer(line, now)
        words = f"line {line.sequence} taken back before anybody was told: {self.reason}"
        case.log.record(EventKind.TAKEN_BACK, words, at=self.happened_at(now), now=now, by=self.actor)
        by_clinician = answer is None or answer.by is None or answer.by.is_any(*CLINICIANS)
        if case.coverage and not case.coverage.is_covered:
            case.need("coverage", AGAIN, now)
        elif line.referred or by_clinician:
            line.referred = True  # software does not approve what a person took back
            case.need("physician-review", AGAIN, now)
        else:
            case.need(case.first_review, AGAIN, now)
        return f"line {line.sequence} taken back; it is decided again"


def _unannounce(case: AssessedCase, line: Line, now: datetime, by: Actor) -> None:
    """The letters are stopped and the calls not made; lines of the same letter wait to be told with this one."""
    letters = [
        letter
        for letter in letters_about(case, line)
        if letter in [*case.letters.unsent, *case.letters.withheld]
    ]
    dispatch.not_owed_any_more(case, [letter for letter in letters if letter.stays_owed], now)
    dispatch.stop(case, letters, f"line {line.sequence} is decided again", now, by)
    for sequence in {each for letter in letters for each in letter.lines or []}:
        if told := case.line(sequence):
            told.announced_at = None
    if not letters:
        return
    calls = [work for work in case.work.open if work.queue == "calls" and work.what.endswith(DETERMINED)]
    case.work.finish(calls, now)
    if case.clocks.is_open(CALLS) and not announcing.calls_to_make(case):
        case.clocks.change(CALLS, ended_at=now)
