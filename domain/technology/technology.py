"""New technology: what the plan may come to cover, from the proposal to the next look; the policy, in order.

1. *Proposed*, and *scoped*: the question that is asked.
2. *Evidence* on all four bases; that nothing was found is an answer, silence is none.
3. *Opinion* of a specialist of the field, who has no interest in it.
4. *Committee*: covered, not covered, or case by case. For Medicare Advantage a national rule ends the question.
5. *Published*, and looked at again every year, or when new evidence comes, until a vote retires it.

A member's request for it runs on its own clock, is decided for that member, and never waits for any of this.
"""

from datetime import date, datetime
from typing import ClassVar

from domain.case import ending
from domain.clock.timeframe import Regime
from domain.committee.meeting import Meeting
from domain.deliberation.deliberated import LOOK_AGAIN, RETIRE, Deliberated
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, TimeToLook
from domain.parts.stage import Stage
from domain.parts.status import TechnologyStatus
from domain.technology.proposal import Basis, Coverage, Evidence, Opinion, Proposal
from domain.terms.people import Actor

SCOPE, GATHER = "say which question is asked", "answer each of the four bases"
OPINION, VOTE = "get a specialist's opinion", "bring it to the committee"
PUBLISH = "publish what was decided"


class Technology(Deliberated):
    """A proposal, the question, the evidence by basis, and what was decided, by vote or by national rule."""

    kind: ClassVar[str] = "technology"
    came_as: ClassVar[str] = "proposal"
    looks: ClassVar[str] = "technology"

    proposal: Proposal
    question: str | None = None
    evidence: dict[Basis, Evidence] = {}
    opinion: Opinion | None = None
    decided: Coverage | None = None
    published_on: date | None = None

    def begins(self, now: datetime, by: Actor) -> None:
        """Somebody proposes it; the member's case that it came with goes its own way."""
        words = f"{', '.join(self.proposal.codes)} proposed"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        if self.proposal.request:
            self.link(self.proposal.request, "a member asks for it, and does not wait for this", now, by)
        self.need("committee", SCOPE, now)

    # Prepared

    def scoped(self, question: str, at: datetime, now: datetime, by: Actor) -> None:
        self.question = question
        self._found("the question is scoped", at, now, by)

    def answered_by(self, evidence: tuple[Evidence, ...], at: datetime, now: datetime, by: Actor) -> None:
        """Answers of bases, each in the place of an older one; where the law decides it itself, it is decided."""
        self.evidence |= {one.basis: one for one in evidence}
        self._found(f"answered: {', '.join(one.basis.value for one in evidence)}", at, now, by)
        if self.national and self.national is not self.decided:
            self._decide(self.national, "a national rule decides it", now)

    def advised(self, opinion: Opinion, at: datetime, now: datetime, by: Actor) -> None:
        self.opinion = opinion
        self._found(f"the opinion of {opinion.specialty} is given", at, now, by)

    def _found(self, words: str, at: datetime, now: datetime, by: Actor) -> None:
        self.log.record(EventKind.ASSESSED, words, at=at, now=now, by=by)
        self.work.finish(
            (one for one in self.work.open if one.queue == "committee" and one.what != PUBLISH), now
        )
        if not self.national:
            self.need("committee", self.not_yet or VOTE, now)

    @property
    def unanswered(self) -> tuple[Basis, ...]:
        return tuple(one for one in Basis if one not in self.evidence)

    @property
    def national(self) -> Coverage | None:
        """What a national rule decides; it binds Medicare Advantage, and nobody else."""
        binds = Regime.MEDICARE_ADVANTAGE in self.policy.plan.regimes
        rules = self.evidence.get(Basis.RULES)
        return rules.national if binds and rules else None

    # Decided

    @property
    def motions(self) -> tuple[str, ...]:
        is_published = self.stage is Stage.PUBLISHED
        may = not self.not_yet and (is_published or self.stage is Stage.COMMITTEE)
        return (*(Coverage if may else ()), *((RETIRE,) if is_published else ()))

    @property
    def not_yet(self) -> str:
        if self.national:
            return "a national rule ends the question (42 CFR 422.101(b)(1))"
        if self.question is None:
            return SCOPE
        if self.unanswered:
            return f"{GATHER}; open: {', '.join(self.unanswered)}"
        return "" if self.opinion else OPINION

    def voted(self, meeting: Meeting, now: datetime) -> None:
        if meeting.is_carried and meeting.motion == RETIRE:
            ending.close(self, "retired", now)
        elif meeting.is_carried:
            self._decide(Coverage(meeting.motion), "the committee decided", now)

    def _decide(self, coverage: Coverage, words: str, now: datetime) -> None:
        self.decided, self.published_on = coverage, None
        self.log.record(EventKind.DETERMINED, f"{words}: {coverage.value.replace('_', ' ')}", now=now)
        self.work.finish_all(now)
        self.need("committee", PUBLISH, now)

    def published(self, where: str, at: datetime, now: datetime, by: Actor) -> None:
        """It can be read; from then it counts until it is looked at again."""
        self.published_on = self.policy.calendar.day_of(at)
        self.log.record(EventKind.PUBLISHED, f"published: {where}", at=at, now=now, by=by)
        self.work.finish_all(now)

    @property
    def settled_on(self) -> date | None:
        return self.published_on

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook():
                self.need("committee", LOOK_AGAIN, now)
            case _:
                pass

    # Where it stands

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        if self.decided:
            return Stage.PUBLISHED if self.published_on else Stage.UNPUBLISHED
        if self.question is None:
            return Stage.RECEIVED
        if self.unanswered:
            return Stage.EVIDENCE
        return Stage.COMMITTEE if self.opinion else Stage.OPINION

    @property
    def status(self) -> TechnologyStatus:
        if self.withdrawn:
            return TechnologyStatus.WITHDRAWN
        return TechnologyStatus[self.decided.name] if self.decided else TechnologyStatus.OPEN

    @property
    def is_undecided(self) -> bool:
        return not (self.decided or self.withdrawn)
