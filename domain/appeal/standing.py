"""May they appeal, and did they in time? The forms, the good cause, and the grounds to stop before deciding.

What comes late, or without a form, is received, recorded and answered. A timer dismisses nobody: when the time for
a form or a cause ends, a person decides.
"""

from collections.abc import Collection
from datetime import datetime

from domain.appeal import letters
from domain.appeal.state import AppealState
from domain.case.events import EventKind
from domain.clock.clock import Clock
from domain.clock.ledger import Received
from domain.clock.timeframe import Duty, Timeframe
from domain.policy.appeals import UNTIMELY, DismissalGround, Form
from domain.terms.notice import Notice, NoticeKind
from domain.terms.people import Actor

FORM = "form"
CAUSE = "good cause"
DISMISSAL_REVIEW = "dismissal review"
VACATING = "vacating"
ASKING = {NoticeKind.APPEAL_FORM_ASKED: FORM, NoticeKind.APPEAL_CAUSE_ASKED: CAUSE}
"""The letters that ask for something, and the window in which it is awaited."""


class AppealStanding(AppealState):
    """An appeal on its way to be heard."""

    # May they?

    def ask_for_the_form(self, now: datetime) -> None:
        """The appeal waits; whoever appeals and the member are told what is needed, and by when."""
        form = self.form
        if form is None:
            return
        duty = Duty.APPEAL_WAIVER if form.form is Form.WAIVER else Duty.APPEAL_FORM
        self.open_window(FORM, duty, now)
        asked = letters.form_asked(self, form, self.clocks.get(FORM))
        if self.appeal.representative:  # who has not shown yet that they may know more is told no more
            bare = {language: facts | {"contract_number": None} for language, facts in asked.items()}
            self.owe(NoticeKind.APPEAL_FORM_ASKED, now, bare, [self.representative])
        self.owe(NoticeKind.APPEAL_FORM_ASKED, now, asked)
        self.record(EventKind.FORM_ASKED, f"asked for: {form.title.en}", now=now, form=form.form.value)

    def form_came(self, at: datetime, now: datetime, by: Actor) -> None:
        """The form is here, and the decision counts from it."""
        self.form_came_at = at
        named = self.form.form.text if self.form else "form"
        words = f"{named} received; the decision counts from it"
        self.record(EventKind.FORM_CAME, words, at=at, now=now, by=by)
        self.end_window(FORM, at, now)
        if self.awaits_cause:
            self.ask_for_the_cause(now)

    def date_as_they_leave(self, keys: Collection[str], now: datetime) -> None:
        """What somebody is given to answer begins as they are asked, where the letter was kept back for days."""
        day_of = self.policy.calendar.day_of
        late = [one for one in self.notices if one.key in keys and day_of(one.owed_at) < day_of(now)]
        for window in {clock.id: clock for one in late if (clock := self._asked_by(one))}.values():
            if self.is_undecided and window.satisfied_at is None:
                self.finish((work for work in self.open_work if work.clock == window.id), now)
                self.open_window(window.id, window.timeframe.times, now)
        super().date_as_they_leave(keys, now)

    def dated(self, notice: Notice, now: datetime) -> Notice:
        letter, window = super().dated(notice, now), self._asked_by(notice)
        if window is None:
            return letter
        facts = letter.facts | {"until": letters.last_day(self, window)}
        return letter.model_copy(update={"facts": facts})

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        """Nobody is asked for what has come meanwhile."""
        window = self._asked_by(notice)
        has_come = window is not None and window.satisfied_at is not None
        return has_come or super().is_overtaken(notice, now)

    def _asked_by(self, notice: Notice) -> Clock | None:
        """The time to answer that a letter speaks of."""
        return self.clocks.get(ASKING.get(notice.kind, ""))

    # In time?

    def ask_for_the_cause(self, now: datetime) -> None:
        """It came late: what kept them is asked for, unless they said it already; a person decides."""
        if self.appeal.good_cause and self.cause is None:
            self.cause_stated(self.appeal.good_cause, self.received_at, now)
            return
        self.open_window(CAUSE, Duty.APPEAL_GOOD_CAUSE, now)
        self.owe(NoticeKind.APPEAL_CAUSE_ASKED, now, letters.cause_asked(self, self.clocks.get(CAUSE)))
        self.record(EventKind.GOOD_CAUSE_ASKED, "it came late; asked for the good cause of that", now=now)

    def cause_stated(self, words: str, at: datetime, now: datetime) -> None:
        """What kept them; whether that is a good cause is for a person to say."""
        self.cause, self.cause_stated_at = words, at
        self.record(EventKind.GOOD_CAUSE_STATED, "why it is late was stated", at=at, now=now)
        self.end_window(CAUSE, at, now)
        self.need("appeals", "decide whether there was good cause for being late", now, clock=CAUSE)

    def cause_is_good(self, at: datetime, now: datetime, by: Actor) -> None:
        """Accepted: it is heard as if it had come in time, counted from when the cause was stated."""
        self.cause_accepted = True
        self.cause_stated_at = self.cause_stated_at or at
        self.end_window(CAUSE, at, now)
        self.record(EventKind.GOOD_CAUSE_DECIDED, "good cause accepted", at=at, now=now, by=by)

    # Heard

    @property
    def may_be_heard(self) -> bool:
        """Does nothing stand in the way any more?"""
        waits = self.awaits_form or self.awaits_cause or not self.lines
        return not (waits or self.withdrawn or self.dismissed_as or self.is_closed)

    def hear_it(self, now: datetime) -> None:
        """The clock counts from whichever came last: appeal, form, cause, or the undoing of a dismissal."""
        late = self.cause_stated_at if self.is_late else None
        instants = [self.received_at, self.form_came_at, late, self.vacated_at]
        self.heard_from = max(at for at in instants if at)
        for window in (FORM, CAUSE):
            self.end_window(window, now, now)
        self._start_decision_clocks(self.heard_from, now)
        queue = "appeal-review" if any(map(self.is_clinical, self.lines)) else "appeal-coverage"
        self.need(queue, "look again at what was not approved, with everything new", now)

    def _start_decision_clocks(self, counts_from: datetime, now: datetime) -> None:
        """One clock for each row that times a line, as for a request."""
        rows: dict[str, tuple[Timeframe, list[int]]] = {}
        for line in self.undecided:
            for row in self.policy.rows(self.answers, self.received_at, self.urgency, line.kind):
                rows.setdefault(row.id, (row, []))[1].append(line.sequence)
        for row, lines in rows.values():
            entry = Received(at=counts_from, recorded_at=now)
            if len(lines) == len(self.lines):
                self.start_clock("appeal", row, entry)
            else:
                numbers = ", ".join(str(line) for line in lines)
                self.start_clock(f"appeal line {numbers}", row, entry, tuple(lines))

    # Dismissed

    def dismiss(self, ground: DismissalGround, at: datetime, now: datetime, by: Actor) -> None:
        """The plan stops before deciding, on a listed ground, and says what can be done about that."""
        self.dismissed_as = ground.id
        if ground.id == UNTIMELY:
            self.cause_accepted = False
            self.record(EventKind.GOOD_CAUSE_DECIDED, "no good cause found", at=at, now=now, by=by)
        words = f"dismissed: {ground.words.en}"
        self.record(EventKind.DISMISSED, words, at=at, now=now, by=by, ground=ground.id)
        self.end_clocks(now, at)
        self.finish_all(now)
        self.owe(NoticeKind.APPEAL_DISMISSED, now, letters.dismissal(self, ground))

    def dismissal_told(self, now: datetime) -> None:
        """The letter left: the time to have it reviewed, and the time to have it undone, run from it."""
        self.open_window(DISMISSAL_REVIEW, Duty.DISMISSAL_REVIEW, now)
        self.open_window(VACATING, Duty.VACATING, now)

    def dismissal_stands(self, at: datetime, now: datetime, by: Actor) -> None:
        """Whoever reviews after the plan let the dismissal stand; the time to undo it ourselves runs on."""
        self.end_window(DISMISSAL_REVIEW, at, now)
        words = "the reviewer let the dismissal stand"
        self.record(EventKind.REVIEW_ANSWERED, words, at=at, now=now, by=by)

    def vacate(self, at: datetime, now: datetime, by: Actor) -> None:
        """The dismissal is undone for good cause, and the appeal is heard: lateness and form stop it no more."""
        for window in (DISMISSAL_REVIEW, VACATING):
            self.end_window(window, at, now)
        if self.awaits_form:
            self.form_came_at = at
        self.dismissed_as, self.vacated_at, self.cause_accepted = None, at, True
        self.record(EventKind.VACATED, "the dismissal is undone for good cause", at=at, now=now, by=by)
        self.owe_same(NoticeKind.APPEAL_VACATED, now)
