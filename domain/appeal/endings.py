"""How an appeal ends: given effect, sent to the independent reviewer, told of the next level.

What the plan reverses it authorizes itself, within the row that counts from the receipt of the appeal. What it
upholds, or leaves unanswered, goes to the independent reviewer by itself where the regime says so; elsewhere the
member is told who may look at it next, and how long there is for that.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.appeal import letters
from domain.appeal.state import EFFECTS, AppealState, ReviewOutcome
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ledger import Extended, Received
from domain.clock.timeframe import CountsFrom, LegalEffect, Satisfaction, Services, Timeframe, Urgency
from domain.parts.events import EventKind
from domain.request.determination import Authorization, Determination, Outcome
from domain.request.line import Line
from domain.review import announcing
from domain.review.decision_clocks import clocks_of
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM, Actor, Language

NEXT_LEVEL = "next level"
AWAIT = "record the answer of the independent reviewer when it comes"
POST_FILE = "make the file for the independent reviewer, and post it today, as the letter says"


# Our own answer


def announce(case: AppealState, group: list[Line], now: datetime) -> None:
    """Tell the answer; what it gives is authorized with it, and what it does not goes on."""
    better = [line for line in group if case.is_improved(line)]
    for line in group:
        line.announced_at = now
    _authorize_all(case, better)
    announcing.owe(
        case,
        NoticeKind.APPEAL_DECISION,
        now,
        {language: letters.decision(case, group, language) for language in Language},
    )
    announcing.owe_calls(case, "tell the answer to the appeal", now)
    for line in better:
        _give_effect(case, line, now)
    if worse := [line for line in group if line.is_adverse]:
        forward(case, worse, now, silent=False)


def _authorize_all(case: AppealState, lines: Iterable[Line]) -> None:
    for line in lines:
        if line.kind is not Services.POST_SERVICE:
            line.authorization = _authorize(case, line)


def _authorize(case: AppealState, line: Line) -> Authorization | None:
    """Leave from the day of the reversal on, where the day that was asked for has passed meanwhile."""
    decided = line.determination
    if decided is None:
        return None
    day = max(line.asked.from_day, case.policy.calendar.day_of(decided.decided_at))
    return announcing.authorized(
        case, line.model_copy(update={"asked": line.asked.model_copy(update={"from_day": day})})
    )


def _give_effect(case: AppealState, line: Line, now: datetime) -> None:
    """The clock of our own reversal; a service is authorized at once, a payment is for people."""
    rows = case.policy.rows(Duty.EFFECTUATION, case.received_at, case.urgency, line.kind)
    for row in rows:
        _start_like_the_decision(case, f"effectuation line {line.sequence}", row, line, now)
    _authorized(case, line, now, now)


def _authorized(case: AppealState, line: Line, at: datetime, now: datetime) -> None:
    permit = line.authorization
    if permit is None:
        case.need("appeals", pay(line), now)
    else:
        effectuated(case, line, f"line {line.sequence} authorized: {permit.number}", at, now)


def effectuated(
    case: AppealState, line: Line, words: str, at: datetime, now: datetime, by: Actor = SYSTEM
) -> None:
    """What was reversed has its effect."""
    case.work.finish((work for work in case.work.open if work.what == pay(line)), now)
    case.satisfy(Satisfaction.ACT, EFFECTS, at=at, now=now, about=[line.sequence])
    case.log.record(EventKind.EFFECTUATED, words, at=at, now=now, by=by, line=line.sequence)


def _start_like_the_decision(case: AppealState, name: str, row: Timeframe, line: Line, now: datetime) -> None:
    """A clock that counts as the decision's did: from the same instant, and with its extension."""
    decided = next(case.clocks[one] for one in clocks_of(case, line.sequence))
    reckoning = decided.reckon(case.policy.calendar)
    counts_from = reckoning.counted_from if reckoning else case.received_at
    if row.counts_from is CountsFrom.DECISION and line.determination:
        counts_from = line.determination.decided_at
    case.clocks.begin(name, row, Received(at=counts_from, recorded_at=now), (line.sequence,))
    for entry in decided.ledger:
        if isinstance(entry, Extended):
            case.clocks.enter(name, entry)


# Upheld, or late


