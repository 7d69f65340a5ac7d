"""Asking the policy without a case: `plazo required`, `plazo policy show | check | diff`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from client.policy import asked as policy
from client.policy import diff as policy_diff
from client.terminal.options import Common
from client.terminal.reading import day
from config.pack import load
from domain.policy.lists import Sought
from domain.request.request import Setting, VisitOrder


async def required(
    code: str,
    /,
    *,
    plan: str,
    on: str | None = None,
    role: Setting | None = None,
    specialty: str | None = None,
    place: str | None = None,
    visit: VisitOrder | None = None,
    product: str | None = None,
    ipa: str | None = None,
    common: Common = Common(),
) -> int:
    """Say whether a service needs precertification in a plan, how soon we must answer, what to send, and where.

    For example:
        plazo required 99243 --plan procare --role ob_gyn

    Parameters
    ----------
    code
        The CPT or HCPCS code.
    plan
        The line of business, by its id.
    on
        The day of receipt, if not today.
    role
        What whoever gives the service is to the member: `assigned_pcp`, `ob_gyn`, `other`.
    specialty
        The specialty of whoever gives it, as the lists name it.
    place
        The place of service, two digits.
    visit
        Is it the `first` visit or a `follow_up`?
    product
        The member's product, where the lists of the plan differ by it.
    ipa
        The medical group of the member, where they differ by that.
    """
    pack = load(common.settings.policy)
    sought = Sought(
        code=policy.well_formed(code),
        on=day(on, "on") if on else policy.today_in(plan, pack),
        role=role or Setting.OTHER,
        specialty=specialty,
        place=place,
        visit=visit,
        product=product,
        ipa=ipa,
    )
    return policy.required(sought, plan, pack, as_json=common.json)


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


async def diff(
    old: Path,
    new: Path,
    /,
    *,
    cases: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Compare two policy packs, row by row; with --cases, rehearse every open case under the new one.

    Nothing is changed: each case keeps the policy of its receipt. The exit code is 0, equal or not.

    For example:
        plazo policy diff policy/ /srv/plazo/policy-2027 --cases

    Parameters
    ----------
    old
        The folder of the pack to compare with, for example a checkout of an earlier version.
    new
        The folder of the pack that would come after it.
    cases
        List the open cases whose due date or criteria answer would move.
    """
    before, after = policy_diff.pack_in(old), policy_diff.pack_in(new)
    rehearsed = None
    if cases:
        from client.policy.rehearsal import rehearse_open_cases  # noqa: PLC0415 - only a rehearsal needs a server

        rehearsed = await rehearse_open_cases(after, common.settings)
    return policy_diff.diff(before, after, rehearsed, as_json=common.json)
