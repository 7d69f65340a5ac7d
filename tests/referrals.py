"""Referrals by default: proton therapy in Orlando, and the steps that people take with one."""

from datetime import date

from domain.desk.desk import RecordCall
from domain.determination.decisions import Approve
from domain.referral.acts import FindAvailability
from domain.referral.coordination_acts import (
    AgreeDates,
    Choose,
    Confirm,
    ProviderAnswer,
    Send,
    TellCoinsurance,
)
from domain.referral.referral import Referral
from domain.request.line import Coverage
from domain.request.request import Request
from tests.builders import a_document, a_request, at, policy
from tests.fakes import UNAVAILABLE_SERVICES

ORLANDO = {"place": {"city": "Orlando", "state": "FL"}}
CALL = at("2037-06-02 11:30 AST")
SERVICE_DAY = date(2037, 7, 13)
PROTON_CENTER, LAKESIDE, HUDSON = "1000000202", "1000000210", "1000000228"
ORDER = a_document("order-1", "medical_order").model_copy(update={"received_at": at("2037-06-05 09:10 AST")})

ASKED = (
    {"asked": "Centro Oncológico Muestra", "on": "2037-06-02", "answer": "They have no proton equipment."},
    {"asked": "Hospital Ejemplo", "on": "2037-06-02", "answer": "They refer to the mainland."},
)
LOCAL = {"name": "Centro Local de Muestra", "telephone": "787-555-0144"}


def a_referral(**changes) -> Request:
    """A call for proton therapy of a covered Classicare member, as in R1, a week of years later."""
    fields = {
        "service": "77520",
        "from_day": "2037-07-13",
        "channel": "telephone",
        "requested_by": "member",
        "received_at": CALL,
        "visit": ORLANDO,
        "documents": (),
    }
    return a_request(**(fields | changes))


def in_writing(**changes) -> Request:
    """The same by fax, with everything that is needed."""
    return a_referral(**({"channel": "fax", "requested_by": "physician"} | changes))


def a_referral_case(request: Request | None = None, **changes) -> Referral:
    """A referral as it stands after admission and the directory's answer, for tests that need no Temporal."""
    request = request or in_writing(**changes)
    terms = policy(request.plan, request.received_at.year, request.services, "referral")
    case = Referral.received("REF-2222-2222-2222", "member-hash", terms, request, now=request.received_at)
    covered = Coverage(eligible=True, covered=True, because="covered", us=UNAVAILABLE_SERVICES)
    case.coverage_found(covered, request.received_at)
    return case


async def find_unavailable(case) -> None:
    await case.does("cm-reyes", FindAvailability, available=False, inquiries=ASKED)
    await case.sheet()


async def approved(plan, request: Request | None = None):
    """A referral that a specialist approved, with everybody called."""
    case = await plan.submit(request or in_writing(), "referral")
    await find_unavailable(case)
    await case.does("cm-reyes", Approve)
    await case.sheet()
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    return case


async def coordinated(case, npi: str = LAKESIDE, on: date = SERVICE_DAY) -> None:
    """All steps, up to the confirmation."""
    for act, words in (
        (Choose, {"npi": npi}),
        (ProviderAnswer, {"accepted": True}),
        (AgreeDates, {"on": on}),
        (Send, {"to": npi}),
        (TellCoinsurance, {}),
    ):
        await case.does("cm-reyes", act, **words)
    await case.sheet()
    await case.does("cm-reyes", Confirm)
