"""Keying in what came by fax, through the real commands: from a sheet, at a terminal, and a whole folder."""

import json
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from tests.edges.at_a_terminal import types
from tests.edges.faxes import a_fax

pytestmark = pytest.mark.slow

AS = "ic-santos"


def a_sheet(whose, **fields) -> str:
    """What a clerk keys of a chest CT that a nurse will look at."""
    keyed = {
        "plan": "mcs-classi",
        "contract": whose["contract_number"],
        "codes": "71260",
        "diagnosis": "R91.1",
        "ordering": "1000000020",
        "ordered": "2026-11-17",
        "justification": "A nodule on a chest film; the study is to measure it.",
    } | fields
    lines = [f"{name}: {value}" for name, value in keyed.items() if value]
    return "\n".join(
        [*lines, "paper: 1 medical 2026-11-17 chest_ct", "paper: 2-3 previous 2026-10-21 abnormal=yes"]
    )


@pytest.fixture
def member(installation):
    return installation.request("02")["member"]


async def intake(installation, *words, given, as_=AS):
    return await installation.plazo("intake", *words, given=given, as_=as_)


async def test_a_sheet_and_its_fax_are_looked_over_on_one_screen_and_become_one_case(installation, member):
    fax, sheet = installation.file(a_fax(4), "intake-1.pdf"), a_sheet(member, reference="INTAKE 1")

    checked = await intake(installation, fax, "--check", given=sheet)
    before = await installation.count_cases()
    opened = [await intake(installation, fax, "--json", given=sheet) for _ in range(2)]

    assert (checked.code, checked.err) == (0, "")
    for said in (
        f"member:   {member['name']}, born 30 Aug 1949, reads en",
        "orders:   Dr. Samuel Ortega, NPI 1000000020",
        "paper:    previous_study of 2026-10-21: abnormal_chest_radiograph=True",
        "required: yes",
        "missing:  nothing",
        "day 0; due ",
        "look at:  in no paper: page 4",
    ):
        assert said in checked.out
    first, again = (json.loads(one.out) for one in opened)
    assert (first["created"], again["created"], again["case"]) == (True, False, first["case"])
    assert await installation.count_cases() == before + 1
    papers = await installation.json("papers", first["case"])
    assert [one["kind"] for one in papers["documents"]] == ["medical_order", "previous_study"]
    assert papers["documents"][0]["facts"] == {"chest_ct_question_stated": True}


async def test_a_sheet_for_a_service_in_the_united_states_is_looked_over_and_opened_as_a_referral(
    installation, member
):
    fax, rest = (
        installation.file(a_fax(2, width=507), "intake-9.pdf"),
        {"codes": "77520*30", "diagnosis": "C41.0"},
    )

    def sheet(**more):
        lines = (rest | {"plan": "mcs-classicare", "contract": member["contract_number"]} | more).items()
        papers = ["paper: 1 medical 2026-11-17", "paper: 2 clinical 2026-11-16 organ_at_risk"]
        return "\n".join([*(f"{name}: {value}" for name, value in lines), "ordering: 1000000020", *papers])

    ahead = {"from": "2029-03-12", "ordered": "2026-11-17", "justification": "Beside the optic nerve."}
    checked = await intake(installation, fax, "--check", given=sheet(visit="Orlando FL", **ahead))
    nowhere = await intake(installation, fax, "--check", given=sheet(visit="Orlando", **ahead))
    behind = await intake(
        installation, fax, "--check", given=sheet(visit="Orlando FL", **{"from": "2026-01-05"})
    )
    opened = await intake(installation, fax, "--json", given=sheet(visit="orlando, fl", **ahead))

    assert "visit:    Orlando, FL\n" in checked.out
    assert "network:  1000000210 " in checked.out
    assert (nowhere.code, "visit: " in nowhere.err) == (2, True)
    assert (behind.code, "visit.retrospective" in behind.err) == (1, True)
    case = json.loads(opened.out)["case"]
    assert case.startswith("REF-")
    await installation.at_rest(case)
    assert (await installation.json("show", case))["kind"] == "referral"


async def test_every_fault_of_a_sheet_is_said_at_once_and_nothing_is_repeated(installation, member):
    fax = installation.file(a_fax(1), "intake-2.pdf")
    wrong = a_sheet(
        member,
        plan="mcs",
        codes="7126",
        diagnosis="NODULE",
        ordering="123",
        born="1949-02-31",
        urgency="soon",
    )

    refused = await intake(installation, fax, given=wrong)

    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    for field in ("plan: ", "codes: ", "diagnosis: ", "ordering: ", "born: ", "urgency: ", "paper: "):
        assert field in refused.err
    assert not {"NODULE", "7126", "soon", member["contract_number"]} & set(
        refused.err.replace(";", " ").split()
    )


async def test_who_the_paper_says_it_is_and_is_not_is_said_before_it_is_opened(installation, member):
    fax = installation.file(a_fax(3), "intake-3.pdf")

    checked = await intake(
        installation, fax, "--check", given=a_sheet(member, member="Rosa Colón", born="8/30/1949")
    )
    nobody = await intake(installation, fax, "--check", given=a_sheet(member, contract="MCS-999999"))

    assert "look at:  the member's name is not the directory's" in checked.out
    assert "contract: the directory has nobody under it" in nobody.err


