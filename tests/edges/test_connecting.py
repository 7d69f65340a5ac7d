"""Finding a server, and being told in one line what to do where there is none."""

import asyncio
import os
import stat
from datetime import timedelta

import pytest

from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings, load
from config.temporal import connect
from domain.terms.refusals import Misuse, Unreachable
from worker import ports

PATIENCE = 30.0  # a liveness bound


@pytest.fixture(autouse=True)
def no_other_cluster(monkeypatch):
    """Whatever this machine is configured for."""
    for name in [name for name in os.environ if name.startswith(("TEMPORAL_", "PLAZO_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)


@pytest.mark.parametrize("folder", ["a file/home", "a file"])
def test_a_home_that_cannot_be_written_says_how_to_choose_another(tmp_path, folder):
    (tmp_path / "a file").write_text("")

    with pytest.raises(Misuse, match=r"cannot be written .* --home or PLAZO_HOME"):
        Home(tmp_path / folder).prepare()


def test_a_home_is_closed_to_everybody_else(tmp_path):
    home = Home(tmp_path / "home")

    home.prepare()

    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700


async def test_without_a_server_the_answer_says_how_to_start_one(tmp_path, monkeypatch):
    KeyRing.load_or_generate(Home(tmp_path).keyring)
    with ports.take(0, "nothing", "") as listening:
        free = ports.number(listening)
    monkeypatch.setattr("config.temporal.DEFAULT_ADDRESS", f"127.0.0.1:{free}")

    with pytest.raises(Unreachable, match="start one with `plazo up`"):
        await connect(Settings(home=tmp_path))


async def test_a_server_that_never_speaks_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("config.temporal._HELLO_TIMEOUT", timedelta(seconds=0.5))
    with ports.take(0, "silence", "") as listening:
        monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{ports.number(listening)}")

        with pytest.raises(Unreachable):
            await asyncio.wait_for(connect(Settings(home=tmp_path), plain=True), PATIENCE)


async def test_a_temporal_configuration_that_cannot_be_read_is_told_in_one_line(tmp_path, monkeypatch):
    (tmp_path / "temporal.toml").write_text("profile = [")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))

    with pytest.raises(Misuse, match="Temporal configuration cannot be used") as refusal:
        await connect(Settings(home=tmp_path))

    assert "\n" not in str(refusal.value)


# Where things are


def test_everything_is_kept_in_the_home_unless_chosen_otherwise(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAZO_HOME", str(tmp_path / "from the environment"))
    monkeypatch.setenv("PLAZO_SPOOL", str(tmp_path / "letters"))

    settings = load(home=tmp_path / "given", staff=None)

    assert settings.home == tmp_path / "given"
    assert settings.database_url == f"sqlite:///{tmp_path / 'given' / 'register.db'}"
    assert settings.documents == tmp_path / "given" / "documents"
    assert settings.spool == tmp_path / "letters"


def test_the_default_home_is_the_persons_own(monkeypatch):
    monkeypatch.setenv("HOME", "/home/someone")

    assert str(load().home) == "/home/someone/.plazo"


def test_a_setting_that_is_not_valid_is_named_without_its_value():
    with pytest.raises(Misuse, match=r"database_url \(PLAZO_DATABASE_URL\)") as refusal:
        load(database_url=["secret"])

    assert "secret" not in str(refusal.value)


def test_the_settings_show_no_password():
    assert "secret" not in repr(load(database_url="postgresql+psycopg://plazo:secret@db/plazo"))
