"""From a committee's vote into the pack: `plazo policy adopt`."""

import json
from datetime import date
from pathlib import Path

from client.reach.cases import Cases, cases
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber
from config import pack as packs
from domain.guideline.guideline import Guideline
from domain.request.criteria import CriteriaTable
from domain.terms.case_number import kind_of
from domain.terms.refusals import Misuse, Refused
from workflows.guideline import GuidelineWorkflow


async def adopt(case: CaseNumber, /, *, into: Path | None = None, acting: Acting = Acting()) -> int:
    """Write the row of a guideline into the pack, as it was voted, and nothing else. A copy is rehearsed first.

    For example:
        plazo policy adopt GUI-7K2M-9QXD-4HBT --into /srv/plazo/policy-next

    Parameters
    ----------
    case
        The case number.
    into
        The folder of a copy of the pack, for `plazo policy diff --cases`; the pack in use when left out.
    """
    folder = into or acting.settings.policy
    async with cases(acting.settings) as desk:
        row = await _row(desk, named(case, acting.settings))
    said = "stands there already" if is_written(row, folder) else "is written"
    print(f"{row.id} {said}, in force from {row.in_force_from}: {folder / 'criteria.toml'}")
    return 0


async def _row(desk: Cases, case: str) -> CriteriaTable:
    if kind_of(case) != Guideline.kind:
        raise Refused(f"{case} is a {kind_of(case)}; a row of the pack comes of a guideline")
    row = (await desk.see(case, GuidelineWorkflow.adoption)).row
    if row is None:
        raise Refused(f"{case} has no day yet from which it is in force, or is retired")
    return row


def is_written(row: CriteriaTable, folder: Path) -> bool:
    """Write the row at the end of its table; True where it stood there. A pack that it would spoil stays."""
    if there := next((one for one in packs.load(folder).criteria if one.id == row.id), None):
        if there == row:
            return True
        raise Misuse(f"text.id: the pack has another row {row.id}; a new text has a name of its own.")
    file = folder / "criteria.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before.rstrip()}\n\n{as_toml(row)}", encoding="utf-8")
    if faults := packs.check(folder):
        file.write_text(before, encoding="utf-8")
        raise Misuse(f"policy pack: {faults[0]}")
    return False


def as_toml(row: CriteriaTable) -> str:
    """The row and its clauses as the pack's file has them."""
    head = {name: getattr(row, name) for name in CriteriaTable.model_fields if name != "criterion"}
    clauses = [one.model_dump(mode="json", exclude_none=True) for one in row.criterion]
    tables = [_table("criteria", head), *(_table("criteria.criterion", one) for one in clauses)]
    return "\n".join(tables)


def _table(name: str, fields: dict[str, object]) -> str:
    said = [f"{field} = {_value(one)}" for field, one in fields.items() if one not in (None, ())]
    return "\n".join([f"[[{name}]]", *said, ""])


def _value(value: object) -> str:
    match value:
        case date():
            return value.isoformat()
        case dict():
            return f"{{ {', '.join(f'{name} = {_value(one)}' for name, one in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(_value(one) for one in value)}]"
        case _:
            return json.dumps(value, ensure_ascii=False)
