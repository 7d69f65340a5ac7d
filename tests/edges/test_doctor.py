"""Parts of an installation are lost or put back, and the doctor says what differs and mends what the cases know.

One home is hurt while it runs, another one between two starts, in the order of the tests.
"""

import contextlib
import json
import shutil
import sqlite3

import pytest
import pytest_asyncio
from temporalio import workflow
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.exceptions import ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from config.sealing.keyring import KeyRing
from domain.authorization.linking import TellAuthorization, Word
from domain.casefile.view import Whole
from domain.determination.decisions import Approve
from domain.review import issuing
from domain.review.precertification import Precertification
from domain.terms.case_number import authorization_number
from domain.terms.people import SYSTEM
from records.database import database_at
from records.store import Store
from tests.builders import staff
from tests.edges.installation import Installation
from tests.world import eventually
from worker.adapters.live_authorizations import TemporalAuthorizations
from worker.adapters.live_cases import TemporalCases
from worker.doctor import Doctor

pytestmark = pytest.mark.slow

AGREES = "register, Temporal and authorizations say the same"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def patient(tmp_path_factory):
    """An installation whose cases are hurt while it runs."""
    installation = Installation(tmp_path_factory.mktemp("patient"))
    async with installation.here(virtual_time=True):
        yield installation


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def relic(tmp_path_factory):
    """A home that is started, stopped, and found with parts of another day."""
    return Installation(tmp_path_factory.mktemp("relic"))


async def findings(installation, *options):
    """What the doctor found, by case."""
    done = await installation.plazo("doctor", "--json", *options)
    assert done.code in {0, 1}, done
    return {one["case"]: one for one in json.loads(done.out)}, done.code


async def a_nurse_approves(installation, case):
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)


async def test_a_terminated_case_is_found_and_goes_on_under_its_number(patient):
    case = await patient.opened("02", reference="TERMINATED")
    await patient.at_rest(case)
    assert AGREES in await patient.answer("doctor")
    await (await patient.client()).get_workflow_handle(case).terminate(reason="the wrong button")

    found, code = await findings(patient)
    assert (found[case]["fault"], code) == ("ended", 1)
    assert found[case]["what"].startswith("terminated in Temporal at ")
    assert (await findings(patient, "--mend"))[1] == 0

    await a_nurse_approves(patient, case)
    assert len(patient.letters(case)) == 2
    assert AGREES in await patient.answer("doctor")


@pytest.mark.parametrize("button", ["cancel", "terminate"])
async def test_after_a_button_of_the_web_ui_a_deadline_fires_all_the_same(patient, button):
    case = await patient.opened("02", reference=f"BUTTON {button}")
    await patient.at_rest(case)

    handle = (await patient.client()).get_workflow_handle(case)
    await (handle.cancel() if button == "cancel" else handle.terminate(reason="the wrong button"))
    await patient.plazo("doctor", "--mend")
    await patient.answer("fast-forward", case, "30d")

    kinds = [event["kind"] for event in (await patient.json("timeline", case))["events"]]
    assert "breached" in kinds
    assert ("cancellation_asked" if button == "cancel" else "run_resumed") in kinds


async def test_what_begins_and_is_decided_while_the_doctor_looks_is_no_difference(patient):
    decided = await patient.opened("02", reference="DECIDED MEANWHILE")
    await patient.at_rest(decided)
    client, ring = await patient.client(), KeyRing.load(patient.home.keyring)
    database = database_at(f"sqlite:///{patient.home.register_db}")
    doctor = Doctor(client, "plazo", Store(database, ring), ring)
    listed = doctor._runs

    async def listed_before():
        runs = await listed()
        await patient.at_rest(await patient.opened("02", reference="BEGUN MEANWHILE"))
        await a_nurse_approves(patient, decided)
        return runs

    doctor._runs = listed_before
    assert [str(finding) async for finding in doctor.examine()] == []
    await database.dispose()


