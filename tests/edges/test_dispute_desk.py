"""Payment disputes as the desk works on them: opened, answered, paid, and taken up again when the plan asks."""

import asyncio
import json
from datetime import timedelta

import pytest

from tests.edges.dispute_desk import EXAMPLES, a_dispute, opened, refused, shown, today
from tests.edges.installation import Installation

pytestmark = pytest.mark.slow

OURS = EXAMPLES / "remittance-outpatient.835"


def payments(installation, case):
    return sorted(path.name for path in (installation.home.folder / "payments").glob(f"{case}-*"))


async def answered(installation, case):
    """Line 1 overturned, line 2 upheld."""
    analyst = "da-torres"
    resolve = ("dispute", "resolve", case, "--line")
    overturned = (*resolve, "1", "--outcome", "overturned", "--why", "fee_schedule_misread")
    assert "line 1 overturned: 121.21 more" in await installation.answer(*overturned, as_=analyst)
    upheld = (*resolve, "2", "--outcome", "upheld", "--why", "paid_at_medicare_rate")
    assert "line 2 upheld" in await installation.answer(*upheld, as_=analyst)
    await installation.at_rest(case)


async def test_a_dispute_is_answered_paid_once_and_taken_up_again_when_the_plan_asks(installation):
    file = a_dispute(installation, "WHOLE LIFE")
    before = await installation.count_cases()
    checked = await installation.json("dispute", "check", file)
    assert [line["route"] for line in checked["lines"]] == ["amount", "amount"]
    assert checked["standing"]["in_medicare_advantage"] is True
    assert (checked["missing"], checked["late_lines"]) == ([], [])
    assert await installation.count_cases() == before, "a check creates nothing"

    said = await installation.answer("dispute", "submit", file, as_="ic-santos")
    case = said.split()[0]
    assert case.startswith("DIS-")
    assert "day 0; due" in said
    assert "counted from the remittance date (DTM*405)" in said
    again = await installation.json("dispute", "submit", file, as_="ic-santos")
    assert again == {"case": case, "created": False}

    assert "reviewed with `plazo dispute review`" in await refused(installation, "review", case)
    review = await installation.json("dispute", "review", case)
    assert [line["contended"] for line in review["lines"]] == ["121.21", "8.40"]
    assert all("unknown" in line["reference"] for line in review["lines"]), "and never 0"

    resolve = ("dispute", "resolve", case, "--line", "1", "--outcome", "overturned", "--why")
    level = await refused(installation, *resolve, "fee_schedule_misread", "--level", "2")
    assert level.startswith("the health plan decides the second level")
    assert "for overturned the pack knows" in await refused(installation, *resolve, "paid_at_medicare_rate")
    more = await refused(installation, *resolve, "fee_schedule_misread", "--amount", "500.00")
    assert more.startswith("reason: say why more is paid than the 121.21")
    nurse = await refused(installation, *resolve, "fee_schedule_misread", as_="rn-rivera")
    assert "may not work on a dispute" in nurse

    await answered(installation, case)
    await installation.at_rest(case)
    page = await shown(installation, case)
    assert (page["status"]["code"], page["stage"]) == ("PARTLY", "second_level_window")
    assert payments(installation, case) == [f"{case}-pay-1.json"]
    assert any("determination" in letter for letter in installation.letters(case))
    same = await installation.json("dispute", "submit", file, as_="ic-santos")
    assert same == {"case": case, "created": False}, "answered or not, a copy is the same dispute"

    await installation.answer("fast-forward", case, "181d")
    assert "window closed, no request known" in await installation.answer("show", case)

    asks = ("dispute", "second-level", case, "--filed-on", today().isoformat(), "--learned", "the plan asks")
    early = [*asks[:4], "2020-01-01", *asks[5:]]
    assert "before the dispute itself was received" in await refused(installation, *early)
    assert (await shown(installation, case))["stage"] == "closed", "nothing is reopened for nothing"
    assert "second level filed" in await installation.answer(*asks, "--file-wanted", as_="da-torres")
    assert (await shown(installation, case))["stage"] == "second_level"

    gave = ("--outcome", "overturned", "--amount", "8.40", "--on", today().isoformat())
    await installation.answer("dispute", "plan-answer", case, *gave, as_="da-torres")
    await installation.at_rest(case)
    assert payments(installation, case) == [f"{case}-pay-1.json", f"{case}-pay-2.json"]
    assert "the health plan answered the second level" in await refused(installation, *asks)


