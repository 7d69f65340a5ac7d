"""Messages at the prompt: taken down, shown, called back, and the receipt of the request that they ask for."""

import json
from datetime import timedelta

import pytest

from tests.builders import ROOT
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import ago

EXAMPLES = ROOT / "examples"
A_MESSAGE = json.loads((EXAMPLES / "message.json").read_text(encoding="utf-8"))
A_STANDING = json.loads((EXAMPLES / "standing/01-neurologist.json").read_text(encoding="utf-8"))
A_CALL = json.loads((EXAMPLES / "eligibility-call.json").read_text(encoding="utf-8"))


@pytest.mark.slow
async def test_a_message_becomes_the_receipt_of_its_request(installation):
    left_at = ago(timedelta(hours=2))
    member = installation.somebody_like(A_MESSAGE["member"])
    file = installation.file(A_MESSAGE | {"received_at": left_at, "member": member}, "message.json")
    opened = await installation.json("message", "take", file, as_="ic-santos")
    case = opened["case"]
    assert case.startswith("MSG-")

    shown = await installation.answer("message", "show", case, as_="ic-santos")
    for said in ("317-555-0207", "cannot wait", "My name is", "I am calling from CareSource."):
        assert said in shown
    waiting = await installation.json("worklist", "--queue", "on-call", as_="sup-diaz")
    assert case in json.dumps(waiting)

    form = installation.request("04", member=member, reference="FAX-7004-B", urgency="expedited")
    lines = [line | {"units": 3} for line in form["lines"]]
    standing = {name: A_STANDING[name] for name in ("standing", "servicing_provider")}
    late = form | standing | {"standing": standing["standing"] | {"through": "2026-01-31"}}
    refused_in_one_line(
        await installation.plazo("message", "request", case, installation.file(late), as_="ic-santos"),
        1,
        "standing.through: the day lies behind",
    )
    request = installation.file(form | standing | {"lines": lines}, "request.json")
    tied = await installation.json("message", "request", case, request, as_="ic-santos")
    assert tied["case"].startswith("STA-")
    received = [(await installation.json("show", one))["received_at"] for one in (case, tied["case"])]
    assert received[0] == received[1]
    assert case in (await installation.json("show", tied["case"]))["linked"]

    assert "still owed" in await installation.answer(
        "message", "call-back", case, "--no-reached", as_="ic-santos"
    )
    assert "called back" in await installation.answer("message", "call-back", case, as_="ic-santos")
    assert (await installation.json("show", case))["stage"] == "closed"


@pytest.mark.slow
async def test_a_call_about_eligibility_is_over_at_once_and_the_post_stabilization_line_takes_no_message(
    installation,
):
    asked = A_CALL | {"received_at": ago(timedelta(hours=1))}
    answered = await installation.json(
        "message", "take", installation.file(asked, "call.json"), as_="ic-santos"
    )
    assert (await installation.json("show", answered["case"]))["status"]["code"] == "ANSWERED"

    file = installation.file(asked | {"line": "post-stabilization"}, "wrong.json")
    refused = await installation.plazo("message", "take", file, as_="ic-santos")
    refused_in_one_line(refused, 1, "nothing is left on post-stabilization")
