"""Many cases at once as the staff do it: tolls, assignments, notes, absences, corrections; holds of one."""

import json
import re
import shutil
import tomllib

import pytest

from config.pack import SHIPPED
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import Installation

pytestmark = pytest.mark.slow

CLASSICARE = ("--plan", "mcs-classicare")
TOLL = ("toll", *CLASSICARE, "--authority", "DR-2026-SAMPLE")
UNTIL = ("--until", "2027-06-30")


async def said_of(installation, case, *words, code=0, as_="sup-diaz"):
    """What a batch says of one of its cases."""
    done = await installation.plazo(*words, "--json", as_=as_)
    assert (done.code, done.err) == (code, ""), done
    found = {one["case"]: one for one in json.loads(done.out)["cases"]}
    return found.get(case)


async def listed(installation, case, *filters):
    """Wait until visibility lists a case under these filters: it follows a little later."""
    for _ in range(200):
        if await said_of(installation, case, "batch", "note", *filters, "--text", "seen?", "--dry-run"):
            return
    raise AssertionError("visibility never listed it")


async def denied(installation, reference):
    case = await installation.opened("03", reference=reference)
    ground = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")
    await installation.answer("deny", case, *ground, as_="md-vega")
    await listed(installation, case, *CLASSICARE)
    return case


async def test_windows_are_tolled_in_a_batch_once_and_let_go_again(installation):
    case = await denied(installation, "TOLLED")
    due = await appeal_ends(installation, case)

    rehearsed = await said_of(installation, case, *TOLL, "--window", "filing", *UNTIL, "--dry-run")
    assert rehearsed["outcome"] == "would"
    assert await appeal_ends(installation, case) == due
    told = await installation.answer(*TOLL, "--window", "filing", *UNTIL, as_="sup-diaz")
    assert f"{case}: appeal window held open under DR-2026-SAMPLE" in told
    assert re.search(r"^Cases: \d+\. .*[1-9]\d* done", told, re.MULTILINE)
    assert (await appeal_ends(installation, case)).startswith("2027-07-01T03:59:59")
    again = await said_of(installation, case, *TOLL, "--window", "filing", *UNTIL)
    assert again["outcome"] == "nothing"
    assert "already tolled under DR-2026-SAMPLE" in again["says"]

    undone = await said_of(installation, case, *TOLL, "--undo")
    assert undone["outcome"] == "done"
    assert await appeal_ends(installation, case) == due
    explained = await installation.answer("explain", case)
    assert "toll undone" in explained


async def appeal_ends(installation: Installation, case):
    clocks = (await installation.json("show", case))["clocks"]
    return next(clock["due_at"] for clock in clocks if clock["timeframe"] == "ma-appeal-window")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((*TOLL, "--window", "decision", *UNTIL), 1, "42 CFR 422.568(b)(2)(i)(C)"),
        (("toll", *CLASSICARE, "--window", "decision", *UNTIL), 1, "42 CFR 422.568(b)(2)(i)(C)"),
        (("toll", *CLASSICARE, "--window", "filing", *UNTIL), 1, "only under a dated instrument"),
        (
            ("toll", *CLASSICARE, "--window", "filing", "--authority", "X", *UNTIL),
            2,
            "the pack knows DR-2026",
        ),
        (("toll", "--window", "filing", "--authority", "X", *UNTIL), 2, "plan: name the line of business"),
        ((*TOLL, "--window", "filing"), 2, "until: name the last day"),
        ((*TOLL, "--window", "filing", "--until", "soon"), 2, "until: a day looks like"),
        ((*TOLL, "--window", "door", *UNTIL), 2, "window"),
        (("batch", "note", "--text", "hello"), 2, "at least one filter"),
        (("batch", "note", "--queue", "the-queue", "--text", "hello"), 2, "queue: known are"),
        (("batch", "note", "--kind", "letter", "--text", "hello"), 2, "kind: known are precertification"),
        (("batch", "note", "--flag", "x' OR 'a'='a", "--text", "hello"), 2, "flag: a name of letters"),
        (("batch", "assign", *CLASSICARE, "--to", "nobody"), 2, "staff: nobody is called"),
        (
            ("staff", "absent", "nobody", "--from", "2099-01-01", "--until", "2099-01-02"),
            2,
            "nobody is called",
        ),
        (
            ("staff", "absent", "md-vega", "--from", "2099-01-02", "--until", "2099-01-01"),
            2,
            "until: an absence",
        ),
        (("staff", "absent", "md-vega", "--from", "2001-01-01", "--until", "2001-01-02"), 2, "over already"),
        (("staff", "back", "md-vega"), 1, "Rafael Vega is not away"),
        (("policy", "correct", "no-row", "--pack", str(SHIPPED), "--because", "x"), 2, "row: no timeframe"),
    ],
)
async def test_what_no_case_could_hear_is_refused_before_any_is_asked(installation, words, code, said):
    refused_in_one_line(await installation.plazo(*words, as_="sup-diaz"), code, said)


