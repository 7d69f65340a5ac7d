"""What the policy pack says of referrals: each step of coordination, each look ahead, and what a call does."""

from enum import StrEnum

from domain.clock.span import Span
from domain.clock.timeframe import Regime, Urgency
from domain.terms.people import Words
from domain.terms.sourced import Sourced


class Step(StrEnum):
    """A step of coordination, in the order in which they are done; several can be open at once."""

    CHOOSE = "choose"
    ANSWER = "answer"
    DATES = "dates"
    SEND = "send"
    COINSURANCE = "coinsurance"
    CONFIRM = "confirm"
    RETURN = "return"


class CoordinationStep(Sourced):
    """One step as work: what is done, in whose queue it waits, and how long it may take once it is open."""

    id: Step
    title: Words
    queue: str
    within: Span


class FollowUp(Sourced):
    """When eligibility is asked again: so long before the day of the service."""

    id: str
    before: Span


class OralRequest(Sourced):
    """Does a request by telephone start the regime's clock, or does the writing that follows it?"""

    id: str
    regime: Regime
    urgency: Urgency | None = None
    starts_the_clock: bool
