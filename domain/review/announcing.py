"""Telling people: letters to member and provider, the calls beside them, and the words in the reader's language.

Call and letter start together. One notice goes for all lines that share a clock, when the last of them is decided.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.case import dispatch
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.parts.events import EventKind
from domain.parts.wanting import reader
from domain.parts.work import Work
from domain.request.determination import Authorization, Outcome
from domain.request.line import Line
from domain.review import conversation, decision_clocks, letters, records
from domain.terms.case_number import authorization_number
from domain.terms.notice import Addressee, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor, Language, Words

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase

CALLS = "calls"
DETERMINED = "tell the determination"  # what the calls beside a determination letter are about
TRANSLATION = "translation"

# Letters


def owe(
    case: "ReviewedCase",
    kind: NoticeKind,
    now: datetime,
    facts: dict[Language, dict[str, JsonValue]],
    to: Iterable[Addressee] | None = None,
) -> None:
    """Owe a letter to each, in their own language: to whom the pack says, unless others are named."""
    head = case.at_the_head(now)
    said = {language: {**head, **facts.get(language, {})} for language in Language}
    dispatch.owe(case, readers(case, kind) if to is None else to, kind, now, said)


def readers(case: "ReviewedCase", kind: NoticeKind) -> list[Addressee]:
    """Whom the pack's row names for this kind of letter, as far as they have to do with the case."""
    rule = case.policy.notice_rule(kind, case.received_at, case.urgency)
    return [party for party in case.parties if rule is None or party.recipient in rule.to]


def owe_same(case: "ReviewedCase", kind: NoticeKind, now: datetime, **facts: JsonValue) -> None:
    """Owe a letter whose facts read the same in every language: dates, codes, numbers."""
    owe(case, kind, now, dict.fromkeys(Language, facts))


def ask_for(case: "ReviewedCase", english: list[str], spanish: list[str], now: datetime, by: Actor) -> None:
    """Owe a letter that lists each thing that is asked for."""
    asked: dict[Language, dict[str, JsonValue]] = {
        Language.ENGLISH: {"asked": list(english)},
        Language.SPANISH: {"asked": list(spanish)},
    }
    records.look(case, now)
    holds = records.holder(case)
    others = [one for one in readers(case, NoticeKind.INFORMATION_REQUEST) if one != holds]
    owe(case, NoticeKind.INFORMATION_REQUEST, now, asked, others)
    if holds:
        owe(case, NoticeKind.RECORDS_REQUEST, now, asked, [holds])
    words = f"asked for: {'; '.join(english)}"
    case.log.record(EventKind.INFORMATION_REQUESTED, words, now=now, by=by)


# Answers


def announce(case: "ReviewedCase", now: datetime) -> None:
    """Tell every group of lines that share their clocks and are all decided: letters, and calls beside them."""
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in case.lines:
        groups.setdefault(decision_clocks.clocks_of(case, line.sequence), []).append(line)
    for group in groups.values():
        ready = all(line.determination for line in group)
        if ready and not any(line.announced_at for line in group) and not translating(case, group, now):
            case.announce_lines(group, now)


def announce_what_is_decided(case: "ReviewedCase", now: datetime) -> None:
    """Tell what was decided before the rest of the request was taken back."""
    decided = [line for line in case.lines if line.determination and not line.announced_at]
    waiting = translating(case, decided, now)
    if ready := [line for line in decided if line not in waiting]:
        case.announce_lines(ready, now)


def announce_correction(case: "ReviewedCase", line: Line, now: datetime) -> None:
    """Tell the answer that takes the place of one that was told before, once it has its words in Spanish."""
    line.instead_of = case.policy.calendar.day_of(line.announced_at or now)
    line.announced_at = None
    announce_translated(case, line, now)


def announce_translated(case: "ReviewedCase", line: Line, now: datetime) -> None:
    """A correction is told alone: the other lines of its letter were told before."""
    if line.instead_of and not line.announced_at and not translating(case, [line], now):
        case.announce_lines([line], now)


def announce_determination(case: "ReviewedCase", group: list[Line], now: datetime) -> None:
    """The determination of a request leaves: what it approves is authorized with it."""
    for line in group:
        line.announced_at = now
        line.authorization = case.on_terms(line, authorized(case, line))
    facts = {language: letters.answers(case, group, language) for language in Language}
    owe(case, NoticeKind.DETERMINATION, now, facts)
    owe_calls(case, DETERMINED, now)


def authorized(case: "ReviewedCase", line: Line) -> Authorization | None:
    """Leave for what was approved: numbered after case and line, for the service's period or circumstance."""
    answer = line.determination
    if answer is None or answer.outcome is Outcome.DENIED:
        ended = line.authorization and line.authorization.ended_as
        return line.authorization if ended else None
    granted = line.asked.model_copy(update={"service": answer.service})
    rules = (case.policy.rule_for(case.request, one) for one in (granted, line.asked))
    rule = next((one for one in rules if one), None)
    first = line.asked.from_day
    through = rule.valid_through(first) if rule else case.policy.unlisted_through(first)
    return Authorization(
        number=authorization_number(case.number, line.sequence),
        service=answer.service,
        units=answer.units,
        measure=rule.measure if rule else None,
        from_day=first,
        through=None if answer.silent else through,
        ends_when=_owed_until(case, line) if answer.silent else rule.ends_when if rule else None,
    )