async def test_people_sort_lines_decide_good_cause_and_find_contracts(installation):
    nobody_names = {"group": "CO", "reason": "B10", "amount": "2320.00"}
    [first, _] = json.loads((EXAMPLES / "dispute.json").read_text(encoding="utf-8"))["lines"]
    sort, late, elsewhere = await asyncio.gather(
        opened(installation, "SORT", lines=[first | {"adjustments": [nobody_names], "expected": None}]),
        opened(installation, "LATE", remittance={"produced_on": "2025-03-03"}, good_cause="A flood."),
        opened(installation, "ELSEWHERE", lines=[first | {"adjustments": [nobody_names]}]),
    )

    triage = ("dispute", "triage", sort, "--line", "1", "--route", "redirect")
    assert "line 1: redirect" in await installation.answer(*triage, as_="da-torres")
    assert (await shown(installation, sort))["lines"][0]["outcome"] == "redirected"
    await installation.at_rest(sort)
    upheld = ("dispute", "resolve", sort, "--line", "1", "--outcome", "upheld", "--why", "pricing_not_shown")
    assert "sent to the health plan's appeal" in await refused(installation, *upheld)

    cause = ("dispute", "good-cause", late, "--refuse", "--reason", "no flood was reported")
    assert "may not decide good cause" in await refused(installation, *cause)
    assert "good cause refused" in await installation.answer(*cause, as_="sup-diaz")
    assert (await shown(installation, late))["status"]["code"] == "UNTIMELY"

    contract = (
        "dispute",
        "elsewhere",
        elsewhere,
        "--where",
        "contract",
        "--reason",
        "an agreement was found",
    )
    await installation.answer(*contract, as_="da-torres")
    assert (await shown(installation, elsewhere))["status"]["code"] == "CONTRACT"
    nothing = ("dispute", "dismiss", elsewhere, "--ground", "incomplete", "--reason", "nothing came")
    assert await refused(installation, *nothing, as_="sup-diaz")


async def test_a_corrected_remittance_gives_the_line_that_it_changes_new_days(installation):
    case = await opened(installation, "CORRECTED")
    corrected = OURS.read_text(encoding="ascii")
    for was, became in {
        "20260511~": f"{today() - timedelta(days=1):%Y%m%d}~",
        "*880.00*0636*40": "*890.00*0636*40",
        "CAS*CO*45*2100.00": "CAS*CO*45*2090.00",
        "*3590.00*998.00": "*3590.00*1008.00",
    }.items():
        assert was in corrected
        corrected = corrected.replace(was, became)
    file = installation.file(corrected, "corrected.835")

    command = ("dispute", "correct-remittance", case)
    same = await refused(installation, *command, str(OURS), "--reason", "paid again")
    assert "changes none of the disputed lines" in same
    said = await installation.answer(*command, file, "--reason", "paid again", as_="da-torres")

    assert "corrected remittance for line 1: paid again" in said
    assert "filing window line 1" in await installation.answer("explain", case)
    review = await installation.json("dispute", "review", case)
    assert [line["contended"] for line in review["lines"]] == ["111.21", "8.40"]


async def test_a_sheet_opens_each_good_row_once_and_tells_the_fault_of_the_others(installation):
    installation.file(OURS.read_bytes(), "may.835")
    sheet = installation.file(
        "remittance,claim,received,plan,reference\n"
        "may.835,PC26112000533,2026-06-02 09:15,procare,SHEET 1\n"
        "may.835,PC0,2026-06-02 09:15,procare,SHEET 2\n"
        "may.835,QR-2026-0417,2026-06-02 09:15,procare,SHEET 3\n",
        "disputes.csv",
    )

    first = await installation.plazo("dispute", "submit", "--sheet", sheet, "--json", as_="ic-santos")
    count = await installation.count_cases()
    second = await installation.plazo("dispute", "submit", "--sheet", sheet, "--json", as_="ic-santos")

    assert (first.code, second.code, first.err, second.err) == (1, 1, "", "")
    rows, again = json.loads(first.out), json.loads(second.out)
    assert [row["created"] for row in rows] == [True, False, True]
    assert rows[1]["fault"] == "claim: this remittance has no claim of that number"
    assert [row["case"] for row in again] == [row["case"] for row in rows]
    assert not any(row["created"] for row in again)
    assert await installation.count_cases() == count


