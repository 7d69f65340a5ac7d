"""Coordination of benefits at the prompt; no server is needed."""

import json

import pytest

from tests.builders import ROOT
from tests.edges.fluent import refused_in_one_line, types

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
        ({"parents": {"both": [{"id": "ana"}, {"id": "ana"}]}}, "both: each parent has an id of their own"),
    ],
)
async def test_bad_input_is_one_line_that_names_field_and_rule(changed, said):
    refused_in_one_line(await cob("order", "-", given=json.dumps(PEDRO | changed)), 2, said)
