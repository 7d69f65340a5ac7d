"""What a remittance says of a payment: whether it balances, whose coverage it was, when the provider was told."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.remittance.claim_codes import COVERAGES
from domain.remittance.finding import find_claim
from domain.remittance.notification import DateBasis, notification_date
from domain.remittance.remittance import UnreadClaim
from domain.terms.money import Money, cents
from domain.terms.refusals import Refused
from tests.remittances import adjusted, claim, line, remittance

MAILED, PRODUCED, PAID = date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 8)


# Money


@pytest.mark.parametrize(
    ("written", "kept"),
    [("6", "6.00"), ("2.75", "2.75"), ("500.000", "500.00"), (12, "12.00"), ("-9", "-9.00"), ("-0", "0.00")],
)
def test_money_is_kept_to_the_cent_and_written_as_text(written, kept):
    money = TypeAdapter(Money)

    assert str(money.validate_python(written)) == kept
    assert money.dump_json(money.validate_python(written)) == f'"{kept}"'.encode()


@pytest.mark.parametrize("written", ["0.005", "NaN", "Infinity", "1e10", "-1e10", "ten", "", 0.1, True, None])
def test_what_is_no_exact_amount_is_refused(written):
    with pytest.raises(ValidationError):
        TypeAdapter(Money).validate_python(written)


@pytest.mark.parametrize(
    ("amount", "to_the_cent"), [("1.005", "1.01"), ("1.0049", "1.00"), ("-1.005", "-1.01")]
)
def test_half_a_cent_goes_away_from_zero(amount, to_the_cent):
    assert str(cents(Decimal(amount))) == to_the_cent


def test_a_claim_of_one_line_or_of_none_is_one_and_bears_what_was_adjusted_on_the_whole():
    whole = {"paid": "40.00", "adjustments": (adjusted("CO-A2", "10.00"),)}
    one = line("100.00", "50.00", adjusted("PR-1", "50.00"))

    [alone] = claim(lines=(one,), **whole).disputable_lines
    [of_none] = claim(**whole).disputable_lines

    assert (str(alone.paid), len(alone.adjustments)) == ("40.00", 2)
    assert (str(of_none.paid), len(of_none.adjustments)) == ("40.00", 1)
    assert claim(lines=(one, one), **whole).disputable_lines == (one, one)
    beside = [claim(lines=(one,) * count, **whole).adjusted_beside_its_lines for count in range(3)]
    assert beside == [(), (), whole["adjustments"]]


@pytest.mark.parametrize(
    ("charge", "paid", "takes_back"),
    [("0.00", "0.00", False), ("-0.01", "0.00", True), ("1.00", "-0.01", True)],
)
def test_a_claim_takes_back_what_is_below_zero(charge, paid, takes_back):
    assert claim(charge, paid).takes_back is takes_back


# Balance

BALANCES = {
    "paid in full": (claim(), None),
    "adjusted on its lines": (
        claim(paid="50.00", lines=(line("100.00", "50.00", adjusted("CO-45", "50.00")),)),
        None,
    ),
    "adjusted as a whole, below what its line paid": (
        claim(
            paid="40.00",
            adjustments=(adjusted("CO-A2", "10.00"),),
            lines=(line("100.00", "50.00", adjusted("PR-1", "50.00")),),
        ),
        None,
    ),
    "raised by a negative adjustment": (
        claim(paid="34.00", adjustments=(adjusted("OA-23", "75.00"), adjusted("OA-94", "-9.00"))),
        None,
    ),
    "taken back": (claim("-100.00", "-50.00", adjustments=(adjusted("CO-45", "-50.00"),)), None),
    "a cent short on a line": (
        claim(paid="49.99", lines=(line("100.00", "49.99", adjusted("CO-45", "50.00")),)),
        "line 1: SVC03",
    ),
    "a cent short as a whole": (
        claim(paid="49.99", lines=(line("100.00", "50.00", adjusted("CO-45", "50.00")),)),
        "CLP04",
    ),
    "a line left out": (
        claim(paid="90.00", adjustments=(adjusted("CO-45", "10.00"),), lines=(line("60.00", "60.00"),)),
        "CLP03",
    ),
}


@pytest.mark.parametrize(("said", "fault"), BALANCES.values(), ids=BALANCES)
def test_charge_less_adjustments_is_what_was_paid(said, fault):
    found = said.balance_fault

    assert found is None if fault is None else found.startswith(fault)


# Coverage


@pytest.mark.parametrize("indicator", COVERAGES)
def test_only_one_indicator_says_medicare_advantage(indicator):
    said = claim(filing_indicator=indicator)

    assert said.is_medicare_advantage is (indicator == "16")
    assert ("Medicare Advantage" in said.coverage) is said.is_medicare_advantage


def test_an_indicator_that_is_absent_or_unlisted_has_words_too():
    assert claim().coverage == "no coverage named"
    assert claim(filing_indicator="09").coverage == "a coverage that the guide does not list"


@pytest.mark.parametrize(
    ("said", "is_secondary"),
    [
        (claim(), False),
        (claim(status="2"), True),
        (claim(status="3"), True),
        (claim(status="20"), True),
        (claim(status="19"), False),  # processed as primary, and forwarded
        (claim(status="4"), False),
        (claim(paid="0.00", adjustments=(adjusted("OA-23", "100.00"),)), True),
        (claim(paid="0.00", lines=(line("100.00", "0.00", adjusted("OA-23", "100.00")),)), True),
        (claim(paid="0.00", lines=(line("100.00", "0.00", adjusted("CO-45", "100.00")),)), False),
    ],
)
def test_a_payment_after_another_payer_is_secondary(said, is_secondary):
    assert said.is_secondary is is_secondary


# The claim that is meant


def test_a_claim_is_found_by_either_of_its_numbers():
    first, second = claim(), claim(patient_account="QR-2", payer_number="P-2")
    sent = remittance(first, second)

    assert find_claim(sent, "QR-2") == find_claim(sent, " p-2 ") == second
    assert find_claim(sent, "P-1") == first


def test_a_number_of_several_claims_is_answered_with_the_choices():
    sent = remittance(claim(payer_number="P-2"), claim(payer_number="P-1"), claim(payer_number="P-3"))

    with pytest.raises(Refused, match=r"3 claims have that number; choose by the payer's: P-1, P-2, P-3"):
        find_claim(sent, "QR-1")
    assert find_claim(sent, "P-2").payer_number == "P-2"


def test_where_the_payers_number_does_not_help_it_says_so():
    with pytest.raises(Refused, match="2 claims have that number, and no payer's number tells them apart"):
        find_claim(remittance(claim(), claim()), "QR-1")


def test_a_payment_taken_back_is_not_the_one_that_is_meant():
    back = claim("-100.00", "-100.00", status="22")
    again = claim(paid="50.00", adjustments=(adjusted("CO-45", "50.00"),))

    assert find_claim(remittance(back, again), "P-1") == again
    assert find_claim(remittance(back), "P-1") == back


def test_a_number_that_is_not_there_is_not_repeated():
    with pytest.raises(Refused, match="this remittance has no claim of that number") as refused:
        find_claim(remittance(claim()), "QR-9")
    assert "QR-9" not in str(refused.value)


def test_a_claim_that_cannot_be_read_is_named_where_it_could_be_the_one_because_it_has_no_number():
    numbered = ({"payer_number": "P-2"}, {"patient_account": "QR-2"}, {})
    unread = tuple(
        UnreadClaim(place=f"claim {place}", fault="CLP03 is no amount", **numbers)
        for place, numbers in enumerate(numbered, start=2)
    )
    with pytest.raises(Refused, match=r"has no claim of that number; claim 4 cannot be read$"):
        find_claim(remittance(claim(), unread=unread), "QR-9")


# The day on which the provider was told

DATES = [
    # mailed, DTM*405, BPR16; whether the later governs; the day, and which it is
    ((MAILED, PRODUCED, PAID), False, MAILED, DateBasis.MAILED_NOTICE),
    ((MAILED, PRODUCED, PAID), True, PAID, DateBasis.PAYMENT_DATE),
    ((date(2026, 9, 10), PRODUCED, PAID), True, date(2026, 9, 10), DateBasis.MAILED_NOTICE),
    ((None, PRODUCED, PAID), False, PRODUCED, DateBasis.REMITTANCE_DATE),
    ((None, PRODUCED, PAID), True, PAID, DateBasis.PAYMENT_DATE),
    ((None, PAID, PRODUCED), True, PAID, DateBasis.REMITTANCE_DATE),
    ((None, PRODUCED, PRODUCED), True, PRODUCED, DateBasis.REMITTANCE_DATE),
    ((None, None, PAID), False, PAID, DateBasis.PAYMENT_DATE),
    ((None, PRODUCED, None), True, PRODUCED, DateBasis.REMITTANCE_DATE),
    ((MAILED, None, None), False, MAILED, DateBasis.MAILED_NOTICE),
]


@pytest.mark.parametrize(("dates", "later", "day", "basis"), DATES)
def test_the_day_of_notice_is_the_first_known_or_the_latest(dates, later, day, basis):
    mailed, produced, paid = dates
    sent = remittance(claim(), produced_on=produced, payment_on=paid)

    told = notification_date(sent.notice(mailed), later_governs=later)

    assert (told.day, told.basis) == (day, basis)


def test_the_words_say_which_date_was_used_and_what_the_other_was():
    sent = remittance(claim(), produced_on=PRODUCED, payment_on=PAID)

    assert notification_date(sent.notice(), later_governs=False).words == (
        "counted from the remittance date (DTM*405), Thu 3 Sep 2026; the payment date (BPR16) is Tue 8 Sep 2026"
    )
    assert notification_date(sent.notice(), later_governs=True).words == (
        "counted from the payment date (BPR16), Tue 8 Sep 2026; the remittance date (DTM*405) is Thu 3 Sep 2026"
    )


def test_an_impossible_payment_date_is_said():
    sent = remittance(claim(), produced_on=PRODUCED, payment_day_is_impossible=True)

    told = notification_date(sent.notice(), later_governs=True)

    assert told.words.endswith("the payment date (BPR16) is impossible")
    assert sent.warnings == ("BPR16 is no possible date; it was not used",)


def test_without_any_date_no_window_can_be_counted():
    with pytest.raises(Refused, match="it has no date of notice"):
        notification_date(remittance(claim()).notice(), later_governs=False)


# What to look at twice


@pytest.mark.parametrize(
    ("said", "look"),
    [
        ({"payee_npi": "1000000129"}, None),
        ({"payee_npi": "5544667733"}, "NPI"),
        ({"payee_npi": "3UR334563"}, "NPI"),
        ({"provider_adjustments": "10.00"}, "BPR02"),
    ],
)
def test_what_only_looks_odd_is_a_warning(said, look):
    warnings = remittance(claim(), **said).warnings

    assert warnings == () if look is None else look in " ".join(warnings)
