"""An appeal that is sent again while the first is heard: by another appellant, more urgent, with more to say."""

from collections.abc import Iterator
from datetime import datetime

from domain.appeal import standing
from domain.appeal.appeal import WORD_OF, Appeal
from domain.appeal.request import AppealRequest
from domain.appeal.standing import FORM
from domain.clock.timeframe import Urgency
from domain.desk.received_again import CAME_EARLIER, ReceiveAgain, again_by
from domain.determination.clock_acts import CorrectReceipt, Expedite
from domain.parts.events import EventKind
from domain.terms.refusals import Refused

ANOTHER = "another appellant: see who may appeal, and who is written to"


class ReceiveAppeal(ReceiveAgain[Appeal]):
    """There is one appeal of a determination at this level: what comes after the first belongs to it."""

    appeal: AppealRequest

    @property
    def received_at(self) -> datetime:
        return self.appeal.received_at

    def check(self, case: Appeal, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} is over; nothing is added to it")
        appealable = {line.asked.sequence for line in case.original.lines}
        asked = set(self.appeal.lines) or appealable
        if beyond := asked - {line.sequence for line in case.lines}:
            raise Refused(f"lines: {case.number} is not about line {min(beyond)}")

    @property
    def words(self) -> str:
        urgent = ", expedited" if self.appeal.urgency is Urgency.EXPEDITED else ""
        return f"the appeal came {again_by(self.appeal.channel, self.appeal.by.value)}{urgent}"

    def follow(self, case: Appeal, now: datetime) -> Iterator[str]:
        at = self.happened_at(now)
        if self.came_earlier(case, now):
            yield from self._came_earlier(case, at, now)
        yield from self.attach(case, self.appeal.documents, now)
        yield from self._another_appellant(case, at, now)
        asked = Expedite(actor=self.actor, at=self.received_at, asked_by=WORD_OF[self.appeal.by])
        if self.appeal.urgency is Urgency.EXPEDITED and asked.changes(case):
            yield asked.apply(case, now)
        if self.appeal.statement and self.appeal.statement != case.appeal.statement:
            case.log.record(EventKind.NOTED, self.appeal.statement, at=at, now=now, by=self.actor)
            yield "what they say is noted"
        if self.appeal.good_cause and case.awaits_cause and case.cause is None:
            standing.cause_stated(case, self.appeal.good_cause, at, now)
            yield "why it is late was stated"

    def _came_earlier(self, case: Appeal, at: datetime, now: datetime) -> Iterator[str]:
        was_late = case.is_late
        yield CorrectReceipt(actor=self.actor, reason=CAME_EARLIER, received_at=at).apply(case, now)
        if was_late and not case.is_late:
            case.need(
                "supervisor", "an appeal that was keyed later makes it timely: look at its receipt", now
            )

    def _another_appellant(self, case: Appeal, at: datetime, now: datetime) -> Iterator[str]:
        """Whoever needs no form makes the appeal good from this receipt; anybody else is for a person."""
        first, again = case.appeal, self.appeal
        if (first.by, first.representative) == (again.by, again.representative):
            return
        if case.awaits_form and case.terms.form_of(again.by) is None:
            changes = {"by": again.by, "representative": again.representative}
            case.appeal = first.model_copy(update=changes)
            case.form_came_at = at
            case.urgency_by = WORD_OF[again.by]
            words = f"the {again.by.value} appeals too, and needs no form; the decision counts from that"
            case.log.record(EventKind.FORM_CAME, words, at=at, now=now, by=self.actor)
            case.end_window(FORM, at, now)
            if case.awaits_cause:
                standing.ask_for_the_cause(case, now)
            yield words
        else:
            case.need("appeals", ANOTHER, now)
            yield "another appellant, which is work for appeals"
