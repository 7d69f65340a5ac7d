"""Whose claim it was: what the file-backed directory says of member and provider on the date of service."""

from datetime import date

import pytest

from tests.builders import ROOT
from worker.adapters.directory import FileDirectory

NOBODY = "1999999984"
IN, OUT = date(2025, 6, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("asked", "day", "covered", "contracted"),
    [
        (("PRO-400001", NOBODY, None), IN, True, False),
        (("PRO-999999", NOBODY, None), IN, None, False),
        (("PRO-400002", NOBODY, None), date(2022, 1, 1), False, False),
        (("PRO-400001", "1000000129", None), IN, True, True),
        (("PRO-400001", "1000000129", None), OUT, True, False),  # the contract ended with 2025
        (("PRO-400001", NOBODY, "951000001"), IN, True, None),  # another provider of the same group
        (("PRO-400001", NOBODY, "95-1000001"), OUT, True, False),
    ],
)
async def test_standing_is_read_on_the_day_of_service(asked, day, covered, contracted):
    member, npi, tax_id = asked
    directory = FileDirectory(ROOT / "examples" / "directory.toml")
    found = await directory.standing("procare", member, npi, tax_id, day)
    assert (found.in_medicare_advantage, found.has_contract) == (covered, contracted)
    assert member not in found.because
    assert npi not in found.because
