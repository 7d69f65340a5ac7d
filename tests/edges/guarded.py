"""An installation where people log in, and nobody is believed for saying a name."""

import json
from datetime import timedelta

from config.access import staff
from config.access.identity import Voice
from config.access.staff_keys import StaffKeys
from config.access.tokens import bearer_of, sign
from config.home import Home
from config.sealing.keyring import KeyRing
from config.temporal import dial
from tests.builders import ROOT
from tests.edges.installation import Installation


class Guarded(Installation):
    """An installation whose staff log in, each with a token file of their own."""

    async def key(self, *words):
        return await self.plazo("staff", "key", *words)

    def takes_tokens_of(self, issuer, key):
        """An identity provider is named here, whose tokens say a staff id as `sub`."""
        keys = self.file({"keys": [key.as_dict(private=False)]}, "jwks.json")
        provider = f'issuer = "{issuer}"\nkeys = "{keys}"\nclaims = {{ id = "sub" }}\n'
        self.environment["PLAZO_IDENTITY_PROVIDER"] = self.file(provider, "provider.toml")

    async def token(self, who, *words):
        done = await self.plazo("staff", "token", who, *words)
        assert done.code == 0, done
        return done.out.strip()

    async def logged_in(self, who, *words):
        """Where somebody's token is kept, once they have logged in."""
        kept = self.desk / f"{who}.token"
        lent = self.file(await self.token(who, *words), f"{who}.txt")
        done = await self.plazo("login", lent, PLAZO_TOKEN_FILE=str(kept))
        assert done.out.startswith(f"You are {who}:"), done
        return str(kept)

    async def does(self, kept, *words, given=""):
        return await self.plazo(*words, given=given, PLAZO_TOKEN_FILE=kept)

    async def speaking(self, token=""):
        """Temporal, as a program of somebody's own reaches it."""
        server = Home(self.home.folder).running()
        ring = KeyRing.load(self.home.keyring)
        return await dial({"target_host": server.address}, ring, voice=Voice(token=lambda: token))

    async def submitted(self, example="02", **fields):
        """The number of a case that a clerk who is logged in has opened."""
        kept = await self.logged_in("ic-santos")
        file = self.file(self.request(example, **fields))
        done = await self.does(kept, "precert", "submit", file, "--json")
        assert done.code == 0, done
        return json.loads(done.out)["case"]

    def signed(self, who, *plans):
        """A token of theirs as `plazo staff token` prints it, without a command."""
        bearer = bearer_of(staff.row(ROOT / "policy", who))
        if plans:
            bearer = bearer.model_copy(update={"plans": frozenset(plans)})
        return sign(bearer, StaffKeys.load(self.home.staff_keys), timedelta(hours=1))
