"""Coordination of benefits at the prompt; no server is needed."""

import json
from datetime import timedelta

import pytest

from tests.builders import ROOT
from tests.edges.casefiles import text_of
from tests.edges.fluent import refused_in_one_line, types
from tests.edges.installation import ago

EXAMPLES = ROOT / "examples" / "cob"
PEDRO = json.loads((EXAMPLES / "a-pedro.json").read_text(encoding="utf-8"))


async def cob(*words, given=""):
    return await types(("cob", *words), given.encode(), {"NO_COLOR": "1", "COLUMNS": "160"})


@pytest.mark.parametrize(
    ("name", "payers"),
    [
        ("a-pedro", ["mcs", "plan-x"]),
        ("a-maria", ["plan-x", "mcs"]),
        ("b-nancy", ["plan-x", "mcs"]),
        ("dialysis", ["mcs", "medicare"]),
        ("retired-and-married", ["plan-x", "medicare", "mcs"]),
        ("second-claim", ["plan-x", "mcs"]),
    ],
)
async def test_the_examples_say_who_pays_first(name, payers):
    answer = await cob("order", str(EXAMPLES / f"{name}.json"), "--json")

    assert (answer.code, json.loads(answer.out)["payers"]) == (0, payers)


async def test_an_explanation_has_sources_months_and_what_the_page_says_otherwise():
    dialysis = await cob("explain", str(EXAMPLES / "dialysis.json"))
    nancy = await cob("explain", str(EXAMPLES / "b-nancy.json"))
    claim = await cob("order", str(EXAMPLES / "second-claim.json"))

    assert "from 2026-06-01; a plan pays before it through 2028-11-30" in dialysis.out
    assert "42 CFR 411.162(a) to (c); POMS HI 00620.177 (sourced)" in dialysis.out
    assert "the page says otherwise" in dialysis.out
    assert "asked before, and silent: without-rule, employee-before-dependant" in nancy.out
    assert "mcs pays 36.89" in claim.out
    assert "Not before these are there: the original receipts" in claim.out


async def test_a_missing_fact_is_named_and_nothing_is_guessed():
    nobody_asked = {name: said for name, said in PEDRO.items() if name != "medicare"}

    answer = await cob("order", "-", given=json.dumps(nobody_asked))

    assert answer.code == 0
    assert answer.out == "Unknown: the order of mcs, plan-x, medicare.\n  Missing: medicare.\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"born": "2027-01-01"}, "born: nobody is covered before they are born"),
        ({"coverages": []}, "coverages: at least 1 is needed"),
        ({"coverages": [*PEDRO["coverages"], PEDRO["coverages"][0]]}, "coverages: each has an id of its own"),
        ({"coverages": [{"id": "mcs", "covers_as": "friend"}]}, "coverages.0.covers_as: one of these"),
        ({"on": "soon"}, "on: a day looks like"),
        ({"on": "2024-12-31"}, "on: the pack does not say who pays first on 2024-12-31"),
        (
            {
                "medicare": {
                    "enrolled": True,
                    "transplant": "2026-01-01",
                    "admitted_for_transplant": "2026-02-01",
                }
            },
            "admitted_for_transplant: it is not before the transplant",
        ),
        (
            {"medicare": {"enrolled": True, "dialysis_began": "2026-02-01", "dialysis_ended": "2026-01-01"}},
            "dialysis_ended: it did not begin before",
        ),
        ({"parents": {"both": [{"id": "ana"}, {"id": "ana"}]}}, "both: each parent has an id of their own"),
    ],
)
async def test_bad_input_is_one_line_that_names_field_and_rule(changed, said):
    refused_in_one_line(await cob("order", "-", given=json.dumps(PEDRO | changed)), 2, said)


@pytest.mark.slow
async def test_a_case_is_keyed_answered_learned_of_again_and_withdrawn(installation):
    learned = json.loads((EXAMPLES / "learned.json").read_text(encoding="utf-8"))
    member = learned["member"] | {"contract_number": "COB-TEST-1"}
    file = installation.file(learned | {"member": member}, "learned.json")
    opening = ("cob", "submit", file, "--received", ago(timedelta(hours=1)))

    opened = await installation.json(*opening, as_="ic-santos")
    again = await installation.json(*opening, as_="ic-santos")
    case = opened["case"]
    assert case.startswith("COB-")
    assert (opened["created"], again["created"], again["case"]) == (True, False, case)

    early = ("cob", "leave", case, "--because", "nobody knows")
    refused_in_one_line(await installation.plazo(*early, as_="rn-rivera"), 1, "may not coordinate benefits")
    answered = ("cob", "facts", case, str(EXAMPLES / "answered.json"))
    assert "We pay first" in await installation.answer(*answered, as_="ic-santos")
    refused_in_one_line(await installation.plazo(*early, as_="ic-santos"), 1, "knows who pays first")
    await installation.at_rest(case)
    names = installation.letters(case)
    assert [any(kind in name for name in names) for kind in ("cob_asked", "cob_order")] == [True, True]

    asked = await installation.json("cob", "of", case, as_="cov-matos")
    assert (asked["case"], asked["payers"]) == (case, ["MCS Life", "Plan X"])
    assert "MCS Life, then Plan X" in await installation.answer("cob", "of", case, as_="cov-matos")

    assert f"pays first: MCS Life, then Plan X ({case})" in await installation.answer(
        "show", case, as_="ic-santos"
    )
    assert "pays first:" not in await installation.answer("show", case)

    pdf = installation.desk / "coordination.pdf"
    await installation.answer("casefile", case, "--out", str(pdf), "--for", "member", as_="ic-santos")
    whole = " ".join(" ".join(text_of(pdf.read_bytes())).split())
    assert "El orden de los pagadores" in whole
    assert f"MCS Life, Plan X ({case})" in whole
    await installation.answer("withdraw", case, as_="ic-santos")
    assert (await installation.json("show", case))["status"]["code"] == "WITHDRAWN"
    await installation.at_rest(case)
    assert "No case of coordination is open" in await installation.answer("cob", "of", case, as_="cov-matos")
    nobody = await installation.plazo("cob", "of", "COB-2222-2222-2222", as_="cov-matos")
    refused_in_one_line(nobody, 1, "case: there is no case COB-2222-2222-2222")


@pytest.mark.slow
async def test_what_is_wrong_with_what_was_learned_is_one_line(installation):
    learned = json.loads((EXAMPLES / "learned.json").read_text(encoding="utf-8"))
    family = learned["family"]
    nobodys = [one | {"ours": False} for one in family["coverages"]]
    for changed, said in (
        ({"plan": "caresource"}, "plan: Medicaid pays after everybody else"),
        ({"plan": "mcs-classicare"}, "is Medicare itself"),
        ({"family": family | {"coverages": nobodys}}, "coverages: one of them is ours, and says so"),
    ):
        file = installation.file(learned | changed, "wrong.json")
        refused_in_one_line(await installation.plazo("cob", "submit", file, as_="ic-santos"), 2, said)