async def test_only_a_supervisor_tolls_holds_and_corrects(installation):
    case = await installation.opened("02", reference="NO SUPERVISOR")
    acts = [
        (*TOLL, "--window", "filing", *UNTIL),
        ("hold", case, "--kind", "legal", "--because", "a subpoena"),
        ("policy", "correct", "ma-standard", "--pack", str(SHIPPED), "--because", "x"),
        ("staff", "absent", "rn-colon", "--from", "2099-01-01", "--until", "2099-01-02"),
    ]
    for words in acts:
        refused_in_one_line(await installation.plazo(*words, as_="rn-rivera"), 1, "may not")


async def test_work_is_given_and_noted_in_a_batch_and_what_fails_is_told_with_its_reason(installation):
    case = await installation.opened("02", reference="IN A BATCH")
    await installation.answer("claim", case, as_="rn-rivera")
    hers = ("--queue", "nurse-review", "--assignee", "rn-rivera")
    await listed(installation, case, *hers)

    given = await said_of(installation, case, "batch", "assign", *hers, "--to", "rn-colon")
    assert given["says"] == "nurse-review given to Luis Colón"
    nurses = ("--queue", "nurse-review", "--assignee", "rn-colon")
    await listed(installation, case, *nurses)
    again = await said_of(installation, case, "batch", "assign", *nurses, "--to", "rn-colon")
    assert again["outcome"] == "nothing"
    failed = await said_of(installation, case, "batch", "assign", *nurses, "--to", "cov-matos", code=1)
    assert failed == {
        "case": case,
        "outcome": "failed",
        "says": f"no open work of {case} suits Julia Matos",
    }
    for _ in range(2):
        await said_of(installation, case, "batch", "note", *nurses, "--text", "The fax line was down.")
    notes = [
        event for event in (await installation.json("timeline", case))["events"] if event["kind"] == "noted"
    ]
    assert [note["words"] for note in notes] == ["The fax line was down."]


async def test_somebody_away_is_given_no_work_and_what_they_had_goes_to_the_cover(installation):
    case, other = [await installation.opened("02", reference=f"AWAY {count}") for count in range(2)]
    await installation.answer("claim", case, as_="rn-rivera")
    await listed(installation, case, "--assignee", "rn-rivera")
    days = ("--from", "2020-01-01", "--until", "2099-01-01")

    passed = await said_of(
        installation, case, "staff", "absent", "rn-rivera", *days, "--cover", "rn-colon", code=0
    )
    assert "nurse-review goes to Luis Colón" in passed["says"]
    staff = {one["id"]: one for one in await installation.json("staff")}
    assert (staff["rn-rivera"]["there"], staff["rn-colon"]["there"]) == (False, True)
    assert "away through 2099-01-01, rn-colon covers" in await installation.answer("staff")
    for words, as_ in [
        (("claim", other), "rn-rivera"),
        (("next",), "rn-rivera"),
        (("assign", other, "rn-rivera"), "sup-diaz"),
    ]:
        refused_in_one_line(
            await installation.plazo(*words, as_=as_), 1, "Carmen Rivera is away through 2099-01-01"
        )
    covered = await installation.plazo(
        *("staff", "absent", "rn-colon", *days, "--cover", "rn-rivera"), as_="sup-diaz"
    )
    refused_in_one_line(covered, 1, "cover: rn-rivera is away in that time too")

    assert (await installation.plazo("staff", "back", "rn-rivera", as_="sup-diaz")).code == 0
    assert "nurse-review is yours" in await installation.answer("claim", other, as_="rn-rivera")
    assert [work["assignee"] for work in (await installation.json("show", case))["work"]] == ["rn-colon"]


