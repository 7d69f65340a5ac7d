"""One approval and one denial as the staff do them: real commands, a real server, each process its own."""

import json
import re
from datetime import timedelta

import pytest

from tests.edges.installation import Installation, ago

pytestmark = pytest.mark.slow

SHOWN = {
    "case": str,
    "kind": str,
    "stage": str,
    "status": {"code": str, "text": str},
    "regime": str,
    "urgency": str,
    "received_at": str,
    "due_at": (str, type(None)),
    "clocks": [
        {
            "timeframe": str,
            "line": (int, type(None)),
            "due_at": (str, type(None)),
            "satisfied_at": (str, type(None)),
            "ended_at": (str, type(None)),
            "breached": bool,
        }
    ],
    "lines": [
        {
            "sequence": int,
            "service": str,
            "outcome": (str, type(None)),
            "reason": (str, type(None)),
            "units": int,
            "authorization": (
                type(None),
                {"number": str, "from": str, "through": (str, type(None)), "ends_when": (str, type(None))}
                | {"ended_as": (str, type(None))},
            ),
        }
    ],
    "work": [{"queue": str, "assignee": (str, type(None)), "due_at": (str, type(None))}],
    "next": [{"at": str, "what": str}],
    "linked": [str],
    "parent": (str, type(None)),
    "coordination": [dict],
    "chain": [
        {
            "case": str,
            "kind": str,
            "parent": (str, type(None)),
            "status": {"code": str, "text": str},
            "received_at": str,
            "due_at": (str, type(None)),
            "next": (type(None), {"at": str, "what": str}),
            "outcome": (str, type(None)),
        }
    ],
    "trouble": (str, type(None)),
}
WAITING = [
    {
        "case": str,
        "kind": str,
        "plan": str,
        "services": [str],
        "queue": str,
        "assignee": (str, type(None)),
        "due_at": (str, type(None)),
        "urgency": str,
        "overdue": bool,
        "trouble": (str, type(None)),
    }
]


