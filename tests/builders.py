"""Valid things by default; a test states only the fact that matters."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.access.staff import person
from config.calendars import calendar_of
from config.pack import load
from domain.policy.case_policy import CasePolicy
from domain.policy.pack import Pack
from domain.request.line import Coverage
from domain.request.request import Document, Request
from domain.review.precertification import Precertification
from domain.terms.people import Actor

ROOT = Path(__file__).parent.parent

ZONES = {
    "AST": ZoneInfo("America/Puerto_Rico"),
    "EASTERN": ZoneInfo("America/New_York"),
    "PACIFIC": ZoneInfo("America/Los_Angeles"),
}


def at(text: str) -> datetime:
    """`2037-03-02 18:41 AST` as an instant; EASTERN and PACIFIC follow daylight saving."""
    day, wall, zone = text.split()
    return datetime.fromisoformat(f"{day} {wall}").replace(tzinfo=ZONES[zone]).astimezone(UTC)


@cache
def pack() -> Pack:
    return load(ROOT / "policy")


@cache
def staff(name: str) -> Actor:
    return person(ROOT / "policy", name)


@cache
def policy(
    plan: str = "mcs-classicare",
    year: int = 2037,
    services: tuple[str, ...] = ("72148",),
    kind: str = "precertification",
) -> CasePolicy:
    row = pack().plan_named(plan)
    return pack().for_case(row, calendar_of(row, year - 1, year + 4), services, kind)


def criteria_facts(service: str) -> dict[str, Any]:
    """Facts that meet every clause for a service."""
    return {
        criterion.fact: next(
            value
            for value in (
                criterion.is_true,
                criterion.at_least,
                criterion.at_most,
                (criterion.one_of or [None])[0],
            )
            if value is not None
        )
        for table in pack().criteria
        if service in table.services
        for criterion in table.criterion
    }


def a_document(name: str = "doc-1", kind: str = "clinical_note", **facts: Any) -> Document:
    return Document(id=name, kind=kind, dated=date(2037, 2, 27), facts=facts)


COMPLETE = (a_document("study-1", "previous_study"),)


def meeting(*services: str) -> tuple[Document, ...]:
    """One study for each service, whose facts meet every clause for it."""
    return tuple(
        a_document(f"study-{count}", "previous_study", **criteria_facts(service))
        for count, service in enumerate(services, start=1)
    )


def criteria_of(service: str) -> list[str]:
    """The clauses for a service, by id."""
    return [one.id for table in pack().criteria if service in table.services for one in table.criterion]


def a_line(
    sequence: int,
    service: str,
    units: int = 1,
    place_of_service: str = "22",
    from_day: str = "2037-04-01",
) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "service": service,
        "units": units,
        "diagnoses": ["M54.16"],
        "from_day": from_day,
        "place_of_service": place_of_service,
    }


def a_request(**changes: Any) -> Request:
    """A complete standard request for a lumbar MRI of a covered Classicare member, whose criteria are unknown."""
    member = {
        "name": "Ana Rivera",
        "contract_number": "MCS-0001",
        "birth_date": "1957-04-02",
        "language": "en",
        "address": "Calle Luna 12, San Juan PR 00901",
    } | changes.pop("member", {})
    line = a_line(
        1,
        changes.pop("service", "72148"),
        changes.pop("units", 1),
        changes.pop("place_of_service", "22"),
        changes.pop("from_day", "2037-04-01"),
    )
    fields: dict[str, Any] = {
        "plan": "mcs-classicare",
        "channel": "fax",
        "requested_by": "physician",
        "received_at": at("2037-03-02 18:41 AST"),
        "member": member,
        "requesting_provider": {
            "name": "Luis Ortiz MD",
            "npi": "1234567893",
            "address": "Calle Sol 8, San Juan PR 00901",
        },
        "order": {"dated": "2037-02-27", "justification": "Six weeks of radicular pain."},
        "lines": [line],
        "documents": COMPLETE,
    }
    return Request.model_validate(fields | changes)


def a_case(request: Request | None = None, **changes: Any) -> Precertification:
    """A case as it stands after admission, for tests that need no Temporal."""
    request = request or a_request(**changes)
    year = request.received_at.year
    case = Precertification.received(
        "PRE-2222-2222-2222",
        "member-hash",
        policy(request.plan, year, request.services),
        request,
        now=request.received_at,
    )
    case.coverage_found(Coverage(eligible=True, covered=True, because="covered"), request.received_at)
    return case
