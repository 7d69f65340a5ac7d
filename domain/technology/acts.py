"""What people do with a new technology: scope it, answer its bases, advise, publish."""

from datetime import datetime

from pydantic import Field

from domain.case.acts import Act
from domain.parts.stage import Stage
from domain.request.request import Prose, Text
from domain.technology.proposal import Evidence, Opinion
from domain.technology.technology import Technology
from domain.terms.refusals import Refused
from domain.terms.text import folded

PREPARE = "prepare a committee's question"
INDEPENDENT = "plan policy, assumed; after 42 CFR 422.137(c) and (d), unverified"


class ScopeTechnology(Act[Technology]):
    """The question: for whom, for what, in the place of what."""

    act_name = PREPARE
    question: Prose

    def check(self, case: Technology, now: datetime) -> None:
        if case.decided:
            raise Refused(f"{case.number} is decided: {case.status.in_a_sentence}")

    def apply(self, case: Technology, now: datetime) -> str:
        case.scoped(self.question, self.happened_at(now), now, self.actor)
        return "the question is scoped"


class AnswerBases(Act[Technology]):
    """What was found on one basis or more; new evidence may come at any time."""

    act_name = PREPARE
    evidence: tuple[Evidence, ...] = Field(min_length=1)

    def check(self, case: Technology, now: datetime) -> None:
        if case.question is None:
            raise Refused("evidence: say first which question is asked")
        if len({one.basis for one in self.evidence}) < len(self.evidence):
            raise Refused("evidence: each basis is answered once")

    def apply(self, case: Technology, now: datetime) -> str:
        case.answered_by(self.evidence, self.happened_at(now), now, self.actor)
        return case.not_yet or "every basis is answered"


class AdviseOnTechnology(Act[Technology]):
    """The opinion of a specialist of the field; whoever has an interest in it gives none."""

    act_name = "give a specialist's opinion"
    says: Prose
    interest: Text | None = None

    def check(self, case: Technology, now: datetime) -> None:
        wanted = case.proposal.specialty
        if case.unanswered:
            raise Refused(f"{case.number} has no evidence yet on {', '.join(case.unanswered)}")
        if folded(self.actor.specialty or "") != folded(wanted):
            raise Refused(f"{self.actor.name} is no specialist of {wanted}", "plan policy, assumed")
        if self.interest:
            raise Refused("interest: somebody without one gives the opinion", INDEPENDENT)

    def apply(self, case: Technology, now: datetime) -> str:
        opinion = Opinion(by=self.actor.id, specialty=case.proposal.specialty, says=self.says)
        case.advised(opinion, self.happened_at(now), now, self.actor)
        return "the specialist's opinion is given"


class Publish(Act[Technology]):
    """What was decided can be read, and where."""

    act_name = "tell of a committee's decision"
    where: Text

    def check(self, case: Technology, now: datetime) -> None:
        if case.stage is not Stage.UNPUBLISHED:
            raise Refused(f"{case.number} has nothing to publish: {case.status.in_a_sentence}")

    def apply(self, case: Technology, now: datetime) -> str:
        case.published(self.where, self.happened_at(now), now, self.actor)
        return f"published; looked at again on {case.look_again_on}"