def forward(case: AppealState, lines: list[Line], now: datetime, *, silent: bool) -> None:
    """What was upheld, or left in silence, goes to the independent reviewer where the regime says so."""
    reviewer = letters.independent_reviewer(case)
    if reviewer is None:
        return
    for line in lines:
        case.forwarded.append(line.sequence)
        _start_forwarding(case, line, now, silent=silent)
    facts = {language: letters.file_for(case, lines, language, silent=silent) for language in Language}
    announcing.owe(case, NoticeKind.APPEAL_FILE, now, facts, [reviewer])
    numbers = ", ".join(str(line.sequence) for line in lines)
    why = "no answer in time counts as upholding" if silent else "upheld"
    words = f"line {numbers} goes to the independent reviewer: {why}"
    case.log.record(EventKind.FORWARDED, words, now=now, silent=silent)
    case.need("appeals", AWAIT, now)


def file_announced(case: AppealState, left: datetime, now: datetime) -> None:
    """Its letter left; where the file itself goes by hand, somebody makes and posts it on the same day."""
    after, calendar = case.terms.next, case.policy.calendar
    if after and after.file_by_hand:
        case.need("appeals", POST_FILE, now, due_at=calendar.end_of(calendar.day_of(left)))


def _start_forwarding(case: AppealState, line: Line, now: datetime, *, silent: bool) -> None:
    name = f"forwarding line {line.sequence}"
    at_once = silent or case.urgency is Urgency.EXPEDITED
    if not at_once:
        for by_kind in case.policy.rows(Duty.FORWARDING, case.received_at, case.urgency, line.kind):
            _start_like_the_decision(case, name, by_kind, line, now)
        return
    row = case.policy.row(Duty.FORWARDING_AT_ONCE, case.received_at, case.urgency)
    if row:
        decided = line.determination.decided_at if line.determination else _ended_at(case, line, now)
        case.clocks.begin(name, row, Received(at=decided, recorded_at=now), (line.sequence,))


def _ended_at(case: AppealState, line: Line, now: datetime) -> datetime:
    """When the time for a line that was left in silence ran out."""
    ends = [case.due_at_of(case.clocks[name]) for name in clocks_of(case, line.sequence)]
    return min((end for end in ends if end), default=now)


def tell_rights(case: AppealState, clock: Clock, appointment: Appointment, now: datetime) -> None:
    """Our answer is late. Forwarded, or exhausted: either way people are told, and nothing is denied."""
    row = clock.row(case.policy.calendar)
    if row.times is not case.answers:
        return
    told = any(notice.facts.get("clock") == clock.id for notice in case.letters.notices)
    if not told:
        facts = {language: letters.late(case, clock, language) for language in Language}
        announcing.owe(case, NoticeKind.APPEAL_LATE, now, facts)
    if row.expiry.effect is LegalEffect.FORWARDED:
        _leave_to_the_reviewer(case, clock, now)
    elif NEXT_LEVEL not in case.clocks:
        further = case.policy.row(Duty.NEXT_LEVEL, case.received_at, case.urgency)
        if further:
            case.clocks.begin(NEXT_LEVEL, further, None)
            words = "exhausted by our silence: it may be taken further, and no time has begun to run"
            case.log.record(EventKind.WINDOW_OPENED, words, at=appointment.at, now=now, clock=NEXT_LEVEL)


def _leave_to_the_reviewer(case: AppealState, clock: Clock, now: datetime) -> None:
    """What is unanswered counts as upheld and leaves our hands; what was answered beside it is told."""
    silent = [line for line in case.lines_of(clock) if line in case.undecided]
    case.clocks.change(clock.id, ended_at=now)
    forward(case, silent, now, silent=True)
    case.finish_idle_reviews(now)
    announcing.announce_what_is_decided(case, now)


# Whoever reviews after the plan


def went_to_the_next_level(case: AppealState, at: datetime, now: datetime, by: Actor) -> None:
    """Somebody asked for the next level; its answer is awaited."""
    case.went_further = True
    case.reviewed = {line: was for line, was in case.reviewed.items() if was is not ReviewOutcome.UPHELD}
    case.end_window(NEXT_LEVEL, at, now)
    case.log.record(EventKind.FORWARDED, "taken to the next level", at=at, now=now, by=by)


