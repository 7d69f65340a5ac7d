"""The criteria at the point of care: `plazo criteria show`."""

import json
from datetime import date

from client.policy.asked import today_in, well_formed
from client.tables.section import source
from client.terminal.options import Common
from client.terminal.reading import day
from config.pack import load
from domain.policy.pack import Pack
from domain.request.criteria import CriteriaTable
from domain.terms.refusals import Misuse


async def show(code: str, /, *, plan: str, on: str | None = None, common: Common = Common()) -> int:
    """Print the text by which a service is decided on a day, with the statement that goes with every copy of it.

    For example:
        plazo criteria show 72148 --plan procare

    Parameters
    ----------
    code
        The CPT or HCPCS code.
    plan
        The line of business, by its id.
    on
        The day of receipt, if not today.
    """
    pack = load(common.settings.policy)
    table = adopted(well_formed(code), plan, day(on, "on") if on else today_in(plan, pack), pack)
    statement = [row.words.en for row in pack.criteria_statement]
    if common.json:
        said = table.model_dump(mode="json") | {"statement": statement}
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return 0
    clauses = [
        f"- {one.text.en}{f' (or another of {one.group})' if one.group else ''}" for one in table.criterion
    ]
    head = f"{table.title} ({table.id}), in force from {table.in_force_from}"
    print("\n".join([head, *clauses, source(table), "", *statement]))
    return 0


def adopted(code: str, plan: str, on: date, pack: Pack) -> CriteriaTable:
    """The text in force. Raises Misuse where a person decides without one."""
    for table in pack.criteria_of(pack.plan_named(plan), on):
        if code in table.services:
            return table
    raise Misuse(f"code: no text of {plan} is in force for {code} on {on}; a person decides it.")
