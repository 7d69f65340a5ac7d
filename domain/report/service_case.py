"""What service-level data need of a reviewed case, read from its whole state without building the rest of it.

Of ten thousand cases, nine tenths would be their policy.
"""

from pydantic import AwareDatetime, ConfigDict

from domain.appeal.request import AppealRequest
from domain.clock.timeframe import Regime, Urgency
from domain.report.answered import asked_by
from domain.request.line import Line
from domain.request.request import Request
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen


class _Part(Frozen):
    """Some fields of a larger whole."""

    model_config = ConfigDict(extra="ignore")


class _Plan(_Part):
    regimes: tuple[Regime, ...]
    contract: str | None = None


class _Policy(_Part):
    plan: _Plan
    calendar: Calendar


class _Original(_Part):
    case: str


class ServiceCase(_Part):
    """A request or an appeal; of an appeal, what was asked and what it is about."""

    number: str
    policy: _Policy
    received_at: AwareDatetime
    urgency: Urgency = Urgency.STANDARD
    withdrawn: bool = False
    not_required: bool = False
    entered_in_error: bool = False
    request: Request
    lines: tuple[Line, ...]
    appeal: AppealRequest | None = None
    original: _Original | None = None

    @property
    def counts(self) -> bool:
        """Does it stand, under Medicare Advantage?"""
        stands = not (self.withdrawn or self.entered_in_error or self.not_required)
        return stands and Regime.MEDICARE_ADVANTAGE in self.policy.plan.regimes

    @property
    def asked_by(self) -> str:
        return asked_by(self.request, self.appeal)

    @property
    def was_asked_expedited(self) -> bool:
        return (self.appeal or self.request).urgency is Urgency.EXPEDITED
