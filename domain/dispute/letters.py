"""What each letter of a dispute says: the facts that are fixed when it becomes owed.

The provider reads their own language; the health plan is written to in English. Days are ISO dates here and are
written out by the template. No letter promises a day that has passed.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from pydantic import JsonValue

from domain.clock.duty import Duty
from domain.clock.timeframe import Timeframe
from domain.dispute.disputed import Disputed
from domain.dispute.line import NOTHING, DisputeLine, Ground
from domain.parts.payment import Payment
from domain.policy.rows import Requirement
from domain.terms.calendar import Calendar
from domain.terms.notice import Addressee, Recipient
from domain.terms.people import Language

Facts = dict[str, JsonValue]


def about(case: Disputed, now: datetime) -> Facts:
    """What stands at the head of every letter."""
    plan, terms, filing = case.policy.plan, case.terms, case.filing
    return {
        "case": case.number,
        "plan": plan.name,
        "organisation": plan.organisation,
        "address": terms.address,
        "email": terms.email,
        "telephone": plan.telephone,
        "fax": plan.fax,
        "provider": filing.provider.name,
        "group": filing.provider.group,
        "claim": filing.claim.payer_number,
        "patient_account": filing.claim.patient_account,
        "contract_number": filing.claim.member,
        "health_plan": terms.health_plan,
        "health_plan_address": terms.health_plan_address,
        "dated": case.policy.calendar.day_of(now).isoformat(),
        "received": case.policy.calendar.day_of(case.received_at).isoformat(),
    }


def provider(case: Disputed) -> Addressee:
    """The provider who disputes; letters go to the group's address where the filing gives one."""
    named = case.filing.provider
    return Addressee(
        recipient=Recipient.PROVIDER,
        name=named.name,
        address=named.address,
        language=named.language,
        email=named.email,
    )


def health_plan(case: Disputed) -> Addressee:
    return Addressee(
        recipient=Recipient.HEALTH_PLAN,
        name=case.terms.health_plan,
        address=case.terms.health_plan_address,
        language=Language.ENGLISH,
        email=case.terms.health_plan_email,
    )


def acknowledged(case: Disputed, due_at: datetime | None) -> Facts:
    """That it came, when, and until when it is answered."""
    return {
        "lines": [_line(line) | {"route": line.triage.route.value} for line in case.lines],
        "due": _day(due_at, case.policy.calendar),
        "in_time": not case.late_lines,
    }


def redirected(case: Disputed, lines: Iterable[DisputeLine], now: datetime, language: Language) -> Facts:
    """Which lines go to the health plan's appeal, why, and until when; a day that has passed is not promised."""
    told, row = list(lines), case.policy.row(Duty.HEALTH_PLAN_APPEAL, case.received_at)
    said: Facts = {
        "lines": [_why(line, language) for line in told],
        "days": row.span.length if row else None,
        "until": _last_day(case, row).isoformat() if row else None,
        "passed": None,
        "others": others(case, told),
    }
    return as_of(said, case.policy.calendar.day_of(now))


def as_of(facts: Facts, today: date) -> Facts:
    """What a letter says on this day: what may still be done by a day that has passed is not promised."""
    over = {
        name for name in ("until", "again_until", "due") if (day := facts.get(name)) and str(day) < str(today)
    }
    passed = {"passed": facts["until"]} if "until" in over and "passed" in facts else {}
    return facts | dict.fromkeys(over) | passed


def others(case: Disputed, told: Collection[DisputeLine]) -> list[JsonValue]:
    """What became of the lines that a letter does not answer; one that waits is still under review."""
    answered = {line.sequence for line in told}
    left = [line for line in case.lines if line.sequence not in answered]
    return [{**_line(line), "outcome": line.outcome or "open"} for line in left]


def _line(line: DisputeLine) -> Facts:
    return {"sequence": line.sequence, "service": line.asked.service}


def _last_day(case: Disputed, row: Timeframe) -> date:
    calendar = case.policy.calendar
    return calendar.day_of(row.end(midnight(case.notification.day, calendar), calendar))


def midnight(day: date, calendar: Calendar) -> datetime:
    """The instant with which a day begins in the plan's zone."""
    return calendar.at(day, datetime.min.time())


