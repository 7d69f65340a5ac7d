"""Care management: a member who is ill for long is followed by telephone, freely; the policy, in its order.

1. *Referred* by anybody. Somebody here finds out whether the member qualifies; what a code suggests enrols nobody.
2. *Eligible*: from that day, and not from consent, the assessment is to be begun and done (NCQA PHM 5).
3. *Offered*, by voice, and *consented* to, in words that are recorded; it is free, and nobody has to.
4. *Assessed*; then a plan of care is agreed: goals per problem, tasks, owners, days. Member and physician are told.
5. *Contacted* in the rhythm of their risk; the physician looks at the plan too. A goal decides nothing: what needs
   leave is asked for in a request of its own.
6. *Ended*: goals met, opted out, unreachable, moved on, coverage ended, died. The member's word ends it at any time
   and at once: nothing waits for anybody any more, and one letter says that it was heard.
"""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import AwareDatetime

from domain.care import ahead
from domain.care.ahead import AGAIN, ASSESS, CONTACT, DUE, OFFER, QUEUE, SCREEN, STEPS
from domain.care.letters import Facts
from domain.case import dispatch, ending
from domain.case.matter import Matter
from domain.clock.agenda import Appointment
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, LetterLeft, TimeToLook
from domain.parts.stage import Stage
from domain.parts.status import CareStatus
from domain.policy.case_policy import CasePolicy
from domain.program.ends import CareEnd
from domain.program.plan import Goal
from domain.program.referred import Referred
from domain.program.rows import CarePolicy, CareTerms, Risk
from domain.terms.notice import Addressee, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor, Language

BEGUN, ASSESSED = "assessment begun", "assessment"


