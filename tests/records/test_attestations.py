"""Attestations in the register: each that was given, once a day."""

from datetime import UTC, date, datetime

from domain.desk.attestation import Attested

FIRST = Attested(
    who="rn-rivera", row="no-reward", on=date(2037, 3, 2), at=datetime(2037, 3, 2, 12, tzinfo=UTC)
)


async def test_each_that_was_given_stays_and_one_day_counts_once(register):
    later = FIRST.model_copy(update={"on": date(2038, 3, 1), "at": datetime(2038, 3, 1, 12, tzinfo=UTC)})
    for one in (FIRST, FIRST, later):
        await register.keep_attested(one)

    assert await register.attested() == (FIRST, later)
