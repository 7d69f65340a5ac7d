"""The lines of a case file: what was asked on each, what the criteria found, who answered how and why."""

from domain.appeal.state import AppealState
from domain.case.case import Case
from domain.casefile.facts import Fact, facts_of, said_of
from domain.casefile.view import FileFinding, FileLine
from domain.dispute.disputed import Disputed
from domain.request.criteria import Finding
from domain.request.determination import Determination, Reason
from domain.request.line import Line
from domain.request.request import ServiceLine
from domain.review.reviewed import ReviewedCase
from domain.terms.people import Actor
from domain.terms.tongue import Tongue
from domain.view.dispute_showing import disputed_lines
from domain.view.kinds import lines_of as shown_lines_of
from domain.view.view import ShownDisputedLine, ShownLine


def lines_of(case: Case, tongue: Tongue) -> tuple[FileLine, ...]:
    """Each line with its answer; of a dispute, what was paid on it too."""
    match case:
        case ReviewedCase():
            told = [_answered(case, line, tongue) for line in case.lines]
            return (*told, *(_informed(line, tongue) for line in case.informed))
        case Disputed():
            return _disputed(case, tongue)
        case _:
            return tuple(FileLine(title=_title(line, tongue), facts=()) for line in shown_lines_of(case))


def _title(line: ShownLine | ShownDisputedLine, tongue: Tongue) -> str:
    """The line in one line; in another tongue without what became of it, which its facts or letters say."""
    if tongue.is_english:
        return line.words
    return tongue.say("line {number}, {service}", number=str(line.sequence), service=line.service)


def _disputed(case: Disputed, tongue: Tongue) -> tuple[FileLine, ...]:
    shown = zip(disputed_lines(case), case.lines, strict=True)
    lines = [FileLine(title=_title(one, tongue), facts=facts_of(line, tongue)) for one, line in shown]
    paid = [
        FileLine(
            title=tongue.say("payment of {total}, level {level}", total=str(one.total), level=str(one.level)),
            facts=facts_of(one, tongue),
        )
        for one in case.payments
    ]
    return (*lines, *paid)


def _informed(asked: ServiceLine, tongue: Tongue) -> FileLine:
    """None is needed for it, and nobody wanted a decision."""
    title = tongue.say(
        "line {number}, {service}: {answer}",
        number=str(asked.sequence),
        service=asked.service,
        answer=tongue.say("not required"),
    )
    return FileLine(title=title, facts=())


def _answered(case: ReviewedCase, line: Line, tongue: Tongue) -> FileLine:
    """What was asked, what each clause of the criteria found, and who answered how and why."""
    answer = line.determination
    title = tongue.say(
        "line {number}, {service}: {answer}",
        number=str(line.sequence),
        service=line.asked.service,
        answer=tongue.say(answer.outcome.value if answer else "no answer"),
    )
    first = _first(case, line, tongue) if isinstance(case, AppealState) else None
    facts = [
        *(() if _is_in_the_request(case, line) else facts_of(line.asked, tongue)),
        *([(tongue.say("first answer"), first)] if first else []),
        *(_answer(answer, tongue) if answer else []),
        *(facts_of(line.authorization, tongue) if line.authorization else []),
        *(facts_of(line.peer, tongue) if line.peer else []),
    ]
    found = (answer.findings if answer else ()) or line.findings
    if isinstance(case, AppealState) and not found:
        found = case.findings_on(line)
    return FileLine(title=title, facts=tuple(facts), findings=tuple(_finding(one, tongue) for one in found))


def _first(case: AppealState, line: Line, tongue: Tongue) -> str | None:
    if tongue.is_english:
        return case.first_answered(line)
    first = case.first_answer(line)
    return tongue.say(first.outcome.value if first else "the time ran out in silence")


def _is_in_the_request(case: ReviewedCase, line: Line) -> bool:
    return line.asked in case.request.lines and not isinstance(case, AppealState)


def _answer(answer: Determination, tongue: Tongue) -> list[Fact]:
    decided = tongue.show(answer.decided_at)
    if answer.recorded_at != answer.decided_at:
        decided += tongue.say(", recorded {at}", at=tongue.show(answer.recorded_at))
    granted = {"service": answer.service, "units": str(answer.units)}
    facts = {
        "answer": tongue.say(answer.outcome.value),
        "granted": tongue.say("{service}, {units} units", **granted) if answer.units else "",
        "decided": decided,
        "decided by": _decider(answer.by, tongue),
        "because": answer.because if tongue.is_english else "",
    }
    if reason := answer.reason:
        facts |= _reason(reason, tongue)
    return [(tongue.say(label), text) for label, text in facts.items() if text]


def _reason(reason: Reason, tongue: Tongue) -> dict[str, str]:
    """In English with its words in both languages and its source, which has no other; else in that language."""
    named = f"{reason.id} ({tongue.say(reason.reason_class.value.replace('_', ' '))})"
    if tongue.is_english:
        return {
            "reason": f"{named}; {reason.source}",
            "criterion": reason.criterion or "",
            "in the letter": reason.words.en,
            "in the Spanish letter": reason.words.es or "",
        }
    cited = f": {tongue.one_of(reason.cited.text)}" if reason.cited else ""
    return {
        "reason": named,
        "criterion": f"{reason.criterion}{cited}" if reason.criterion else "",
        "in the letter": tongue.one_of(reason.words),
    }


def _decider(by: Actor | None, tongue: Tongue) -> str:
    return (
        said_of(by, tongue)
        if by
        else tongue.say("nobody: every criterion was met, and the pack lets software approve on that")
    )


def _finding(found: Finding, tongue: Tongue) -> FileFinding:
    missing = tongue.say((found.missing or "").replace("_", " "))
    return FileFinding(
        criterion=found.criterion,
        answer=tongue.say(found.answer.value),
        text=tongue.one_of(found.text),
        because=found.because if tongue.is_english else "",
        document=found.document or tongue.say("asks for {paper}", paper=missing),
    )
