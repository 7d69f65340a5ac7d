"""A referral as it is keyed: the request, and what a facility asks for beside an emergency in the same call."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.clock.timeframe import Urgency
from domain.request.request import Order, Request, ServiceLine
from domain.request.visit import Visit
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused


class Transfer(Frozen):
    """A post-stabilization service or a transfer that the same call asks for: a request of its own."""

    urgency: Urgency = Urgency.STANDARD
    order: Order | None = None
    lines: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=99)]


class ReferralForm(Request):
    """A request for services in the mainland United States. Without `visit` it is a precertification."""

    visit: Visit
    transfer: Transfer | None = None

    @model_validator(mode="after")
    def _of_one_mind(self) -> Self:
        if self.transfer and not self.emergency:
            raise ValueError("transfer: it is asked for beside an emergency; alone it is a request itself")
        return self

    @property
    def asked(self) -> Request:
        """The request alone."""
        return _plain(self)

    @property
    def asked_beside(self) -> Request | None:
        """The transfer as the request that it is: same call, same member, its own lines and urgency."""
        if self.transfer is None:
            return None
        changes = {"emergency": False, "wants_decision": True, "documents": ()}
        return _plain(self).model_copy(update=changes | dict(self.transfer))


def _plain(form: ReferralForm) -> Request:
    return Request.model_construct(**{name: getattr(form, name) for name in Request.model_fields})


def refuse_wrong_days(request: Request, today: date) -> None:
    """A service lies ahead, unless it was an emergency or was received already. Raises `Refused`."""
    received_already = request.visit is not None and request.visit.retrospective
    for number, line in enumerate(request.lines):
        if line.from_day < today and not (received_already or request.emergency):
            raise Refused(
                f"lines.{number}.from_day: the day lies in the past; "
                "ask about what was received already with visit.retrospective"
            )
        if line.from_day > today and received_already:
            raise Refused(f"lines.{number}.from_day: the day lies ahead, so it was not received already")
