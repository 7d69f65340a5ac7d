"""May they appeal, and did they in time? The forms, the good cause, and the grounds to stop before deciding.

What comes late, or without a form, is received, recorded and answered. A timer dismisses nobody: when the time for
a form or a cause ends, a person decides.
"""

from collections.abc import Collection
from datetime import datetime

from domain.appeal import letters
from domain.appeal.state import AppealState
from domain.case import ending
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Timeframe
from domain.parts.events import EventKind
from domain.policy.appeals import UNTIMELY, DismissalGround, Form
from domain.review import announcing
from domain.terms.notice import Notice, NoticeKind
from domain.terms.people import Actor

FORM = "form"
CAUSE = "good cause"
DISMISSAL_REVIEW = "dismissal review"
VACATING = "vacating"
ASKING = {NoticeKind.APPEAL_FORM_ASKED: FORM, NoticeKind.APPEAL_CAUSE_ASKED: CAUSE}
"""The letters that ask for something, and the window in which it is awaited."""


# May they?


def ask_for_the_form(case: AppealState, now: datetime) -> None:
    """The appeal waits; whoever appeals and the member are told what is needed, and by when."""
    form = case.form
    if form is None:
        return
    duty = Duty.APPEAL_WAIVER if form.form is Form.WAIVER else Duty.APPEAL_FORM
    case.open_window(FORM, duty, now)
    asked = letters.form_asked(case, form, case.clocks.get(FORM))
    if case.appeal.representative:  # who has not shown yet that they may know more is told no more
        bare = {language: facts | {"contract_number": None} for language, facts in asked.items()}
        announcing.owe(case, NoticeKind.APPEAL_FORM_ASKED, now, bare, [case.representative])
    announcing.owe(case, NoticeKind.APPEAL_FORM_ASKED, now, asked)
    case.log.record(EventKind.FORM_ASKED, f"asked for: {form.title.en}", now=now, form=form.form.value)


def form_came(case: AppealState, at: datetime, now: datetime, by: Actor) -> None:
    """The form is here, and the decision counts from it."""
    case.form_came_at = at
    named = case.form.form.text if case.form else "form"
    words = f"{named} received; the decision counts from it"
    case.log.record(EventKind.FORM_CAME, words, at=at, now=now, by=by)
    case.end_window(FORM, at, now)
    if case.awaits_cause:
        ask_for_the_cause(case, now)


def asked_by(case: AppealState, notice: Notice) -> Clock | None:
    """The time to answer that a letter speaks of."""
    return case.clocks.get(ASKING.get(notice.kind))


def begin_as_they_leave(case: AppealState, keys: Collection[str], now: datetime) -> None:
    """What somebody is given to answer begins as they are asked, where the letter was kept back for days."""
    day_of = case.policy.calendar.day_of
    late = [one for one in case.letters.notices if one.key in keys and day_of(one.owed_at) < day_of(now)]
    for window in {clock.id: clock for one in late if (clock := asked_by(case, one))}.values():
        if case.is_undecided and window.satisfied_at is None:
            case.work.finish((work for work in case.work.open if work.clock == window.id), now)
            case.open_window(window.id, window.timeframe.times, now)


# In time?


def ask_for_the_cause(case: AppealState, now: datetime) -> None:
    """It came late: what kept them is asked for, unless they said it already; a person decides."""
    if case.appeal.good_cause and case.cause is None:
        cause_stated(case, case.appeal.good_cause, case.received_at, now)
        return
    case.open_window(CAUSE, Duty.APPEAL_GOOD_CAUSE, now)
    announcing.owe(
        case, NoticeKind.APPEAL_CAUSE_ASKED, now, letters.cause_asked(case, case.clocks.get(CAUSE))
    )
    case.log.record(EventKind.GOOD_CAUSE_ASKED, "it came late; asked for the good cause of that", now=now)


def cause_stated(case: AppealState, words: str, at: datetime, now: datetime) -> None:
    """What kept them; whether that is a good cause is for a person to say."""
    case.cause, case.cause_stated_at = words, at
    case.log.record(EventKind.GOOD_CAUSE_STATED, "why it is late was stated", at=at, now=now)
    case.end_window(CAUSE, at, now)
    case.need("appeals", "decide whether there was good cause for being late", now, clock=CAUSE)


