"""What each letter says: the facts that are fixed when it becomes owed.

The words of a letter stand in approved templates, one for each notice and language; this page only decides
which facts they get. Days are ISO dates here and are written out in the reader's language by the template.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.timeframe import CountsFrom, LegalEffect, Services
from domain.policy.rows import Plan
from domain.request.determination import Authorization, Outcome
from domain.request.line import Line
from domain.review.citation import clause_cited
from domain.review.decision_clocks import clocks_of
from domain.terms.people import Language, Words

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase


NOT_ELIGIBLE = "not_eligible_on_date"


def about(case: "ReviewedCase", now: datetime) -> dict[str, JsonValue]:
    """What stands at the head of every letter."""
    plan = case.policy.plan
    return {
        "case": case.number,
        "plan": plan.name,
        "organisation": plan.organisation,
        "address": plan.address,
        "telephone": plan.telephone,
        "fax": plan.fax,
        "tty": plan.tty,
        "member": case.request.member.name,
        "contract_number": case.request.member.contract_number,
        "provider": case.request.requesting_provider.name,
        "dated": case.policy.calendar.day_of(now).isoformat(),
        "received": case.policy.calendar.day_of(case.received_at).isoformat(),
    }


def answers(case: "ReviewedCase", lines: list[Line], language: Language) -> dict[str, JsonValue]:
    """The determination, line by line, with reasons in the reader's language and the way to appeal."""
    adverse = any(line.is_adverse for line in lines)
    return {
        "lines": [_answer(case, line, language) for line in lines],
        "instead_of": next((line.instead_of.isoformat() for line in lines if line.instead_of), None),
        "adverse": adverse,
        "payment": all(line.kind is Services.POST_SERVICE for line in lines),
        "appeal": _appeal(case) if adverse else None,
        **against(case.policy.plan, language, goes_on=case.goes_on),
        "still_open": _services(case, _others(case, lines), language),
    }


def against(plan: Plan, language: Language, *, goes_on: bool) -> dict[str, JsonValue]:
    """What a letter against somebody says of their plan; `goes_on`: is it about what they were receiving?"""
    return {
        "goes_on": goes_on,
        "appeal_costs": _said(plan.external_review, language),
        "time_to_sue": _said(plan.time_to_sue, language),
    }


def rights(case: "ReviewedCase", clock: Clock, language: Language) -> dict[str, JsonValue]:
    """What a missed deadline means, and what the reader may do now.

    The time to appeal begins with this letter only where silence is a denial whose notice was owed; elsewhere no
    time has begun to run, and the letter names none.
    """
    row, appeal = clock.row(case.policy.calendar), _appeal(case)
    if appeal and row.expiry.effect is not LegalEffect.DENIAL_NOTICE_OWED:
        appeal |= {"days": None}
    return {
        "clock": clock.id,
        "rights": _said(row.expiry.rights, language),
        "source": row.expiry.source,
        "appeal": appeal,
        **against(case.policy.plan, language, goes_on=case.goes_on),
        **late_lines(case, clock, language),
    }


def late_lines(case: "ReviewedCase", clock: Clock, language: Language) -> dict[str, JsonValue]:
    """Which lines a missed deadline is about, where it is not about all, and which are still under review."""
    others = _others(case, case.lines_of(clock))
    return {
        "late": _services(case, _others(case, others), language) if clock.lines else [],
        "still_open": _services(case, others, language),
    }


def extension(case: "ReviewedCase", until: date, ground: Words, language: Language) -> dict[str, JsonValue]:
    """Until when, and why; where there are several lines, which get more time and which keep their day.

    A member may complain about an extension and is answered within a day.
    """
    lines = case.undecided if len(case.lines) > 1 else []
    kept = {line.sequence: due for line in lines if (due := _day_kept(case, line))}
    return {
        "until": until.isoformat(),
        "asked_by": case.extension.asked_by if case.extension else None,
        "ground": ground.in_language(language),
        "by_line": [_service(case, line, language) | {"kept": kept.get(line.sequence)} for line in lines],
    }


def _day_kept(case: "ReviewedCase", line: Line) -> str | None:
    """The day until which a line is answered that an extension gives no more time."""
    clocks = [case.clocks[name] for name in clocks_of(case, line.sequence)]
    if any(clock.row(case.policy.calendar).extension for clock in clocks):
        return None
    due = min((due for clock in clocks if (due := case.due_at_of(clock))), default=None)
    return case.policy.calendar.day_of(due).isoformat() if due else None


def still_open(case: "ReviewedCase", language: Language) -> list[JsonValue]:
    """Whatever is still under review."""
    return _services(case, _others(case, []), language)


