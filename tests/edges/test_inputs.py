"""Every file of `../shared/inputs`, read and checked: `tests/inputs.txt` is what a clerk sees of each.

A text that was changed on purpose is written anew with `PLAZO_WRITE_INPUTS=1` and read in the diff.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.dispute.disputes import print_preview, print_remittance
from client.dispute.intake import OfClaim, from_remittance, incoming
from client.dispute.reading import read_remittance
from client.x12.remittance import read_835, remittances
from domain.terms.refusals import PlazoError
from tests.builders import ROOT, pack
from tests.disputes import received
from tests.edges.clerk import OURS, RECEIVED, Desk, of_claim

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


# Files like them

SEGMENTS = OURS.read_text(encoding="ascii").split("~\n")[:-1]
EXTREMES = (
    *("", "0", "-1", "22", "23", "5", "-390.00", "0.005", "99999999999", "many", "99991231", "20260231"),
    *("MC", "XX", "PR", "45", "50", "A2", "HC:", "HC:99213:PO", "NU>0450", "\x1b[31m", "Ñ", "x" * 300),
)


@given(st.integers(3, len(SEGMENTS) - 4), st.integers(1, 12), st.sampled_from(EXTREMES))
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_one_element_each_claim_is_read_or_told_and_goes_where_the_case_would_send_it(
    place, element, written
):
    name, *elements = SEGMENTS[place].split("*")
    elements = [*elements, *[""] * element][: max(element, len(elements))]
    changed = "*".join([name, *elements[: element - 1], written, *elements[element:]])
    raw = "".join(f"{segment}~\n" for segment in [*SEGMENTS[:place], changed, *SEGMENTS[place + 1 :]])

    found = remittances(raw.encode())
    [read] = [read_remittance(one, pack().plan_named(PLAN), pack()) for one in found]

    assert len(read.claims) + len(read.unread) == 2
    for claim in read.claims:
        filing, refusal = filed(found, claim.payer_number or claim.patient_account)
        if filing:
            routes = {line.line: line.route for line in claim.lines if line.route}
            assert {line.sequence: line.triage.route for line in received(filing).lines} == routes
        else:
            assert "\n" not in refusal
            assert claim.no_dispute or read.warnings, "whoever reads is told too"


def filed(found, number):
    """The filing of that claim, or else the words that refuse it."""
    asked = OfClaim(claim=number, received=RECEIVED, plan=PLAN)
    try:
        return from_remittance(asked, found, pack(), statement=None, paper=lambda _: b"").filing, None
    except PlazoError as refused:
        return None, str(refused)
