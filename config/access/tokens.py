"""Staff tokens: a signed sentence that says who somebody is, what they may touch, and until when.

A JWT signed with Ed25519 (RFC 8037, 9864). What it says of a person is what the case keeps of them when they act.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, Field, ValidationError

from config.access.staff_keys import StaffKeys
from domain.policy.rows import EVERY_PLAN, Staff
from domain.terms.frozen import Frozen
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

ALGORITHMS = ["Ed25519", "EdDSA"]
"""One signature under its two names; nothing else is looked at, and no algorithm that a token chooses."""
AUDIENCE = "plazo"
LARGEST = 8192  # signs
SKEW = timedelta(seconds=30)  # by which the clocks of two machines may differ
_REMEMBERED = 1024

UNTRUSTED = "identity: the token was signed with a key that is not trusted here, or not any more"
NOBODY = "identity: nobody is logged in; `plazo login` takes your token"


class Bearer(Frozen):
    """Who holds a token: the person as cases keep them, and what they may touch."""

    actor: Actor
    plans: frozenset[str] = frozenset()
    """Ids of plans, or `*` for all of them."""
    barred: frozenset[str] = frozenset()
    """Members, by their keyed hash, whose cases this person keeps out of: their own and their family's."""
    beyond: dict[str, str] = {}
    """Cases beyond these plans that they may read for now, by number, each with the reason."""

    @property
    def is_system(self) -> bool:
        return self.actor == SYSTEM

    @property
    def walls(self) -> frozenset[str] | None:
        """The plans that this person is kept within; None for somebody who works for all."""
        return None if EVERY_PLAN in self.plans else self.plans


class Claims(Bearer):
    """What a token says."""

    aud: str
    iat: AwareDatetime
    nbf: AwareDatetime
    exp: AwareDatetime
    jti: str = Field(max_length=64)


THE_SYSTEM = Bearer(actor=SYSTEM, plans=frozenset({EVERY_PLAN}))


ASKING: ContextVar[Bearer | None] = ContextVar("asking", default=None)
"""Whoever asks the desk now, as their token was verified."""


def bearer_of(row: Staff) -> Bearer:
    """Somebody as the staff file has them."""
    person = Actor.model_validate(row.model_dump(include=set(Actor.model_fields)))
    return Bearer(actor=person, plans=row.plans, barred=row.barred)


def sign(
    bearer: Bearer,
    keys: StaffKeys,
    lifetime: timedelta,
    *,
    begins_at: datetime | None = None,
    audience: str = AUDIENCE,
) -> str:
    """A token of theirs, by the newest key."""
    issued_at = datetime.now(UTC)
    begins_at = begins_at or issued_at
    claims = bearer.model_dump(mode="json", exclude_defaults=True) | {
        "aud": audience,
        "iat": int(issued_at.timestamp()),
        "nbf": int(begins_at.timestamp()),
        "exp": int((begins_at + lifetime).timestamp()),
        "jti": secrets.token_urlsafe(9),
    }
    header = {"typ": "JWT", "alg": ALGORITHMS[0], "kid": keys.newest.id}
    said = ".".join(
        _encoded(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode())
        for part in (header, claims)
    )
    return f"{said}.{_encoded(keys.newest.sign(said.encode()))}"


def claims_of(token: str) -> Claims:
    """What a token says, which nobody has verified: for whoever holds it. Raises Refused."""
    try:
        payload = token.split(".")[1]
        return _claims(json.loads(_decoded(payload)))
    except (IndexError, ValueError, NotBase64):
        raise Refused("identity: this is no staff token") from None


class Verifier:
    """Says whose a token is, or why it does not count."""

    def __init__(self, keys: Callable[[], StaffKeys]) -> None:
        self._keys = keys
        self._verified: dict[str, tuple[str, Claims]] = {}

    def verify(self, token: str, now: datetime) -> Bearer:
        """Its bearer. Raises Refused, in one line that repeats nothing of the token.

        A signature is checked once; its dates, its key and whether it was revoked are looked at each time.
        """
        if not token:
            raise Refused(NOBODY)
        if len(token) > LARGEST:
            raise Refused("identity: the token is too large to be one")
        keys = self._keys()
        key, claims = self._verified.get(token) or self._signed(token, keys)
        if keys.named(key) is None:
            raise Refused(UNTRUSTED)
        _refuse_unless_it_counts(claims, keys, now)
        return claims

    def _signed(self, token: str, keys: StaffKeys) -> tuple[str, Claims]:
        from joserfc import jwt  # noqa: PLC0415 - loads only where a token is verified
        from joserfc.errors import JoseError  # noqa: PLC0415

        try:
            header = json.loads(_decoded(token.split(".", maxsplit=1)[0]))
            algorithm, named = header.get("alg"), header.get("kid")
        except (AttributeError, ValueError, NotBase64):
            raise Refused("identity: this is no staff token") from None
        if algorithm not in ALGORITHMS:
            raise Refused("identity: the token is not signed in the one way that counts here (Ed25519)")
        key = keys.named(named)
        if key is None:
            raise Refused(UNTRUSTED)
        try:
            said = jwt.decode(token, key.key, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError, NotBase64):
            raise Refused("identity: the token was changed, or somebody else signed it") from None
        found = key.id, _claims(said)
        if len(self._verified) >= _REMEMBERED:
            self._verified.clear()
        self._verified[token] = found
        return found


def _refuse_unless_it_counts(claims: Claims, keys: StaffKeys, now: datetime) -> None:
    if claims.aud != AUDIENCE:
        raise Refused("identity: the token is for another program")
    if now < claims.nbf - SKEW or now < claims.iat - SKEW:
        raise Refused("identity: the token does not count yet")
    if now >= claims.exp + SKEW:
        raise Refused("identity: the token has expired; `plazo login` takes a new one")
    revoked_at = keys.revoked.get(claims.actor.id)
    if revoked_at and claims.iat <= revoked_at:
        raise Refused("identity: the token was revoked")


def _claims(said: Any) -> Claims:
    try:
        return Claims.model_validate(said)
    except ValidationError:
        raise Refused("identity: the token does not say what a staff token says") from None


def _encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
