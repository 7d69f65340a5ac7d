"""US-services referrals: `plazo referral check | submit | schema | availability | recheck | end`."""

import json
from zoneinfo import ZoneInfo

from client.reach.acting import do
from client.reach.cases import cases
from client.reach.counter import Counter, counter, folder_of, read_request, tell_opened, tell_preview
from client.reach.intake import Opened
from client.reach.look import print_json
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import read_json
from config.pack import load
from domain.desk.desk import Link
from domain.policy.pack import Pack
from domain.referral import acts
from domain.referral.form import ReferralForm, refuse_wrong_days
from domain.referral.referral import Referral


def _read(file: str, received: str | None, pack: Pack) -> ReferralForm:
    form = read_request(ReferralForm, file, received, pack)
    zone = ZoneInfo(pack.plan_named(form.plan).zone)
    for asked in (form.asked, form.asked_beside):
        if asked:
            refuse_wrong_days(asked, form.received_at.astimezone(zone).date())
    return form


async def check(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Check a referral before it is submitted: covered there? complete? due when? who gives it? Nothing is created.

    For example:
        plazo referral check referral.json

    Parameters
    ----------
    file
        The referral, as JSON; `-` for standard input.
    received
        When it reached us, if the file does not say it right: `2026-06-02 11:30` in the plan's zone.
    """
    form = _read(file, received, load(acting.settings.policy))
    async with cases(acting.settings) as desk:
        preview = await desk.preview(Referral.kind, form.asked)
    return print_json(preview) if acting.json else tell_preview(preview)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open a referral case and print its number; a transfer beside an emergency is opened and linked too.

    For example:
        plazo referral submit referral.json --received "2026-06-02 11:30"

    Parameters
    ----------
    file
        The referral, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it right: `2026-06-02 11:30` in the plan's zone.
    """
    pack = load(acting.settings.policy)
    form = _read(file, received, pack)
    async with cases(acting.settings) as desk:
        at_the_counter = counter(desk, Referral.kind, acting, pack)
        beside = await _open_beside(at_the_counter, form, file)
        linked = (beside.case,) if beside else ()
        opened = await at_the_counter.open(form.asked, folder_of(file), linked=linked)
        if beside and (beside.created or opened.created):
            await desk.act(beside.case, Link(actor=acting.clerk, to=opened.case))
    code = tell_opened(opened, as_json=acting.json, **({"transfer": beside.case} if beside else {}))
    if beside and not acting.json:
        tell_opened(beside, as_json=False)
    return code


async def _open_beside(at_the_counter: Counter, form: ReferralForm, file: str) -> Opened | None:
    """The transfer first: it lives on, while an emergency is answered at once and can hear nothing afterwards."""
    asked = form.asked_beside
    return await at_the_counter.open(asked, folder_of(file)) if asked else None


async def schema() -> int:
    """Print the JSON Schema of a referral.

    For example:
        plazo referral schema > referral.schema.json
    """
    print(json.dumps(ReferralForm.model_json_schema(), indent=2))
    return 0


async def availability(case: CaseNumber, finding: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Record whether Puerto Rico offers the service: who was asked, when, and why they cannot.

    For example:
        plazo referral availability REF-7K2M-9QXD-4HBT finding.json --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    finding
        A JSON file with `available`, `inquiries` (each `asked`, `on`, `answer`) and, where Puerto Rico offers it,
        `local` (`name`, `telephone`, `address`); `-` for standard input.
    """
    return await do(case, acting, acts.FindAvailability, **read_json(finding))


async def recheck(case: CaseNumber, /, *, acting: Dated = Dated()) -> int:
    """Ask the directory once more whether the member is eligible on the day of the service.

    For example:
        plazo referral recheck REF-7K2M-9QXD-4HBT --as cov-matos

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.LookAgain)


async def end(case: CaseNumber, /, *, acting: Dated = Dated()) -> int:
    """End an authorization whose coverage has ended, and tell everybody. Nothing is voided or denied.

    For example:
        plazo referral end REF-7K2M-9QXD-4HBT --as cov-matos

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.EndAuthorization)
