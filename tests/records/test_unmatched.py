"""What belongs to no case yet: kept once, sealed, and gone from the list once it belongs to one."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import col

from domain.desk.unmatched import Unmatched
from records.tables import UnmatchedRow

RECEIVED = datetime(2037, 3, 2, 18, 41, tzinfo=UTC)
FAX = Unmatched(
    id="3fa29c07", received_at=RECEIVED, kept_by="ic-santos", papers=("ab" * 32,), sheet="contract: MCS-1\n"
)
EARLIER = FAX.model_copy(update={"id": "99999999", "received_at": datetime(2037, 3, 1, tzinfo=UTC)})


async def test_what_waits_is_listed_by_its_receipt_and_what_belongs_to_a_case_no_more(register):
    for one in (FAX, EARLIER, FAX):
        await register.keep_unmatched(one)
    assert await register.unmatched() == (EARLIER, FAX)

    belongs = FAX.model_copy(update={"case": "PRE-2222-2222-2223"})
    await register.keep_unmatched(belongs)

    assert await register.unmatched() == (EARLIER,)
    assert await register.unmatched_of(FAX.id) == belongs


async def test_nothing_that_was_keyed_can_be_read_in_it(register, database):
    await register.keep_unmatched(FAX)

    with database.engine.connect() as connection:
        [sealed] = connection.scalars(select(col(UnmatchedRow.sealed))).all()
    assert b"MCS-1" not in sealed
