"""What people do with a guideline: review it with its literature, say that its notice left."""

from datetime import date, datetime

from pydantic import Field

from domain.case.acts import Act
from domain.guideline.draft import Audience, Ground, Work
from domain.guideline.guideline import Guideline
from domain.request.request import Text
from domain.terms.refusals import Refused

NOT_COST = "ProcareMSO provider page: not on any treatment or service based solely on cost consideration"


class ReviewDraft(Act[Guideline]):
    """The draft was reviewed, with the works on which it rests."""

    act_name = "review a guideline"
    works: tuple[Work, ...] = Field(min_length=1)

    def check(self, case: Guideline, now: datetime) -> None:
        if all(one.ground is Ground.COST for one in (*case.works, *self.works)):
            raise Refused(
                "works: a guideline rests on evidence, literature or authority, and never on cost alone",
                NOT_COST,
            )

    def apply(self, case: Guideline, now: datetime) -> str:
        case.reviewed(self.works, self.happened_at(now), now, self.actor)
        return f"{len(self.works)} works; {case.status.in_a_sentence}"


class TellChange(Act[Guideline]):
    """The notice of the change left the house for one audience, with what shows it."""

    act_name = "tell of a committee's decision"
    to: Audience
    proof: Text

    def check(self, case: Guideline, now: datetime) -> None:
        refuse_to_tell(case, self.to, case.policy.calendar.day_of(self.happened_at(now)))

    def apply(self, case: Guideline, now: datetime) -> str:
        case.notice_left(self.to, self.proof, self.happened_at(now), now, self.actor)
        begins = case.in_force_from
        return f"in force from {begins:%a %Y-%m-%d}" if begins else "the others are still to be told"


def refuse_to_tell(case: Guideline, to: Audience, day: date) -> None:
    """Raise Refused where there is nothing yet that somebody could be told of on that day, or they were told."""
    if case.voted_for is None:
        raise Refused(f"{case.number} is not voted, and nobody is told of a draft")
    if any(one.held_on > day for one in case.meetings if one.is_carried):
        raise Refused("at: nobody was told of a vote before it was held")
    if to in case.told:
        raise Refused(f"to: {to.value} were told on {case.told[to]}")