FAULTS = {
    "no envelope": (b"ST*835*0001~", "it has no interchange envelope"),
    "the wrong transaction": (OURS.read_bytes().replace(b"ST*835", b"ST*837"), "ST01 is not 835"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_damaged_remittance_is_refused_in_one_line_and_nothing_is_kept(tmp_path, fault):
    alone = Installation(tmp_path)
    content, said = FAULTS[fault]
    file = alone.file(content, "damaged.835")
    submit = ("--claim", "PC26112000533", "--received", "2026-06-02 09:15", "--plan", "procare")

    for words in (("read", file), ("submit", "--remittance", file, *submit)):
        assert said in await refused(alone, "dispute", *words)
    assert not alone.home.folder.exists()


async def test_a_claim_that_is_a_cent_off_is_refused_by_itself_and_read_beside_the_others(tmp_path):
    alone = Installation(tmp_path)
    raw = OURS.read_bytes().replace(b"*880.00*0636*40", b"*880.01*0636*40")
    file = alone.file(raw, "one-bad.835")
    said = "claim 2: line 1: SVC03 is not the charge less the line's adjustments"

    read = await alone.plazo("dispute", "read", file)
    submit = ("--claim", "PC26112000533", "--received", "2026-06-02 09:15", "--plan", "procare")
    assert (read.code, read.err) == (0, "")
    assert f"claim PC26112000533 (patient account QR-2026-0533): cannot be read: {said}" in read.out
    assert "line 1: G0463, charge 390.00, paid 118.00 (CO-45 272.00): amount." in read.out
    assert said in await refused(alone, "dispute", "submit", "--remittance", file, *submit)
    assert not alone.home.folder.exists()


def a_remittance_of(day, *claims):
    """Claims of PC50, each by its status and what was paid of its charge, in our own file's envelope."""
    head = OURS.read_text(encoding="ascii").split("CLP*")[0].replace("20260511~", f"{day:%Y%m%d}~")
    body = "".join(
        f"CLP*QR-50*{status}*{charge}.00*{paid}.00**16*PC50*13*1~\nNM1*QC*1*ALDANA*HENRY****MI*PRO-400001~\n"
        f"SVC*HC:G0463*{charge}.00*{paid}.00**1~\nDTM*472*20260414~\nCAS*CO*45*{charge - paid}.00~\n"
        for status, charge, paid in claims
    )
    count = (head + body).count("~") - 1
    return f"{head}{body}SE*{count}*0001~\nGE*1*1~\nIEA*1*000000001~\n"


async def test_the_same_claim_with_another_payment_is_work_on_the_open_case_with_both_side_by_side(
    installation,
):
    day = today() - timedelta(days=20)
    first, second, reversal = (
        installation.file(a_remittance_of(day + timedelta(days=later), *claims), f"{later}.835")
        for later, claims in [
            (0, [(1, 390, 118)]),
            (10, [(22, -390, -118), (1, 390, 88)]),
            (11, [(22, -390, -118)]),
        ]
    )

    async def submitted(file, days_ago):
        received = f"{today() - timedelta(days=days_ago)} 09:00"
        claim = ("--remittance", file, "--claim", "PC50", "--received", received, "--plan", "procare")
        return await installation.json("dispute", "submit", *claim, as_="ic-santos")

    opened = await submitted(first, 8)
    again = await submitted(second, 4)
    assert (again["case"], opened["created"], again["created"]) == (opened["case"], True, False)

    review = await installation.json("dispute", "review", opened["case"])
    assert [line["paid"] for line in review["lines"]] == ["118.00"]
    beside = f"the remittance of {day + timedelta(days=10)} beside that of {day}"
    assert review["look_at"] == [f"{beside}; line 1: 118.00 was paid here, 88.00 as filed again"]
    page = " ".join((await installation.answer("show", opened["case"])).split())
    assert "the claim was filed again with another payment" in page

    correct = ("dispute", "correct-remittance", opened["case"])
    back = await refused(installation, *correct, reversal, "--reason", "paid again")
    assert back.startswith("claim: it takes a payment back")
    await installation.answer(*correct, second, "--reason", "paid again", as_="da-torres")
    review = await installation.json("dispute", "review", opened["case"])
    assert [line["paid"] for line in review["lines"]] == ["88.00"]
    assert "it stands beside a payment that the same file takes back" in review["look_at"][-1]
