"""Cases that Temporal no longer keeps: the register remembers them."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.service import RPCError

from tests.edges.installation import PATIENCE, ago

pytestmark = pytest.mark.slow

LOOKS = ("show", "timeline", "notices")


async def forget(installation, case):
    """As Temporal does when its retention is over."""
    client = await installation.client()
    await client.workflow_service.delete_workflow_execution(
        DeleteWorkflowExecutionRequest(
            namespace=client.namespace, workflow_execution=WorkflowExecution(workflow_id=case)
        )
    )
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await client.get_workflow_handle(case).describe()
            except RPCError:
                return
            await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def forgotten(installation):
    """An approved and closed case, with what it looked like while Temporal had it."""
    request = installation.request("02", reference="FORGOTTEN")
    case = await installation.opened("02", **request)
    await installation.answer("approve", case, as_="rn-rivera")
    for whom in ("member", "provider"):
        await installation.answer("call", case, "--to", whom, as_="ic-santos")
    await installation.at_rest(case)
    looks = [await installation.json(command, case) for command in LOOKS]
    await forget(installation, case)
    return case, request, looks


async def test_show_timeline_and_notices_tell_the_same_from_the_register(installation, forgotten):
    case, _, looks = forgotten

    assert [await installation.json(command, case) for command in LOOKS] == looks
    assert "Nothing more will happen here." in await installation.answer("show", case, "--all")


@pytest.mark.parametrize("command", [("explain",), ("forecast", "--alone"), ("review",)])
async def test_what_only_a_case_can_tell_is_refused_with_what_still_can(installation, forgotten, command):
    case, *_ = forgotten

    refused = await installation.plazo(*command, case)

    still = "`plazo show` and `plazo timeline` still tell what it was"
    assert refused == (1, "", f"plazo: {case} is closed; {still}\n")


async def test_an_act_is_told_that_the_case_is_closed(installation, forgotten):
    case, *_ = forgotten

    refused = await installation.plazo("claim", case, as_="ic-santos")

    assert refused == (1, "", f"plazo: {case} is closed (certified in total)\n")


async def test_the_very_same_is_that_case_still_and_the_same_from_another_day_is_a_new_one(
    installation, forgotten
):
    case, request, looks = forgotten

    later = request | {"received_at": ago(timedelta(minutes=30))}
    again = await installation.json("precert", "submit", installation.file(later))
    same = await installation.json("precert", "submit", installation.file(request))

    assert same == {"case": case, "created": False}
    assert again["created"]
    assert again["case"] != case
    page, told, notices = [await installation.json(command, case) for command in LOOKS]
    assert [page, notices] == [looks[0], looks[2]]
    [flagged] = [event for event in told["events"] if event not in looks[1]["events"]]
    assert again["case"] in flagged["words"], "the authorization lives, and names the case that looks like it"
