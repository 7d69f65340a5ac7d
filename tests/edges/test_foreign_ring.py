"""Somebody with the key ring of another home: told so, nothing of a case is shown, and none is sent anything."""

import pytest

from config.home import Home
from config.sealing.keyring import KeyRing

pytestmark = pytest.mark.slow


async def test_a_command_with_another_key_ring_is_told_so_and_no_case_hears_of_it(installation, tmp_path):
    case = await installation.opened("02", reference="ANOTHER RING")
    before, known = await installation.at_rest(case), await installation.count_cases()
    request = installation.file(installation.request("02", reference="SEALED BY ANOTHER"))
    other = Home(tmp_path / "another")
    other.prepare()
    KeyRing.load_or_generate(other.keyring)
    elsewhere = {"PLAZO_HOME": str(other.folder), "TEMPORAL_ADDRESS": installation.home.running().address}
    asked = [("show", case), ("timeline", case), ("review", case), ("worklist",)]
    sent = [("note", case, "hello"), ("claim", case), ("precert", "submit", request)]

    for words in asked + sent:
        answer = await installation.plazo(*words, as_="rn-rivera", **elsewhere)

        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), words
        assert "sealed with another key ring than" in answer.err
    assert await installation.history_length(case) == before
    assert await installation.count_cases() == known
