"""A key ring, a Temporal server and a register that belong together, or do not: said as Plazo starts."""

import asyncio
import contextlib
import shutil

import pytest
import pytest_asyncio
from temporalio.common import WorkflowIDConflictPolicy

from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect
from domain.terms.refusals import Misuse
from records.database import database_at
from records.store import Store
from records.upgrade import upgrade
from tests.edges.installation import PATIENCE, Installation
from tests.records.pages import NUMBER, a_claim, a_page_of
from worker import belonging, namespace
from worker.server import EmbeddedServer

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(tmp_path_factory):
    """A home whose server runs, with a case on it that nobody works on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TEMPORAL_ADDRESS", raising=False)
        patch.setenv("TEMPORAL_CONFIG_FILE", "/dev/null")
        home = Home(tmp_path_factory.mktemp("home"))
        home.prepare()
        KeyRing.load_or_generate(home.keyring)
        async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=0):
            yield home


@pytest.fixture
def beside(served, tmp_path):
    """The settings of another home that finds the same server, and has a register of its own."""
    shutil.copy(served.keyring, tmp_path)
    shutil.copy(served.server_json, tmp_path)
    return Settings(home=tmp_path)


async def start_a_case(settings):
    client = await connect(settings)
    reuse = WorkflowIDConflictPolicy.USE_EXISTING
    await client.start_workflow("Case", id=NUMBER, task_queue="nobody", id_conflict_policy=reuse)


async def keep_a_case(settings):
    database = database_at(settings.database_url)
    await upgrade(database)
    register = Store(database, KeyRing.load(Home(settings.home).keyring))
    await register.claim(a_claim())
    await register.write(a_page_of())
    await database.dispose()


def another_ring(settings):
    path = Home(settings.home).keyring
    KeyRing.generate().save(path)
    return path


async def test_what_belongs_together_has_nothing_to_say_however_often_it_starts(beside):
    await start_a_case(beside)
    await keep_a_case(beside)
    client = await connect(beside)

    assert await belonging.settle(client, beside) == ()
    KeyRing.load(Home(beside.home).keyring).with_new_key().save(Home(beside.home).keyring)
    assert await belonging.settle(client, beside) == (), "a ring with one more key is the same ring"


async def test_a_register_that_another_ring_sealed_refuses_the_start(beside):
    client = await connect(beside)
    await belonging.settle(client, beside)
    path = another_ring(beside)

    with pytest.raises(Misuse, match=rf"The register is sealed with another key ring than {path}"):
        await belonging.settle(client, beside)


async def test_a_register_of_before_the_marks_is_known_by_what_it_holds(beside):
    await keep_a_case(beside)
    client = await connect(beside)
    another_ring(beside)

    with pytest.raises(Misuse, match="The register is sealed with another key ring"):
        await belonging.settle(client, beside)


async def test_a_namespace_that_another_ring_sealed_refuses_the_start(beside):
    client = await connect(beside)
    await belonging.settle(client, beside)
    another_ring(beside)
    Home(beside.home).register_db.unlink()

    with pytest.raises(Misuse, match="Temporal namespace default are sealed with another key ring"):
        await belonging.settle(client, beside)


async def test_nobody_connects_with_a_ring_that_did_not_seal_what_is_there(beside):
    """What it seals no worker could open: the case that is sent it would be stuck."""
    await belonging.settle(await connect(beside), beside)
    path = another_ring(beside)

    with pytest.raises(Misuse, match=rf"namespace default are sealed with another key ring than {path}"):
        await connect(beside)


@contextlib.asynccontextmanager
async def another_server(beside, folder):
    """A server that was never seen, for the same ring."""
    home = Home(folder)
    home.prepare()
    shutil.copy(Home(beside.home).keyring, folder)
    async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=0):
        yield await connect(Settings(home=folder))


@pytest.mark.parametrize("was_marked", [True, False])
async def test_a_register_of_another_server_is_said_at_each_start_until_it_is_mended(
    beside, tmp_path_factory, was_marked
):
    await start_a_case(beside)
    await keep_a_case(beside)
    if was_marked:
        assert await belonging.settle(await connect(beside), beside) == ()

    async with another_server(beside, tmp_path_factory.mktemp("elsewhere")) as other:
        for _ in range(2):
            (said,) = await belonging.settle(other, beside)
            assert "(1) live on another Temporal server" in said
            assert "plazo doctor" in said
        await belonging.made_whole(other, beside)
        assert await belonging.settle(other, beside) == ()


async def test_an_empty_register_over_cases_is_said_until_it_is_filled_even_when_new_cases_come(beside):
    client = await connect(beside)
    await start_a_case(beside)
    (said,) = await belonging.settle(client, beside)
    await keep_a_case(beside)

    assert await belonging.settle(client, beside) == (said,)
    assert "plazo register rebuild" in said
    await belonging.made_whole(client, beside)
    assert await belonging.settle(client, beside) == ()


async def test_a_server_is_known_again_after_it_was_stopped(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("stopped"))
    home.prepare()
    KeyRing.load_or_generate(home.keyring)
    ids = set()
    for _ in range(2):
        async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=0):
            client = await connect(Settings(home=home.folder))
            ids.add((await namespace.info(client)).id)

    assert len(ids) == 1


async def test_plazo_up_says_in_one_line_that_its_ring_is_foreign_and_what_it_lost_until_that_is_found_again(
    tmp_path,
):
    installation = Installation(tmp_path)
    home, anywhere = installation.home, ("--port", "0", "--ui-port", "0")
    async with installation.here():
        await installation.opened("02")
    right = home.keyring.read_bytes()
    KeyRing.generate().save(home.keyring)

    refused = await installation.plazo("up", *anywhere)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert "The register is sealed with another key ring" in refused.err

    home.keyring.write_bytes(right)
    home.register_db.unlink()
    async with installation.up() as up:
        assert b"The register does not know the cases" in await line_of(up)
        await installation.answer("register", "rebuild")
    settings = Settings(home=home.folder)
    async with installation.here():
        assert await belonging.settle(await installation.client(), settings) == ()


async def line_of(up):
    return await asyncio.wait_for(up.stdout.readline(), PATIENCE)
