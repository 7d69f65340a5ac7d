"""What the policy pack says of an authorization that lives: when its people are reminded of its last day."""

from domain.clock.span import Span
from domain.terms.sourced import Sourced


class AuthorizationReminder(Sourced):
    """A letter so long before the last day: what is left, and that more is asked for before that day."""

    id: str
    before: Span
    plans: tuple[str, ...] = ()  # without any, of every plan
