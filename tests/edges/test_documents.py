"""Attached documents: kept once, under the hash of what they say, readable with the ring alone."""

import hashlib
import stat

import pytest

from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.terms.refusals import Misuse, PlazoError

SCAN = b"%PDF-1.7 medical order with clinical justification"


@pytest.fixture
def store(tmp_path):
    return DocumentStore(tmp_path, KeyRing.generate())


def files_in(folder):
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_document_is_found_under_the_hash_of_its_content(store):
    digest = store.put(SCAN)

    assert digest == hashlib.sha256(SCAN).hexdigest()
    assert store.get(digest) == SCAN


def test_a_document_sent_twice_is_kept_once(store, tmp_path):
    assert store.put(SCAN) == store.put(SCAN)

    assert len(files_in(tmp_path)) == 1


def test_a_document_on_disk_is_sealed_and_its_owners_alone(store, tmp_path):
    store.put(SCAN)

    [file] = files_in(tmp_path)
    assert b"medical order" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_document_that_took_the_place_of_another_is_noticed(store, tmp_path):
    wanted, other = store.put(SCAN), store.put(b"another order")
    (tmp_path / wanted[:2] / wanted).write_bytes((tmp_path / other[:2] / other).read_bytes())

    with pytest.raises(PlazoError, match="changed since"):
        store.get(wanted)


def test_an_unknown_document_is_named(store):
    with pytest.raises(Misuse, match="no document 0000"):
        store.get("0" * 64)


@pytest.mark.parametrize("digest", ["", "../keyring.json", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_names_a_document(store, digest):
    with pytest.raises(Misuse, match="SHA-256"):
        store.get(digest)


def test_a_store_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "documents").write_text("a file where the folder should be")

    with pytest.raises(Misuse, match=r"document store .* cannot be written"):
        DocumentStore(tmp_path / "documents", KeyRing.generate()).put(SCAN)
