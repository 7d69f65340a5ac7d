"""The file of a key ring: its keys, oldest first, each with the instant from which it seals.

A key that was added opens at once and seals from its instant on, so that every worker can have it before anything
is sealed with it. The key behind pseudonyms is another one and never changes: members would lose theirs.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Base64UrlBytes,
    BaseModel,
    ConfigDict,
    Field,
)

from config import files
from config.sealing import kms
from domain.terms.refusals import Misuse

ID_LENGTH = 8
SECRET_LENGTH = 32
_CHECK_LENGTH = 16


def _of_full_length(secret: bytes) -> bytes:
    if len(secret) != SECRET_LENGTH:
        raise ValueError("a key has 256 bits")
    return secret


Secret = Annotated[Base64UrlBytes, AfterValidator(_of_full_length)]


class Key(BaseModel):
    """One AES-256 key. Its id is public: it stands in everything that it sealed."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    created_at: AwareDatetime
    seals_from: AwareDatetime | None = None
    """From when on it seals; None is from when it was made."""
    secret: Secret = Field(repr=False)

    @property
    def begins_at(self) -> datetime:
        return self.seals_from or self.created_at

    @property
    def check(self) -> str:
        """By what another key of the same id is told from this one; it tells nothing of either."""
        return hmac.new(self.secret, b"plazo key check", hashlib.sha256).hexdigest()[:_CHECK_LENGTH]


class Keys(BaseModel):
    """What the file holds. Having it means being allowed to read every case."""

    model_config = ConfigDict(frozen=True)

    keys: tuple[Key, ...] = Field(min_length=1)
    """In the order in which they begin to seal."""
    pseudonym_key: Secret = Field(repr=False)

    @classmethod
    def generate(cls) -> "Keys":
        return cls.model_construct(keys=(_new_key(),), pseudonym_key=secrets.token_bytes(SECRET_LENGTH))

    @classmethod
    def load(cls, path: Path) -> "Keys":
        """The keys kept at `path`. Raises Misuse where there are none, or they are damaged or open to others."""
        try:
            files.refuse_if_open_to_others(path, "The key ring")
            return cls.model_validate_json(kms.opened(path.read_bytes()))
        except FileNotFoundError:
            raise Misuse(
                f"There is no key ring at {path}; `plazo up` makes one, "
                "and --home or PLAZO_HOME names another home."
            ) from None
        except OSError as error:
            raise Misuse(f"The key ring {path} cannot be read ({error.strerror}).") from error
        except ValueError:
            # its text would repeat the keys
            raise Misuse(f"The key ring {path} is damaged; put back the copy you keep of it.") from None

    def create(self, path: Path) -> None:
        """Keep these keys at `path` unless some are there: another process came first."""
        files.create(path, self.written())

    def save(self, path: Path) -> None:
        """Keep these keys at `path`, in place of what is there, and wrapped as that was."""
        files.replace(path, kms.closed_like(path, self.written()))

    def written(self) -> bytes:
        return self.model_dump_json(indent=2, exclude_none=True).encode()

    def sealing(self, now: datetime) -> Key:
        """The key that seals now."""
        return next((key for key in reversed(self.keys) if key.begins_at <= now), self.keys[0])

    def named(self, key: object) -> Key | None:
        return next((one for one in self.keys if one.id == key), None)

    def after(self, key: Key) -> Key | None:
        """The key that seals in its place; None where it is the newest."""
        return next(iter(self.keys[self.keys.index(key) + 1 :]), None)

    def with_new_key(self, seals_from: datetime | None = None) -> "Keys":
        """The same with one more key, which seals from then on. Raises Misuse where a later one waits."""
        made = _new_key(seals_from)
        if made.begins_at < self.keys[-1].begins_at:
            raise Misuse(f"keys: {self.keys[-1].id} waits for its time; a new key comes after it.")
        return self.model_copy(update={"keys": (*self.keys, made)})

    def without(self, key: Key) -> "Keys":
        return self.model_copy(update={"keys": tuple(one for one in self.keys if one != key)})


def _new_key(seals_from: datetime | None = None) -> Key:
    return Key.model_construct(
        id=secrets.token_hex(ID_LENGTH // 2),
        created_at=datetime.now(UTC),
        seals_from=seals_from,
        secret=secrets.token_bytes(SECRET_LENGTH),
    )