async def test_a_draft_waits_with_its_fax_and_goes_on_with_its_own_receipt(installation, member):
    fax, half = installation.file(a_fax(3, width=500), "intake-4.pdf"), "plan: mcs-classicare\ncodes: 712"

    kept = await intake(installation, fax, "--draft", "--json", given=half)
    draft = json.loads(kept.out)
    [waits] = [one for one in await installation.json("unmatched", as_=AS) if one["id"] == draft["id"]]
    assert (
        "codes: it is not"
        in (await intake(installation, fax, "--check", given=a_sheet(member, codes=""))).err
    )
    sheet = a_sheet(member, plan="", codes="71260", reference="INTAKE 4")
    opened = json.loads((await intake(installation, "--of", draft["id"][:6], "--json", given=sheet)).out)

    assert (waits["pages"], waits["sheet"]) == (3, half + "\n")
    assert draft["id"] not in await installation.answer("unmatched", as_=AS)
    page = await installation.json("show", opened["case"])
    assert datetime.fromisoformat(page["received_at"]) == datetime.fromisoformat(draft["received_at"])


async def test_what_nobody_could_place_is_attached_where_it_belongs_with_its_own_receipt(installation):
    case = await installation.opened("02", reference="INTAKE 5")
    await installation.at_rest(case)
    received = f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}"
    fax = installation.file(a_fax(2, width=501), "intake-5.pdf")

    kept = (await installation.answer("unmatched", "keep", fax, "--received", received, as_=AS)).split()[0]
    match = ("unmatched", "match", kept, case, "--kind", "lab", "--dated", "11/16/2026")
    assert "laboratory attached" in await installation.answer(*match, as_=AS)

    assert f"{kept} belongs to {case}" in await installation.answer("unmatched", "keep", fax, as_=AS)
    paper = (await installation.json("papers", case))["documents"][-1]
    assert (paper["kind"], paper["received_at"][:16]) == ("laboratory", received[:16])


async def test_a_misfiled_paper_moves_and_both_cases_say_so(installation):
    wrong, right = [await installation.opened("02", reference=f"MISFILED {number}") for number in range(2)]
    for case in (wrong, right):
        await installation.at_rest(case)
    file = installation.file(b"of another member", "misfiled.txt")
    await installation.answer("attach", wrong, file, "--kind", "laboratory", "--dated", "2026-11-16", as_=AS)
    paper = (await installation.json("papers", wrong))["documents"][-1]["id"]
    move = ("misfiled", wrong, paper[:6], right, "--because", "of another member")

    said = await installation.answer(*move, as_=AS)

    assert said == f"{wrong}: moved to {right}.\n"
    assert paper not in await installation.answer("papers", wrong)
    assert paper in await installation.answer("papers", right)
    assert f"laboratory of 2026-11-16 moved to {right}" in await installation.answer("timeline", wrong)
    assert f"laboratory of 2026-11-16 lay in {wrong}" in await installation.answer("timeline", right)
    again = await installation.plazo(*move, as_=AS)
    assert (again.code, "one of these is needed" in again.err) == (2, True)


async def test_a_folder_is_opened_fax_by_fax_and_run_again_each_is_what_it_was(installation, member):
    folder = installation.desk / "faxes"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(a_fax(3, width=502))
    (folder / "a.txt").write_text(a_sheet(member, reference="FOLDER A"))
    (folder / "b.pdf").write_bytes(a_fax(1, width=503))
    (folder / "c.pdf").write_bytes(a_fax(1, width=504))
    (folder / "c.txt").write_text("plan: nowhere")

    first, again = [await installation.plazo("intake", "--folder", str(folder), as_=AS) for _ in range(2)]

    a, b, c = first.out.splitlines()
    assert (first.code, " opened" in a, "kept; it has no sheet" in b, c[:14]) == (
        1,
        True,
        True,
        "c.pdf  FAILED:",
    )
    assert a.split()[1] == again.out.split()[1]
    assert "is the very same" in again.out
    assert again.out.splitlines()[1] == b


async def test_at_a_terminal_it_asks_reads_back_and_opens_only_by_o(installation, member):
    fax = installation.file(a_fax(3, width=505), "intake-6.pdf")
    keyed = ["mcs-classi", member["contract_number"], "", "", "", "7126", "R91.1", "", "1000000020"]
    keyed += ["", "", "", "INTAKE 6", "11/17", "A nodule", "1 medical 11/17 1", "2-3 previous 10/21 2", ""]

    code, seen = await types(
        installation, "intake", fax, as_=AS, answers=[*keyed, "o", "codes: 71260", "o"], PLAZO_LANG="es"
    )

    assert code == 0, seen
    assert "Contrato:" in seen
    assert f"{member['name']}, 1949-08-30" in seen
    assert "codes: no es un código de servicio CPT o HCPCS bien formado" in seen
    assert " se abrió\n" in seen
    assert len(PdfReader(fax).pages) == 3
