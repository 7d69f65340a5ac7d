"""`plazo notices`: each letter of a case, owed and sent, with its proof and its paper."""

import hashlib

import pytest

pytestmark = pytest.mark.slow


async def test_the_letters_of_a_case_are_listed_with_their_proof_and_their_paper(installation):
    case = await installation.opened("02", reference="LETTERS")
    assert await installation.answer("notices", case) == "No letter is owed.\n"

    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)

    letters = (await installation.json("notices", case))["notices"]
    assert [(one["number"], one["kind"], one["recipient"]) for one in letters] == [
        (1, "determination", "member"),
        (2, "determination", "provider"),
    ]
    for letter in letters:
        path = installation.home.spool / f"{letter['key']}.pdf"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert await installation.answer("notices", case, "--pdf", str(letter["number"])) == f"{path}\n"
        assert letter["proof"] == f"{path.name} sha256:{digest[:16]}"
        assert letter["sent_at"] >= letter["owed_at"]

    listed = await installation.answer("notices", case)
    assert "1  determination  to the member (" in listed
    assert letters[0]["proof"] in listed


async def test_a_letter_that_a_hold_keeps_back_is_owed_and_has_no_paper(installation):
    case = await installation.opened("02", reference="HELD-LETTERS")
    await installation.answer("hold", case, "--kind", "legal", "--because", "a subpoena", as_="sup-diaz")
    await installation.answer("approve", case, as_="rn-rivera")

    listed = await installation.answer("notices", case)
    refused = await installation.plazo("notices", case, "--pdf", "1")
    unknown = await installation.plazo("notices", case, "--pdf", "3")

    assert listed.count(", not sent\n") == 2
    assert (refused.code, refused.err) == (1, f"plazo: letter 1 of {case} has not left\n")
    assert (unknown.code, unknown.err) == (2, f"plazo: pdf: {case} has no letter 3; it has 2.\n")


async def test_a_letter_whose_paper_lies_elsewhere_is_said_to(installation, tmp_path):
    case = await installation.opened("02", reference="ELSEWHERE-LETTERS")
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)

    answer = await installation.plazo("notices", case, "--pdf", "1", PLAZO_SPOOL=str(tmp_path))

    assert answer.code == 2
    assert "is not in the spool of this machine (PLAZO_SPOOL)" in answer.err
