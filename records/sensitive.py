"""Sensitive cases, as far as they are closed to whoever asks the desk."""

from collections.abc import Collection

from sqlalchemy import Connection, String, cast, not_, select
from sqlmodel import col

from domain.case.sensitive import SENSITIVE
from domain.terms.walls import BEYOND, READER
from records.tables import AuthorizationRow, CaseRow, EventRow, WorkRow


def closed_to_reader(connection: Connection, cases: Collection[str]) -> frozenset[str]:
    """Those of these cases that are sensitive and not worked on by whoever asks; what works by itself reads all."""
    who, number = READER.get(), col(CaseRow.number)
    if who is None or not cases:
        return frozenset()
    theirs = select(col(EventRow.case_number)).where(col(EventRow.by_id) == who)
    taken = select(col(WorkRow.case_number)).where(col(WorkRow.assignee) == who)
    is_marked = cast(col(CaseRow.flags), String).contains(f'"{SENSITIVE}"')
    issuer = col(AuthorizationRow.case_number)
    issued = select(col(AuthorizationRow.number)).where(issuer.in_(theirs) | issuer.in_(taken))
    is_open = number.in_(theirs) | number.in_(taken) | number.in_(issued)
    closed = select(number).where(number.in_(cases), is_marked, not_(is_open))
    return frozenset(connection.scalars(closed).all()) - BEYOND.get()
