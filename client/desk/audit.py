"""Who read and who acted, on the machine of the worker: `plazo audit verify | show | export`."""

from pathlib import Path

from client.reach.look import print_json
from client.terminal.options import Common
from config.audit import Audit
from config.console import NONE, ConsoleWords
from config.home import Home
from config.sealing.keyring import KeyRing
from domain.terms.case_number import parse
from domain.terms.refusals import Refused


def _audit(common: Common) -> Audit:
    home = Home(common.settings.home)
    return Audit(home.audit, KeyRing.load(home.keyring))


async def verify(*, anchor: Path | None = None, common: Common = Common()) -> int:
    """Say whether a row of the audit was removed, changed or reordered since it was written.

    For example:
        plazo audit verify --anchor /mnt/elsewhere/plazo-audit

    Parameters
    ----------
    anchor
        The file of PLAZO_AUDIT_ANCHOR: it holds the newest rows too, which nothing follows.
    """
    audit = _audit(common)
    faults = list(audit.faults(anchor or common.settings.audit_anchor))
    for fault in faults:
        print(fault)
    if faults:
        raise Refused("the audit is not as it was written")
    print(f"{sum(1 for _ in audit.rows())} rows, each as it was written.")
    return 0


async def show(case: str, /, *, common: Common = Common()) -> int:
    """Show who read a case and who acted on it, or was refused.

    For example:
        plazo audit show PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    rows = list(_audit(common).rows(parse(case)))
    if common.json:
        for row in rows:
            print_json(row)
        return 0
    told = [
        (f"{row.at:%Y-%m-%d %H:%M:%S} UTC", row.who, row.did, row.what, row.because or NONE) for row in rows
    ]
    ConsoleWords().rows(told, ("at", "who", "did", "what", "why"))
    return 0


async def export(*, common: Common = Common()) -> int:
    """Write the whole audit, a JSON line for each row, in the order of their instants.

    For example:
        plazo audit export > audit.jsonl
    """
    for row in _audit(common).rows():
        print(row.model_dump_json(exclude_defaults=True))
    return 0
