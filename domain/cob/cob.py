"""Coordination of benefits: other coverage of a member, from the day on which we learn of it; the policy, in order.

1. *Learned*, from a claim, a call, a form. Who pays first is reckoned from the facts that are known.
2. *Asked*: where a fact is missing the member is asked for it, in writing, with a day, and once more before that
   day. Nothing is guessed: after it somebody here finds out, or leaves the order unknown.
3. *Told*: who pays first, and by which clause; and again whenever that has changed.
4. *Looked at again by itself* on each day on which it may change: 65, a retirement or divorce that is known ahead,
   the months of Medicare; and on the member's next birthday they are asked whether anything has changed.
5. *Over* when nobody else pays, or nobody finds out.
"""

from datetime import date, datetime, time
from typing import Any, ClassVar

from domain.case import dispatch, ending, windows
from domain.case.matter import Matter
from domain.clock.agenda import Appointment, Occasion
from domain.clock.duty import Duty
from domain.clock.timeframe import Satisfaction
from domain.cob import letters
from domain.cob.learned import Learned, ours
from domain.cob.letters import Facts
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, TimeToLook, WindowEnded, WindowIsEnding
from domain.parts.stage import Stage
from domain.parts.status import CobStatus
from domain.payers.family import Family
from domain.payers.looks import birthday_after, looks
from domain.payers.order import Order, order_of
from domain.payers.rows import PayerPolicy, PayerRows
from domain.policy.case_policy import CasePolicy
from domain.terms.calendar import whole_seconds
from domain.terms.notice import NoticeKind
from domain.terms.people import Actor, Language

ANSWER, BIRTHDAY = "answer about other coverage", "birthday"
LOOK_AGAIN = "who pays first is looked at again"
NO_ANSWER = "the member did not answer: find out what was asked, and tell it to the case"
NO_CLAUSE = "no clause decides who pays first: find out more, or leave it unknown"


