"""What starts a case that a request asks for."""

from activities.admission import Application
from domain.calendar import Frozen
from domain.request import Request


class Opening(Frozen):
    """A case's number, and the request as it came in."""

    number: str
    request: Request


def application_of(number: str, kind: str, request: Request) -> Application:
    """The request as admission has to know it."""
    return Application(
        number=number,
        kind=kind,
        plan=request.plan,
        received_at=request.received_at,
        services=request.services,
        member=request.member.contract_number or request.member.name,
        fingerprint=request.fingerprint,
        reference=request.reference,
    )
