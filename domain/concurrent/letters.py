"""What the letters of a stay say: when coverage ends, who is asked about it until when, and why, in detail."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.policy.stays import EndsBy
from domain.terms.people import Language

if TYPE_CHECKING:
    from domain.concurrent.concurrent import Concurrent

Facts = dict[Language, dict[str, JsonValue]]


def non_coverage(case: "Concurrent") -> Facts:
    """The last covered day, and how the QIO is asked, where the notice is delivered in time."""
    return {language: _end(case, language) for language in Language}


def explanation(case: "Concurrent") -> Facts:
    """The same, and why: what was looked at, what it shows of each clause, and the rule that the end rests on."""
    return {language: _end(case, language) | _why(case, language) for language in Language}


def _why(case: "Concurrent", language: Language) -> dict[str, JsonValue]:
    ends, titles = case.termination, {row.id: row.title for row in case.policy.document_kind}
    cited = ends.cited if ends else None
    return {
        "in_hospital": bool(ends and ends.row.by is EndsBy.IMPORTANT_MESSAGE),
        "because": ends.because.in_language(language) if ends else "",
        "papers": [
            {"title": titles[paper.kind].in_language(language), "dated": paper.dated.isoformat()}
            for paper in case.papers.documents
            if paper.kind in titles
        ],
        "clauses": [
            {"text": one.text.in_language(language), "answer": one.answer.value}
            for one in case.findings_now(case.last_approved)
        ],
        "criterion": cited.text.in_language(language) if cited else None,
        "criterion_source": cited.source.in_language(language) if cited else None,
    }


def _end(case: "Concurrent", language: Language) -> dict[str, JsonValue]:
    ends, calendar = case.termination, case.policy.calendar
    if ends is None:  # pragma: no cover - there is an end to tell of
        raise AssertionError("no end of coverage is proposed")
    rule, asks = case.policy.service_rule(case.lines[0].asked.service), case.stays.quality_organization
    until = ends.review_until(calendar)
    return {
        "service": case.lines[0].asked.service,
        "title": rule.title.in_language(language) if rule else None,
        "last_day": ends.ends_on(calendar).isoformat(),
        "ask_by": calendar.day_of(until).isoformat() if until else None,
        "organization": asks.name if asks else None,
        "organization_telephone": asks.telephone if asks else None,
        "source": ends.row.source,
    }
