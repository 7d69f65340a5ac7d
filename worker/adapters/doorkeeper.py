"""The doorkeeper takes a token of the identity provider, by the provider's keys, and gives a staff token for it.

The key set is fetched when it is first needed, once an hour, and when none of its keys signed a token; then not
again for a minute, however often somebody knocks. While the provider is away, the keys that are known count on.
"""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from config.access.identity_provider import IdentityProvider
from config.access.staff_keys import StaffKeys
from config.access.tokens import LARGEST, SKEW, sign
from config.audit import Trail
from config.settings import Settings
from domain.terms.refusals import PlazoError, Refused, Unreachable

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

LONGEST = timedelta(hours=12)  # as a shift: whoever goes on logs in again
FRESH = 3600.0  # seconds
PAUSE = 60.0
_PATIENCE = 5.0
_LARGEST_SET = 1_000_000
_NONE = "identity: this is no staff token, and no identity provider is named here (PLAZO_IDENTITY_PROVIDER)"
_NOT_SIGNED = "identity: the token is not signed with a key of the identity provider"


class ProviderKeys:
    """The key set of a provider, as it was last had."""

    def __init__(self, address: str, *, is_fetched: bool) -> None:
        self._address = address
        self._is_fetched = is_fetched
        self._held: KeySet | None = None
        self._asked_at = -FRESH
        self._asking = asyncio.Lock()

    async def held(self, *, anew: bool = False) -> "KeySet":
        """Raises Unreachable where it was never had."""
        async with self._asking:  # many who knock at once wait for one answer
            if time.monotonic() - self._asked_at >= (PAUSE if anew or not self._held else FRESH):
                self._asked_at = time.monotonic()
                self._held = await self._had() or self._held
        if self._held is None:
            raise Unreachable("The keys of the identity provider cannot be had; try again in a minute.")
        return self._held

    async def _had(self) -> "KeySet | None":
        from joserfc.errors import JoseError  # noqa: PLC0415 - loads only where a token is verified
        from joserfc.jwk import KeySet  # noqa: PLC0415

        try:
            said = await self._fetched() if self._is_fetched else await asyncio.to_thread(self._read)
            return KeySet.import_key_set(json.loads(said))
        except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError, JoseError):
            return None

    async def _fetched(self) -> bytes:
        async with httpx.AsyncClient(timeout=_PATIENCE) as client:
            answer = (await client.get(self._address)).raise_for_status()
            return answer.content[:_LARGEST_SET]

    def _read(self) -> bytes:
        return Path(self._address).expanduser().read_bytes()


class ProviderDoorkeeper:
    """Lets in whom the provider vouches for."""

    def __init__(
        self, provider: IdentityProvider | None, pack: Path, keys: Callable[[], StaffKeys], trail: Trail
    ) -> None:
        self._provider = provider
        self._pack = pack
        self._keys = keys
        self._trail = trail
        self._theirs = ProviderKeys(provider.keys, is_fetched=provider.is_fetched) if provider else None

    @classmethod
    def of(cls, settings: Settings, keys: Callable[[], StaffKeys], trail: Trail) -> "ProviderDoorkeeper":
        """The one that these settings name; without a provider it lets nobody in."""
        named = settings.identity_provider
        return cls(IdentityProvider.load(named) if named else None, settings.policy, keys, trail)

    async def exchange(self, token: str) -> str:
        who = "-"
        try:
            claims = await self._verified(token)
            now = datetime.now(UTC)
            until = self._until(claims, now)
            assert self._provider is not None
            bearer = self._provider.bearer(claims, self._pack)
            who = bearer.actor.id
            own = sign(bearer, self._keys(), min(until - now, LONGEST))
        except PlazoError as no:
            self._trail.note(who, "was refused", "login", because=str(no))
            raise
        self._trail.note(who, "logged in", "login")
        return own

    async def _verified(self, token: str) -> dict[str, Any]:
        """What the provider signed. A key that is not known may be a new one."""
        if self._theirs is None:
            raise Refused(_NONE)
        if len(token) > LARGEST:
            raise Refused("identity: the token is too large to be one")
        claims = self._signed(token, await self._theirs.held())
        if claims is None:
            claims = self._signed(token, await self._theirs.held(anew=True))
        if claims is None:
            raise Refused(_NOT_SIGNED)
        return claims

    def _signed(self, token: str, keys: "KeySet") -> dict[str, Any] | None:
        from joserfc import jwt  # noqa: PLC0415 - as above
        from joserfc.errors import JoseError  # noqa: PLC0415

        assert self._provider is not None
        try:
            return jwt.decode(token, keys, algorithms=list(self._provider.algorithms)).claims
        except (JoseError, ValueError, KeyError, TypeError):
            return None

    def _until(self, claims: dict[str, Any], now: datetime) -> datetime:
        """When the token ends. Raises Refused unless it is one of this provider, for us, and counts now."""
        assert self._provider is not None
        meant_for = claims.get("aud")
        if claims.get("iss") != self._provider.issuer:
            raise Refused("identity: the token is of another identity provider")
        if self._provider.audience not in (meant_for if isinstance(meant_for, list) else [meant_for]):
            raise Refused("identity: the token is for another program")
        ends, begins = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(ends, int | float) or not isinstance(begins, int | float):
            raise Refused("identity: the token does not say until when it counts")
        if now.timestamp() < begins - SKEW.total_seconds():
            raise Refused("identity: the token does not count yet")
        if now.timestamp() >= ends:
            raise Refused("identity: the token has expired; log in to your identity provider again")
        return datetime.fromtimestamp(min(ends, (now + LONGEST).timestamp()), UTC)