async def test_a_register_that_says_what_no_case_knows_is_set_right(patient):
    case = await patient.opened("02", reference="PHANTOM")
    await patient.at_rest(case)
    database = database_at(f"sqlite:///{patient.home.register_db}")
    register = Store(database, KeyRing.load(patient.home.keyring))
    true = await register.remembered(case)
    last = true.events[-1]
    client = await patient.client()
    page = await TemporalCases(client).page(case, "", 0)
    phantom = last.model_copy(update={"sequence": last.sequence + 1, "words": "never happened"})
    of_another_home = page.position.model_copy(update={"first_run": "another home"})
    await register.write(
        page.model_copy(
            update={
                "events": (*page.events, phantom),
                "last_sequence": phantom.sequence,
                "position": of_another_home,
            }
        ),
        whatever_stands=True,
    )

    found, _ = await findings(patient)
    assert found[case]["fault"] == "register_differs"
    assert str(phantom.sequence) in found[case]["what"]
    assert "never happened" not in found[case]["what"], "findings name nobody and quote nothing"
    await findings(patient, "--mend")

    assert (await register.remembered(case)).events == true.events
    await database.dispose()


async def test_an_authorization_that_was_issued_and_lives_nowhere_is_begun_as_its_case_says(patient):
    case = await patient.opened("02", reference="NEVER TOLD")
    await a_nurse_approves(patient, case)
    number = authorization_number(case, 1)
    await patient.at_rest(number)
    await forgotten(patient, number)

    found, code = await findings(patient)
    assert (found[number]["fault"], found[number]["what"], code) == (
        "never_told",
        f"issued by {case} and not there",
        1,
    )
    assert (await findings(patient, "--mend"))[1] == 0

    await patient.at_rest(number)
    assert (await patient.json("show", number))["stage"] == "active"
    assert AGREES in await patient.answer("doctor")


async def forgotten(installation, number):
    """Neither Temporal nor the register has it any more."""
    client = await installation.client()
    execution = WorkflowExecution(workflow_id=number)
    await client.workflow_service.delete_workflow_execution(
        DeleteWorkflowExecutionRequest(namespace="default", workflow_execution=execution)
    )

    async def gone():
        return (await client.count_workflows(f"WorkflowId = '{number}'")).count == 0 or None

    await eventually(gone)
    with contextlib.closing(sqlite3.connect(installation.home.register_db)) as register, register:
        for table in ("events", "work", "determinations", "authorizations", "notices", "documents"):
            register.execute(f"DELETE FROM {table} WHERE case_number = ?", (number,))
        register.execute("DELETE FROM cases WHERE number = ?", (number,))


async def test_an_authorization_that_no_case_issued_ends_as_entered_in_error(patient):
    case = await patient.opened("02", reference="APPROVED IN A LOST TASK")
    await patient.at_rest(case)
    client = await patient.client()
    state = (await TemporalCases(client).page(case, "", 0)).state
    lost = Precertification.model_validate_json(state)
    now = lost.log.events[-1].recorded_at
    Approve(actor=staff("rn-rivera")).apply(lost, now)
    lost.settle(now)
    [permit] = lost.authorizations
    act = TellAuthorization(actor=SYSTEM, permit=permit.authorization)
    await TemporalAuthorizations(client, "plazo").keep(
        Word(issued=issuing.issued(lost, permit, now), act=act)
    )
    number = permit.authorization.number
    await patient.at_rest(number)

    found, code = await findings(patient)
    assert (found[number]["fault"], found[number]["what"], code) == (
        "phantom",
        f"{case} did not issue it",
        1,
    )
    assert (await findings(patient, "--mend"))[1] == 0

    await patient.at_rest(number)
    events = (await patient.json("timeline", number, "--alone"))["events"]
    assert "entered_in_error" in [event["details"].get("ending") for event in events]
    assert AGREES in await patient.answer("doctor")


