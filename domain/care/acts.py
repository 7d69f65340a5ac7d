"""What people do in care management, step by step, and how it ends. Each act carries its own rule."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from domain.care import planning
from domain.care.ahead import AGREE, CONSENT
from domain.care.care import CareManagement
from domain.case.acts import Act
from domain.clock.duty import Duty
from domain.clock.timeframe import Satisfaction
from domain.desk.calls import refuse_during_a_hold
from domain.desk.received_again import ReceiveAgain, again_by
from domain.parts.events import EventKind
from domain.program.plan import Goal, GoalEnd, Goals
from domain.program.referred import Referred
from domain.program.rows import Risk
from domain.request.request import Text
from domain.terms.people import Language
from domain.terms.refusals import Refused

MANAGE = "manage care"


class CareAct(Act[CareManagement]):
    """Of somebody whose member has not left."""

    act_name = MANAGE

    def check(self, case: CareManagement, now: datetime) -> None:
        if case.end and not self.is_told_afterwards(case, now):
            raise Refused(f"{case.number} has ended: {case.status.in_a_sentence}")
        self.check_step(case, now)

    def is_told_afterwards(self, case: CareManagement, now: datetime) -> bool:
        """May it be recorded of a member who left since, because it changes nothing any more?"""
        return False

    def check_step(self, case: CareManagement, now: datetime) -> None:
        """The act's own rule."""


class FindEligible(CareAct):
    """The member qualifies: the time to assess them runs from then on."""

    risk: Risk
    indicators: tuple[Text, ...] = ()

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if case.eligible_at:
            raise Refused(f"{case.number} was found eligible before")
        refuse_unknown(case, self.indicators)
        if not (self.indicators or case.indicators or self.reason):
            raise Refused("indicator: say which one the member has, or because of what else they qualify")

    def apply(self, case: CareManagement, now: datetime) -> str:
        case.indicators = tuple(dict.fromkeys((*case.indicators, *self.indicators)))
        case.found_eligible(self.risk, self.happened_at(now), now, self.actor)
        return "eligible; it is offered next"


class OfferCare(CareAct):
    """The program was offered by voice, as free and voluntary."""

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if not case.eligible_at or case.consented_at:
            raise Refused(f"it is offered to who is eligible and has not consented: {case.stage.text}")
        refuse_during_a_hold(case, self.happened_at(now))

    def apply(self, case: CareManagement, now: datetime) -> str:
        case.offered_at = at = self.happened_at(now)
        case.log.record(EventKind.CALL_RECORDED, "offered, free and voluntary", at=at, now=now, by=self.actor)
        case.reached(at, now)
        case.next_is(CONSENT, now)
        return "offered; the member may think it over"


class Consent(CareAct):
    """The member said yes. `recording` says where their words are kept."""

    recording: Text
    language: Language
    by: Literal["member", "representative"] = "member"

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if case.offered_at is None:
            raise Refused("nobody consents to what was not offered to them", "plan policy, assumed")
        if case.consented_at:
            raise Refused(f"{case.number} has its consent")

    def apply(self, case: CareManagement, now: datetime) -> str:
        words = f"consent of the {self.by}, recorded as {self.recording}"
        case.consented(self.language, words, self.happened_at(now), now, self.actor)
        return "consented; the welcome letter is owed"


class Assess(CareAct):
    """The assessment begins, or is done. `risk` is what it found."""

    answers_the_clock = True
    done: bool = False
    risk: Risk | None = None

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if case.consented_at is None:
            raise Refused(
                "nobody is assessed who has not consented", "MCS, Case Management Program: voluntary"
            )
        if case.assessed_at or (case.begun_at and not self.done):
            number = case.number
            raise Refused(
                f"{number} has its assessment" if case.assessed_at else f"{number}: its assessment has begun"
            )

    def apply(self, case: CareManagement, now: datetime) -> str:
        at = self.happened_at(now)
        duties = {Duty.CARE_ASSESSMENT_BEGUN} | ({Duty.CARE_ASSESSMENT} if self.done else set())
        case.begun_at, case.risk = case.begun_at or at, self.risk or case.risk
        case.assessed_at = at if self.done else None
        words = f"assessment {'done' if self.done else 'begun'}, {case.risk} risk"
        case.log.record(EventKind.ASSESSED, words, at=at, now=now, by=self.actor)
        case.satisfy(Satisfaction.ACT, duties, at=at, now=now)
        case.reached(at, now)
        if self.done:
            case.next_is(AGREE, now)
        return words


class AgreeGoals(CareAct):
    """Goals that were agreed with the member. One that needs a service names the request that asks for it."""

    agreed: Goals

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if case.assessed_at is None:
            raise Refused("goals: they are agreed once the assessment is done", "plan policy, assumed")
        for language in case.languages:
            if not all(goal.is_worded_in(language) for goal in self.agreed.goals):
                raise Refused("goals: somebody reads Spanish; give them in Spanish too", "24 LPRA 3055")

    def apply(self, case: CareManagement, now: datetime) -> str:
        count, at = len(self.agreed.goals), self.happened_at(now)
        words = f"{count} goal{'s' if count > 1 else ''} agreed"
        case.log.record(EventKind.GOALS_AGREED, words, at=at, now=now, by=self.actor)
        for goal in self.agreed.goals:
            if goal.request:
                case.link(goal.request, "asked for by a goal", now, self.actor)
        planning.agree(case, self.agreed.goals, at, now)
        return f"{words}; the plan of care is told"


class EndGoal(CareAct):
    """A goal was met, or given up."""

    goal: Text
    ended: GoalEnd

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if self.goal not in {one.id for one in case.open_goals}:
            known = ", ".join(one.id for one in case.open_goals) or "none"
            raise Refused(f"goal: the open ones are {known}")

    def apply(self, case: CareManagement, now: datetime) -> str:
        case.goals = tuple(map(self._as_it_ended, case.goals))
        words = f"a goal was {self.ended}"
        at = self.happened_at(now)
        case.log.record(EventKind.GOALS_AGREED, words, at=at, now=now, by=self.actor, goal=self.goal)
        planning.look_at_goals(case, now)
        return words

    def _as_it_ended(self, goal: Goal) -> Goal:
        return goal.model_copy(update={"ended": self.ended}) if goal.id == self.goal else goal


class ReferAgain(ReceiveAgain[CareManagement]):
    """The member was referred again, while the case is open."""

    referred: Referred

    @property
    def received_at(self) -> datetime:
        return self.referred.received_at

    def check(self, case: CareManagement, now: datetime) -> None:
        if case.end:
            raise Refused(f"{case.number} has ended: {case.status.in_a_sentence}")

    @property
    def words(self) -> str:
        return f"referred {again_by(self.referred.channel, self.referred.by.value)}"

    def follow(self, case: CareManagement, now: datetime) -> Iterator[str]:
        if new := [one for one in self.referred.indicators if one not in case.indicators]:
            case.indicators = (*case.indicators, *new)
            yield "with another indicator"
        if self.referred.case:
            case.link(self.referred.case, "follows what came of", now, self.actor)
        yield from self.attach(case, self.referred.documents, now)


def refuse_unknown(case: CareManagement, indicators: tuple[str, ...]) -> None:
    known = [row.id for row in case.care.indicator]
    if strange := [one for one in indicators if one not in known]:
        raise Refused(f"indicator: {strange[0]} is none; there are {', '.join(known)}")
