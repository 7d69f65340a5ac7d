"""The keys that sign who acts: one file of the home, which a worker holds and nobody else need have.

The newest key signs, every key that was not retired is trusted, so keys can be changed while tokens are in use. The
file also says whose tokens no longer count, and whether the home is one person's own, where `--as` is believed.
"""

import secrets
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from config import files
from domain.terms.refusals import Misuse

_ID_BYTES = 4


class StaffKey(BaseModel):
    """One Ed25519 key, as the private JWK that RFC 8037 describes; its id stands in every token that it signed."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    created_at: AwareDatetime
    jwk: dict[str, Any] = Field(repr=False)

    @cached_property
    def key(self) -> Any:
        """Verifies."""
        from joserfc.jwk import OKPKey  # noqa: PLC0415 - loads only where a token is verified

        return OKPKey.import_key(self.jwk)

    def sign(self, said: bytes) -> bytes:
        """The Ed25519 signature. A command makes a token each time, and loading joserfc takes longer than that."""
        secret = urlsafe_b64decode(f"{self.jwk['d']}==")
        return Ed25519PrivateKey.from_private_bytes(secret).sign(said)


class StaffKeys(BaseModel):
    """Whose signature counts here, and whose no longer."""

    model_config = ConfigDict(frozen=True)

    keys: tuple[StaffKey, ...] = Field(min_length=1)
    """Oldest first."""
    of_one_user: bool = False
    """`plazo up` made this for whoever owns the home, who may act as any of the staff."""
    revoked: dict[str, AwareDatetime] = {}
    """By member of staff, until when their tokens were issued that no longer count."""

    @classmethod
    def generate(cls, *, of_one_user: bool = False) -> "StaffKeys":
        return cls(keys=(_new_key(),), of_one_user=of_one_user)

    @classmethod
    def load(cls, path: Path) -> "StaffKeys":
        """The keys kept at `path`. Raises Misuse where there are none, or they are damaged or open to others."""
        try:
            files.refuse_if_open_to_others(path, "The staff keys")
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise Misuse(f"There are no staff keys at {path}; `plazo staff key` makes them.") from None
        except OSError as error:
            raise Misuse(f"The staff keys {path} cannot be read ({error.strerror}).") from error
        except ValidationError:  # its text would repeat the keys
            raise Misuse(f"The staff keys {path} are damaged; put back the copy you keep of them.") from None

    @classmethod
    def load_or_generate(cls, path: Path, *, of_one_user: bool) -> "StaffKeys":
        """The keys kept at `path`, made now if need be. Processes that start together get the same ones."""
        if not path.exists():
            files.create(path, cls.generate(of_one_user=of_one_user).model_dump_json(indent=2).encode())
        return cls.load(path)

    def save(self, path: Path) -> None:
        files.replace(path, self.model_dump_json(indent=2).encode())

    @property
    def newest(self) -> StaffKey:
        return self.keys[-1]

    def named(self, key: object) -> StaffKey | None:
        return next((one for one in self.keys if one.id == key), None)

    def with_new_key(self) -> "StaffKeys":
        return self.model_copy(update={"keys": (*self.keys, _new_key())})

    def without(self, key: str) -> "StaffKeys":
        """These keys but one, whose tokens no longer count. Raises Misuse for the last, or one that is not."""
        if self.named(key) is None:
            raise Misuse(
                f"retire: there is no key {key[:8]}; there are {', '.join(one.id for one in self.keys)}."
            )
        if len(self.keys) == 1:
            raise Misuse("retire: this is the only key; make a new one first, with `plazo staff key`.")
        return self.model_copy(update={"keys": tuple(one for one in self.keys if one.id != key)})

    def revoking(self, who: str, now: datetime) -> "StaffKeys":
        """No token of theirs that was issued by now counts any more."""
        return self.model_copy(update={"revoked": self.revoked | {who: now}})


def _new_key() -> StaffKey:
    from joserfc.jwk import OKPKey  # noqa: PLC0415 - as above

    name = secrets.token_hex(_ID_BYTES)
    made = OKPKey.generate_key("Ed25519", {"kid": name})
    return StaffKey(id=name, created_at=datetime.now(UTC), jwk=made.as_dict(private=True))
