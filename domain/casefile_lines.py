"""The lines of a case file: what was asked on each, what the criteria found, who answered how and why."""

from domain import showing
from domain.appeal_state import AppealState
from domain.calendar import Calendar
from domain.case import Case
from domain.casefile_facts import Fact, facts_of, said_of
from domain.casefile_view import FileFinding, FileLine
from domain.criteria import Finding
from domain.determination import Determination
from domain.disputed import Disputed
from domain.line import Line
from domain.people import Actor
from domain.reviewed import Reviewed


def lines_of(case: Case) -> tuple[FileLine, ...]:
    """Each line with its answer; of a dispute, what was paid on it too."""
    match case:
        case Reviewed():
            return tuple(_answered(case, line) for line in case.lines)
        case Disputed():
            return _disputed(case)
        case _:
            return tuple(FileLine(title=line.words, facts=()) for line in showing.lines_of(case))


def _disputed(case: Disputed) -> tuple[FileLine, ...]:
    calendar = case.policy.calendar
    shown = zip(showing.lines_of(case), case.lines, strict=True)
    lines = [FileLine(title=one.words, facts=facts_of(line, calendar)) for one, line in shown]
    paid = [
        FileLine(title=f"payment of {one.total}, level {one.level}", facts=facts_of(one, calendar))
        for one in case.payments
    ]
    return (*lines, *paid)


def _answered(case: Reviewed, line: Line) -> FileLine:
    """What was asked, what each clause of the criteria found, and who answered how and why."""
    calendar, answer = case.policy.calendar, line.determination
    title = f"line {line.sequence}, {line.asked.service}: {answer.outcome.value if answer else 'no answer'}"
    first = case.first_answered(line) if isinstance(case, AppealState) else None
    facts = [
        *(() if _is_in_the_request(case, line) else facts_of(line.asked, calendar)),
        *([("first answer", first)] if first else []),
        *(_answer(answer, calendar) if answer else []),
        *(facts_of(line.authorization, calendar) if line.authorization else []),
        *(facts_of(line.peer, calendar) if line.peer else []),
    ]
    found = (answer.findings if answer else ()) or line.findings
    if isinstance(case, AppealState) and not found:
        found = case.findings_on(line)
    return FileLine(title=title, facts=tuple(facts), findings=tuple(_finding(one) for one in found))


def _is_in_the_request(case: Reviewed, line: Line) -> bool:
    return line.asked in case.request.lines and not isinstance(case, AppealState)


def _answer(answer: Determination, calendar: Calendar) -> list[Fact]:
    decided = calendar.show(answer.decided_at)
    late = answer.recorded_at != answer.decided_at
    facts = {
        "answer": answer.outcome.value,
        "granted": f"{answer.service}, {answer.units} units" if answer.units else "",
        "decided": f"{decided}{f', recorded {calendar.show(answer.recorded_at)}' if late else ''}",
        "decided by": _decider(answer.by),
        "because": answer.because,
    }
    if reason := answer.reason:
        facts |= {
            "reason": f"{reason.id} ({reason.reason_class.value.replace('_', ' ')}); {reason.source}",
            "criterion": reason.criterion or "",
            "in the letter": reason.words.en,
            "in the Spanish letter": reason.words.es or "",
        }
    return [(label, text) for label, text in facts.items() if text]


def _decider(by: Actor | None) -> str:
    return (
        said_of(by) if by else "nobody: every criterion was met, and the pack lets software approve on that"
    )


def _finding(found: Finding) -> FileFinding:
    return FileFinding(
        criterion=found.criterion,
        answer=found.answer.value,
        text=found.text.en,
        because=found.because,
        document=found.document or f"asks for {(found.missing or '').replace('_', ' ')}",
    )
