"""The ground of an adverse answer, built by number from what is not met, in words that were approved."""

from typing import Any

from client.reach.cases import cases
from client.terminal.asking import chosen, in_tongue
from client.terminal.last_list import named
from client.terminal.options import Acting
from config.pack import load
from domain.request.criteria import Answer, Finding
from domain.terms.refusals import Misuse
from domain.view.view import ReviewedLine

NO_CLAUSE = ("none of them: another ground", "ninguna: otro fundamento")


async def by_number(case: str, line: str | None, acting: Acting) -> tuple[str, dict[str, Any]]:
    """The line, and the fields of its ground, as somebody chooses them. Raises Misuse where nothing is chosen."""
    number = named(case, acting.settings)
    async with cases(acting.settings) as desk:
        page = await desk.review_sheet(number)
    waiting = [one for one in page.lines if one.outcome is None and line in {None, str(one.sequence)}]
    if not waiting:
        raise Misuse(f"line: no such line of {number} waits; of several say the reason with --reason.")
    one = waiting[0] if len(waiting) == 1 else waiting[_which_line(waiting)]
    print(
        in_tongue(
            f"line {one.sequence}: {one.service}, not met:",
            f"línea {one.sequence}: {one.service}, sin cumplir:",
        )
    )
    criterion = _clause([finding for finding in one.findings if finding.answer is not Answer.MET])
    reason = _reason(one.service, criterion, acting)
    return str(one.sequence), {"reason": reason} | ({"criterion": criterion} if criterion else {})


def _which_line(lines: list[ReviewedLine]) -> int:
    return chosen([f"line {one.sequence}: {one.service}" for one in lines], "Which line?", "¿Qué línea?")


def _clause(findings: list[Finding]) -> str | None:
    """The clause that is cited; what is unmet stands before what nothing shows."""
    if not findings:
        return None
    findings = sorted(findings, key=lambda one: one.answer is not Answer.UNMET)
    said = [
        f"{one.criterion}: {in_tongue(one.text.en, one.text.es or one.text.en)} ({one.because})"
        for one in findings
    ]
    number = chosen([*said, in_tongue(*NO_CLAUSE)], "Which clause?", "¿Qué cláusula?")
    return findings[number].criterion if number < len(findings) else None


def _reason(service: str, criterion: str | None, acting: Acting) -> str:
    """The words: those of the library about this clause or any, then the general ones."""
    pack = load(acting.settings.policy)
    fitting = [
        row for row in pack.library_reason if service in row.services and row.criterion in {None, criterion}
    ]
    words = {row.id: row.words for row in fitting} | {row.id: row.words for row in pack.reason}
    said = [f"{reason}: {in_tongue(one.en, one.es or one.en)}" for reason, one in words.items()]
    return list(words)[chosen(said, "Which words?", "¿Qué palabras?")]
