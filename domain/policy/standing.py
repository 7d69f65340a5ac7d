"""What the pack says of standing referrals: when they are looked at again, and how long a transition is."""

from domain.clock.span import Span
from domain.clock.timeframe import Regime
from domain.terms.frozen import Frozen
from domain.terms.sourced import Sourced


class StandingReview(Sourced):
    """A standing referral is looked at again so long `after` it began, if it lasts that long."""

    id: str
    after: Span


class Transition(Sourced):
    """How long a specialist who leaves the network may still be seen, counted from that day."""

    id: str
    regime: Regime
    after: Span


class StandingPolicy(Frozen):
    """What a standing referral takes from the pack, by value."""

    review: StandingReview
    transition: Transition | None = None
