"""How far the coordination of an approved line has come: what is open follows from what was done."""

from datetime import date

from pydantic import AwareDatetime

from domain.parts.state import State
from domain.policy.referrals import Step
from domain.request.network import NetworkProvider


class Arrangement(State):
    """How far the coordination of one approved line has come. The letters are known by their keys."""

    line: int
    provider: NetworkProvider | None = None
    declined: list[str] = []  # by NPI: who is not asked again
    accepted_at: AwareDatetime | None = None
    service_day: date | None = None
    authorization_letter: str | None = None
    coinsurance_letter: str | None = None
    confirmed_at: AwareDatetime | None = None
    over_at: AwareDatetime | None = None  # back in local care, or the authorization ended

    @property
    def open_steps(self) -> list[Step]:
        """What is to be done now; the coinsurance may be told at any time."""
        if self.over_at:
            return []
        if self.confirmed_at:
            return [Step.RETURN]
        if self.provider is None:
            steps = [Step.CHOOSE]
        elif self.accepted_at is None:
            steps = [Step.ANSWER]
        elif self.service_day is None:
            steps = [Step.DATES]
        elif self.authorization_letter is None:
            steps = [Step.SEND]
        else:
            steps = []
        if self.coinsurance_letter is None:
            steps.append(Step.COINSURANCE)
        return steps or [Step.CONFIRM]