def _others(case: "ReviewedCase", lines: list[Line]) -> list[Line]:
    """What a letter about these lines leaves open."""
    named = {line.sequence for line in lines}
    undecided = {line.sequence for line in case.undecided}
    waiting = [line for line in case.lines if line.determination or line.sequence in undecided]
    untold = [line for line in waiting if not (line.announced_at or case.is_stopped)]
    return [line for line in untold if line.sequence not in named]


def _services(case: "ReviewedCase", lines: list[Line], language: Language) -> list[JsonValue]:
    return [_service(case, line, language) for line in lines]


def _service(case: "ReviewedCase", line: Line, language: Language) -> dict[str, JsonValue]:
    """A line, named as its reader knows it."""
    service = line.asked.service
    return {"sequence": line.sequence, "service": service, "title": _title(case, service, language)}


def _answer(case: "ReviewedCase", line: Line, language: Language) -> dict[str, JsonValue]:
    answer = line.determination
    if answer is None:  # pragma: no cover - only decided lines are announced
        raise AssertionError("a line without a determination is not announced")
    permit = line.authorization if line.authorization and line.authorization.ended_as is None else None
    rule = case.policy.rule_for(case.request, line.asked)
    return {
        "sequence": line.sequence,
        "service": line.asked.service,
        "title": _title(case, line.asked.service, language),
        "units_asked": line.asked.units,
        **({"measure": rule.measure.value} if rule and rule.measure else {}),
        "outcome": answer.outcome.value,
        "service_approved": answer.service,
        "title_approved": _title(case, answer.service, language),
        "units_approved": answer.units,
        "number": permit.number if permit else None,
        "from": permit.from_day.isoformat() if permit else None,
        "through": permit.through.isoformat() if permit and permit.through else None,
        "ends_when": _said(permit.ends_when, language) if permit else None,
        **_stands(permit),
        "reason": _said(answer.reason.words, language) if answer.reason else None,
        **_cited(case, line, language),
        "source": answer.reason.source if answer.reason else None,
        **_coverage(case, line),
        **_goes_on(case, line),
        "decided_by": answer.by.signed(language) if answer.by and answer.reason else None,
    }


def _stands(permit: Authorization | None) -> dict[str, JsonValue]:
    """Of what stands: to whom, for what, and when it is looked at again; of a stay, through which day it goes."""
    review = permit.review_on.isoformat() if permit and permit.review_on else None
    if permit is None or permit.given_by is None:
        return {"days_through": review} if review else {}
    return {"given_by": permit.given_by, "scope": permit.scope, "review_on": review}


def _coverage(case: "ReviewedCase", line: Line) -> dict[str, JsonValue]:
    """Where there was no coverage on the day: which day that was, and when the coverage ended."""
    reason = line.determination.reason if line.determination else None
    if reason is None or reason.id != NOT_ELIGIBLE:
        return {}
    ended = case.coverage.through if case.coverage else None
    return {
        "service_on": line.asked.from_day.isoformat(),
        "coverage_through": ended.isoformat() if ended else None,
    }


def _goes_on(case: "ReviewedCase", line: Line) -> dict[str, JsonValue]:
    """Of what the member was receiving and does not get on: from which day."""
    denied = line.determination and line.determination.outcome is Outcome.DENIED
    return {"stops_on": line.asked.from_day.isoformat()} if denied and case.goes_on else {}


def _title(case: "ReviewedCase", service: str, language: Language) -> str | None:
    """What kind of service a code is, where the pack names it: a code alone tells few readers anything."""
    rule = case.policy.service_rule(service)
    return rule.title.in_language(language) if rule else None


def _cited(case: "ReviewedCase", line: Line, language: Language) -> dict[str, JsonValue]:
    """The criterion that was cited, whose it is, and where nothing shows it, the paper that would."""
    reason = line.determination.reason if line.determination else None
    cited = reason and (reason.cited or clause_cited(case, line, reason.criterion))
    papers = [row.title for row in case.policy.document_kind if cited and row.id == cited.shown_by]
    return {
        "criterion": cited.text.in_language(language) if cited else None,
        "criterion_source": cited.source.in_language(language) if cited else None,
        "rank": cited.rank.value if cited and cited.rank else None,
        "shown_by": papers[0].in_language(language) if papers else None,
    }


def _appeal(case: "ReviewedCase") -> dict[str, JsonValue] | None:
    row = case.policy.row(Duty.APPEAL_WINDOW, case.received_at, case.urgency)
    if row is None:
        return None
    return {
        "days": (row.from_the_letter or row.span).length,
        "counts_from": (CountsFrom.NOTICE_DATE if row.from_the_letter else row.counts_from).value,
        "source": row.source,
    }


def _said(words: Words | None, language: Language) -> str | None:
    return words.in_language(language) if words else None