def review_answered(
    case: AppealState, overturned: list[Line], upheld: list[Line], at: datetime, now: datetime, by: Actor
) -> None:
    """The reviewer's notice reached us: what it reversed is authorized, what it upheld may go further still."""
    for line in overturned:
        _reverse(case, line, at, now)
    for line in upheld:
        case.reviewed[line.sequence] = ReviewOutcome.UPHELD
    said = [
        f"line {', '.join(str(line.sequence) for line in lines)} {outcome.value}"
        for lines, outcome in ((overturned, ReviewOutcome.OVERTURNED), (upheld, ReviewOutcome.UPHELD))
        if lines
    ]
    words = f"the reviewer answered: {'; '.join(said)}"
    case.log.record(EventKind.REVIEW_ANSWERED, words, at=at, now=now, by=by)
    case.end_window(NEXT_LEVEL, at, now)
    if not case.is_with_the_reviewer:
        case.work.finish((work for work in case.work.open if work.what in {AWAIT, POST_FILE}), now)
    for line in overturned:
        _follow_the_reviewer(case, line, at, now)
    if overturned:
        announcing.owe(
            case,
            NoticeKind.APPEAL_REVIEWED,
            now,
            {language: letters.reviewed(case, overturned, language) for language in Language},
        )
    if upheld and letters.independent_reviewer(case):
        case.open_window(NEXT_LEVEL, Duty.NEXT_LEVEL, now, begins_at=at)


def _reverse(case: AppealState, line: Line, at: datetime, now: datetime) -> None:
    after = case.terms.next
    name = after.name if after else "Reviewer"
    by = Actor(id="independent-reviewer", name=name, title="reviewer", organisation=name, roles=frozenset())
    case.reviewed[line.sequence] = ReviewOutcome.OVERTURNED
    line.announced_at = line.announced_at or now
    line.determination = Determination(
        outcome=Outcome.APPROVED,
        by=by,
        service=line.asked.service,
        units=line.asked.units,
        because=f"reversed by the {name}",
        decided_at=at,
        recorded_at=now,
    )
    _authorize_all(case, [line])


def _follow_the_reviewer(case: AppealState, line: Line, at: datetime, now: datetime) -> None:
    """Authorize within the row, counted from the reviewer's notice; or provide, by a later day."""
    heard = case.went_further and line.sequence in case.forwarded  # by a level above the reviewer
    duty = Duty.EFFECTUATION_AFTER_HEARING if heard else Duty.EFFECTUATION_AFTER_REVIEW
    for row in _rows_after_review(case, duty, line):
        name = f"review's effectuation line {line.sequence}"
        case.clocks.begin(name, row, Received(at=at, recorded_at=now), (line.sequence,))
        calendar = case.policy.calendar
        due = case.due_at_of(case.clocks[name]) or at
        words = f"line {line.sequence}: authorize by {calendar.show_due(due)}"
        for other in [] if heard else _rows_after_review(case, Duty.PROVISION_AFTER_REVIEW, line):
            words += f", or provide by {calendar.show_due(other.end(at, calendar))}"
        case.log.record(EventKind.CLOCK_STARTED, words, at=at, now=now, clock=name)
    _authorized(case, line, now, now)


def _rows_after_review(case: AppealState, duty: Duty, line: Line) -> list[Timeframe]:
    kind = line.kind if duty.depends_on_service else Services.ANY
    return case.policy.rows(duty, case.received_at, case.urgency, kind)


def pay(line: Line) -> str:
    """The work of a reversal that no authorization can give effect to."""
    return f"line {line.sequence}: pay what was reversed"


def outcome_of(case: AppealState) -> str:
    """As what it closes once nothing is left to do."""
    answers = set(case.reviewed.values())
    if case.withdrawn:
        return "withdrawn"
    if case.dismissed_as:
        return "dismissed"
    if answers == {ReviewOutcome.UPHELD}:
        return "upheld after the plan's own level"
    if answers:
        return "overturned after the plan's own level"
    if not case.is_adverse:
        return "overturned"
    return "overturned in part" if any(map(case.is_improved, case.lines)) else "upheld"
