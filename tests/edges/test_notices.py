"""`plazo notices`: each letter of a case, owed and sent, with its proof and its paper."""

import hashlib

import pytest

from client.terminal import viewer

pytestmark = pytest.mark.slow


async def test_the_letters_of_a_case_are_listed_with_their_proof_and_their_paper(installation):
    case = await installation.opened("02", reference="LETTERS")
    assert await installation.answer("notices", case) == "No letter is owed.\n"

    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)

    letters = (await installation.json("notices", case))["notices"]
    assert [(one["number"], one["kind"], one["recipient"], one["by"]) for one in letters] == [
        (1, "determination", "member", "letter"),
        (2, "determination", "provider", "fax"),
    ]
    for letter in letters:
        path = installation.home.spool / f"{letter['key']}.pdf"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert await installation.answer("notices", case, "--pdf", str(letter["number"])) == f"{path}\n"
        folder = "fax/" if letter["by"] == "fax" else ""
        assert letter["proof"] == f"{folder}{path.name} sha256:{digest[:16]}"
        assert letter["sent_at"] >= letter["owed_at"]

    listed = await installation.answer("notices", case)
    assert "1  determination  to the member (" in listed
    assert "2  determination  to the provider by fax (" in listed
    assert letters[0]["proof"] in listed


async def test_a_letter_that_a_hold_keeps_back_is_owed_and_has_no_paper(installation):
    case = await installation.opened("02", reference="HELD-LETTERS")
    await installation.answer("hold", case, "--kind", "legal", "--because", "a subpoena", as_="sup-diaz")
    await installation.answer("approve", case, as_="rn-rivera")

    listed = await installation.answer("notices", case)
    refused = await installation.plazo("notices", case, "--pdf", "1")
    unknown = await installation.plazo("notices", case, "--pdf", "3")

    assert listed.count(", not sent") == 2
    assert (refused.code, refused.err) == (1, f"plazo: letter 1 of {case} has not left\n")
    assert (unknown.code, unknown.err) == (2, f"plazo: pdf: {case} has no letter 3; it has 2.\n")


async def test_a_letter_whose_paper_lies_elsewhere_is_said_to(installation, tmp_path):
    case = await installation.opened("02", reference="ELSEWHERE-LETTERS")
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)

    answer = await installation.plazo("notices", case, "--pdf", "1", PLAZO_SPOOL=str(tmp_path))

    assert answer.code == 2
    assert "is not in the spool of this machine (PLAZO_SPOOL)" in answer.err


async def test_a_fax_that_cannot_be_dialled_goes_as_a_letter_and_its_number_is_given_by_a_person(
    installation,
):
    office = {"name": "A sample office", "npi": "1000000020", "fax": "ask", "address": "8 Avenida Muestra"}
    case = await installation.opened("02", reference="NO-FAX", requesting_provider=office)
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)

    listed = await installation.answer("notices", case)
    mailed = (installation.home.spool / "manifest.csv").read_text()
    assert "2  determination  to the provider by letter, after it failed by fax (" in listed
    assert mailed.count(f"{case}-002-") == 1

    found = installation.file("787-555-0199", "number.txt")
    said = await installation.answer("notice", "found", case, "2", "--number", found, as_="ic-santos")
    refused = await installation.plazo("notice", "resend", case, "2", as_="ic-santos")
    assert "fax number of the provider found" in said
    assert "0199" not in said
    assert (refused.code, refused.err) == (1, "plazo: notice 2 has left; there is nothing to find out\n")


async def test_the_paper_of_a_notice_is_opened_on_a_desktop_and_named_where_there_is_none(installation):
    case = await installation.opened("02", reference="OPENED")
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}

    named = await installation.plazo("notices", case, "--pdf", "1", "--open", **nowhere)
    which = await installation.plazo("notices", case, "--open", **nowhere)

    assert (named.code, named.out) == (0, f"{installation.home.spool}/{case}-001-determination-member.pdf\n")
    assert (which.code, which.err) == (2, "plazo: open: say which letter, with --pdf N.\n")


def test_the_desktops_own_viewer_is_given_the_paper(monkeypatch, tmp_path):
    given = []
    monkeypatch.setattr(viewer.subprocess, "Popen", lambda words, **_: given.append(words))
    monkeypatch.setattr(viewer.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setenv("DISPLAY", ":0")

    assert viewer.shown(tmp_path / "letter.pdf")
    assert given[0][1] == tmp_path / "letter.pdf"


async def test_a_preview_shows_each_letter_and_its_paper_and_decides_nothing(installation, tmp_path):
    case = await installation.opened("03", reference="LOOKED-AT")
    folder, before = tmp_path / "letters", await installation.json("show", case)
    deny = ("deny", case, "--reason", "criteria_not_met", "--criterion", "oncologic-pet.advisor")

    shown = await installation.answer(*deny, "--preview", "--pdf", str(folder), as_="md-ortiz")
    refused = await installation.plazo(*deny, "--preview", as_="rn-rivera")
    alone = await installation.plazo(*deny, "--pdf", str(folder), as_="md-ortiz")

    assert "=== determination letter to the member (" in shown
    assert "=== determination letter to the provider (" in shown
    assert "only a preview; nothing is decided. It would say: line 1 denied." in shown
    papers = sorted(folder.glob("*.pdf"))
    assert [paper.read_bytes()[:5] for paper in papers] == [b"%PDF-"] * 2
    assert (refused.code, "may not deny or reduce" in refused.err) == (1, True)
    assert (alone.code, "it goes with --preview" in alone.err) == (2, True)
    assert await installation.json("show", case) == before
    assert await installation.answer("notices", case) == "No letter is owed.\n"


async def test_a_letter_that_is_stopped_says_what_stays_owed(installation):
    case = await installation.opened("02", reference="STOPPED-LETTERS")
    await installation.answer("hold", case, "--kind", "legal", "--because", "a subpoena", as_="sup-diaz")
    await installation.answer("approve", case, as_="rn-rivera")

    said = await installation.answer(
        "notice", "stop", case, "1", "--because", "the wrong study", as_="rn-rivera"
    )
    listed = (await installation.json("notices", case))["notices"]
    text = await installation.answer("notices", case)

    assert "letter 1 stopped before it left; the duty stays open, due" in said
    assert [(one["state"], one["waits_for"]) for one in listed] == [
        ("stopped", "somebody who sends it after all"),
        ("owed", "the legal hold"),
    ]
    assert "why: determination (" in text
    assert "; waits for the legal hold" in text
