"""Every file of `../shared/inputs`, read and checked: `tests/inputs.txt` is what a clerk sees of each.

A text that was changed on purpose is written anew with `PLAZO_WRITE_INPUTS=1` and read in the diff.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest

from client.dispute_intake import OfClaim, incoming
from client.dispute_reading import read_remittance
from client.disputes import print_preview, print_remittance
from client.remittance import read_835
from domain.refusals import PlazoError
from tests.builders import ROOT, pack
from tests.edges.clerk import Desk, of_claim

INPUTS = ROOT.parent / "shared" / "inputs"
TABLE = ROOT / "tests" / "inputs.txt"
PLAN = "procare"
NOW = datetime(2026, 11, 27, 18, tzinfo=UTC)
OLDEST = datetime(
    2021, 6, 1, tzinfo=UTC
).date()  # the pack serves no older dispute; some of the files are older

needs_inputs = pytest.mark.skipif(not INPUTS.is_dir(), reason="the inputs (../shared/inputs) are not here")


def read(remittance):
    print_remittance(read_remittance(remittance, pack().plan_named(PLAN), pack()), NOW)


async def check(file, remittance):
    """Each claim by its number, received three days after its notice."""
    told = remittance.produced_on or remittance.payment_on
    received = max(told + timedelta(days=3), OLDEST)
    found = (*remittance.claims, *remittance.unread)
    for number in dict.fromkeys(claim.payer_number for claim in found):
        print(f"- check --claim {number} --received {received}")
        try:
            filing = of_claim(file, number, received=f"{received} 09:00", plan=PLAN).filing
            print_preview(await Desk().preview(filing))
        except PlazoError as refused:
            print(f"exit {refused.exit_code}: {refused}")


def check_as_filing(file):
    print("- check")
    try:
        incoming(str(file), OfClaim(), pack())
    except PlazoError as refused:
        print(f"exit {refused.exit_code}: {refused}")


@needs_inputs
async def test_every_input_is_read_and_checked_as_was_approved(capsys):
    for file in sorted(path for path in INPUTS.rglob("*") if path.is_file()):
        print(f"# {file.relative_to(INPUTS)}\n- read")
        try:
            for remittance in read_835(str(file)):
                read(remittance)
                await check(file, remittance)
        except PlazoError as refused:
            print(f"exit {refused.exit_code}: {refused}")
            check_as_filing(file)
        print()

    text = capsys.readouterr().out
    if os.environ.get("PLAZO_WRITE_INPUTS"):
        TABLE.write_text(text, encoding="utf-8")
    assert text == TABLE.read_text(encoding="utf-8")
