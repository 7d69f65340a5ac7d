"""New keys while cases are open; a key that is missing, another one, or given up too early."""

from base64 import b64encode

import pytest

from config.sealing.codec import SEALED_BY
from config.sealing.documents import DocumentStore
from config.sealing.key_file import Keys
from config.sealing.keyring import KeyRing
from tests.edges.installation import Installation
from worker import key_uses

pytestmark = pytest.mark.slow

ANYWHERE = ("--port", "0", "--ui-port", "0")


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    return Installation(tmp_path_factory.mktemp("keys"))


def ids(installation):
    return [key.id for key in Keys.load(installation.home.keyring).keys]


async def named_in(installation, case):
    """The keys that sealed the history of a case."""
    client = await installation.client()
    history = (await client.get_workflow_handle(case).fetch_history()).to_json()
    return {key for key in ids(installation) if f'"{SEALED_BY}": "{in_base64(key)}"' in history}


def in_base64(text):
    return b64encode(text.encode()).decode()


async def test_a_key_is_made_while_a_case_is_open_and_it_goes_on_under_both(installation):
    async with installation.here():
        case = await installation.opened("02", reference="ROTATION")
        await installation.answer("claim", case, as_="rn-rivera")
        await installation.at_rest(case)
        (old,) = ids(installation)
        assert await named_in(installation, case) == {old}

        listed = (await installation.answer("keys", "new")).splitlines()
        new = ids(installation)[-1]
        assert [line[:16] for line in listed] == [f"{old}  opens,", f"{new}  seals,"]
        await installation.answer("note", case, "The new key seals this.", as_="rn-rivera")
        await installation.at_rest(case)
        assert await named_in(installation, case) == {old, new}

        early = await installation.plazo("keys", "retire", old)
        assert (early.code, early.err.count("\n")) == (1, 1)
        assert f"{old} is still needed for" in early.err
        assert "1 open cases" in early.err
    async with installation.here():  # another worker: it reads what both sealed
        await installation.answer("release", case, as_="rn-rivera")


@pytest.mark.parametrize("changed", ["lacks key", "has another key under the name"])
async def test_a_start_without_a_key_that_is_needed_is_refused_in_one_line_that_says_what_for(
    installation, changed
):
    right = installation.home.keyring.read_bytes()
    keys = Keys.load(installation.home.keyring)
    old = keys.keys[0]
    if changed == "lacks key":
        keys.without(old).save(installation.home.keyring)
    else:
        another = old.model_copy(update={"secret": Keys.generate().keys[0].secret})
        keys.model_copy(update={"keys": (another, *keys.keys[1:])}).save(installation.home.keyring)

    refused = await installation.plazo("up", *ANYWHERE)

    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert f"{changed} {old.id}, needed for" in refused.err
    assert "1 open cases" in refused.err
    installation.home.keyring.write_bytes(right)


async def test_an_older_key_is_given_up_once_temporal_keeps_no_case_of_its_time(installation, monkeypatch):
    monkeypatch.setattr(key_uses, "CLOCKS_DIFFER", -key_uses.CLOCKS_DIFFER)
    old, new = ids(installation)
    async with installation.here():
        documents = DocumentStore(installation.home.documents, KeyRing.load(installation.home.keyring))
        assert documents.keys()[old]
        seals = await installation.plazo("keys", "retire", new)
        assert "make a new one first" in seals.err
        done = await installation.plazo("keys", "retire", old)
        assert done.code == 0, done
        assert ids(installation) == [new]
        assert documents.keys().keys() == {new}
        (listed,) = (await installation.answer("keys", "list")).splitlines()
        assert listed.startswith(f"{new}  seals")
        assert " 0 rows" not in listed
        applied = await installation.answer("schedules", "apply")
        assert "changed" not in applied.replace("unchanged", ""), "schedules were sealed anew too"

        later = (await installation.answer("keys", "new", "--in-hours", "24")).splitlines()[-1]
        assert " seals from " in later
        assert "waits for its time" in (await installation.plazo("keys", "new")).err
        assert "is forgotten" in await installation.answer("keys", "retire", later[:8])
        assert ids(installation) == [new]
