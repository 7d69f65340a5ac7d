"""What happens to a referral that stands: its specialist leaves the network, its primary care physician changes."""

from datetime import date, datetime

from domain.case.acts import Act
from domain.parts.events import EventKind
from domain.request.request import Provider
from domain.standing.standing import REVIEW, StandingReferral
from domain.terms.refusals import Refused


class _OnAStandingOne(Act[StandingReferral]):
    def check(self, case: StandingReferral, now: datetime) -> None:
        if not case.living:
            raise Refused(f"{case.number} has no referral that stands")


class LeaveNetwork(_OnAStandingOne):
    """The specialist leaves the network on a day: a transition begins, as the row of the law gives it."""

    act_name = "coordinate services"
    on: date

    def check(self, case: StandingReferral, now: datetime) -> None:
        super().check(case, now)
        if case.left_network_on:
            raise Refused(f"the specialist leaves on {case.left_network_on}, as was said before")

    def apply(self, case: StandingReferral, now: datetime) -> str:
        last = case.leaves_network(self.on, self.happened_at(now), now, self.actor)
        return f"the specialist may still be seen through {last}"


class ChangePrimary(_OnAStandingOne):
    """Another primary care physician: the referral stands, and its letters go there."""

    provider: Provider

    def apply(self, case: StandingReferral, now: datetime) -> str:
        case.request = case.request.model_copy(update={"requesting_provider": self.provider})
        case.corrections += 1  # its authorizations write there too
        words = f"another primary care physician, NPI {self.provider.npi}; the referral stands"
        case.log.record(EventKind.COORDINATED, words, at=self.happened_at(now), now=now, by=self.actor)
        case.need("intake", "send the new primary care physician a copy of the answer", now)
        return words


class ReviewStanding(_OnAStandingOne):
    """A physician looked again: it is still needed, and goes on through its day."""

    act_name = "approve"

    def check(self, case: StandingReferral, now: datetime) -> None:
        super().check(case, now)
        if not self._asked(case):
            raise Refused(f"{case.number} is not to be looked at yet")

    @staticmethod
    def _asked(case: StandingReferral) -> bool:
        return any(work.what == REVIEW for work in case.work.open)

    def apply(self, case: StandingReferral, now: datetime) -> str:
        case.work.finish((work for work in case.work.open if work.what == REVIEW), now)
        words = "looked at again: it is still needed"
        case.log.record(EventKind.NOTED, words, at=self.happened_at(now), now=now, by=self.actor)
        return words
