"""The library of reasons stands on the rows that it words, and is shown with its sources."""

import shutil

import pytest

from client.policy import asked as policy
from config import pack as packs
from tests.builders import pack
from tests.builders import policy as policy_of

LIBRARY = "reason_library.toml"
FAULTS = {
    "a reason that nobody has": (
        'reason = "experimental"',
        'reason = "too_dear"',
        "reason: no reason has this id",
    ),
    "a service on no list": ('["E0424"]', '["E0425"]', "services: E0425 is on no list of services"),
    "a clause of another service": (
        '"chest-ct.kidney"',
        '"lumbar-mri.weeks"',
        "criterion: 71250 is not reviewed under this clause",
    ),
    "an id of the closed list": (
        'id = "drug.not-proven"',
        'id = "experimental"',
        "id: a reason of the closed list has this id",
    ),
    "words in English alone": (
        'es = "No recibimos un plan de cuidado firmado."',
        'es = ""',
        "words: words of the pack stand in English and in Spanish",
    ),
}


@pytest.mark.parametrize(("there", "put", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_library_is_told_by_row_and_field(tmp_path, there, put, fault):
    copy = shutil.copytree(packs.SHIPPED, tmp_path / "policy")
    text = (copy / LIBRARY).read_text(encoding="utf-8")
    assert there in text
    (copy / LIBRARY).write_text(text.replace(there, put), encoding="utf-8")

    [first, *_] = packs.check(copy)
    assert first.startswith(LIBRARY)
    assert first.endswith(fault)


@pytest.mark.parametrize("service", ["72148", "J9271"])
def test_a_case_takes_along_the_words_for_its_own_services_alone(service):
    own = {row.id for row in pack().library_reason if service in row.services}

    assert {row.id for row in policy_of(services=(service,)).library_reason} == own


def test_the_pack_shows_its_words_statements_and_promises(capsys):
    policy.show(pack())
    said = " ".join(capsys.readouterr().out.split())
    for row in (*pack().library_reason, *pack().criteria_statement, *pack().callback, *pack().caller):
        assert row.id in said
        assert " ".join(row.source.split()) in said
