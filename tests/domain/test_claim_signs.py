"""A claim of a remittance by all its signs: status, amounts, the other claims of the file, and PLB."""

from datetime import date

import pytest

from client.dispute.claim import why_no_dispute
from domain.remittance.claim_codes import STATUSES
from domain.remittance.finding import find_claim
from domain.remittance.outside_claims import OutsideClaims
from domain.remittance.remittance import Remittance, UnreadClaim
from domain.remittance.signs import with_signs
from tests.builders import pack
from tests.remittances import adjusted, claim, line

TERMS = pack().disputes_of("procare").terms
DAY = date(2026, 10, 14)


def paid(charge, amount, code="CO-45", **said):
    """A claim of one line, as the payer paid it or took it back."""
    cut = f"{float(charge) - float(amount):.2f}"
    one = line(charge, amount, adjusted(code, cut))
    return claim(charge, amount, lines=(one,), **{"member_id": "M", "begins_on": DAY} | said)


def file_of(*claims, **said):
    [read] = with_signs([Remittance(payer="P", payee="Q", payment=0, claims=claims, **said)])
    return read


ORIGINAL, BACK = paid("390", "118"), paid("-390", "-118", status="22")
CORRECTION = paid("390", "88")


# What stands, and what is paid no longer


@pytest.mark.parametrize(
    ("claims", "no_longer_paid", "corrections"),
    [
        ([ORIGINAL, BACK], [0], []),
        ([ORIGINAL, BACK, CORRECTION], [0], [2]),
        ([BACK, CORRECTION], [], [1]),
        ([CORRECTION, BACK], [], [0]),  # of an earlier payment: the amounts are others
        ([BACK, paid("390", "88", status="22")], [], [1]),  # the payer wrote 22 on both of the pair
        ([paid("-390", "-118", status="1"), CORRECTION], [], [1]),  # and on this one it did not
        ([BACK, ORIGINAL], [1], []),  # its very mirror
        ([BACK, paid("390", "118", "CO-97")], [], [1]),  # the same amounts for another reason
        ([BACK, paid("390", "126.40", payer_number="P-2")], [], [1]),  # under a new number
        ([ORIGINAL, paid("-390", "-118", payer_number="P-2", status="22")], [0], []),
        ([ORIGINAL, ORIGINAL, BACK], [0], [1]),  # one reversal takes one payment back
        ([ORIGINAL, paid("-390", "-100", status="22")], [], [0]),  # in part
        ([ORIGINAL, paid("-390", "-118", payer_number="P-2", patient_account="QR-2")], [], []),
        ([ORIGINAL, paid("-390", "-118", payer_number="P-2", member_id="N")], [], []),
        ([ORIGINAL, paid("-390", "-118", payer_number="P-2", begins_on=date(2026, 9, 14))], [], []),
        ([ORIGINAL], [], []),
    ],
)
def test_a_claim_is_read_beside_the_others_of_its_file(claims, no_longer_paid, corrections):
    read = file_of(*claims).claims

    assert [place for place, one in enumerate(read) if one.is_taken_back] == no_longer_paid
    assert [place for place, one in enumerate(read) if one.corrects] == corrections


def test_a_payment_and_its_reversal_may_stand_in_two_transactions_of_a_file():
    first, second = (Remittance(payer="P", payee="Q", payment=0, claims=(one,)) for one in (ORIGINAL, BACK))

    [first, second] = with_signs([first, second])

    assert first.claims[0].is_taken_back
    assert not second.claims[0].is_taken_back


@pytest.mark.parametrize(
    ("claims", "meant"),
    [
        ([ORIGINAL, BACK, CORRECTION], 2),
        ([BACK, paid("390", "88", status="22")], 1),
        ([ORIGINAL, BACK], 0),  # which is no longer paid, and says so
        ([ORIGINAL, paid("390", "88", status="22")], 0),
        ([BACK], 0),
    ],
)
def test_a_number_means_the_claim_that_stands(claims, meant):
    read = file_of(*claims)

    assert find_claim(read, "P-1") == read.claims[meant]


# Whether it can be disputed