def _owed_until(case: "ReviewedCase", line: Line) -> Words | None:
    """What ends what silence approved, by the row of its clock."""
    clocks = [case.clocks[name] for name in decision_clocks.clocks_of(case, line.sequence)]
    rows = [clock.row(case.policy.calendar) for clock in clocks]
    return next((row.expiry.until for row in rows if row.expiry.until), None)


# In Spanish too


def to_translate(line: Line) -> str:
    """What is still to be put into Spanish before a line can be told."""
    return f"line {line.sequence}: put the words of the answer into Spanish; no letter leaves before"


def translating(case: "ReviewedCase", group: Iterable[Line], now: datetime) -> list[Line]:
    """Lines whose words are still to be put into Spanish for somebody who reads it: work inside their clock."""
    waiting = [line for line in group if awaits_translation(case, line)]
    for line in waiting:
        clocks = [case.clocks[name] for name in decision_clocks.clocks_of(case, line.sequence)]
        due_at = min((due for one in clocks if one.is_open and (due := case.due_at_of(one))), default=None)
        case.need(TRANSLATION, to_translate(line), now, due_at=due_at)
    return waiting


def awaits_translation(case: "ReviewedCase", line: Line) -> bool:
    """Does a reader of Spanish wait for the words of this answer?"""
    reason = line.determination.reason if line.determination else None
    return reason is not None and reason.words.es is None and Language.SPANISH in case.languages


def translated(line: Line, spanish: str) -> None:
    """The words of an answer, in Spanish too."""
    answer = line.determination
    if answer and answer.reason:
        words = answer.reason.words.model_copy(update={"es": spanish})
        reason = answer.reason.model_copy(update={"words": words})
        line.determination = answer.model_copy(update={"reason": reason})


# Calls


def owe_calls(case: "ReviewedCase", about: str, now: datetime) -> None:
    """Calls to member and provider are work for people, for as long as the calls' own row gives."""
    due_at = _begin_calls(case, now)
    for party in case.parties:
        case.need("calls", f"call the {party.recipient.text}: {about}", now, due_at=due_at)


def _begin_calls(case: "ReviewedCase", now: datetime) -> datetime | None:
    """The time for calls begins; the answer is its end, None where no row gives one."""
    row = case.policy.row(Duty.CALLS, case.received_at, case.urgency)
    if row is None:
        return None
    case.clocks.begin(CALLS, row, Received(at=now, recorded_at=now))
    return case.due_at_of(case.clocks[CALLS])


def calls_begin_again(case: "ReviewedCase", now: datetime) -> None:
    """Nobody could be called until now: what is left of the calls has its whole time, beside the letters."""
    if left := calls_to_make(case):
        due_at = _begin_calls(case, now)
        for work in left:
            case.work.change(work, due_at=due_at)


def calls_to_make(case: "ReviewedCase") -> list[Work]:
    """The calls whose time is the calls' own row. Those that were promised are owed after it too, and one that
    offers a conversation has the conversation's time.
    """
    offers = tuple(conversation.about(line) for line in case.lines)
    calls = [work for work in case.work.open if work.queue == "calls" and not work.is_promised]
    return [work for work in calls if not work.what.endswith(offers)]


def calls_made(case: "ReviewedCase", recipient: Recipient, at: datetime, now: datetime) -> None:
    """Whoever was to be called was reached; with the last of them, the time for calls is over."""
    works = [work for work in case.work.open if work.queue == "calls" and recipient.text in work.what]
    case.work.finish(works, now)
    if case.clocks.is_open(CALLS) and not calls_to_make(case):
        case.clocks.change(CALLS, satisfied_at=at)


def calls_are_over(case: "ReviewedCase", now: datetime) -> None:
    """Their time has ended; during a hold nobody could call, and the calls stay owed."""
    if not case.letters.holds:
        case.work.finish(calls_to_make(case), now)


def answer_instead(case: "ReviewedCase", now: datetime) -> None:
    """Where the answer may leave, no letter that was kept back says any more that it is not ready."""
    late = [one for one in case.letters.unsent if one.kind is NoticeKind.MISSED_DEADLINE]
    late = [one for one in late if one.key not in case.letters.on_their_way]
    if late and not case.undecided:
        answered = {reader(one) for one in case.may_leave if one.kind is NoticeKind.DETERMINATION}
        over = [one for one in late if reader(one) in answered]
        dispatch.stop(case, over, "our answer leaves instead", now, SYSTEM)
