"""The keys of an installation: what is sealed with them can be read only by those who hold the ring.

AES-256-GCM. One key seals, every key opens, and what is sealed names its key, so a key can be added without sealing
anything again, and while everything runs: the file is read again a moment after it was replaced, and at once for a
key that is not known.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.files import Watched
from config.sealing.key_file import ID_LENGTH, Key, Keys
from domain.terms.refusals import PlazoError

_MARK = b"PZ1"  # what is sealed: mark, key id, nonce, ciphertext
_NONCE_LENGTH = 12
NAMED = len(_MARK) + ID_LENGTH
"""Of what is sealed, so many bytes say with which key."""
_OPENING_LENGTH = NAMED + _NONCE_LENGTH
_VEIL = "sealed:"
_PSEUDONYM_LENGTH = 20  # 80 bits: no two of ten million members meet


def sealed_by(key: str) -> bytes:
    """How whatever this key sealed begins."""
    return _MARK + key.encode()


def key_of(sealed: bytes) -> str:
    """The id of the key that sealed it; what nobody sealed has none, and is empty."""
    return sealed[len(_MARK) : NAMED].decode("ascii", "replace") if sealed.startswith(_MARK) else ""


@lru_cache(maxsize=16)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


class KeyRing:
    """Seals, opens and gives pseudonyms. Holding it means being allowed to read every case."""

    def __init__(self, kept: Callable[[], Keys], lately: Callable[[], Keys] | None = None) -> None:
        self._kept = kept
        self._lately = lately or kept

    @classmethod
    def of(cls, keys: Keys) -> "KeyRing":
        return cls(lambda: keys)

    @classmethod
    def generate(cls) -> "KeyRing":
        return cls.of(Keys.generate())

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """The ring kept at `path`, as it is there, or was a moment ago. Raises Misuse as `Keys.load` does."""
        kept = Watched(path, Keys.load)
        kept.read()
        return cls(kept.read, kept.lately)

    @classmethod
    def load_or_generate(cls, path: Path) -> "KeyRing":
        """The ring kept at `path`, made now if need be. Processes that start together get the same one."""
        if not path.exists():
            Keys.generate().create(path)
        return cls.load(path)

    def save(self, path: Path) -> None:
        """Keep this ring at `path`, in place of what is there."""
        self.kept.save(path)

    def with_new_key(self) -> "KeyRing":
        """The same ring with one more key, which seals from now on."""
        return self.of(self.kept.with_new_key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyRing) and self.kept == other.kept

    def __hash__(self) -> int:
        return hash(self.mark)

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(key.id for key in self.kept.keys)})"

    @property
    def kept(self) -> Keys:
        """The keys as they are now."""
        return self._kept()

    @property
    def sealing(self) -> Key:
        """The key that seals now."""
        return self.kept.sealing(datetime.now(UTC))

    def seal(self, content: bytes, context: bytes = b"") -> bytes:
        """Encrypt and sign `content`. It opens only in the same `context`: nothing can stand in for another."""
        key = self._lately().sealing(datetime.now(UTC))
        opening = sealed_by(key.id) + secrets.token_bytes(_NONCE_LENGTH)
        return opening + _cipher(key.secret).encrypt(opening[-_NONCE_LENGTH:], content, opening + context)

    def open(self, sealed: bytes, context: bytes = b"") -> bytes:
        """What `seal` was given. Raises PlazoError if this ring did not seal it, or it was changed since."""
        opening, ciphertext = sealed[:_OPENING_LENGTH], sealed[_OPENING_LENGTH:]
        if not opening.startswith(_MARK) or len(opening) < _OPENING_LENGTH:
            raise PlazoError("This was not sealed by a Plazo key ring.")
        key = self._named(key_of(sealed))
        if key is None:
            raise PlazoError(
                f"This was sealed with key {key_of(sealed)}, which the key ring of this home does not hold; "
                "name the right home with --home or PLAZO_HOME, or put its key ring back."
            )
        try:
            return _cipher(key.secret).decrypt(opening[-_NONCE_LENGTH:], ciphertext, opening + context)
        except InvalidTag:
            raise PlazoError(f"This was sealed with key {key.id} but changed since.") from None

    def can_open(self, sealed: bytes) -> bool:
        """Does this ring hold the key that sealed it? That it was damaged since is another question."""
        return self._named(key_of(sealed)) is not None

    def _named(self, key: str) -> Key | None:
        """The key of that id; one that was added this moment is looked for in the file."""
        return self._lately().named(key) or self.kept.named(key)

    @property
    def mark(self) -> str:
        """By what a ring is known that must not be shown; new keys leave it as it is."""
        return self.pseudonym("the mark of a key ring")

    def chained(self, before: str, said: str) -> str:
        """The mark of what was said after that mark, which nobody makes without the ring."""
        return self._hashed(f"audit|{before}|{said}")

    def veiled(self, words: str) -> str:
        """Words that this ring opens for ever, whichever of its keys are retired."""
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return _VEIL + b64encode(nonce + self._veil.encrypt(nonce, words.encode(), None)).decode()

    def unveiled(self, said: str) -> str:
        """What `veiled` was given; others are as they are. Raises PlazoError for another ring's, or changed."""
        if not said.startswith(_VEIL):
            return said
        try:
            sealed = b64decode(said.removeprefix(_VEIL))
            return self._veil.decrypt(sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:], None).decode()
        except (InvalidTag, ValueError):
            raise PlazoError("This was sealed with another key ring, or changed since.") from None

    @property
    def _veil(self) -> AESGCM:
        return AESGCM(bytes.fromhex(self._hashed("what veils")))

    def pseudonym(self, text: str) -> str:
        """A name for `text` that anybody may read: the same for ever, and useless without the ring.

        The caller settles the spelling first (case, spaces): two spellings have two pseudonyms.
        """
        return self._hashed(text)[:_PSEUDONYM_LENGTH]

    def _hashed(self, text: str) -> str:
        return hmac.new(self._lately().pseudonym_key, text.encode(), hashlib.sha256).hexdigest()
