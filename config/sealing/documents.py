"""Attached documents, kept encrypted under the hash of what they say. Temporal carries only that hash."""

import hashlib
import re
from collections import Counter
from pathlib import Path

from config import files
from config.sealing.keyring import NAMED, KeyRing, key_of
from domain.terms.refusals import Misuse, PlazoError

_HASH = re.compile(r"[0-9a-f]{64}")


class DocumentStore:
    """A folder of sealed documents. The command that attaches and the worker that reads share it."""

    def __init__(self, folder: Path, ring: KeyRing) -> None:
        self._folder = folder
        self._ring = ring

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 in hex. The same content is kept once."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                files.replace(path, self._ring.seal(content, digest.encode()))
            except OSError as error:
                raise Misuse(
                    f"The document store {self._folder} cannot be written ({error.strerror})."
                ) from error
        return digest

    def get(self, digest: str) -> bytes:
        """What is kept under `digest`. Raises Misuse for an unknown one, PlazoError for a damaged file."""
        try:
            sealed = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise Misuse(f"There is no document {digest} in the store.") from None
        content = self._ring.open(sealed, digest.encode())
        if hashlib.sha256(content).hexdigest() != digest:
            raise PlazoError(f"The document {digest} is not what was attached.")
        return content

    def keys(self) -> Counter[str]:
        """How many documents each key sealed."""
        return Counter(map(_key_of, self._kept()))

    def reseal(self, key: str) -> None:
        """Seal anew what this key sealed."""
        for path in self._kept():
            if _key_of(path) == key:
                context = path.name.encode()
                files.replace(path, self._ring.seal(self._ring.open(path.read_bytes(), context), context))

    def _kept(self) -> list[Path]:
        return [path for path in self._folder.glob("??/*") if _HASH.fullmatch(path.name)]

    def _path(self, digest: str) -> Path:
        if not _HASH.fullmatch(digest):
            raise Misuse("A document is named by its SHA-256: 64 characters, 0 to 9 and a to f.")
        return self._folder / digest[:2] / digest


def _key_of(path: Path) -> str:
    with path.open("rb") as file:
        return key_of(file.read(NAMED))
