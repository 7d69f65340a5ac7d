"""A case number that is taken: once, and by a case of which no page is there yet."""

from functools import cache

from sqlalchemy import Connection, Executable, bindparam, select
from sqlmodel import col

from domain.view.page import NumberClaim
from records.rows import Rows
from records.tables import CaseRow, ClaimedLineRow
from records.upserts import insert

ONLY_CLAIMED = {"number", "fingerprint_hash", "reference_hash"}  # columns of a case that no page changes
_CLAIMED_TOO = {"kind", "plan", "member_hash", "received_at", "first_run"}


def take(connection: Connection, rows: Rows, claim: NumberClaim) -> bool:
    """Whether the number belongs to an older case, of which there are pages; else it is this one's."""
    connection.execute(_taking(connection.dialect.name), rows.claim(claim).model_dump())
    if lines := [row.model_dump() for row in rows.claimed(claim)]:
        claiming = insert(connection.dialect.name, ClaimedLineRow)
        connection.execute(claiming.on_conflict_do_nothing(), lines)
    holder: str = connection.scalar(_holder(), {"number": claim.case})
    return holder != claim.first_run


@cache
def _taking(dialect: str) -> Executable:
    taking = insert(dialect, CaseRow)
    return taking.on_conflict_do_update(
        index_elements=["number"],
        set_={name: taking.excluded[name] for name in (*ONLY_CLAIMED, *_CLAIMED_TOO)},
        where=col(CaseRow.sealed).is_(None),
    )


@cache
def _holder() -> Executable:
    return select(col(CaseRow.first_run)).where(col(CaseRow.number) == bindparam("number"))
