"""By what a case is found, however it is typed: the same key from the paper and from whoever looks for it."""

from datetime import date

import pytest

from domain.terms.key_kind import KeyKind
from domain.terms.refusals import Misuse
from domain.view.kinds import CASES, search_keys
from domain.view.search import wanted
from tests.appealing import NIECE, appeal_of, denied
from tests.builders import a_case, a_request, at
from tests.disputes import a_dispute, a_filing


def finds(case, line: str) -> bool:
    return bool(set(wanted(line).keys) & set(search_keys(case)))


@pytest.fixture
def case():
    member = {
        "name": "José de la Cruz Núñez",
        "contract_number": "MCS-0042",
        "birth_date": "1957-04-02",
        "telephone": "(787) 555-0142",
    }
    return a_case(a_request(member=member, reference="FAX 2037/118"))


@pytest.mark.parametrize(
    "line",
    [
        *("jose cruz nunez 1957-04-02", "Núñez, José de la Cruz 4/2/1957", "1957-4-2 JOSE CRUZ NUÑEZ"),
        *("MCS-0042", "mcs 0042", "787.555.0142", "+1 787 555 0142", "fax-2037-118", "1234567893"),
    ],
)
def test_a_request_is_found_by_what_its_papers_say_in_any_spelling(case, line):
    assert finds(case, line)


@pytest.mark.parametrize(
    "line", ["jose cruz nunez 1957-04-03", "jose nunez 1957-04-02", "MCS-0041", "787-555-0143"]
)
def test_what_is_only_nearly_so_is_another_case(case, line):
    assert not finds(case, line)


def test_a_name_alone_has_no_key_and_is_for_the_directory():
    asked = wanted("Ana Rivera")
    assert (asked.name, asked.birth_date) == ("Ana Rivera", None)
    assert {key.kind for key in asked.keys} == {KeyKind.CONTRACT, KeyKind.REFERENCE}
    assert wanted("Ana Rivera 3/11/1954").birth_date == date(1954, 3, 11)


@pytest.mark.parametrize(
    ("line", "last"), [("4hbt", "4HBT"), (" 4HBT ", "4HBT"), ("4H0T", None), ("HBT", None)]
)
def test_four_signs_of_a_number_are_its_last(line, last):
    assert wanted(line).last_four == last


def test_a_whole_number_is_known_as_one():
    assert wanted("pre 2222 2222 2222").number == "PRE-2222-2222-2222"


@pytest.mark.parametrize("line", ["", "  ", "1954-03-11", "1954-02-30 Ana Rivera", "MCS-1 1954-03-11"])
def test_what_finds_nobody_is_refused_without_repeating_it(line):
    with pytest.raises(Misuse, match="find: ") as refused:
        wanted(line)
    assert "MCS-1" not in str(refused.value)


def test_a_dispute_is_found_by_its_claim_and_its_provider():
    filing = a_filing(reference="D-77")
    dispute = a_dispute(filing)
    for line in ("D-77", filing.claim.payer_number, filing.claim.member, filing.provider.npi):
        assert finds(dispute, line)


def test_an_appeal_is_found_as_its_request_and_by_whoever_appeals_for_the_member():
    niece = {"representative": NIECE["representative"] | {"telephone": "787-555-0177"}}
    appeal = appeal_of(denied("2037-03-05"), at("2037-03-20 10:00 AST"), **NIECE | niece)
    for line in ("787-555-0177", "MCS-0001", "ana rivera 1957-04-02"):
        assert finds(appeal, line)


def test_every_kind_of_case_is_found_by_something(case):
    assert all(kind.found_by for kind in CASES.values())
    assert {key.kind for key in search_keys(case)} == set(KeyKind)