def cause_is_good(case: AppealState, at: datetime, now: datetime, by: Actor) -> None:
    """Accepted: it is heard as if it had come in time, counted from when the cause was stated."""
    case.cause_accepted = True
    case.cause_stated_at = case.cause_stated_at or at
    case.end_window(CAUSE, at, now)
    case.log.record(EventKind.GOOD_CAUSE_DECIDED, "good cause accepted", at=at, now=now, by=by)


def hear_it(case: AppealState, now: datetime) -> None:
    """The clock counts from whichever came last: appeal, form, cause, or the undoing of a dismissal."""
    late = case.cause_stated_at if case.is_late else None
    instants = [case.received_at, case.form_came_at, late, case.vacated_at]
    case.heard_from = max(at for at in instants if at)
    for window in (FORM, CAUSE):
        case.end_window(window, now, now)
    _start_decision_clocks(case, case.heard_from, now)
    queue = "appeal-review" if any(map(case.is_clinical, case.lines)) else "appeal-coverage"
    case.need(queue, "look again at what was not approved, with everything new", now)


def _start_decision_clocks(case: AppealState, counts_from: datetime, now: datetime) -> None:
    """One clock for each row that times a line, as for a request."""
    rows: dict[str, tuple[Timeframe, list[int]]] = {}
    for line in case.undecided:
        for row in case.policy.rows(case.answers, case.received_at, case.urgency, line.kind):
            rows.setdefault(row.id, (row, []))[1].append(line.sequence)
    for row, lines in rows.values():
        entry = Received(at=counts_from, recorded_at=now)
        if len(lines) == len(case.lines):
            case.clocks.begin("appeal", row, entry)
        else:
            numbers = ", ".join(str(line) for line in lines)
            case.clocks.begin(f"appeal line {numbers}", row, entry, tuple(lines))


# Dismissed


def dismiss(case: AppealState, ground: DismissalGround, at: datetime, now: datetime, by: Actor) -> None:
    """The plan stops before deciding, on a listed ground, and says what can be done about that."""
    case.dismissed_as = ground.id
    if ground.id == UNTIMELY:
        case.cause_accepted = False
        case.log.record(EventKind.GOOD_CAUSE_DECIDED, "no good cause found", at=at, now=now, by=by)
    words = f"dismissed: {ground.words.en}"
    case.log.record(EventKind.DISMISSED, words, at=at, now=now, by=by, ground=ground.id)
    ending.end_clocks(case, now, at)
    case.work.finish_all(now)
    announcing.owe(case, NoticeKind.APPEAL_DISMISSED, now, letters.dismissal(case, ground))


def dismissal_told(case: AppealState, now: datetime) -> None:
    """The letter left: the time to have it reviewed, and the time to have it undone, run from it."""
    case.open_window(DISMISSAL_REVIEW, Duty.DISMISSAL_REVIEW, now)
    case.open_window(VACATING, Duty.VACATING, now)


def dismissal_stands(case: AppealState, at: datetime, now: datetime, by: Actor) -> None:
    """Whoever reviews after the plan let the dismissal stand; the time to undo it ourselves runs on."""
    case.end_window(DISMISSAL_REVIEW, at, now)
    words = "the reviewer let the dismissal stand"
    case.log.record(EventKind.REVIEW_ANSWERED, words, at=at, now=now, by=by)


def vacate(case: AppealState, at: datetime, now: datetime, by: Actor) -> None:
    """The dismissal is undone for good cause, and the appeal is heard: lateness and form stop it no more."""
    for window in (DISMISSAL_REVIEW, VACATING):
        case.end_window(window, at, now)
    if case.awaits_form:
        case.form_came_at = at
    case.dismissed_as, case.vacated_at, case.cause_accepted = None, at, True
    case.log.record(EventKind.VACATED, "the dismissal is undone for good cause", at=at, now=now, by=by)
    announcing.owe_same(case, NoticeKind.APPEAL_VACATED, now)
