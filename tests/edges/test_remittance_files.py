"""Remittance files: what payers really sent is read, and what no dispute could stand on is refused in one line."""

import csv
import io
import sys
from datetime import date
from decimal import Decimal

import pytest

from client.dispute.claim import provider_fields
from client.x12.remittance import LARGEST, read_835, remittances
from domain.remittance.finding import find_claim
from domain.remittance.notification import DateBasis, notification_date
from domain.terms.refusals import Misuse, Refused
from tests.builders import ROOT

OURS = ROOT / "examples" / "remittance-outpatient.835"
INPUTS = ROOT.parent / "shared" / "inputs"
RATES = INPUTS / "rates" / "opps_addendum_b_2026-04_hcpcs_level2_rates.csv"
COB, EMEDNY = "lfh_cob-contractural-adjustment.835", "eddi835_emedny_sample.txt"
MANAGED, UHC = "lfh_managed-care.835", "eddi835_united_healthcare_legacy_sample.txt"
CLAIMS = {COB: 1, EMEDNY: 3, MANAGED: 2, UHC: 2}

needs_inputs = pytest.mark.skipif(
    not INPUTS.is_dir(), reason="the real inputs (../shared/inputs) are not here"
)


def real(name):
    [remittance] = read_835(str(INPUTS / "835" / name))
    return remittance


def ours(old="", new=""):
    """Our own remittance, with one thing in it changed."""
    text = OURS.read_text(encoding="ascii")
    assert old in text
    return text.replace(old, new, 1).encode()


def segments():
    return ours().decode().split("~\n")[:-1]


def joined(some):
    return "".join(f"{segment}~\n" for segment in some).encode()


# The real files


@needs_inputs
def test_every_real_file_is_counted_here():
    found = {path.name for path in (INPUTS / "835").iterdir() if path.suffix != ".csv"}

    assert found == set(CLAIMS)


@needs_inputs
@pytest.mark.parametrize("name", CLAIMS)
def test_every_claim_of_a_real_file_is_read_and_balances(name):
    claims = real(name).claims

    assert len(claims) == CLAIMS[name]
    for claim in claims:
        reasons = [one.amount for one in claim.every_adjustment]
        assert claim.charge - sum(reasons) == claim.paid
        assert sum(line.charge for line in claim.lines) == claim.charge
        for line in claim.lines:
            assert line.charge - sum(one.amount for one in line.adjustments) == line.paid


