"""Staff and their tokens, for whoever keeps the keys: `plazo staff key | add | token | revoke`."""

import json
from datetime import UTC, datetime, timedelta
from typing import Annotated

from cyclopts import Parameter

from client.terminal.options import Common
from client.terminal.reading import build
from config import files
from config.access import staff
from config.access.staff_keys import StaffKeys
from config.access.tokens import bearer_of, sign
from config.home import Home
from config.settings import Settings
from domain.policy.rows import EVERY_PLAN, Staff
from domain.terms.people import Role
from domain.terms.refusals import Misuse

LONGEST = 24 * 31  # hours


async def key(*, retire: str | None = None, common: Common = Common()) -> int:
    """Make a key that signs staff tokens from now on; what older keys signed counts until they are retired.

    The first one makes a home in which `--as` is not believed: everybody logs in.

    For example:
        plazo staff key

    Parameters
    ----------
    retire
        Rather forget this older key; tokens that it signed no longer count.
    """
    home = Home(common.settings.home)
    home.prepare()
    made = not home.staff_keys.exists()
    keys = StaffKeys.load_or_generate(home.staff_keys, of_one_user=False)
    if retire:
        keys = keys.without(retire)
    elif not made:
        keys = keys.with_new_key()
    keys.save(home.staff_keys)
    for one in keys.keys:
        signs = "signs" if one is keys.newest else "is trusted"
        print(f"{one.id}  {signs}, made {one.created_at:%Y-%m-%d %H:%M} UTC")
    return 0


async def token(
    who: str,
    /,
    *,
    hours: int = 12,
    plan: tuple[str, ...] = (),
    common: Common = Common(),
) -> int:
    """Print a token for a member of staff, to hand to them: it says who they are, and for which plans.

    For example:
        plazo staff token rn-rivera --hours 12 > token.txt

    Parameters
    ----------
    who
        The person, by the id of the staff file.
    hours
        For how long it counts.
    plan
        A plan to which it is kept, once for each; otherwise those of the staff file.
    """
    settings = common.settings
    if not 1 <= hours <= LONGEST:
        raise Misuse(f"hours: from 1 to {LONGEST}.")
    keys = StaffKeys.load(Home(settings.home).staff_keys)
    bearer = bearer_of(staff.row(settings.policy, who))
    if plan:
        beyond = set(plan) - bearer.plans if EVERY_PLAN not in bearer.plans else set()
        if beyond:
            raise Misuse(
                f"plan: {who} does not work for {', '.join(sorted(beyond))}; see policy/{staff.STAFF_FILE}."
            )
        bearer = bearer.model_copy(update={"plans": frozenset(plan)})
    print(sign(bearer, keys, timedelta(hours=hours)))
    return 0


async def revoke(who: str, /, *, common: Common = Common()) -> int:
    """Let no token of somebody count that was issued by now. A new one does.

    For example:
        plazo staff revoke rn-rivera

    Parameters
    ----------
    who
        The person, by the id of the staff file, in it or not any more.
    """
    path = Home(common.settings.home).staff_keys
    StaffKeys.load(path).revoking(who, datetime.now(UTC)).save(path)
    print(f"No token of {who} counts that was issued by now.")
    return 0


async def add(
    who: str,
    /,
    *,
    name: str,
    title: str,
    organisation: str,
    role: tuple[Role, ...],
    title_es: str | None = None,
    specialty: str | None = None,
    licence: Annotated[
        str | None, Parameter(help="State, number and last day: `PR/MD-20031/2045-12-31`.")
    ] = None,
    plan: tuple[str, ...] = (EVERY_PLAN,),
    common: Common = Common(),
) -> int:
    """Add a member of staff to the staff file of the pack.

    For example:
        plazo staff add rn-vega --name "Rosa Vega" --title "Utilization review nurse" --organisation UM --role nurse

    Parameters
    ----------
    who
        A new id.
    name
        As letters have it.
    title
        What they are, in English.
    organisation
        Where they work.
    role
        What they do, once for each role.
    title_es
        What they are, in Spanish.
    specialty
        A clinician's.
    plan
        A plan that they work for, once for each; all of them if none is named.
    """
    fields: dict[str, object] = {"id": who, "name": name, "title": title, "title_es": title_es}
    fields |= {"organisation": organisation, "roles": role, "specialty": specialty, "plans": plan}
    if licence:
        fields["licence"] = _licence(licence)
    made = build(Staff, fields)
    _append(common.settings, made)
    print(f"{made.id} is on the staff: {made}.")
    return 0


def _licence(text: str) -> dict[str, str]:
    state, _, rest = text.partition("/")
    number, _, expires_on = rest.rpartition("/")
    return {"state": state, "number": number, "status": "unrestricted", "expires_on": expires_on}


def _append(settings: Settings, made: Staff) -> None:
    """One row more at the end of the file, which stays as people wrote it."""
    if any(one.id == made.id for one in staff.everybody(settings.policy)):
        raise Misuse(f"id: there is somebody called {made.id} already.")
    row = made.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    lines = [f"{field} = {_toml(value)}" for field, value in row.items()]
    path = settings.policy / staff.STAFF_FILE
    kept = path.read_text(encoding="utf-8").rstrip("\n")
    files.replace(path, "\n".join([kept, "", "[[staff]]", *lines, ""]).encode())


def _toml(value: object) -> str:
    """A text, a list of texts or a licence as TOML writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
