"""Asking the policy without a case: `plazo required`, `plazo policy show | check`."""

from pathlib import Path

from client import policy
from client.options import Common
from client.reading import day
from config.pack import load


async def required(code: str, /, *, plan: str, on: str | None = None, common: Common = Common()) -> int:
    """Say whether a service needs precertification in a plan, and how soon we must answer.

    For example:
        plazo required 72148 --plan mcs-classicare

    Parameters
    ----------
    code
        The CPT or HCPCS code.
    plan
        The line of business, by its id.
    on
        The day of receipt, if not today.
    """
    received = day(on, "on") if on else None
    pack = load(common.settings.policy)
    return policy.required(code, plan, pack, on=received, as_json=common.json)


async def show(*, common: Common = Common()) -> int:
    """Print the policy pack: every row with its source and how far it can be trusted.

    For example:
        plazo policy show | less
    """
    return policy.show(load(common.settings.policy), as_json=common.json)


async def check(folder: Path | None = None, /, *, common: Common = Common()) -> int:
    """Check a policy pack; each fault is named by file, row and field.

    For example:
        plazo policy check policy/

    Parameters
    ----------
    folder
        The pack's folder; the one in use when left out.
    """
    return policy.check(folder or common.settings.policy, as_json=common.json)
