"""What people write has one normal form, and identifiers meet whatever keyboard they were written on."""

from datetime import date

import pytest

from domain.casefile.casefile import whose
from domain.remittance.finding import find_claim
from domain.request.receipt import FEW, compared, content_of, listed, new_papers
from domain.terms.case_number import parse
from domain.terms.text import folded, normal
from tests.builders import ROOT, a_case, a_document, a_request
from tests.disputes import a_filing
from tests.remittances import claim, remittance
from worker.adapters.directory import FileDirectory

DASHES = "-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
UNSEEN = {
    "a zero width space": "\u200b",
    "a joiner": "\u200d",
    "a byte-order mark": "\ufeff",
    "from right to left": "\u202e",
    "an isolate": "\u2066",
    "a soft hyphen": "\u00ad",
    "a variant": "\ufe0f",
}


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN)
def test_a_sign_that_nobody_sees_is_dropped_and_nothing_takes_its_place(sign):
    written = f"{sign}Ri{sign}vera{sign}"
    assert normal(written) == "Rivera"
    request = a_request(member={"name": written, "address": f"Calle {sign}Luna 12"})
    assert (request.member.name, request.member.address) == ("Rivera", "Calle Luna 12")
    assert a_filing(provider={"group": written}, statement=written).provider.group == "Rivera"


def test_letters_composed_of_two_signs_are_one():
    assert a_request(member={"name": "Mun\u0303oz"}).member.name == "Mu\N{LATIN SMALL LETTER N WITH TILDE}oz"
    assert a_filing(statement="Nin\u0303o").statement == "Ni\N{LATIN SMALL LETTER N WITH TILDE}o"


def test_a_name_of_nothing_but_unseen_signs_is_no_name():
    with pytest.raises(ValueError, match="name"):
        a_request(member={"name": "\u200b\u200b"})


@pytest.mark.parametrize("dash", DASHES)
def test_case_and_dashes_part_no_identifiers(dash):
    assert folded(f"mcs{dash}0001\u200b") == folded("MCS-0001") == folded("MCS0001")
    assert parse(f"pre{dash}2222{dash}2222{dash}2222") == "PRE-2222-2222-2222"


def requested(contract="MCS-0001", reference="REF-1"):
    return a_request(member={"contract_number": contract}, reference=reference)


@pytest.mark.parametrize("written", ["mcs-0001", "MCS\N{EN DASH}0001", "Mcs0001", "MCS-\u200b0001"])
def test_whoever_a_number_is_about_is_the_same_however_it_is_written(written):
    plain, other = (
        requested(),
        requested(written, written.replace("0001", "1").casefold().replace("mcs", "ref")),
    )
    assert plain.fingerprint == other.fingerprint
    assert whose(a_case(plain)) == whose(a_case(other))
    assert not compared(content_of(plain), content_of(other)).other


def test_a_filing_is_the_same_however_its_numbers_are_written():
    plain = a_filing(reference="R-77")
    other = a_filing(reference="r\N{EN DASH}77", claim={"payer_number": "clm\N{MINUS SIGN}20370401"})
    assert plain.fingerprint == other.fingerprint
    assert not compared(content_of(plain), content_of(other)).other


def test_a_claim_of_a_remittance_is_found_however_its_number_is_written():
    paid = remittance(claim(payer_number="CLM-9-A"), claim(payer_number="CLM-9-B"))
    assert find_claim(paid, "clm\N{EN DASH}9\N{EN DASH}b").payer_number == "CLM-9-B"


@pytest.mark.parametrize("written", ["mcs-100001", "MCS\N{EN DASH}100001", "MCS100001"])
async def test_the_directory_knows_a_member_however_the_number_is_written(written):
    directory = FileDirectory(ROOT / "examples" / "directory.toml")
    assert (await directory.coverage("mcs-classicare", written, date(2026, 3, 1), ["72148"])).is_covered
    found = await directory.standing("mcs-classicare", written, "1234567893", None, date(2026, 3, 1))
    assert found.in_medicare_advantage


def a_scan(name, content=None):
    return a_document(name).model_copy(update={"sha256": content})


@pytest.mark.parametrize(
    ("held", "came", "new"),
    [
        (a_scan("a"), a_scan("a"), []),
        (a_scan("a"), a_scan("b"), ["b"]),  # nobody kept the content
        (a_scan("a", "1" * 64), a_scan("b", "1" * 64), []),
        (a_scan("a", "1" * 64), a_scan("a", "2" * 64), ["a-2"]),
        (a_scan("a"), a_document("a", weeks=6), ["a-2"]),
    ],
)
def test_a_paper_of_the_same_content_is_the_same_and_without_it_one_of_the_same_name(held, came, new):
    assert [paper.id for paper in new_papers([held], (came,))] == new


def test_of_many_words_the_first_few_are_said_and_how_many_more():
    words = [f"word {count}" for count in range(FEW + 2)]
    few = ", ".join(words[:FEW])

    assert [listed(words[:count]) for count in (FEW, FEW + 1, FEW + 2)] == [
        few,
        f"{few} and 1 more",
        f"{few} and 2 more",
    ]


def test_with_another_number_of_lines_it_is_another_request():
    line = a_request().lines[0].model_dump(mode="json")
    two = a_request(lines=[line, line | {"sequence": 2}])
    assert compared(content_of(a_request()), content_of(two)).other == ("lines",)
