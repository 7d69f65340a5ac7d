"""More of what was authorized: a request of its own, asked for before the end, and decided on its own clock."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.authorization.authorization import LiveAuthorization
from domain.authorization.state import NEW_REQUEST
from domain.clock.timeframe import Urgency
from domain.request.request import Channel, Document, Order, Request, RequestedBy, Text
from domain.request.standing import Standing
from domain.terms.calendar import whole_seconds
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused

A_DAY = timedelta(days=1)


class MorePapers(Frozen):
    """What came with it: a new order, papers, the sender's own number."""

    order: Order | None = None
    documents: tuple[Document, ...] = ()
    reference: Text | None = None


class MoreAsked(Frozen):
    """More, as it was asked for: just now, or at an instant; without `units`, as many as were authorized."""

    received_at: AwareDatetime | None = None
    units: Annotated[int, Field(ge=1, le=9999)] | None = None
    channel: Channel = Channel.FAX
    requested_by: RequestedBy = RequestedBy.PHYSICIAN
    urgency: Urgency = Urgency.STANDARD
    papers: MorePapers = MorePapers()


def extension_of(case: LiveAuthorization, asked: MoreAsked, now: datetime) -> Request:
    """The same service, for the same member, from the day after the last one. Raises `Refused` where it is late."""
    received_at = whole_seconds(asked.received_at or now)
    if received_at > now:
        raise Refused("received: it lies in the future; nothing was received then")
    if received_at < case.request.received_at:
        first = case.policy.calendar.show(case.request.received_at)
        raise Refused(
            f"received: what {case.number} was issued for was itself received on {first}, and not before"
        )
    case.refuse_late_extension(received_at)
    if case.request.stay:
        raise Refused(f"a stay goes on in its own case: plazo concurrent more {case.parent}", NEW_REQUEST)
    line = next(one for one in case.request.lines if one.sequence == case.line)
    more = {
        "sequence": 1,
        "service": case.permit.service,
        "units": asked.units or case.permit.units,
        "from_day": _first_day(case, received_at),
    }
    return case.request.model_copy(
        update={
            "received_at": received_at,
            "channel": asked.channel,
            "requested_by": asked.requested_by,
            "urgency": asked.urgency,
            "emergency": False,
            "wants_decision": True,
            "reference": asked.papers.reference,
            "order": asked.papers.order or case.request.order,
            "documents": asked.papers.documents,
            "lines": (line.model_copy(update=more),),
            "standing": _stands_on(case),
            "extends": case.number,
        }
    )


def _stands_on(case: LiveAuthorization) -> Standing | None:
    """A standing referral is asked for once more for as long as it stood."""
    standing, permit = case.request.standing, case.permit
    if standing is None or permit.through is None:
        return standing
    return standing.model_copy(
        update={"through": permit.through + (permit.through - permit.from_day) + A_DAY}
    )


def _first_day(case: LiveAuthorization, received_at: datetime) -> date:
    """The day after the last one; without a last day, the day on which more was asked for."""
    if case.permit.through:
        return case.permit.through + A_DAY
    return max(case.permit.from_day, case.policy.calendar.day_of(received_at))
