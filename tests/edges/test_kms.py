"""A key ring wrapped by a PKCS#11 token, tried with SoftHSM: its file opens with the token and its PIN alone."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from config.sealing.keyring import KeyRing
from domain.terms.refusals import Misuse
from tests.edges.installation import Installation

MODULE = next(
    (path for path in Path("/usr/lib").glob("**/libsofthsm2.so") if shutil.which("softhsm2-util")), None
)
pytestmark = pytest.mark.skipif(MODULE is None, reason="SoftHSM is not installed here (Debian's softhsm2)")
PIN = "246810"


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """Where the PIN of a fresh token lies."""
    folder = tmp_path_factory.mktemp("hsm")
    (folder / "tokens").mkdir()
    (folder / "hsm.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    (folder / "pin").write_text(PIN)
    (folder / "pin").chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "hsm.conf"))
        patch.setenv("PLAZO_KMS_PIN_FILE", str(folder / "pin"))
        made = ["softhsm2-util", "--init-token", "--free", "--label", "plazo", "--so-pin", PIN, "--pin", PIN]
        subprocess.run(made, check=True, capture_output=True)
        yield folder / "pin"


@pytest.fixture
async def wrapped(tmp_path, token):
    """The path of a ring that was wrapped, and the ring as it was before."""
    installation = Installation(tmp_path)
    installation.home.prepare()
    before = KeyRing.load_or_generate(installation.home.keyring).kept
    installation.environment["PLAZO_KMS_PIN_FILE"] = str(token)
    told = await installation.answer("keys", "wrap", "--module", str(MODULE), "--token", "plazo")
    assert "is wrapped by key plazo of token plazo" in told
    return installation, before


async def test_a_wrapped_ring_reads_as_before_and_its_file_tells_nothing(wrapped):
    installation, before = wrapped
    path = installation.home.keyring

    assert KeyRing.load(path).kept == before
    told = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert before.model_dump(mode="json")["pseudonym_key"] not in told
    assert before.keys[0].id not in told
    assert PIN not in told


async def test_a_key_that_is_made_later_is_wrapped_like_the_others(wrapped):
    installation, before = wrapped

    await installation.answer("keys", "new")

    grown = KeyRing.load(installation.home.keyring).kept
    assert (grown.keys[0], len(grown.keys)) == (before.keys[0], 2)
    assert "wrapped_by" in installation.home.keyring.read_text()


async def test_without_the_pin_or_the_token_a_start_says_so_in_one_line(
    wrapped, token, tmp_path, monkeypatch
):
    installation, _ = wrapped
    path, lines = installation.home.keyring, installation.home.keyring.read_text()

    monkeypatch.delenv("PLAZO_KMS_PIN_FILE")
    with pytest.raises(Misuse, match="PLAZO_KMS_PIN_FILE names the file with the PIN"):
        KeyRing.load(path)
    (tmp_path / "wrong").write_text("1111")
    monkeypatch.setenv("PLAZO_KMS_PIN_FILE", str(tmp_path / "wrong"))
    (tmp_path / "wrong").chmod(0o644)
    with pytest.raises(Misuse, match="open to others"):
        KeyRing.load(path)
    (tmp_path / "wrong").chmod(0o600)
    with pytest.raises(Misuse, match="token plazo cannot be used \\(PinIncorrect\\)") as refused:
        KeyRing.load(path)
    assert "1111" not in str(refused.value)
    monkeypatch.setenv("PLAZO_KMS_PIN_FILE", str(token))
    path.write_text(lines.replace('"token": "plazo"', '"token": "another"'))
    with pytest.raises(Misuse, match="token another cannot be used \\(NoSuchToken\\)"):
        KeyRing.load(path)


async def test_a_file_that_was_changed_is_damaged_and_no_ring(wrapped):
    installation, _ = wrapped
    path = installation.home.keyring
    head, sealed, tail = path.read_text().partition('"sealed": "')
    path.write_text(head + sealed + ("B" if tail[0] == "A" else "A") + tail[1:])

    with pytest.raises(Misuse, match="is damaged"):
        KeyRing.load(path)