@needs_inputs
@pytest.mark.parametrize("name", [EMEDNY, UHC])
def test_a_real_file_is_read_as_its_authors_expect(name):
    remittance = real(name)
    with (INPUTS / "835" / name).with_suffix(".csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    lines = [(claim, line) for claim in remittance.claims for line in claim.lines]

    assert len(lines) == len(rows)
    for (claim, line), row in zip(lines, rows, strict=True):
        assert claim.patient_account == row["marker"]
        assert claim.member_name == row["patient"].upper()
        assert remittance.payer == row["payer"]
        assert remittance.payment_on == date.fromisoformat(row["transaction_date"])
        assert (line.qualifier, line.service) == (row["qualifier"], row["code"])
        assert line.modifiers == tuple(filter(None, [row.get("modifier")]))
        assert line.units == Decimal(row["allowed_units"])
        assert (line.charge, line.paid) == (Decimal(row["charge_amount"]), Decimal(row["paid_amount"]))
        assert line.allowed == (Decimal(row["allowed_amount"]) if row["allowed_amount"] else None)
        assert (str(line.begins_on), str(line.ends_on)) == (row["start_date"], row["end_date"])
        assert line.control_number == (row.get("ref_0_value") or None)
        assert line.remarks == tuple(filter(None, [row.get("rem_0_code")]))
        assert expected_adjustments(row) <= {(one.code, one.amount) for one in line.adjustments}


def expected_adjustments(row):
    """Their parser keeps the first reason of each CAS only, so there may be more than these."""
    return {
        (f"{row[f'adj_{at}_group']}-{row[f'adj_{at}_code']}", Decimal(row[f"adj_{at}_amount"]))
        for at in range(2)
        if row.get(f"adj_{at}_code")
    }


@needs_inputs
def test_every_reason_of_one_segment_is_read():
    third = find_claim(real(UHC), "001-18604-358").lines[2]

    codes = [(one.code, str(one.amount)) for one in third.adjustments]
    assert codes == [("PR-2", "5.13"), ("PR-1", "110.00"), ("CO-45", "184.32")]


@needs_inputs
def test_a_medicare_hmo_says_so_and_its_two_dates_differ():
    remittance = real(UHC)
    claim = find_claim(remittance, "001-18573-358")

    assert claim.is_medicare_advantage
    assert [one.code for one in claim.lines[1].adjustments] == ["PR-1", "CO-45"]
    first = notification_date(remittance.notice(), later_governs=False)
    later = notification_date(remittance.notice(), later_governs=True)
    assert (first.day, first.basis) == (date(2021, 2, 1), DateBasis.REMITTANCE_DATE)
    assert (later.day, later.basis) == (date(2021, 2, 4), DateBasis.PAYMENT_DATE)


@needs_inputs
def test_a_patient_account_of_three_claims_asks_for_the_payers_number():
    remittance = real(EMEDNY)

    with pytest.raises(Refused, match="1000210000000030, 1000220000000020, 1000230000000020"):
        find_claim(remittance, "PATIENT ACCOUNT NUMBER")
    claim = find_claim(remittance, "1000220000000020")
    assert (claim.is_medicare_advantage, claim.coverage) == (False, "Medicaid")


@needs_inputs
def test_an_impossible_payment_date_is_not_used_and_is_said():
    remittance = real(MANAGED)

    told = notification_date(remittance.notice(), later_governs=True)

    assert (told.day, told.basis) == (date(2002, 3, 14), DateBasis.REMITTANCE_DATE)
    assert "the payment date (BPR16) is impossible" in told.words
    assert "BPR16 is no possible date; it was not used" in remittance.warnings


@needs_inputs
def test_a_separator_that_was_not_announced_is_understood():
    [claim] = real(COB).claims

    assert (claim.lines[0].qualifier, claim.lines[0].service) == ("HC", "55669")
    assert claim.is_secondary
    assert claim.coverage == "a preferred provider organization"


# Our own


def test_our_own_remittance_has_a_line_of_each_kind():
    [remittance] = read_835(str(OURS))
    mixed, plain = remittance.claims

    assert remittance.warnings == ()
    assert (remittance.produced_on, remittance.payment_on) == (date(2026, 5, 11), date(2026, 5, 14))
    assert (remittance.payee_npi, remittance.payee_tax_id) == ("1000000129", "000000012")
    assert remittance.payee_address == "12 SAMPLE RIDGE ROAD, RIVERSIDE CA 92501"
    assert [[one.code for one in line.adjustments] for line in mixed.lines] == [
        ["CO-45"],
        ["CO-45", "PR-1"],
        ["CO-50"],
        ["CO-97"],
    ]
    assert [line.paid for line in mixed.lines[1:]] == [0, 0, 0]
    assert [line.modifiers for line in plain.lines] == [(), ("25",)]
    assert {line.revenue_code for line in plain.lines} == {"0636", "0510"}
    assert (mixed.lines[2].remarks, mixed.lines[2].billed_units) == (("N115",), 210)
    for claim in remittance.claims:
        assert claim.is_medicare_advantage
        assert not claim.is_secondary
        assert claim.facility_code == "13"
        assert claim.member_id.startswith("PRO-")


@needs_inputs
def test_our_own_remittance_meets_the_rate_table_and_pays_less():
    with RATES.open(encoding="utf-8") as opened:
        rates = {row["HCPCSCode"]: Decimal(row["PaymentRate"]) for row in csv.DictReader(opened)}
    [remittance] = read_835(str(OURS))

    for line in (line for claim in remittance.claims for line in claim.lines):
        assert date(2026, 4, 1) <= line.begins_on <= line.ends_on <= date(2026, 6, 30)
        assert (line.allowed or 0) < rates[line.service] * (line.billed_units or line.units)


def test_our_own_remittance_keeps_the_whole_guide():
    from pyx12.params import params  # noqa: PLC0415 - slow, and for this one test
    from pyx12.x12n_document import x12n_document  # noqa: PLC0415

    assert x12n_document(params(), str(OURS), None, None)


# How a file may come


def test_a_remittance_is_read_from_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ours())))

    assert read_835("-") == read_835(str(OURS))


