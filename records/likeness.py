"""Which cases are like one: by the sender's number, by what is asked, or by member, service and days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, or_, select
from sqlmodel import col

from domain.parts.alike import Alike
from domain.parts.stage import Stage
from domain.view.page import ClaimedLine, NumberClaim
from records.tables import AuthorizationRow, CaseRow, ClaimedLineRow

_number = col(CaseRow.number)
DISPUTE = "dispute"  # a payment and leave for the same service are no likeness


def alike(connection: Connection, claim: NumberClaim) -> tuple[Alike, ...]:
    """The cases of the plan that are like it, closed ones too, the first received first."""
    near = _near(connection, claim)
    hashes = {"reference_hash": claim.reference, "fingerprint_hash": claim.fingerprint}
    shared = {name: value for name, value in hashes.items() if value}  # two that have none share none
    if not (shared or near):
        return ()
    asked = {"plan": claim.plan, "case": claim.case, "near": list(near), **shared}
    rows = connection.execute(_others(*shared), asked).all()
    living = _living(connection, [row.number for row in rows])
    return tuple(
        Alike(
            case=row.number,
            same_reference=bool(claim.reference) and row.reference_hash == claim.reference,
            same_content=bool(claim.fingerprint) and row.fingerprint_hash == claim.fingerprint,
            is_closed=row.stage == Stage.CLOSED.value,
            same_services=tuple(near.get(row.number, ())),
            authorizations=tuple(living.get(row.number, ())),
        )
        for row in rows
    )


def _near(connection: Connection, claim: NumberClaim) -> Mapping[str, list[str]]:
    """The services that others ask for the same member, on days that overlap, by case.

    Days are compared here: a claim has up to 999 lines, more than a database takes in one condition.
    """
    theirs = _of_member(are_disputes=claim.kind == DISPUTE)
    asked = {
        "member": claim.member,
        "case": claim.case,
        "services": sorted({one.service for one in claim.lines}),
    }
    mine: dict[str, list[ClaimedLine]] = defaultdict(list)
    for line in claim.lines:
        mine[line.service].append(line)
    found = {
        (row.number, row.service_code)
        for row in connection.execute(theirs, asked).all()
        if any(_overlap(line, row.from_day, row.through) for line in mine[row.service_code])
    }
    near: dict[str, list[str]] = defaultdict(list)
    for number, service in sorted(found):
        near[number].append(service)
    return near


@cache
def _others(*shared: str) -> Executable:
    """Cases of the plan that share one of these columns, or are near."""
    columns = (_number, col(CaseRow.reference_hash), col(CaseRow.fingerprint_hash), col(CaseRow.stage))
    alike = [getattr(CaseRow, name) == bindparam(name) for name in shared]
    is_near = _number.in_(bindparam("near", expanding=True))
    return (
        select(*columns)
        .where(col(CaseRow.plan) == bindparam("plan"), _number != bindparam("case"), or_(is_near, *alike))
        .order_by(col(CaseRow.received_at), _number)
    )


@cache
def _of_member(*, are_disputes: bool) -> Executable:
    """The services of a list that other cases of a member ask for."""
    service = col(ClaimedLineRow.service_code)
    is_dispute = col(CaseRow.kind) == DISPUTE
    return (
        select(_number, service, col(ClaimedLineRow.from_day), col(ClaimedLineRow.through))
        .join(CaseRow, col(ClaimedLineRow.case_number) == _number)
        .where(col(CaseRow.member_hash) == bindparam("member"), _number != bindparam("case"))
        .where(is_dispute if are_disputes else ~is_dispute)
        .where(service.in_(bindparam("services", expanding=True)))
    )


def _overlap(line: ClaimedLine, begins: date, ends: date | None) -> bool:
    """Do the days of a line meet these? Without a last day there is no end."""
    is_not_over = ends is None or ends >= line.from_day
    return is_not_over and (line.through is None or begins <= line.through)


def _living(connection: Connection, cases: Sequence[str]) -> Mapping[str, list[str]]:
    """The authorizations that these cases issued, and that have not closed as cases of their own."""
    number = col(AuthorizationRow.number)
    issued = (
        select(col(AuthorizationRow.case_number), number)
        .join(CaseRow, number == _number, isouter=True)
        .where(col(AuthorizationRow.case_number).in_(cases))
        .where(or_(col(CaseRow.stage).is_(None), col(CaseRow.stage) != Stage.CLOSED.value))
        .order_by(number)
    )
    return _by_case(connection, issued) if cases else {}


def _by_case(connection: Connection, asked: Any) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for case, other in connection.execute(asked).all():
        found[case].append(other)
    return found
