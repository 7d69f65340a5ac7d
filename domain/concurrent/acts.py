"""What people do with a stay that runs: more is asked for, an end is proposed, the QIO is asked, it is over."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from domain.case.acts import Act
from domain.clock.span import Unit
from domain.clock.timeframe import Urgency
from domain.concurrent import letters
from domain.concurrent.concurrent import Concurrent
from domain.concurrent.termination import Termination
from domain.determination.decisions import Deny
from domain.parts.events import EventKind
from domain.policy.stays import EndsBy, StayEnd
from domain.request.determination import ReasonClass
from domain.review import announcing
from domain.review.citation import Citing
from domain.terms.notice import NoticeKind
from domain.terms.people import Words
from domain.terms.refusals import Refused

SIGNED = "signature"  # the element that stands where somebody refused to sign, too


class AskMore(Act[Concurrent]):
    """The stay is to go on through a day: a stretch of its own, received `at`; its days, or so many units."""

    through: date
    units: Annotated[int, Field(ge=1, le=9999)] | None = None
    urgency: Urgency = Urgency.STANDARD

    def check(self, case: Concurrent, now: datetime) -> None:
        if case.ended_on:
            raise Refused(f"{case.number} ended on {case.ended_on}; a new stay is a new case")
        if self.through < self._first(case):
            raise Refused(f"through: leave is asked for through {self._last(case)} already")

    @staticmethod
    def _last(case: Concurrent) -> date:
        return case.approved_through or max(case.throughs.values())

    def _first(self, case: Concurrent) -> date:
        return date.fromordinal(self._last(case).toordinal() + 1)

    def apply(self, case: Concurrent, now: datetime) -> str:
        first, at = self._first(case), self.happened_at(now)
        asked = case.next_line(self.units or (self.through - first).days + 1, first)
        words = f"line {asked.sequence}: asked to go on from {first} through {self.through}"
        case.log.record(EventKind.RECEIVED_AGAIN, words, at=at, now=now, by=self.actor, line=asked.sequence)
        case.add(asked, self.through, at, self.urgency, now)
        return words


class EndCoverage(Citing, Act[Concurrent]):
    """A clinician proposes that coverage ends: on a last covered day; or, by a denial, from a day on.

    `ground` is a row by which the notice may come later than the law's own time; `one_service`: skilled care goes
    on beside it. That, and a benefit that is used up, is denied, where any other end has a notice of its own.
    """

    answers_the_clock = False
    on: date
    reason_id: str
    words: Words | None = None
    translate: bool = False
    ground: str | None = None
    one_service: bool = False

    def check(self, case: Concurrent, now: datetime) -> None:
        if not case.is_running:
            raise Refused(f"{case.number} has nothing that runs and could end")
        if case.termination:
            raise Refused(f"an end on {case.termination.last_day} is proposed already")
        row, calendar = self.row(case), case.policy.calendar
        self._denial(case).check_on(case, case.last_approved, now)
        due = Termination(last_day=self.on, row=row, because=Words(en="")).notice_due(calendar)
        if due and due < now:
            earliest = date.fromordinal(calendar.day_of(now).toordinal() + row.before.length)
            raise Refused(
                f"on: its notice is there {row.before} before; the earliest day is {earliest}", row.source
            )

    def row(self, case: Concurrent) -> StayEnd:
        used_up = self._denial(case).row(case).reason_class is ReasonClass.ADMINISTRATIVE
        row = case.stays.end_of(case.stay.setting, apart=used_up or self.one_service)
        if row is None:
            raise Refused(
                "no row of the pack says how coverage ends here; deny or reduce what is asked for next"
            )
        if self.ground is None:
            return row
        if not self.reason:
            raise Refused("because: say what shows the ground for a shorter notice", row.source)
        return case.stays.shortened(row, self.ground)

    def _denial(self, case: Concurrent, line: int | None = None) -> Deny:
        said = self.model_dump(
            include={"actor", "at", "reason", "confirmed_by", "reason_id", "words", "translate"}
        )
        cited = self.model_dump(include=set(Citing.model_fields))
        return Deny.model_validate(said | cited | {"line": line})

    def apply(self, case: Concurrent, now: datetime) -> str:
        row, at = self.row(case), self.happened_at(now)
        reason = self._denial(case).answer(case, case.last_approved, now).reason
        if row.by is EndsBy.DENIAL:
            self._deny_the_rest(case, now)
        ends = Termination(
            last_day=self.on,
            row=row,
            because=reason.words if reason else Words(en=""),
            cited=reason.cited if reason else None,
            line=case.lines[-1].sequence if row.by is EndsBy.DENIAL else None,
        )
        case.propose(ends, at, now, self.actor)
        if row.by is EndsBy.NON_COVERAGE:
            announcing.owe(case, NoticeKind.NON_COVERAGE, now, letters.non_coverage(case))
        because = f", on the ground {self.ground}: {self.reason}" if self.ground else ""
        return f"an end of coverage on {self.on} is proposed{because}; its notice comes first"

    def _deny_the_rest(self, case: Concurrent, now: datetime) -> None:
        """What would have come after is a line of its own, denied with the full notice."""
        last = max(case.approved_through or self.on, self.on)
        asked = case.next_line((last - self.on).days + 1, self.on)
        case.add(asked, last, self.happened_at(now), case.urgency, now)
        self._denial(case, asked.sequence).apply(case, now)


class GiveNotice(Act[Concurrent]):
    """A notice was given: of the end, the hospital's first message, or its copy. Refused to sign counts too."""

    what: Literal["notice", "first_message", "copy"]
    to: Literal["member", "representative"] = "member"
    refused: bool = False
    understood: bool = True
    lacks: tuple[str, ...] = ()  # of what a hospital's message has to say

    def check(self, case: Concurrent, now: datetime) -> None:
        row = case.way_to_end
        if not self.understood and self.to == "member":
            raise Refused(
                "to: the member cannot understand it; it is given to a representative", "42 CFR 422.624(c)"
            )
        is_hospital = row is not None and row.by is EndsBy.IMPORTANT_MESSAGE
        if (self.what == "notice") is is_hospital:
            raise Refused("what: a hospital gives a first_message and a copy, everybody else a notice")
        case.stays.refuse_a_message_without(
            [one for one in self.lacks if not (self.refused and one == SIGNED)]
        )
        if self.what == "first_message":
            return
        if case.termination is None:
            raise Refused(f"{case.number} has no end proposed that this could be the notice of")
        if case.termination.is_by_denial:
            raise Refused(
                "what: here the letter of the denial is the notice, from the day on which it leaves"
            )

    def apply(self, case: Concurrent, now: datetime) -> str:
        at = self.happened_at(now)
        how = f"to the {self.to}" + (", who refused to sign: it counts as received" if self.refused else "")
        words = f"{self.what.replace('_', ' ')} given {how}"
        case.log.record(EventKind.NOTED, words, at=at, now=now, by=self.actor)
        if self.what == "first_message":
            case.first_message_at = at
            case.first_message_given(now)
        else:
            if self.what == "copy" and case.termination:  # the last one counts
                case.termination = case.termination.model_copy(update={"delivered_at": None})
            case.notice_given(at, now, self.actor)
        return words