def forwarded(case: Disputed, what: str, received_on: date, lines: Iterable[DisputeLine] = ()) -> Facts:
    """What the health plan gets: the dispute, the whole file, or a request that came to us by mistake."""
    return {
        "what": what,
        "received_on": received_on.isoformat(),
        "lines": [_why(line, Language.ENGLISH) for line in lines],
        "answers": [_answer(line, Language.ENGLISH) for line in case.lines if line.resolution],
        "statement": case.filing.statement,
        "documents": [
            {"kind": paper.kind.replace("_", " "), "dated": paper.dated.isoformat(), "sha256": paper.sha256}
            for paper in case.papers.documents
        ],
    }


def asked(items: Iterable[str], until: date | None) -> Facts:
    return {"asked": list(items), "until": until.isoformat() if until else None}


def titles(rows: Iterable[Requirement], language: Language) -> list[JsonValue]:
    return [row.title.in_language(language) for row in rows]


def late(case: Disputed, until: date | None) -> Facts:
    """That it came after its last day, which day that was, and until when a good cause may be stated."""
    last = max(last for _, last in case.last_instants(case.late_lines) if last)
    return {
        "late_lines": [_line(line) for line in case.late_lines],
        "others": others(case, case.late_lines),
        "last_day": _day(last, case.policy.calendar),
        "told_on": case.notification.day.isoformat(),
        "until": until.isoformat() if until else None,
    }


def dismissed(
    case: Disputed, ground: str, lines: Collection[DisputeLine], language: Language, now: datetime
) -> Facts:
    """Why nothing was decided, and until when an incomplete dispute may be sent again."""
    return {
        "lines": [_line(line) for line in lines],
        "others": others(case, lines),
        **_why_dismissed(case, ground, lines, language, now),
    }


def _why_dismissed(
    case: Disputed, ground: str, lines: Collection[DisputeLine], language: Language, now: datetime
) -> Facts:
    """A cause is spoken of only where one was stated."""
    today = case.policy.calendar.day_of(now)
    last = max((last for _, last in case.last_instants(lines) if last), default=None)
    return {
        "ground": ground,
        "missing": titles(case.missing, language) if ground == "incomplete" else [],
        "last_day": _day(last, case.policy.calendar),
        "told_on": case.notification.day.isoformat(),
        "cause_refused": case.good_cause is not None and case.cause_was_stated,
        "again_until": _day(last, case.policy.calendar)
        if last and case.policy.calendar.day_of(last) > today
        else None,
    }


def determined(
    case: Disputed, lines: Collection[DisputeLine], payment: Payment | None, language: Language, now: datetime
) -> Facts:
    """The answer line by line, the money, and the way to the second level; with it what is dismissed, and why."""
    dismissed = {ground: [line for line in lines if line.dismissed == ground] for ground in get_args(Ground)}
    return {
        "lines": [_answer(line, language) if line.resolution else _line(line) for line in lines],
        "dismissed": [
            {**_why_dismissed(case, ground, told, language, now), "lines": [_line(line) for line in told]}
            for ground, told in dismissed.items()
            if told
        ],
        "others": others(case, lines),
        "interest": _amount(payment.interest) if payment and payment.interest else None,
        "total": _amount(payment.total if payment else NOTHING),
        "second_level": second_level(case),
    }


def second_level(case: Disputed, counted_from: datetime | None = None) -> Facts | None:
    """How long the provider may ask the health plan; with the last day where its start is known already."""
    row = case.policy.row(Duty.SECOND_LEVEL, case.received_at)
    if row is None:
        return None
    until = row.end(counted_from, case.policy.calendar) if counted_from else None
    return {"days": row.span.length, "until": _day(until, case.policy.calendar)}


def _why(line: DisputeLine, language: Language) -> Facts:
    return _line(line) | {"why": line.triage.why.in_language(language)}


def _answer(line: DisputeLine, language: Language) -> Facts:
    answer = line.resolution
    assert answer is not None
    return {
        "sequence": line.sequence,
        "service": line.asked.service,
        "charge": _amount(line.asked.charge),
        "paid": _amount(line.asked.paid),
        "contended": None if line.asked.contended is None else _amount(line.asked.contended),
        "outcome": answer.outcome.value,
        "amount": _amount(answer.amount),
        "reason": answer.words.in_language(language),
    }


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _day(instant: datetime | None, calendar: Calendar) -> str | None:
    return calendar.day_of(instant).isoformat() if instant else None
