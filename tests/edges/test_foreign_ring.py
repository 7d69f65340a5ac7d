"""Somebody with the key ring of another home: told so, and nothing of the case is shown."""

import pytest

from config.home import Home
from config.keyring import KeyRing

pytestmark = pytest.mark.slow


async def test_a_command_with_another_key_ring_is_told_so(installation, tmp_path):
    case = await installation.opened("02", reference="ANOTHER RING")
    other = Home(tmp_path / "another")
    other.prepare()
    KeyRing.load_or_generate(other.keyring)
    elsewhere = {"PLAZO_HOME": str(other.folder), "TEMPORAL_ADDRESS": installation.home.running().address}

    for command in ("show", "timeline", "review"):
        answer = await installation.plazo(command, case, **elsewhere)

        assert (answer.code in {2, 3}, answer.out, answer.err.count("\n")) == (True, "", 1), command
        assert "key ring" in answer.err
