"""Who acts from this shell: `plazo login | logout | whoami`."""

import json
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from client.terminal.asking import ask, is_there_somebody
from client.terminal.options import Acting, Common, OrStandardInput
from client.terminal.reading import read_text
from config import files
from config.access.identity import NO_AS, kept_token, own_keys, speaker
from config.access.login_link import login_link
from config.access.tokens import Bearer, Claims, claims_of
from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.policy.rows import EVERY_PLAN
from domain.terms.refusals import Misuse, Refused

PARTS = 3  # of a signed token


async def login(
    file: OrStandardInput = "-",
    /,
    *,
    browser: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Keep your staff token, in a file that you alone can read; every command shows it from then on.

    A token of your identity provider is exchanged for one, where the worker knows the provider.

    For example:
        plazo login token.txt

    Parameters
    ----------
    file
        Where it is; `-`, which is what it means without one, asks for it or reads standard input.
    browser
        Print a link that opens the pages of this home in a browser, once and within ten minutes, where the home is
        one user's own.
    """
    settings = common.settings
    if browser:
        return _print_link(settings)
    if own_keys(settings):
        raise Misuse("login: this home is one user's own; --as STAFF says who acts.")
    asks = file == "-" and is_there_somebody()
    said = (ask("Your token:") if asks else read_text(file)).strip()
    said, claims = await _ours(said, settings)
    if claims.exp <= datetime.now(UTC):
        raise Refused("identity: the token has expired")
    settings.token_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.replace(settings.token_file, said.encode())
    print(f"You are {_said_of(claims)}.")
    return 0


def _print_link(settings: Settings) -> int:
    home = Home(settings.home)
    server = home.running()
    if not own_keys(settings):
        raise Misuse("browser: where people log in, the pages themselves ask for your token.")
    if server is None:
        raise Misuse("browser: nothing is up on this home, so it has no pages.")
    print(login_link(server.ui, KeyRing.load(home.keyring)))
    return 0


async def _ours(said: str, settings: Settings) -> tuple[str, Claims]:
    """A staff token as it is; what an identity provider signed, a worker exchanges for one."""
    try:
        return said, claims_of(said)
    except Refused:
        if said.count(".") != PARTS - 1:
            raise
    from activities.desk.login import Foreign, Login  # noqa: PLC0415 - our own tokens need no engine
    from client.reach.cases import cases  # noqa: PLC0415

    async with cases(settings) as desk:
        own = await desk.ask(Login.exchange, Foreign(token=said))
    return own, claims_of(own)


async def logout(*, common: Common = Common()) -> int:
    """Forget your staff token.

    For example:
        plazo logout
    """
    settings = common.settings
    was = kept_token(settings)
    settings.token_file.unlink(missing_ok=True)
    print("You are logged out." if was else "Nobody was logged in.")
    return 0


async def whoami(*, acting: Acting = Acting()) -> int:
    """Say who acts from here, for which plans, and until when.

    For example:
        plazo whoami
    """
    settings = acting.settings
    own = own_keys(settings)
    if settings.staff and not own:
        raise Misuse(NO_AS)
    bearer = speaker(settings)
    if acting.json:
        kept = bearer.model_dump(mode="json", exclude={"barred", "aud", "jti"}) if bearer else None
        print(json.dumps({"home_of_one_user": own is not None, "bearer": kept}, indent=2, ensure_ascii=False))
        return 0
    if own:
        print("This home is one user's own: `plazo up` made it, and --as is believed here.")
    print(f"You are {_said_of(bearer)}." if bearer else "You are nobody in particular.")
    return 0


def _said_of(bearer: Bearer) -> str:
    actor = bearer.actor
    roles = ", ".join(sorted(role.value.replace("_", " ") for role in actor.roles))
    plans = "all plans" if EVERY_PLAN in bearer.plans else ", ".join(sorted(bearer.plans)) or "no plan"
    until = f", until {bearer.exp:%Y-%m-%d %H:%M} UTC" if isinstance(bearer, Claims) else ""
    return f"{actor.id}: {actor}; {roles}; {plans}{until}"
