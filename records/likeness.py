"""Which cases are like one: by the sender's number, by what is asked, or by member, service and days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from domain.page import Alike, Claim, ClaimedLine
from domain.stage import Stage
from records.tables import AuthorizationRow, CaseRow, ClaimedLineRow

_number = col(CaseRow.number)
DISPUTE = "dispute"  # a payment and leave for the same service are no likeness


async def alike(connection: AsyncConnection, claim: Claim) -> tuple[Alike, ...]:
    """The cases of the plan that are like it, closed ones too, the first received first."""
    near = await _near(connection, claim)
    hashes = (
        (col(CaseRow.reference_hash), claim.reference),
        (col(CaseRow.fingerprint_hash), claim.fingerprint),
    )
    found = [column == shared for column, shared in hashes if shared]  # two that have none share none
    if not (found or near):
        return ()
    columns = (_number, col(CaseRow.reference_hash), col(CaseRow.fingerprint_hash), col(CaseRow.stage))
    others = (
        select(*columns)
        .where(col(CaseRow.plan) == claim.plan, _number != claim.case, or_(_number.in_(near), *found))
        .order_by(col(CaseRow.received_at), _number)
    )
    rows = (await connection.execute(others)).all()
    living = await _living(connection, [row.number for row in rows])
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


async def _near(connection: AsyncConnection, claim: Claim) -> Mapping[str, list[str]]:
    """The services that others ask for the same member, on days that overlap, by case."""
    if not claim.lines:
        return {}
    is_dispute = col(CaseRow.kind) == DISPUTE
    asked = (
        select(_number, col(ClaimedLineRow.service_code))
        .join(CaseRow, col(ClaimedLineRow.case_number) == _number)
        .where(col(CaseRow.member_hash) == claim.member, _number != claim.case)
        .where(is_dispute if claim.kind == DISPUTE else ~is_dispute)
        .where(or_(*(_overlaps(line) for line in claim.lines)))
        .distinct()
        .order_by(_number, col(ClaimedLineRow.service_code))
    )
    return await _by_case(connection, asked)


def _overlaps(line: ClaimedLine) -> ColumnElement[bool]:
    begins, ends = col(ClaimedLineRow.from_day), col(ClaimedLineRow.through)
    is_not_over = or_(ends.is_(None), ends >= line.from_day)
    has_begun = begins <= line.through if line.through else true()
    return and_(col(ClaimedLineRow.service_code) == line.service, is_not_over, has_begun)


async def _living(connection: AsyncConnection, cases: Sequence[str]) -> Mapping[str, list[str]]:
    """The authorizations that these cases issued, and that have not closed as cases of their own."""
    number = col(AuthorizationRow.number)
    issued = (
        select(col(AuthorizationRow.case_number), number)
        .join(CaseRow, number == _number, isouter=True)
        .where(col(AuthorizationRow.case_number).in_(cases))
        .where(or_(col(CaseRow.stage).is_(None), col(CaseRow.stage) != Stage.CLOSED.value))
        .order_by(number)
    )
    return await _by_case(connection, issued) if cases else {}


async def _by_case(connection: AsyncConnection, asked: Any) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for case, other in (await connection.execute(asked)).all():
        found[case].append(other)
    return found