class GoOn(Act[Concurrent]):
    """The proposed end is taken back: coverage goes on, and an end needs a new notice."""

    act_name = "approve"

    def check(self, case: Concurrent, now: datetime) -> None:
        if case.termination is None or case.ended_on:
            raise Refused(f"{case.number} has no end proposed that could be taken back")
        if case.termination.is_by_denial:
            raise Refused("here the end is a denial that was told; plazo correct-answer puts that right")
        if not self.reason:
            raise Refused("because: say why", "plan policy")

    def apply(self, case: Concurrent, now: datetime) -> str:
        words = f"the proposed end is taken back: {self.reason}"
        case.goes_on_after_all(words, self.happened_at(now), now, self.actor)
        return "the proposed end is taken back; coverage goes on"


class ContinueBenefits(Act[Concurrent]):
    """The member asks that what runs goes on while it is appealed; they may have to pay for it (42 CFR 438.420)."""

    def check(self, case: Concurrent, now: datetime) -> None:
        until = case.termination.continue_until(case.policy.calendar) if case.termination else None
        if until is None:
            raise Refused(f"{case.number} has no end during which benefits could be continued")
        if self.happened_at(now) > until:
            last = case.policy.calendar.show_due(until)
            raise Refused(f"at: continued benefits are asked for until {last}", "42 CFR 438.420(a)")

    def apply(self, case: Concurrent, now: datetime) -> str:
        at = self.happened_at(now)
        if case.termination:
            case.termination = case.termination.model_copy(update={"continued_at": at})
        case.reinstate(now)
        words = "benefits go on, asked for in time; they may have to be paid for"
        case.log.record(EventKind.COORDINATED, words, at=at, now=now, by=self.actor)
        case.need("appeals", "benefits go on until the appeal is answered: end the stay, or go on", now)
        return words


class Discharge(Act[Concurrent]):
    """The member left, `at` that instant: the stay is over. A hospital gives its message and the copy before."""

    def check(self, case: Concurrent, now: datetime) -> None:
        if case.ended_on or not case.permit:
            raise Refused(f"{case.number} has nothing that runs any more")

    def apply(self, case: Concurrent, now: datetime) -> str:
        at, calendar = self.happened_at(now), case.policy.calendar
        row = case.way_to_end
        if row and row.copy_from and not self._had_its_copy(case, row, at):
            case.late("discharged without a copy of the Important Message in its time", at, now)
        case.log.record(EventKind.NOTED, "discharged", at=at, now=now, by=self.actor)
        case.end(calendar.day_of(at), "discharged", now, self.actor)
        return f"discharged on {calendar.day_of(at)}"

    @staticmethod
    def _had_its_copy(case: Concurrent, row: StayEnd, at: datetime) -> bool:
        """Given so long before at the earliest and at the latest; a first message as late serves as one."""
        earliest = row.copy_from.before(at, case.policy.calendar) if row.copy_from else at
        latest = row.before.before(at, case.policy.calendar) if row.before.unit is Unit.HOURS else at
        given = [case.first_message_at, case.termination.delivered_at if case.termination else None]
        return any(one and earliest <= one <= latest for one in given)
