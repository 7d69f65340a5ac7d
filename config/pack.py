"""Reading the policy pack: `policy/*.toml`, one file per table, checked before anything lives by it.

A fault is one line, `file, row, field: rule`, and never repeats what the file holds.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from config.checks.faults import Fault
from config.checks.letters import templates_are_there
from config.checks.pack import cross_checks
from domain.policy.pack import Pack
from domain.terms.refusals import Misuse

SHIPPED = Path(__file__).parent.parent / "policy"
"""The pack that comes with Plazo."""

Tables = dict[str, list[dict[str, Any]]]


def load(folder: Path = SHIPPED) -> Pack:
    """The pack in `folder`. Raises Misuse with the first fault, if there is any."""
    pack, faults = _examine(folder)
    if pack is None or faults:
        raise Misuse(f"policy pack: {faults[0]}")
    return pack


def check(folder: Path = SHIPPED) -> list[str]:
    """Every fault that can be found at once; an empty list is a pack that can be lived by."""
    return _examine(folder)[1]


def _examine(folder: Path) -> tuple[Pack | None, list[str]]:
    """The pack, where it can be built, and its faults. Cross checks wait until every row is well-formed."""
    tables, files, faults = _read(folder)
    if not faults:
        faults += [
            Fault(f"{name}.toml", "the whole table", name, "the pack needs this table")
            for name in _row_models()
            if name not in tables and Pack.model_fields[name].is_required()
        ]
    faults += [fault for name, rows in tables.items() for fault in _malformed(name, rows)]
    if faults:
        return None, [fault.in_file(files) for fault in faults]

    pack = Pack.model_validate({**tables, "content_hash": _hash(tables)})
    found = [*cross_checks(pack), *templates_are_there(pack, folder)]
    return pack, [fault.in_file(files) for fault in found]


@cache
def _row_models() -> dict[str, TypeAdapter[Any]]:
    """Each table of the Pack with what checks one of its rows."""
    return {
        name: TypeAdapter(get_args(field.annotation)[0])
        for name, field in Pack.model_fields.items()
        if name != "content_hash"
    }


def _read(folder: Path) -> tuple[Tables, dict[str, str], list[Fault]]:
    """The tables by name, the file that each came from, and what could not be read."""
    tables: Tables = {}
    files: dict[str, str] = {}
    faults: list[Fault] = []
    known = _row_models()
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        faults.append(Fault("*.toml", "the whole folder", "tables", "there are no policy tables here"))
    for path in paths:
        content, unreadable = _parse(path)
        faults += unreadable
        for name, rows in content.items():
            if name not in known:
                faults.append(
                    Fault(path.name, name, name, f"no table has this name; known: {', '.join(known)}")
                )
            elif name in tables:
                faults.append(Fault(path.name, name, name, f"this table is already in {files[name]}"))
            elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                faults.append(Fault(path.name, name, name, f"rows are written as [[{name}]]"))
            else:
                tables[name], files[name] = rows, path.name
    return tables, files, faults


def _parse(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except tomllib.TOMLDecodeError as error:
        return {}, [Fault(path.name, "the whole file", "syntax", f"this is not TOML: {_place(str(error))}")]
    except UnicodeDecodeError:
        return {}, [Fault(path.name, "the whole file", "syntax", "this is not UTF-8 text")]
    except OSError as error:
        return {}, [Fault(path.name, "the whole file", "file", f"it cannot be read ({error.strerror})")]


def _place(message: str) -> str:
    """Where the syntax breaks, without what stands there."""
    return message[message.rfind("(") + 1 :].rstrip(")")


def _malformed(table: str, rows: list[dict[str, Any]]) -> Iterator[Fault]:
    """What pydantic finds wrong in the rows of one table, and an id that two rows share."""
    adapter = _row_models()[table]
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id", f"{table} {number}"))
        if name in seen:
            yield Fault(table, name, "id", "another row has this id")
        seen.add(name)
        try:
            adapter.validate_python(row)
        except ValidationError as error:
            for wrong in error.errors(include_input=False, include_url=False):
                field = ".".join(str(part) for part in wrong["loc"]) or "the row"
                yield Fault(table, name, field, _rule(wrong))


def _rule(wrong: Mapping[str, Any]) -> str:
    """The rule that a value breaks, in pydantic's words or, where the model has its own sentence, in that."""
    sentence = str(wrong["msg"]).removeprefix("Value error, ")
    plain = {"missing": "this field is needed", "extra_forbidden": "no field has this name"}
    return plain.get(wrong["type"], sentence)


def _hash(tables: Tables) -> str:
    """The version's name: the same tables give the same hash, whatever their files, comments and spacing."""
    canonical = json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return sha256(canonical.encode()).hexdigest()