async def test_a_hold_keeps_letters_back_and_says_so(installation):
    case = await installation.opened("02", reference="ON HOLD")
    because = ("--because", "a subpoena")
    await installation.answer("hold", case, "--kind", "legal", *because, as_="sup-diaz")
    await installation.answer("approve", case, as_="rn-rivera")

    shown = await installation.answer("show", case)
    assert "flag: legal hold" in shown
    assert "nothing leaves the house, and every clock runs on" in shown
    assert "a hold is no pause" in await installation.answer("explain", case)
    assert installation.letters(case) == []

    lifted = await installation.answer("unhold", case, "--kind", "legal", as_="sup-diaz")
    assert "legal hold lifted; 2 letters that waited may leave" in lifted
    await installation.at_rest(case)
    assert len(installation.letters(case)) == 2


async def test_a_wrong_row_is_corrected_from_another_pack_in_every_case_that_lives_by_it(installation):
    case = await installation.opened("10", reference="WRONG ROW")
    await listed(installation, case, "--plan", "mcs-life")
    pack = installation.desk / "corrected"
    shutil.copytree(SHIPPED, pack)
    file = pack / "timeframes.toml"
    text = file.read_text(encoding="utf-8")
    row = next(one for one in tomllib.loads(text)["timeframe"] if one["id"] == "pr-urgent")
    start = text.index('id = "pr-urgent"\n')
    wrong = f"length = {row['span']['length']}"
    file.write_text(text[:start] + text[start:].replace(wrong, "length = 30", 1), encoding="utf-8")
    correct = ("policy", "correct", "pr-urgent", "--pack", str(pack), "--because", "misread")
    due = (await installation.json("show", case))["due_at"]

    rehearsed = await said_of(installation, case, *correct, "--dry-run")
    assert "pr-urgent corrected, 24 hours -> 30 hours" in rehearsed["says"]
    assert (await installation.json("show", case))["due_at"] == due
    assert (await said_of(installation, case, *correct))["outcome"] == "done"
    assert (await said_of(installation, case, *correct))["outcome"] == "nothing"

    assert (await installation.json("show", case))["due_at"] > due
    explained = await installation.answer("explain", case)
    assert "pr-urgent allows 24 hours" in explained
    assert "pr-urgent allows 30 hours: misread" in explained


async def test_a_holiday_that_was_proclaimed_later_is_corrected_from_another_pack_and_rehearsed_first(
    installation,
):
    case = await installation.opened("10", reference="PROCLAIMED LATER")
    await listed(installation, case, "--plan", "mcs-life")
    pack = installation.desk / "proclaimed"
    shutil.copytree(SHIPPED, pack)
    file = pack / "plans.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index('id = "mcs-life"\n')
    closed = 'closures = [{ day = 2026-12-24, name = "Day of mourning" }]'
    file.write_text(f"{text[:start]}{closed}\n{text[start:]}", encoding="utf-8")
    correct = (
        "policy",
        "correct",
        "2026-12-24",
        "--pack",
        str(pack),
        "--because",
        "proclaimed on 21 December",
    )

    rehearsed = await said_of(installation, case, *correct, "--dry-run")

    assert "2026-12-24 is Day of mourning" in rehearsed["says"]
    assert (await said_of(installation, case, *correct))["outcome"] == "done"
    assert (await said_of(installation, case, *correct))["outcome"] == "nothing"
    assert "proclaimed on 21 December" in await installation.answer("timeline", case)


async def test_a_case_keyed_for_another_plan_is_corrected(installation):
    case = await installation.opened("02", reference="WRONG PLAN")
    because = ("--because", "the card says MCS Life")

    unknown = await installation.plazo("correct", "plan", case, "mcs", *because, as_="sup-diaz")
    refused_in_one_line(unknown, 2, "plan: no line of business is called 'mcs'")
    told = await installation.answer("correct", "plan", case, "mcs-life", *because, as_="sup-diaz")

    assert "line of business corrected: mcs-classicare" in told
    assert "pr-standard" in await installation.answer("explain", case)
