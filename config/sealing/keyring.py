"""The keys of an installation: what is sealed with them can be read only by those who hold the ring.

AES-256-GCM. The newest key seals, every key opens, and what is sealed names its key, so a key can be added
without sealing anything again. The key behind pseudonyms is another one and never changes: members would lose
theirs.
"""

import hashlib
import hmac
import secrets
import shlex
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import (
    AfterValidator,
    AwareDatetime,
    Base64UrlBytes,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)

from config import files
from domain.terms.refusals import Misuse, PlazoError

_MARK = b"PZ1"  # what is sealed: mark, key id, nonce, ciphertext
_ID_LENGTH = 8
_NONCE_LENGTH = 12
_SECRET_LENGTH = 32
_OPENING_LENGTH = len(_MARK) + _ID_LENGTH + _NONCE_LENGTH
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PSEUDONYM_LENGTH = 20  # 80 bits: no two of ten million members meet


def _of_full_length(secret: bytes) -> bytes:
    if len(secret) != _SECRET_LENGTH:
        raise ValueError("a key has 256 bits")
    return secret


Secret = Annotated[Base64UrlBytes, AfterValidator(_of_full_length)]


class Key(BaseModel):
    """One AES-256 key. Its id is public: it stands in every sealed payload."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    created_at: AwareDatetime
    secret: Secret = Field(repr=False)


class KeyRing(BaseModel):
    """Seals, opens and gives pseudonyms. Holding it means being allowed to read every case."""

    model_config = ConfigDict(frozen=True)

    keys: tuple[Key, ...] = Field(min_length=1)
    """Oldest first."""
    pseudonym_key: Secret = Field(repr=False)

    @classmethod
    def generate(cls) -> "KeyRing":
        return cls.model_construct(keys=(_new_key(),), pseudonym_key=secrets.token_bytes(_SECRET_LENGTH))

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """The ring kept at `path`. Raises Misuse where there is none, it is not one, or others may read it."""
        try:
            if stat.S_IMODE(path.stat().st_mode) & _OF_OTHERS:
                raise Misuse(
                    f"The key ring {path} is open to others; close it: chmod 600 {shlex.quote(str(path))}"
                )
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise Misuse(
                f"There is no key ring at {path}; `plazo up` makes one, "
                "and --home or PLAZO_HOME names another home."
            ) from None
        except OSError as error:
            raise Misuse(f"The key ring {path} cannot be read ({error.strerror}).") from error
        except ValidationError:
            # its text would repeat the keys
            raise Misuse(f"The key ring {path} is damaged; put back the copy you keep of it.") from None

    @classmethod
    def load_or_generate(cls, path: Path) -> "KeyRing":
        """The ring kept at `path`, made now if need be. Processes that start together get the same one."""
        if not path.exists():
            files.create(path, cls.generate().model_dump_json(indent=2).encode())
        return cls.load(path)

    def save(self, path: Path) -> None:
        """Keep this ring at `path`, in place of what is there."""
        files.replace(path, self.model_dump_json(indent=2).encode())

    def with_new_key(self) -> "KeyRing":
        """The same ring with one more key, which seals from now on."""
        return self.model_copy(update={"keys": (*self.keys, _new_key())})

    @property
    def newest(self) -> Key:
        return self.keys[-1]

    def seal(self, content: bytes, context: bytes = b"") -> bytes:
        """Encrypt and sign `content`. It opens only in the same `context`: nothing can stand in for another."""
        opening = _MARK + self.newest.id.encode() + secrets.token_bytes(_NONCE_LENGTH)
        nonce = opening[-_NONCE_LENGTH:]
        return opening + AESGCM(self.newest.secret).encrypt(nonce, content, opening + context)

    def open(self, sealed: bytes, context: bytes = b"") -> bytes:
        """What `seal` was given. Raises PlazoError if this ring did not seal it, or it was changed since."""
        opening, ciphertext = sealed[:_OPENING_LENGTH], sealed[_OPENING_LENGTH:]
        if not opening.startswith(_MARK) or len(opening) < _OPENING_LENGTH:
            raise PlazoError("This was not sealed by a Plazo key ring.")
        key_id = opening[len(_MARK) : -_NONCE_LENGTH].decode("ascii", "replace")
        key = next((key for key in self.keys if key.id == key_id), None)
        if key is None:
            raise PlazoError(
                f"This was sealed with key {key_id}, which the key ring of this home does not hold; "
                "name the right home with --home or PLAZO_HOME, or put its key ring back."
            )
        try:
            return AESGCM(key.secret).decrypt(opening[-_NONCE_LENGTH:], ciphertext, opening + context)
        except InvalidTag:
            raise PlazoError(f"This was sealed with key {key_id} but changed since.") from None

    def can_open(self, sealed: bytes) -> bool:
        """Does this ring hold the key that sealed it? That it was damaged since is another question."""
        named = sealed[len(_MARK) : len(_MARK) + _ID_LENGTH]
        return any(key.id.encode() == named for key in self.keys)

    @property
    def mark(self) -> str:
        """By what a ring is known that must not be shown; new keys leave it as it is."""
        return self.pseudonym("the mark of a key ring")

    def chained(self, before: str, said: str) -> str:
        """The mark of what was said after that mark, which nobody makes without the ring."""
        return hmac.new(self.pseudonym_key, f"audit|{before}|{said}".encode(), hashlib.sha256).hexdigest()

    def pseudonym(self, text: str) -> str:
        """A name for `text` that anybody may read: the same for ever, and useless without the ring.

        The caller settles the spelling first (case, spaces): two spellings have two pseudonyms.
        """
        return hmac.new(self.pseudonym_key, text.encode(), hashlib.sha256).hexdigest()[:_PSEUDONYM_LENGTH]


def _new_key() -> Key:
    return Key.model_construct(
        id=secrets.token_hex(_ID_LENGTH // 2),
        created_at=datetime.now(UTC),
        secret=secrets.token_bytes(_SECRET_LENGTH),
    )