def test_line_ends_and_separators_are_the_senders_choice():
    text = ours().decode()

    for written in (
        text.replace("\n", ""),
        text.replace("\n", "\r\n"),
        text.replace("~\n", "\n"),
        text.replace("*", "|").replace(":", ">"),
    ):
        assert remittances(written.encode()) == remittances(ours())


def broken(raw, at, end=b"\n"):
    return end.join(raw[begins : begins + at] for begins in range(0, len(raw), at))


def test_a_file_may_be_wrapped_anywhere_with_or_without_line_ends():
    text = ours().replace(b"\n", b"")
    lines = ours().splitlines()

    for written in (
        *(broken(text, at) for at in (7, 50, 79, 80, 104, 105, 106, 107)),
        broken(text, 80, b"\r\n"),
        b"\n".join(line.rstrip() for line in broken(text, 80).split(b"\n")),
        b"".join(line.ljust(80) for line in lines),
        b"\n".join(broken(line, 80) for line in lines),
        text.replace(b"~", b"~\n\n"),
        b"\n" + ours(),
    ):
        assert remittances(written) == remittances(ours())


def test_what_stands_before_the_file_and_how_wide_its_letters_are_does_not_matter():
    text = ours("QUAIL RIDGE", "CAÑADA").decode()

    in_a_letter = text.encode().replace("Ñ".encode(), b"\xc3\n\x91")
    for written in (text.encode("utf-8-sig"), text.encode("utf-16"), in_a_letter):
        assert remittances(written) == remittances(text.encode())


def test_a_byte_that_is_not_utf_8_is_windows_1252_and_that_is_said_and_spoils_nothing_else():
    text = ours("QUAIL RIDGE", "CAÑADA").decode().encode()
    [remittance] = remittances(text.replace(b"ALDANA", b"PE\xd1A").replace(b"CRUZ", b"CRUZ \x81"))

    assert remittance.payee == "CAÑADA SAMPLE HOSPITAL"
    assert [claim.member_name for claim in remittance.claims] == ["HENRY PEÑA", "MARISOL CRUZ \ufffd"]
    assert remittance.warnings == ("the text is not UTF-8; what is not was read as Windows-1252",)


def test_each_transaction_is_a_remittance():
    head, body, tail = segments()[:2], segments()[2:-2], segments()[-2:]
    again = ["ST*835*0002", *body[1:-1], body[-1].replace("0001", "0002")]

    both = remittances(joined([*head, *body, *again, "GE*2*1", tail[1]]))

    assert both == remittances(ours()) * 2


def test_what_the_payer_took_outside_all_claims_is_counted():
    head, body, tail = segments()[:2], segments()[2:-3], segments()[-2:]
    body[1] = body[1].replace("1116.00", "1016.50")
    whole = [*body, "PLB*1000000129*20261231*WO:1*110.00*L6*-10.50", f"SE*{len(body) + 2}*0001"]

    [remittance] = remittances(joined([*head, *whole, *tail]))

    assert (remittance.provider_adjustments, remittance.warnings) == (Decimal("99.50"), ())


# Traps

