"""The real remittances of `../shared/inputs`: each claim is a dispute or is clearly refused."""

import pytest

from client.dispute.opening import DisputeCounter
from client.dispute.reading import read_remittance
from client.x12.remittance import read_835
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.terms.people import SYSTEM
from domain.terms.refusals import Misuse, Refused
from tests.builders import ROOT, pack
from tests.edges.clerk import Desk, filing_of, of_claim

INPUTS = ROOT.parent / "shared" / "inputs" / "835"
COB, EMEDNY = "lfh_cob-contractural-adjustment.835", "eddi835_emedny_sample.txt"
MANAGED, UHC = "lfh_managed-care.835", "eddi835_united_healthcare_legacy_sample.txt"

needs_inputs = pytest.mark.skipif(
    not INPUTS.is_dir(), reason="the real inputs (../shared/inputs) are not here"
)


@needs_inputs
@pytest.mark.parametrize(
    ("claim", "routes"),
    [("001-18573-358", {1: "amount", 2: "amount"}), ("ATL2819897800", {1: "amount", 3: "amount"})],
)
async def test_a_real_claim_of_a_medicare_hmo_becomes_a_dispute(claim, routes):
    filing = filing_of(INPUTS / UHC, claim)

    preview = await Desk().preview(filing)

    assert {line.line: line.route.value for line in preview.lines} == routes, (
        "paid in full is not in dispute, and paid nothing because of the deductible is a question of the amount"
    )
    assert preview.standing.is_ours


@needs_inputs
def test_every_real_claim_gives_a_dispute_or_a_clear_refusal():
    said = {}
    for name in (COB, EMEDNY, MANAGED, UHC):
        for remittance in read_835(str(INPUTS / name)):
            for claim in remittance.claims:
                try:
                    said[claim.payer_number] = filing_of(INPUTS / name, claim.payer_number).lines[0].service
                except Refused as refused:
                    said[claim.payer_number] = str(refused)

    secondary = (
        "claim: a secondary payment, not a Medicare rate dispute: another payer came first (CLP02 2, OA-23)"
    )
    medicaid = "claim: not a Medicare Advantage claim (CLP06 MC: Medicaid)"
    assert said == {
        "50650619501": secondary,
        "1000210000000030": medicaid,
        "1000220000000020": medicaid,
        "1000230000000020": medicaid,
        "94060555410000": "99211",  # a PPO may be Medicare Advantage: the directory is asked, see below
        "94077799230000": "93555",
        "ATL2819897200": "B4152",
        "ATL2819897800": "B4154",
    }


@needs_inputs
async def test_a_claim_that_nobody_calls_medicare_advantage_is_refused_and_nothing_is_kept(tmp_path):
    ring = KeyRing.generate()
    counter = DisputeCounter(Desk(), ring, DocumentStore(tmp_path, ring), SYSTEM, pack())

    with pytest.raises(Refused, match="not a Medicare Advantage claim, as far as is known: the directory"):
        await counter.open(of_claim(INPUTS / MANAGED, "94060555410000"))

    assert not any(tmp_path.iterdir())


@needs_inputs
def test_a_number_of_several_claims_is_answered_with_the_choices():
    with pytest.raises(Refused) as refused:
        filing_of(INPUTS / EMEDNY, "PATIENT ACCOUNT NUMBER")

    assert str(refused.value) == (
        "claim: 3 claims have that number; choose by the payer's: "
        "1000210000000030, 1000220000000020, 1000230000000020"
    )


@needs_inputs
@pytest.mark.parametrize(
    ("plan", "used", "last_day", "day"),
    [
        ("procare", "counted from the remittance date (DTM*405), Mon 1 Feb 2021", "2021-06-01", 121),
        ("namm-sample", "counted from the payment date (BPR16), Thu 4 Feb 2021", "2021-06-04", 118),
    ],
)
async def test_the_plan_says_which_date_is_counted_from_and_so_whether_it_is_late(plan, used, last_day, day):
    filing = filing_of(INPUTS / UHC, "001-18573-358", received="2021-06-02 10:00", plan=plan)

    preview = await Desk().preview(filing)

    assert preview.counted_from.startswith(used)
    assert preview.calendar.day_of(preview.last_day).isoformat() == last_day
    assert (preview.day, bool(preview.late_lines)) == (day, day > 120)


@needs_inputs
def test_a_receipt_before_the_first_day_of_the_pack_is_refused_and_can_still_be_read():
    with pytest.raises(Misuse, match="no timeframes for a receipt before 2021-01-01"):
        filing_of(INPUTS / UHC, "001-18573-358", received="2020-12-31 10:00")

    [remittance] = read_835(str(INPUTS / UHC))
    read = read_remittance(remittance, pack().plan_named("procare"), pack())
    assert read.time_to_file.last_day.isoformat() == "2021-06-01"


@needs_inputs
def test_an_impossible_payment_date_is_not_used_and_that_is_said():
    [remittance] = read_835(str(INPUTS / MANAGED))

    read = read_remittance(remittance, pack().plan_named("namm-sample"), pack())

    assert "counted from the remittance date (DTM*405), Thu 14 Mar 2002" in read.time_to_file.words
    assert "the payment date (BPR16) is impossible" in read.time_to_file.words
    assert "BPR16 is no possible date; it was not used" in read.warnings