def has_shape(value, shape):
    """Exactly these keys, all the way down: other programs rely on them."""
    if isinstance(shape, tuple):
        return any(has_shape(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(has_shape(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(has_shape(value[name], shape[name]) for name in shape)
        )
    return type(value) is shape


async def shown(installation: Installation, case: str):
    page = await installation.json("show", case)
    assert has_shape(page, SHOWN), page
    return page


async def kinds(installation: Installation, case: str):
    return [event["kind"] for event in (await installation.json("timeline", case))["events"]]


async def test_an_approval_from_the_fax_to_the_last_call(installation):
    file = installation.file(installation.request("02", reference="APPROVAL"))
    before = await installation.count_cases()

    preview = await installation.answer("precert", "check", file)
    assert "required: yes" in preview
    assert "missing:  nothing" in preview
    assert "day 0; due" in preview
    assert await installation.count_cases() == before

    opened = json.loads((await installation.types("precert", "submit", file, "--json", as_="ic-santos")).out)
    case = opened["case"]
    assert opened == {"case": case, "created": True}
    assert re.fullmatch(r"PRE(-[2-9A-HJKMNP-Z]{4}){3}", case)

    await installation.at_rest(case)
    worklist = await installation.json("worklist", as_="rn-rivera")
    assert has_shape(worklist, WAITING)
    assert case in {row["case"] for row in worklist}
    assert "unmet" in await installation.answer("review", case) or "unknown" in await installation.answer(
        "review", case
    )
    assert "nurse-review is yours" in await installation.answer("claim", case, as_="rn-rivera")
    assert (await shown(installation, case))["work"][0]["assignee"] == "rn-rivera"

    approved = await installation.types("approve", case, "--line", "1", as_="rn-rivera")
    assert (approved.code, approved.err) == (0, "")
    assert "line 1 approved. A1 Certified in total" in approved.out
    permit = (await shown(installation, case))["lines"][0]["authorization"]
    assert permit["number"]
    assert permit["from"]
    assert permit["through"] or permit["ends_when"]
    await installation.at_rest(case)
    assert installation.letters(case) == [
        f"{case}-001-determination-member.txt",
        f"{case}-002-determination-provider.txt",
    ]
    assert permit["number"] in (installation.home.spool / installation.letters(case)[0]).read_text()

    for whom in ("member", "provider"):
        called = await installation.answer("call", case, "--to", whom, as_="ic-santos")
        assert f"call to the {whom}: reached" in called
    closed = await shown(installation, case)
    assert (closed["stage"], closed["work"], closed["next"], closed["due_at"]) == ("closed", [], [], None)

    for act in (("claim", case), ("approve", case), ("release", case)):
        refused = await installation.plazo(*act, as_="rn-rivera")
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == f"plazo: {case} is closed (certified in total)\n"


async def test_a_denial_from_the_fax_to_the_end_of_its_appeal_window(installation):
    request = installation.request("03", reference="DENIAL")
    file = installation.file(request)
    case = (await installation.json("precert", "submit", file))["case"]

    taken = await installation.answer("claim", case, "--queue", "nurse-review", as_="rn-colon")
    assert "nurse-review is yours" in taken
    nurse = await installation.plazo("deny", case, "--reason", "criteria_not_met", as_="rn-colon")
    assert (nurse.code, nurse.out, nurse.err.count("\n")) == (1, "", 1)
    assert "422.566" in nurse.err
    assert "referred to a physician" in await installation.answer("refer", case, as_="rn-colon")
    await installation.at_rest(case)
    waiting = await installation.json("worklist", as_="md-vega")
    assert ("physician-review", case) in {(row["queue"], row["case"]) for row in waiting}

    unreasoned = await installation.plazo("deny", case, as_="md-vega")
    assert unreasoned.code == 1
    ground = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")
    denied = await installation.answer("deny", case, "--line", "1", *ground, as_="md-vega")
    assert "line 1 denied. A3 Not certified" in denied
    line = (await shown(installation, case))["lines"][0]
    assert (line["outcome"], line["authorization"]) == ("denied", None)
    assert line["reason"]
    await installation.at_rest(case)
    assert len(installation.letters(case)) == 2

    assert "42 CFR 422.568(b)(1)" in await installation.answer("explain", case)
    forecast = await installation.json("forecast", case)
    assert forecast["events"][-1]["words"] == "closed: appeal window ended"

    assert await installation.json("precert", "submit", file) == {"case": case, "created": False}
    later = installation.file(request | {"received_at": ago(timedelta(minutes=30))})
    again = await installation.json("precert", "submit", later)
    assert again["created"], "what was denied is a new case when it is asked for again"
    assert again["case"] != case
    assert f"{case} has the same sender's number" in await installation.answer("timeline", again["case"])

    await installation.answer("fast-forward", case, "70d")
    page = await shown(installation, case)
    assert (page["stage"], page["status"]["code"], page["next"]) == ("closed", "A3", [])
    told = (await installation.json("timeline", case))["events"]
    assert told[-1]["words"] == "closed: appeal window ended"
    assert told[-1]["at"] == forecast["events"][-1]["at"]
    assert (await shown(installation, again["case"]))["stage"] == "nurse_review", "only one case was moved"


async def test_next_hands_out_the_most_urgent_free_work_and_each_piece_once(installation):
    urgent = await installation.opened("10", reference="URGENT", lines=[unlisted_line()])
    for reference in ("LESS URGENT", "NOT URGENT"):
        await installation.opened("02", reference=reference)

    waiting = await installation.json("worklist", as_="rn-rivera")
    free = [row for row in waiting if row["assignee"] is None and not row["trouble"]]

    taken = [
        (await installation.json("next", as_=nurse))[0] for nurse in ("rn-rivera", "rn-colon", "rn-rivera")
    ]

    assert has_shape(taken, WAITING)
    assert urgent in {row["case"] for row in free}
    assert (taken[0]["due_at"], taken[0]["assignee"]) == (min(row["due_at"] for row in free), "rn-rivera")
    assert len({(row["case"], row["queue"]) for row in taken}) == 3
    dues = [row["due_at"] for row in taken]
    assert dues == sorted(dues)


def unlisted_line():
    return {"sequence": 1, "service": "97110", "diagnoses": ["M54.16"], "from_day": "2026-12-01"}


async def test_a_request_is_read_from_standard_input_and_a_note_too(installation):
    request = installation.request("02", reference="PIPED", documents=[])

    piped = await installation.plazo("precert", "submit", "-", "--json", given=json.dumps(request))
    case = json.loads(piped.out)["case"]
    noted = await installation.plazo(
        "note", case, "-", as_="ic-santos", given="Llamó la oficina.\nEnvían el estudio mañana."
    )

    assert (noted.code, noted.err) == (0, "")
    assert "Envían el estudio mañana." in await installation.answer("timeline", case)