@pytest.mark.parametrize(
    ("claims", "place", "because"),
    [
        ([ORIGINAL], 0, None),
        ([ORIGINAL, BACK], 0, "it is no longer paid: the same file takes its whole payment back"),
        ([ORIGINAL, BACK], 1, "it takes a payment back (its amounts are below zero, CLP02 22)"),
        ([paid("-390", "-118")], 0, "it takes a payment back (its amounts are below zero, CLP02 1)"),
        (
            [BACK, paid("390", "88", payer_number="P-2")],
            0,
            "it takes a payment back (its amounts are below zero, CLP02 22); P-2 corrects it",
        ),
        ([BACK, paid("390", "88", status="22")], 1, None),
        ([paid("390", "118", status="2")], 0, "a secondary payment, not a Medicare rate dispute"),
        ([paid("390", "118", status="20")], 0, "a secondary payment, not a Medicare rate dispute"),
        ([paid("390", "118", status="3")], 0, "a tertiary payment, not a Medicare rate dispute"),
        ([paid("390", "118", status="21")], 0, "a tertiary payment, not a Medicare rate dispute"),
        ([paid("390", "0", status="23")], 0, "it was not paid (CLP02 23: not this payer's claim"),
        ([paid("390", "0", status="25")], 0, "it was not paid (CLP02 25: a price in advance"),
        ([paid("390", "118", status="5")], 0, None),  # a person sorts it
        ([paid("390", "118", payer_number=None)], 0, "the remittance leaves out CLP07"),
        ([paid("390", "118", member_id=None)], 0, "the remittance leaves out NM109"),
        ([claim("390", "118", member_id="M", adjustments=(adjusted("CO-45", "272"),))], 0, None),
        ([paid("390", "118", adjustments=(adjusted("OA-23", "0.00"),))], 0, None),
    ],
)
def test_what_the_file_alone_shows_is_said_in_one_line(claims, place, because):
    found = why_no_dispute(file_of(*claims).claims[place], TERMS)

    assert found is None if because is None else found.startswith(because)


# What is to be looked at

MARKED = "its status says that it takes a payment back (CLP02 22), but its amounts do not"
TAKEN = "outside the claim (PLB): WO (overpayment recovery)"


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([ORIGINAL], []),
        ([paid("390", "118", status="5")], ["CLP02 5 is no claim status of version 5010"]),
        (
            [CORRECTION, BACK],
            ["it stands beside a payment that the same file takes back (claim P-1, 118.00): a correction"],
        ),
        (
            [paid("-390", "-118")],
            ["its amounts are below zero, but its status (CLP02 1) is not that of a reversal"],
        ),
        (
            [paid("390", "118", status="22")],
            [f"{MARKED}, and nothing in the file is taken back"],
        ),
        (
            [claim("390", "118", adjustments=(adjusted("CO-45", "272"),))],
            ["the remittance names no service line (SVC): the claim is one line, its total charge (0001)"],
        ),
        (
            [
                claim(
                    "200",
                    "150",
                    adjustments=(adjusted("CO-45", "50"), adjusted("PI-94", "0")),
                    lines=(line("100", "100"), line("100", "100", sequence=2)),
                )
            ],
            ["CO-45 50.00 on the whole claim: what each of its lines was paid is not known"],
        ),
    ],
)
def test_what_does_not_agree_is_said(claims, said):
    assert list(file_of(*claims).claims[0].warnings) == said


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_of_the_guide_is_nothing_to_look_at(status):
    assert claim(status=status).warnings == ()


@pytest.mark.parametrize(
    ("outside", "said"),
    [
        ([("L6", "P-1", "-22")], ["outside the claim (PLB): L6 (interest), 22.00 added"]),
        ([("L6", "P-1", "0")], ["outside the claim (PLB): L6 (interest), 0.00 added"]),
        ([("L6", "P-1", "22")], ["outside the claim (PLB): L6 (interest), 22.00 taken"]),
        (
            [("WO", "P-1", "50")],
            [
                "outside the claim (PLB): WO (overpayment recovery), 50.00 taken",
                "PLB takes 50.00 of its 118.00 back",
            ],
        ),
        (
            [("WO", "QR-1 p-1", "118")],
            [f"{TAKEN}, 118.00 taken", "PLB takes its whole payment back"],
        ),
        (
            [("WO", "P-1", "118"), ("72", "P-1", "-118")],
            [
                f"{TAKEN}, 118.00 taken",
                "outside the claim (PLB): 72 (a refund that the provider sent), 118.00 added",
                "PLB takes its whole payment back",
            ],
        ),
        ([("WO", "P-1", "50"), ("WO", "P-1", "-50")], [f"{TAKEN}, 50.00 taken", f"{TAKEN}, 50.00 added"]),
        ([("ZZ", "QR-1", "-1")], ["outside the claim (PLB): ZZ, 1.00 added"]),
        ([("WO", "P-11", "118"), ("WO", None, "118")], []),
    ],
)
def test_what_plb_takes_or_adds_is_said_beside_the_claim_that_it_names(outside, said):
    taken = tuple(OutsideClaims(reason=code, reference=of, amount=amount) for code, of, amount in outside)

    assert list(file_of(ORIGINAL, outside=taken).claims[0].warnings) == said


def test_a_claim_beside_one_of_its_number_that_cannot_be_read_says_so():
    unread = UnreadClaim(place="claim 2", fault="CLP03 is no amount", payer_number=ORIGINAL.payer_number)
    [signed] = file_of(ORIGINAL, unread=(unread,)).claims
    assert "another claim of its number in the same file cannot be read" in signed.said_elsewhere


@pytest.mark.parametrize(("number", "unread"), [("P-1", "P-2"), (None, None)])
def test_one_of_another_number_or_of_none_that_cannot_be_read_is_nothing_to_look_at(number, unread):
    other = UnreadClaim(place="claim 2", fault="CLP03 is no amount", payer_number=unread)
    [signed] = file_of(paid("390", "118", payer_number=number), unread=(other,)).claims
    assert signed.said_elsewhere == ()
