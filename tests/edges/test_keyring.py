"""The key ring: what is sealed stays readable for its holders, and for nobody else."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.sealing.keyring import KeyRing, key_of
from domain.terms.refusals import Misuse, PlazoError

RING = KeyRing.generate()


@given(content=st.binary(max_size=2000), context=st.binary(max_size=40))
def test_what_was_sealed_opens_in_the_same_context(content, context):
    assert RING.open(RING.seal(content, context), context) == content


@given(content=st.binary(min_size=8, max_size=200))
def test_what_is_sealed_does_not_show_its_content(content):
    assert content not in RING.seal(content)


def test_the_same_content_is_sealed_differently_each_time():
    assert RING.seal(b"lumbar MRI") != RING.seal(b"lumbar MRI")


def test_what_was_sealed_does_not_open_in_another_context():
    sealed = RING.seal(b"lumbar MRI", b"document 1")

    with pytest.raises(PlazoError, match="changed since"):
        RING.open(sealed, b"document 2")


@pytest.mark.parametrize("position", [3, 12, 25, -1])
def test_a_changed_byte_is_noticed(position):
    sealed = bytearray(RING.seal(b"lumbar MRI of the requested level"))
    sealed[position] ^= 1

    with pytest.raises(PlazoError):
        RING.open(bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"PZ1", b"plain text", b"PZ1" + b"0" * 10])
def test_what_no_ring_sealed_is_refused_in_one_line(sealed):
    with pytest.raises(PlazoError, match="not sealed by a Plazo key ring"):
        RING.open(sealed)


def test_another_ring_names_the_key_it_lacks():
    with pytest.raises(PlazoError, match=RING.sealing.id):
        KeyRing.generate().open(RING.seal(b"lumbar MRI"))


def test_a_new_key_seals_and_the_old_one_still_reads():
    before = RING.seal(b"before")
    grown = RING.with_new_key()

    after = grown.seal(b"after")

    assert grown.open(before) == b"before"
    assert grown.open(after) == b"after"
    with pytest.raises(PlazoError):
        RING.open(after)


def test_a_key_that_is_to_seal_later_opens_already_and_no_other_is_made_before_it():
    later = datetime.now(UTC) + timedelta(hours=24)
    grown = RING.kept.with_new_key(later)
    ring = KeyRing.of(grown)

    assert (ring.sealing, grown.sealing(later)) == (RING.sealing, grown.keys[-1])
    assert ring.can_open(KeyRing.of(grown.without(RING.sealing)).seal(b"on the machine of another"))
    with pytest.raises(Misuse, match="waits for its time"):
        grown.with_new_key()


def test_a_ring_that_is_in_use_seals_with_a_key_as_soon_as_its_file_has_it(tmp_path):
    path = tmp_path / "keyring.json"
    in_use = KeyRing.load_or_generate(path)
    before = in_use.seal(b"before")

    grown = KeyRing.load(path).kept.with_new_key()
    grown.save(path)

    assert in_use.sealing == grown.keys[-1]
    assert in_use.open(before) == b"before"


def test_a_ring_that_is_in_use_opens_at_once_what_another_has_sealed_with_a_new_key(tmp_path):
    path = tmp_path / "keyring.json"
    in_use = KeyRing.load_or_generate(path)
    in_use.seal(b"it has just looked at its file")

    grown = KeyRing.load(path).with_new_key()
    grown.save(path)
    after = grown.seal(b"after")

    assert in_use.open(after) == b"after"
    assert in_use.can_open(after)


def test_a_ring_that_is_in_use_seals_with_a_new_key_a_moment_later(tmp_path):
    path = tmp_path / "keyring.json"
    in_use = KeyRing.load_or_generate(path)
    before = in_use.seal(b"before")

    grown = KeyRing.load(path).with_new_key()
    grown.save(path)
    for _ in range(1000):
        if key_of(in_use.seal(b"after")) == grown.sealing.id:
            break
        sleep(0.01)

    assert key_of(before) != key_of(in_use.seal(b"after")) == grown.sealing.id


def test_a_pseudonym_is_the_same_after_a_new_key():
    assert RING.with_new_key().pseudonym("MCS-1") == RING.pseudonym("MCS-1")


def test_a_pseudonym_is_another_one_in_another_installation():
    assert KeyRing.generate().pseudonym("MCS-1") != RING.pseudonym("MCS-1")


def test_a_ring_is_kept_for_its_owner_alone(tmp_path):
    path = tmp_path / "keyring.json"

    ring = KeyRing.load_or_generate(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing.load(path) == ring
    assert KeyRing.load(path).open(ring.seal(b"kept")) == b"kept"
    assert [file.name for file in tmp_path.iterdir()] == ["keyring.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_a_ring_that_others_may_read_is_refused_with_what_closes_it(tmp_path, mode):
    path = tmp_path / "a ring.json"
    RING.save(path)
    path.chmod(mode)

    with pytest.raises(Misuse, match=f"is open to others; close it: chmod 600 '{path}'"):
        KeyRing.load(path)
    path.chmod(0o600)
    assert KeyRing.load(path) == RING


def test_a_ring_may_be_closed_to_its_owners_writing_too(tmp_path):
    path = tmp_path / "keyring.json"
    RING.save(path)
    path.chmod(0o400)

    assert KeyRing.load(path) == RING


def test_all_who_start_together_agree_on_one_ring(tmp_path):
    for attempt in range(20):
        path = tmp_path / f"{attempt}.json"
        with ThreadPoolExecutor(8) as starters:
            rings = list(starters.map(KeyRing.load_or_generate, [path] * 8))

        assert all(ring == rings[0] for ring in rings)


def test_an_absent_ring_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(Misuse, match=r"no key ring at .*keyring\.json"):
        KeyRing.load(tmp_path / "keyring.json")


def test_a_damaged_ring_is_named_and_its_keys_are_not_repeated(tmp_path):
    path = tmp_path / "keyring.json"
    RING.save(path)
    secret = RING.kept.model_dump(mode="json")["pseudonym_key"]
    path.write_text(path.read_text().replace(secret, secret[:20]))

    with pytest.raises(Misuse, match="damaged") as refusal:
        KeyRing.load(path)

    assert secret[:20] not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_ring_that_is_printed_by_mistake_shows_no_key():
    shown = repr(RING) + repr(RING.kept)

    assert RING.sealing.id in shown
    assert repr(RING.sealing.secret) not in shown
    assert repr(RING.kept.pseudonym_key) not in shown


def test_a_ring_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(Misuse, match="cannot be read"):
        KeyRing.load(tmp_path)
