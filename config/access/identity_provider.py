"""An identity provider whose tokens are taken at the login: where its keys are, and what its claims mean here.

The worker's file is TOML. A person is a row of the pack's staff file, found by the claim `id`; any other claim that
is named takes the place of what the row says, and roles are named one by one, so that no group of the provider
becomes a role here by its spelling. Who has no row needs a claim for everything.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.access import staff
from config.access.tokens import Bearer, bearer_of
from config.wording import faults
from domain.terms.people import Actor, Role
from domain.terms.refusals import Misuse, Refused

OF_A_PERSON = Literal[
    "id", "name", "title", "title_es", "organisation", "roles", "licence", "specialty", "plans", "barred"
]
ALGORITHMS = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519", "EdDSA"
]
_LISTS = {"roles", "plans", "barred"}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class IdentityProvider(BaseModel):
    """What the file says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    """Who it says it is, in the claim `iss`."""
    keys: str
    """Its key set (JWKS): an https address, or a file."""
    audience: str = "plazo"
    """What it calls us, in the claim `aud`."""
    algorithms: tuple[ALGORITHMS, ...] = Field(default=("RS256",), min_length=1)
    """By which it signs; none that a token chooses, and none with a shared secret."""
    claims: dict[OF_A_PERSON, str]
    """By what of a person, the claim that says it; within another claim it is `outer.inner`."""
    roles: dict[str, Role] = {}
    """By what the claim of roles may say, the role here; what is not named is none."""

    @model_validator(mode="after")
    def _can_be_used(self) -> Self:
        if "id" not in self.claims:
            raise ValueError("claims: `id` names the claim that says who somebody is")
        if ("roles" in self.claims) != bool(self.roles):
            raise ValueError("roles: a claim of roles, and what each of its words means, come together")
        if Role.SYSTEM in self.roles.values():
            raise ValueError("roles: nobody is the system")
        address = urlsplit(self.keys)
        if address.scheme == "http" and address.hostname not in _LOOPBACK:
            raise ValueError("keys: an address that others could answer for is no place for keys; use https")
        return self

    @property
    def is_fetched(self) -> bool:
        return urlsplit(self.keys).scheme in {"http", "https"}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises Misuse, which names the setting at fault."""
        try:
            return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            raise Misuse(f"The identity provider's file {path} cannot be read as TOML.") from None
        except ValidationError as error:
            name, said = next(iter(faults(error).items()))
            raise Misuse(f"The identity provider's file {path} is not valid: {name}: {said}.") from None

    def bearer(self, said: Mapping[str, Any], pack: Path) -> Bearer:
        """Who these claims are about. Raises Refused, which repeats nothing of them."""
        found: dict[str, Any] = {
            field: value for field, claim in self.claims.items() if (value := _at(said, claim)) is not None
        }
        known: dict[str, Any] = {}
        if isinstance(named := found.get("id"), str):
            try:
                known = bearer_of(staff.row(pack, named)).model_dump(mode="json")
            except Misuse:
                known = {}
        found |= {field: _listed(found[field]) for field in _LISTS & found.keys()}
        if "roles" in found:
            found["roles"] = [self.roles[one] for one in found["roles"] if one in self.roles]
        person = {field: value for field, value in found.items() if field in Actor.model_fields}
        reach = {field: value for field, value in found.items() if field in Bearer.model_fields}
        try:
            bearer = Bearer.model_validate(known | reach | {"actor": known.get("actor", {}) | person})
        except ValidationError:
            raise Refused(
                "identity: the provider's token says too little of who you are, and no row of the staff file more"
            ) from None
        if not bearer.actor.roles or bearer.is_system:
            raise Refused("identity: the provider's token gives no role that is known here")
        return bearer


def _at(said: Mapping[str, Any], claim: str) -> Any:
    """What a claim says; None where there is none."""
    if claim in said:
        return said[claim]  # some name theirs by an address, with dots
    outer, _, inner = claim.partition(".")
    within = said.get(outer)
    return _at(within, inner) if inner and isinstance(within, Mapping) else None


def _listed(value: Any) -> list[str]:
    """A list of words; some providers say them in one text."""
    words = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    return [word for word in words if isinstance(word, str)]