async def test_a_server_that_was_put_back_to_an_earlier_day_is_given_what_the_register_has(relic):
    async with relic.here():
        case = await relic.opened("02", reference="RESTORED")
        await relic.at_rest(case)
    kept = relic.home.folder / "kept"
    kept.mkdir()
    for file in relic.home.folder.glob("server.db*"):
        shutil.copy(file, kept)
    async with relic.here():
        await a_nurse_approves(relic, case)
        timeline = (await relic.json("timeline", case))["events"]
        letters = relic.letters(case)
    for file in relic.home.folder.glob("server.db*"):
        file.unlink()
    for file in kept.iterdir():
        shutil.move(file, relic.home.folder)

    async with relic.here():
        assert (await relic.json("show", case))["lines"][0]["outcome"] is None, "it knows nothing of it"
        found, _ = await findings(relic)
        assert found[case]["fault"] == "tail_lost", found
        assert found[authorization_number(case, 1)]["fault"] == "gone"
        await findings(relic, "--mend")
        for number in (case, authorization_number(case, 1)):
            await relic.at_rest(number)

        assert (await relic.json("timeline", case))["events"][: len(timeline)] == timeline
        assert (await relic.json("show", case))["lines"][0]["outcome"] == "approved"
        assert relic.letters(case) == letters
        assert AGREES in await relic.answer("doctor")


async def test_a_register_that_was_removed_is_written_again_from_the_cases(relic):
    async with relic.here():
        await relic.at_rest(await relic.opened("02", reference="REBUILT"))
    for left in relic.home.folder.glob("register.db*"):
        left.unlink()

    async with relic.here():
        await relic.answer("register", "rebuild")

        assert AGREES in await relic.answer("doctor")
        again = await relic.plazo("register", "rebuild")
        assert (again.code, again.err.splitlines()) == (
            2,
            ["plazo: register: it is not empty; `plazo doctor --mend` mends what differs."],
        )
        alike = await relic.opened("02", reference="REBUILT")  # of another member, by the same hash
        events = (await relic.json("timeline", alike))["events"]
        assert any(event["details"].get("flag") == "possible_duplicate" for event in events)


async def test_pages_of_several_cases_have_each_the_start_of_its_own_newest_run(patient):
    client = await patient.client()
    live = TemporalCases(client)
    for place in range(2):
        case = await patient.opened("02", reference=f"ITS OWN START {place}")
        started = (await client.get_workflow_handle(case).describe()).start_time
        assert (await live.page(case, "", 0)).position.run_started_at == started


async def test_a_run_that_was_never_admitted_is_no_case(patient):
    client = await patient.client()
    handle = await client.start_workflow(
        "Precertification", id="PRE-2222-2222-2222", task_queue="nobody works here"
    )
    await handle.terminate()

    assert AGREES in await patient.answer("doctor")


@workflow.defn(name="Precertification")
class Mute:
    """A case, or a run that never became one, that cannot say what it holds."""

    @workflow.init
    def __init__(self, admitted: bool) -> None:
        self.admitted = admitted

    @workflow.run
    async def run(self, admitted: bool) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.query
    def page(self, written: int) -> None:
        raise ApplicationError("a defect, in words that name Ana Rivera")

    @workflow.query
    def whole(self) -> Whole | None:
        return Whole(state="", at=workflow.now()) if self.admitted else None


async def test_cases_that_cannot_be_asked_are_named_with_the_reason_and_runs_that_never_were_cases_are_not(
    relic,
):
    mute, unborn, ended = "PRE-3333-3333-3333", "PRE-4444-4444-4444", "PRE-5555-5555-5555"
    for left in relic.home.folder.glob("register.db*"):
        left.unlink()
    async with relic.here():
        client, queue, alone = await relic.client(), "mute", UnsandboxedWorkflowRunner()
        async with Worker(client, task_queue=queue, workflows=[Mute], workflow_runner=alone):
            for number in (mute, unborn):
                await client.start_workflow(Mute.run, number == mute, id=number, task_queue=queue)
            never = await client.start_workflow(
                Mute.run, args=[True], id=ended, task_queue="nobody works here"
            )
            await never.terminate()

            rebuilt = await relic.plazo("register", "rebuild")
            found, code = await findings(relic, "--mend")

            for number in (mute, unborn):
                await client.get_workflow_handle(number).terminate()
        assert (rebuilt.code, code) == (1, 1), rebuilt
        _, *said = rebuilt.out.splitlines()
        assert said == [
            f"{mute}: its run cannot say what it holds (a defect may hold it up: `plazo show` tells)",
            "1 could not be asked: `plazo doctor --mend` writes them down when they can.",
        ]
        assert {number: one["fault"] for number, one in found.items()} == {mute: "silent"}
        assert AGREES in await relic.answer("doctor")