class CareManagement(Matter):
    """A member in care management, or on the way there. `failed` are the tries since they were last reached."""

    kind: ClassVar[str] = "care"
    came_as: ClassVar[str] = "referred"

    referred: Referred
    indicators: tuple[str, ...] = ()
    eligible_at: AwareDatetime | None = None
    risk: Risk | None = None
    offered_at: AwareDatetime | None = None
    consented_at: AwareDatetime | None = None
    language: Language  # of their own choice, as it was known, then as they consented
    begun_at: AwareDatetime | None = None
    assessed_at: AwareDatetime | None = None
    goals: tuple[Goal, ...] = ()
    agreed_at: AwareDatetime | None = None
    reviewed_at: AwareDatetime | None = None
    reached_at: AwareDatetime | None = None
    failed: tuple[AwareDatetime, ...] = ()
    end: CareEnd | None = None
    ended_at: AwareDatetime | None = None

    @classmethod
    def first(cls, came: Referred, policy: CasePolicy) -> dict[str, Any]:
        return {"indicators": came.indicators, "language": came.member.language, "parent": came.case}

    def begins(self, now: datetime, by: Actor) -> None:
        """Somebody was referred; a person finds out whether they qualify."""
        came = self.referred
        channel, whom = (one.value.replace("_", " ") for one in (came.channel, came.by))
        words = f"referred by {channel}, by {whom}"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        if self.parent:
            self.link(self.parent, "follows what came of", now)
        self.need(QUEUE, SCREEN, now)

    # What people make of it

    def found_eligible(self, risk: Risk, at: datetime, now: datetime, by: Actor) -> None:
        """They qualify: the time to assess them counts from here, whether or not they have consented."""
        self.eligible_at, self.risk = at, risk
        self.log.record(EventKind.SCREENED, f"eligible, {risk} risk", at=at, now=now, by=by)
        for name, duty in ((BEGUN, Duty.CARE_ASSESSMENT_BEGUN), (ASSESSED, Duty.CARE_ASSESSMENT)):
            if row := self.policy.row(duty, self.received_at):
                self.clocks.begin(name, row, Received(at=at, recorded_at=now))
        self.next_is(OFFER, now)

    def consented(self, language: Language, words: str, at: datetime, now: datetime, by: Actor) -> None:
        """They said yes; the welcome letter is in the language that they chose."""
        self.consented_at, self.language = at, language
        self.log.record(EventKind.CONSENTED, words, at=at, now=now, by=by)
        self.reached(at, now)
        self.next_is(ASSESS, now)
        self.owe(self.addressee, NoticeKind.CARE_WELCOME, now, {})

    def reached(self, at: datetime, now: datetime) -> None:
        """The member was spoken with: what failed before does not count, and the next call is days away."""
        self.reached_at = max(at, self.reached_at or at)
        self.failed = tuple(one for one in self.failed if one > at)
        self.work.finish((one for one in self.work.open if one.what in {DUE[CONTACT], AGAIN}), now)

    def ends(self, how: CareEnd, at: datetime, now: datetime, by: Actor, why: str = "") -> None:
        """It is over at that instant: clocks, work, appointments and letters fall away, and one letter says so.

        Who has died is not written to; and nobody looks for an address of somebody who left.
        """
        self.end, self.ended_at = how, at
        because = f": {why}" if why else ""
        self.log.record(EventKind.CARE_ENDED, f"{self.status.in_a_sentence}{because}", at=at, now=now, by=by)
        ending.end_clocks(self, now, at)
        self.work.finish(self.work.open, now)  # a call that was promised, too
        dispatch.stop(self, self.letters.unsent, "it has ended", now, SYSTEM)
        if how is not CareEnd.DIED and self.letters.as_found(self.addressee).address:
            self.owe(self.addressee, NoticeKind.CARE_CLOSED, now, {"how": how.value})
        self.settle(now)

    def next_is(self, what: str, now: datetime) -> None:
        """One step waits for somebody at a time; those before it are done."""
        self.work.finish((one for one in self.work.open if one.what in STEPS - {what}), now)
        self.need(QUEUE, what, now, due_at=self.due_at)

    def owe(self, to: Addressee, kind: NoticeKind, now: datetime, said: Facts) -> None:
        """Owe a letter in the one language of its reader."""
        dispatch.owe(self, [to], kind, now, {to.language: {**self.at_the_head(now), **said}})

    # What follows by itself

    def follow_ups(self) -> list[Appointment]:
        return ahead.follow_ups(self)

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment):
                calendar = self.policy.calendar
                due_at = calendar.end_of(calendar.day_of(appointment.at))
                self.need(QUEUE, DUE[appointment.rung or CONTACT], now, due_at=due_at)
            case LetterLeft():
                self.settle(now)
            case _:
                pass

    def settle(self, now: datetime) -> None:
        """It has ended, and its last letter has left."""
        waits = self.letters.unsent or self.letters.holds
        if self.end and not waits and not self.is_closed:
            ending.close(self, self.status.in_a_sentence, now)

    # Where it stands

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        if self.end:
            return Stage.CARE_ENDING
        if self.agreed_at:
            return Stage.CARE_CONTACT
        if self.assessed_at:
            return Stage.CARE_PLANNING
        if self.consented_at:
            return Stage.CARE_ASSESSMENT
        return Stage.CARE_OFFER if self.eligible_at else Stage.RECEIVED

    @property
    def status(self) -> CareStatus:
        if self.withdrawn:
            return CareStatus.WITHDRAWN
        if self.end:
            return CareStatus[self.end.name]
        if self.consented_at:
            return CareStatus.ACTIVE
        return CareStatus.OFFERED if self.eligible_at else CareStatus.REFERRED

    @property
    def is_undecided(self) -> bool:
        """Has the member neither consented nor left?"""
        return self.consented_at is None and self.end is None and not self.withdrawn

    @property
    def open_goals(self) -> list[Goal]:
        return [goal for goal in self.goals if goal.ended is None]

    @property
    def care(self) -> CarePolicy:
        assert self.policy.care is not None
        return self.policy.care

    @property
    def terms(self) -> CareTerms:
        return self.care.terms_on(self.policy.calendar.day_of(self.received_at))

    # Who is written to

    @property
    def addressee(self) -> Addressee:
        """The member, where they want to be written to: in confidence at one address, and at no other."""
        address = self.referred.confidential_address or self.referred.member.address
        return super().addressee.model_copy(update={"address": address, "language": self.language})

    @property
    def physician(self) -> list[Addressee]:
        """Whose treatment is followed, if anybody said whose."""
        one = self.referred.physician
        known = one.model_dump(include={"name", "address", "language", "fax"}) if one else {}
        return [Addressee(recipient=Recipient.PROVIDER, **known)] if one else []

    @property
    def language_of_its_own(self) -> Language:
        return self.language

    @property
    def languages(self) -> set[Language]:
        return {self.language, *(one.language for one in self.physician)}
