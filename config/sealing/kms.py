"""A key ring that lies wrapped: its file is sealed with a key that only a KMS opens, and each start asks it once.

The file names the KMS, and never what opens it: that is a PIN in a file of its own (PLAZO_KMS_PIN_FILE).
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Base64UrlBytes, BaseModel, ConfigDict

from config import files, settings
from domain.terms.refusals import Misuse

_SAYS_SO = b'"wrapped_by"'
_CONTEXT = b"plazo key ring"
_KEY_LENGTH, _NONCE_LENGTH = 32, 12


class Kms(Protocol):
    """Keeps a key that never leaves it. Each raises Misuse where it cannot be had."""

    def wrap(self, key: bytes) -> bytes:
        """A key of ours, as it alone can give it back."""
        ...

    def unwrap(self, wrapped: bytes) -> bytes: ...


class Pkcs11(BaseModel):
    """A token behind PKCS#11: an HSM, a smart card, SoftHSM. Its key is AES and stays in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kms: Literal["pkcs11"] = "pkcs11"
    module: str
    """The library of its maker."""
    token: str
    key: str
    """Their labels."""

    def make(self) -> None:
        """See that the token has such a key."""
        with self._session(writing=True) as (pkcs11, session):
            try:
                session.get_key(**self._sought(pkcs11))
            except pkcs11.NoSuchKey:
                session.generate_key(pkcs11.KeyType.AES, 256, label=self.key, store=True)

    def wrap(self, key: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        with self._session() as (pkcs11, session):
            how = self._how(pkcs11, nonce)
            return nonce + bytes(session.get_key(**self._sought(pkcs11)).encrypt(key, **how))

    def unwrap(self, wrapped: bytes) -> bytes:
        nonce, content = wrapped[:_NONCE_LENGTH], wrapped[_NONCE_LENGTH:]
        with self._session() as (pkcs11, session):
            return bytes(session.get_key(**self._sought(pkcs11)).decrypt(content, **self._how(pkcs11, nonce)))

    @contextmanager
    def _session(self, *, writing: bool = False) -> Iterator[tuple[Any, Any]]:
        """The library, and the token open for us."""
        try:
            import pkcs11  # noqa: PLC0415 - an extra, and only where a ring is wrapped
        except ModuleNotFoundError:
            raise Misuse("kms: a wrapped key ring needs `pip install 'plazo[kms]'`.") from None
        try:
            token = pkcs11.lib(self.module).get_token(token_label=self.token)
            with token.open(user_pin=_pin(), rw=writing) as session:
                yield pkcs11, session
        except RuntimeError as error:  # which is what its errors are
            said = type(error).__name__
            raise Misuse(
                f"kms: key {self.key} of PKCS#11 token {self.token} cannot be used ({said})."
            ) from None

    def _sought(self, pkcs11: Any) -> dict[str, Any]:
        return {"object_class": pkcs11.ObjectClass.SECRET_KEY, "label": self.key}

    @staticmethod
    def _how(pkcs11: Any, nonce: bytes) -> dict[str, Any]:
        return {
            "mechanism": pkcs11.Mechanism.AES_GCM,
            "mechanism_param": pkcs11.GCMParams(nonce, _CONTEXT, 128),
        }


class Envelope(BaseModel):
    """A wrapped ring, as it lies in its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wrapped_by: Pkcs11
    wrapped_key: Base64UrlBytes
    """A key of its own, as the KMS gives it back."""
    sealed: Base64UrlBytes
    """The ring, sealed with it."""

    @classmethod
    def closed(cls, content: bytes, kms: Pkcs11) -> "Envelope":
        key, nonce = secrets.token_bytes(_KEY_LENGTH), secrets.token_bytes(_NONCE_LENGTH)
        sealed = nonce + AESGCM(key).encrypt(nonce, content, _CONTEXT)
        return cls.model_construct(wrapped_by=kms, wrapped_key=kms.wrap(key), sealed=sealed)

    def opened(self) -> bytes:
        """Raises Misuse where the KMS cannot be had, ValueError where it is not what was closed."""
        try:
            key = AESGCM(self.wrapped_by.unwrap(self.wrapped_key))
            return key.decrypt(self.sealed[:_NONCE_LENGTH], self.sealed[_NONCE_LENGTH:], _CONTEXT)
        except InvalidTag:
            raise ValueError("it was changed, or closed with another key") from None


def opened(content: bytes) -> bytes:
    """What a file of keys says, wrapped or not. Raises Misuse, or ValueError where it is damaged."""
    return Envelope.model_validate_json(content).opened() if _SAYS_SO in content else content


def closed_like(path: Path, content: bytes) -> bytes:
    """What is to lie at `path`: wrapped again by whatever wrapped what lies there."""
    there = path.read_bytes() if path.exists() else b""
    if _SAYS_SO not in there:
        return content
    kms = Envelope.model_validate_json(there).wrapped_by
    return Envelope.closed(content, kms).model_dump_json(indent=2).encode()


def _pin() -> str:
    path = settings.load().kms_pin_file
    if path is None:
        raise Misuse("kms_pin_file: PLAZO_KMS_PIN_FILE names the file with the PIN of the PKCS#11 token.")
    try:
        files.refuse_if_open_to_others(path)
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misuse(f"kms_pin_file: {path} cannot be read ({error.strerror}).") from None
