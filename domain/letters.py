"""What each letter says: the facts that are fixed when it becomes owed.

The words of a letter stand in approved templates, one for each notice and language; this page only decides
which facts they get. Days are ISO dates here and are written out in the reader's language by the template.
"""

from datetime import date, datetime

from pydantic import JsonValue

from domain.clock import Clock
from domain.line import Line
from domain.people import Language, Words
from domain.reviewed import Reviewed
from domain.timeframe import Duty


def about(case: Reviewed, now: datetime) -> dict[str, JsonValue]:
    """What stands at the head of every letter."""
    plan = case.policy.plan
    return {
        "case": case.number,
        "plan": plan.name,
        "organisation": plan.organisation,
        "address": plan.address,
        "telephone": plan.telephone,
        "fax": plan.fax,
        "member": case.request.member.name,
        "contract_number": case.request.member.contract_number,
        "provider": case.request.requesting_provider.name,
        "dated": case.policy.calendar.day_of(now).isoformat(),
        "received": case.policy.calendar.day_of(case.received_at).isoformat(),
    }


def answers(case: Reviewed, lines: list[Line], language: Language) -> dict[str, JsonValue]:
    """The determination, line by line, with reasons in the reader's language and the way to appeal."""
    adverse = any(line.is_adverse for line in lines)
    return {
        "lines": [_answer(case, line, language) for line in lines],
        "instead_of": next((line.instead_of.isoformat() for line in lines if line.instead_of), None),
        "adverse": adverse,
        "appeal": _appeal(case, language) if adverse else None,
    }


def rights(case: Reviewed, clock: Clock, language: Language) -> dict[str, JsonValue]:
    """What a missed deadline means, and what the reader may do now."""
    row = clock.row(case.policy.calendar)
    return {
        "clock": clock.id,
        "rights": _said(row.expiry.rights, language),
        "source": row.expiry.source,
        "appeal": _appeal(case, language),
    }


def extension(until: date, ground: Words, language: Language) -> dict[str, JsonValue]:
    """Until when, and why. A member may complain about an extension and is answered within a day."""
    return {"until": until.isoformat(), "ground": ground.in_language(language)}


def _answer(case: Reviewed, line: Line, language: Language) -> dict[str, JsonValue]:
    answer = line.determination
    if answer is None:  # pragma: no cover - only decided lines are announced
        raise AssertionError("a line without a determination is not announced")
    permit = line.authorization if line.authorization and line.authorization.ended_as is None else None
    return {
        "sequence": line.sequence,
        "service": line.asked.service,
        "title": _title(case, line.asked.service, language),
        "units_asked": line.asked.units,
        "outcome": answer.outcome.value,
        "service_approved": answer.service,
        "title_approved": _title(case, answer.service, language),
        "units_approved": answer.units,
        "number": permit.number if permit else None,
        "from": permit.from_day.isoformat() if permit else None,
        "through": permit.through.isoformat() if permit and permit.through else None,
        "ends_when": _said(permit.ends_when, language) if permit else None,
        "reason": _said(answer.reason.words, language) if answer.reason else None,
        "criterion": _criterion(case, line, language),
        "source": answer.reason.source if answer.reason else None,
        "decided_by": f"{answer.by.name}, {answer.by.title}" if answer.by and answer.reason else None,
    }


def _title(case: Reviewed, service: str, language: Language) -> str | None:
    """What kind of service a code is, where the pack names it: a code alone tells few readers anything."""
    rule = case.policy.service_rule(service)
    return rule.title.in_language(language) if rule else None


def _criterion(case: Reviewed, line: Line, language: Language) -> str | None:
    """The text of the criterion that was cited, as it stood in the case's own policy."""
    answer = line.determination
    if answer is None or answer.reason is None or answer.reason.criterion is None:
        return None
    cited = answer.reason.criterion
    clauses = [clause for table in case.policy.criteria for clause in table.criterion]
    found = next((clause for clause in clauses if clause.id == cited), None)
    return _said(found.text, language) if found else cited


def _appeal(case: Reviewed, language: Language) -> dict[str, JsonValue] | None:
    row = case.policy.row(Duty.APPEAL_WINDOW, case.received_at, case.urgency)
    if row is None:
        return None
    return {
        "days": row.span.length,
        "counts_from": row.counts_from.value,
        "source": row.source,
        "external_review": _said(case.policy.plan.external_review, language),
    }


def _said(words: Words | None, language: Language) -> str | None:
    return words.in_language(language) if words else None