DAMAGED = {
    "an empty file": (b"", "the file is empty"),
    "nothing but blanks": (b" \n", "the file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "the file is not text"),
    "another kind of text": (b"claim,paid\n1,2\n", "it has no interchange envelope"),
    "no interchange envelope": (joined(segments()[2:-2]), "it has no interchange envelope"),
    "an envelope that is cut": (ours()[:90], "its interchange envelope (ISA to IEA) is damaged"),
    "a file that is too large": (ours() + b" " * LARGEST, "larger than 10 MB"),
    "a claim": (ours("ST*835", "ST*837"), "ST01 is not 835: it is the wrong transaction"),
    "an eligibility answer": (
        ours("ST*835", "ST*271").replace(b"005010X221A1", b"005010X279A1"),
        "ST01 is not 835: it is the wrong transaction",
    ),
    "an older version": (ours("005010X221A1", "004010X091A1"), "GS08 is not 005010X221"),
    "no transaction": (joined([*segments()[:2], "GE*0*1", segments()[-1]]), "it holds no transaction"),
    "something after the end": (ours() + b"CLP*1", "something follows"),
    "a wrong count of segments": (ours("SE*54", "SE*53"), "SE01 counts other segments than there are"),
    "the number of another transaction": (ours("*0001~\nGE", "*0002~\nGE"), "SE02 is not the number"),
    "the number of another group": (ours("GE*1*1", "GE*1*2"), "GE02 is not the number"),
}


@pytest.mark.parametrize(("raw", "said"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_envelope_is_refused_in_one_line(raw, said):
    with pytest.raises(Refused) as refused:
        remittances(raw)

    words = str(refused.value)
    assert words.startswith("remittance: ")
    assert said in words
    assert "\n" not in words
    assert_names_nobody(words)


def assert_names_nobody(words):
    held = ("ALDANA", "CRUZ", "PRO-4", "QR-2", "PC26", "G0463", "2026", "9999")
    assert not [one for one in held if one in words]


FAULTS = {
    "a line that does not balance": (
        ours("CAS*CO*45*200.00", "CAS*CO*45*200.01"),
        "claim 1: line 2: SVC03 is not the charge less the line's adjustments",
    ),
    "a claim that does not balance": (
        ours("3590.00*998.00", "3590.00*998.01"),
        "claim 2: CLP04 is not the charge less all adjustments",
    ),
    "a claim without one of its lines' charges": (
        ours("4750.00*118.00", "4750.01*118.01"),
        "claim 1: CLP03 is not the sum of what the lines charge",
    ),
    "an amount in words": (ours("3590.00*998.00", "3590.00*many"), "claim 2: CLP04 is no number"),
    "part of a cent": (
        ours("CO*45*2100.00", "CO*45*2100.001"),
        "claim 2: line 1: CAS03 is no amount of money",
    ),
    "an amount left out": (ours("CO*45*2100.00", "CO*45*"), "claim 2: line 1: CAS03 is missing"),
    "an amount without its reason": (
        ours("CO*45*2100.00", "CO**2100.00"),
        "claim 2: line 1: CAS02 is no adjustment reason code",
    ),
    "an unknown group code": (ours("CAS*CO*97", "CAS*XX*97"), "claim 1: line 4: CAS01 is no group code"),
    "no claim number": (ours("CLP*QR-2026-0533", "CLP*"), "claim 2: CLP01 is missing"),
    "a service without its code": (ours("HC:J3111", "J3111"), "claim 1: line 3: SVC01 names no service"),
    "a name that would steer a terminal": (ours("CRUZ", "\x1b[31m"), "claim 2: NM103 is no printable text"),
    "an impossible service date": (
        ours("472*20260422", "472*20261322"),
        "claim 2: line 1: DTM02 is no possible",
    ),
    "a date at the end of time": (
        ours("472*20260422", "472*99991231"),
        "claim 2: line 1: DTM02 is no possible",
    ),
    "a claim that ends before it begins": (
        ours("233*20260422", "233*20260421"),
        "claim 2: DTM02 is before the day on which it began",
    ),
}
NUMBERS = {"claim 1": "PC26104000117", "claim 2": "PC26112000533"}


@pytest.mark.parametrize(("raw", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_that_of_its_claim_and_the_others_are_read(raw, said):
    [remittance] = remittances(raw)
    [unread] = remittance.unread

    assert [claim.payer_number for claim in remittance.claims] == [
        number for place, number in NUMBERS.items() if place != unread.place
    ]
    with pytest.raises(Refused) as refused:
        find_claim(remittance, NUMBERS[unread.place])
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)
    assert_names_nobody(str(refused.value))


OUTSIDE_CLAIMS = {
    "no payment": (ours("BPR*", "NTE*"), "BPR02 is missing"),
    "a payment in words": (ours("BPR*I*1116.00", "BPR*I*many"), "BPR02 is no number"),
    "no payer": (ours("N1*PR", "N1*XX"), "N1*PR: N102 is missing"),
    "no payee": (ours("N1*PE", "N1*XX"), "N1*PE: N102 is missing"),
    "text that would steer a terminal": (
        ours("QUAIL RIDGE", "\x1b[31m"),
        "N1*PE: N102 is no printable text of at most 200 characters",
    ),
    "an address that nobody could print": (
        ours("12 SAMPLE", "\x1b[31m"),
        "N1*PE: N301 is no printable text of at most 200 characters",
    ),
    "an adjustment of the provider in words": (
        ours("SE*54", "PLB*1000000129*20261231*WO:1*many~\nSE*55"),
        "PLB04 is no number",
    ),
    "a service outside every claim": (
        ours("CLP*QR-2026-0417", "NTE*"),
        "a service (SVC) stands outside every claim",
    ),
}


@pytest.mark.parametrize(("raw", "said"), OUTSIDE_CLAIMS.values(), ids=OUTSIDE_CLAIMS)
def test_a_fault_outside_the_claims_is_told_and_the_claims_are_read(raw, said):
    [remittance] = remittances(raw)

    assert remittance.warnings[0] == said
    assert find_claim(remittance, "PC26112000533").paid == 998


def test_whoever_the_payee_does_not_name_is_not_guessed():
    [remittance] = remittances(ours("N1*PE", "N1*XX"))

    with pytest.raises(Refused, match="N1\\*PE names no provider; a filing as JSON can"):
        provider_fields(remittance)


def test_a_number_that_cannot_be_read_is_not_passed_over():
    [remittance] = remittances(ours("CLP*QR-2026-0533", "CLP*").replace(b"*PC26112000533", b"*"))

    with pytest.raises(Refused, match="no claim of that number; claim 2 cannot be read"):
        find_claim(remittance, "PC26112000533")


def test_a_file_that_was_cut_anywhere_is_refused():
    whole = segments()

    for kept in range(len(whole)):
        with pytest.raises(Refused):
            remittances(joined(whole[:kept]))


def test_a_file_that_lost_any_segment_is_refused():
    whole = segments()

    for lost in range(len(whole)):
        with pytest.raises(Refused):
            remittances(joined(whole[:lost] + whole[lost + 1 :]))


def test_an_impossible_remittance_date_alone_is_survived():
    [remittance] = remittances(ours("405*20260511", "405*20260231"))

    assert (remittance.produced_on, remittance.payment_on) == (None, date(2026, 5, 14))
    assert "DTM*405 is no possible date; it was not used" in remittance.warnings


def test_an_impossible_payment_date_alone_is_survived():
    [remittance] = remittances(ours("*20260514", "*20002316"))

    assert remittance.payment_on is None
    assert notification_date(remittance.notice(), later_governs=True).day == date(2026, 5, 11)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyx12.x12file", None)

    with pytest.raises(Misuse, match=r"pip install -e '\.\[x12\]'"):
        remittances(ours())


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Misuse, match=r"no\.835: cannot be read"):
        read_835(str(tmp_path / "no.835"))