class CoordinationOfBenefits(Matter):
    """Other coverage of a member, and who pays first. `told` are the payers that the member was last told of."""

    kind: ClassVar[str] = "cob"
    came_as: ClassVar[str] = "learned"

    learned: Learned
    family: Family
    facts_on: date  # the day of the newest facts
    order: Order = Order()
    told: tuple[str, ...] | None = None
    left_unknown: bool = False

    @classmethod
    def first(cls, came: Learned, policy: CasePolicy) -> dict[str, Any]:
        return {"family": came.family, "facts_on": policy.calendar.day_of(whole_seconds(came.received_at))}

    def begins(self, now: datetime, by: Actor) -> None:
        """We learned of it: who pays first is told, or what is missing is asked for."""
        words = f"other coverage learned of by {self.learned.channel.value.replace('_', ' ')}"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        self.reckon(now)

    # Who pays first

    def reckon(self, now: datetime) -> None:
        """Who pays first today: told where it has changed, asked where a fact is missing, never guessed."""
        day = self.policy.calendar.day_of(now)
        self.order = order_of(self.family.by(day), self.payers)
        if not self.order.is_known:
            words = "who pays first is not known yet"
        elif self.order.payers == self.told:
            words = "who pays first is as it was told"
        else:
            words = f"{' before '.join(self.order.payers) or 'nobody'}: who pays is known"
        self.log.record(EventKind.COVERAGE_CHECKED, words, now=now)
        if self.order.missing:
            self.ask(now)
        elif not self.order.is_known:
            self.need("coverage", NO_CLAUSE, now)
        elif self.order.payers != self.told:
            self.told = self.order.payers
            self._owe(NoticeKind.COB_ORDER, now, {one: letters.ordered(self, one) for one in Language})

    def ask(self, now: datetime) -> None:
        """The member is asked for what is missing, or whether anything has changed, and has until a day."""
        row = self.policy.row(Duty.COVERAGE_ANSWER, self.received_at)
        if row is None or self.clocks.is_open(ANSWER):
            return
        windows.open_window(self, ANSWER, row, now, now, "the member is asked; waits until")
        self._owe_question(now, again=False)

    def facts_told(self, family: Family, at: datetime, now: datetime, by: Actor) -> None:
        """Somebody said how it is: what was asked is answered, and who pays first is reckoned from there."""
        self.family, self.facts_on = family, self.policy.calendar.day_of(at)
        self.log.record(EventKind.COVERAGE_CHECKED, "facts about other coverage told", at=at, now=now, by=by)
        self.satisfy(Satisfaction.ACT, {Duty.COVERAGE_ANSWER}, at=at, now=now)
        self.work.finish((one for one in self.work.open if one.queue == "coverage"), now)
        asking = [one for one in self.letters.unsent if one.kind is NoticeKind.COB_ASKED]
        dispatch.stop(self, asking, "it is answered", now, by)
        self.reckon(now)

    def leave_unknown(self, at: datetime, now: datetime, by: Actor, why: str) -> None:
        """Nobody finds out; whoever reads the case sees that nothing was guessed."""
        self.left_unknown = True
        self.log.record(EventKind.COVERAGE_CHECKED, f"left unknown: {why}", at=at, now=now, by=by)
        dispatch.stop(self, self.letters.unsent, "nobody waits for an answer any more", now, by)
        ending.close(self, self.status.in_a_sentence, now, at)

    def _owe_question(self, now: datetime, *, again: bool) -> None:
        until = self.due_at_of(self.clocks[ANSWER])
        said = {one: letters.asked(self, until, again=again, language=one) for one in Language}
        self._owe(NoticeKind.COB_ASKED, now, said)

    def _owe(self, kind: NoticeKind, now: datetime, said: dict[Language, Facts]) -> None:
        facts = {one: {**self.at_the_head(now), **said[one]} for one in Language}
        dispatch.owe(self, [self.addressee], kind, now, facts)

    # What follows by itself

    def follow_ups(self) -> list[Appointment]:
        """The days on which it may change; on the next birthday it is asked whether it has."""
        days = [("look", day) for day in looks(self.family, self.facts_on, self.payers.medicare)]
        if self.told and not self.is_over:
            days.append((BIRTHDAY, birthday_after(self.family.born, self.facts_on)))
        return [
            Appointment(
                at=self.policy.calendar.at(day, time()),
                occasion=Occasion.FOLLOW_UP,
                clock="order of payers",
                rung=rung,
                words=LOOK_AGAIN,  # of a timer that others read: it says of nobody what changes
            )
            for rung, day in days
        ]

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment):
                self.reckon(now)
                if appointment.rung == BIRTHDAY:
                    self.ask(now)
            case WindowIsEnding():
                self._owe_question(now, again=True)
            case WindowEnded():
                self.need("coverage", NO_ANSWER, now)
            case _:
                pass

    def settle(self, now: datetime) -> None:
        """Nobody else pays, now or from a day that is known, and the member was told."""
        waits = self.letters.unsent or self.letters.came_back or self.letters.holds or self.work.open
        if self.is_over and not waits and not self.is_closed:
            ending.close(self, self.status.in_a_sentence, now)

    @property
    def is_over(self) -> bool:
        payers, mine = self.order.payers, ours(self.family)
        alone = payers == (mine,) or mine not in payers
        return self.order.is_known and alone and not any(one.begins for one in self.order.aside)

    # Where it stands

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        return Stage.ORDER_ASKED if self.is_undecided else Stage.ORDER_TOLD

    @property
    def status(self) -> CobStatus:
        if self.withdrawn:
            return CobStatus.WITHDRAWN
        if not self.order.is_known:
            return CobStatus.LEFT_UNKNOWN if self.left_unknown else CobStatus.UNKNOWN
        if self.is_over:
            return CobStatus.ALONE
        return CobStatus.FIRST if self.order.payers[0] == ours(self.family) else CobStatus.LATER

    @property
    def is_undecided(self) -> bool:
        return not (self.order.is_known or self.withdrawn or self.left_unknown)

    @property
    def can_be_withdrawn(self) -> bool:
        """Coverage that there never was is taken back, told or not."""
        return not self.is_closed

    @property
    def rows(self) -> PayerRows:
        assert self.policy.payers is not None
        return self.policy.payers

    @property
    def payers(self) -> PayerPolicy:
        return self.rows.on(self.policy.calendar.day_of(self.received_at))
