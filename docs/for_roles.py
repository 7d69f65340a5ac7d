"""Roles that a command is for: found in the acts that its code says, and in the rows that those take."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

import plazo
from domain.case.acts import Act
from domain.case.authority import TABLE
from domain.terms.people import Role
from domain.view.kinds import CASES
from workflows.acts.updates import updates_of

HEAD = '''\
"""Roles that a command is for, where it is not for all; made by `python -m docs.generate`."""

FOR_ROLES = {
'''
SERVES_ALL = "client.reach."  # its functions bring the acts of every command to a case


def for_roles_module() -> str:
    rows = (f'    "{words}": "{" ".join(sorted(roles))}",\n' for words, roles in for_roles().items())
    return f"{HEAD}{''.join(rows)}}}\n"


def for_roles() -> dict[str, frozenset[Role]]:
    """The roles of which a command needs one; commands of which anybody may do something are left out."""
    people = frozenset(Role) - {Role.SYSTEM}
    found = {words: _roles_of(module, words) & people for _, module, words, _ in plazo.commands()}
    return {words: roles for words, roles in found.items() if roles and roles != people}


def _roles_of(module: str, words: str) -> frozenset[Role]:
    function = getattr(import_module(module), plazo.function_of(words.rsplit(maxsplit=1)[-1]))
    return frozenset(role for act in {*_acts_of(function, set())} for role in may_say(act))


def may_say(act: type[Act[Any]]) -> frozenset[Role]:
    """Whoever may say this act to a case of one kind or another."""
    hearing = [row.case for kind, row in CASES.items() if act in updates_of(kind)]
    rows = {case.act_names.get(act.act_name, act.act_name) for case in hearing}
    roles = frozenset(role for name in rows for role in TABLE[name].roles)
    return roles & {role for name in act.one_of for role in TABLE[name].roles} if act.one_of else roles


def _acts_of(function: FunctionType, seen: set[FunctionType]) -> Iterator[type[Act[Any]]]:
    """The acts that a function names, or that one names on which it calls."""
    if function in seen:
        return
    seen.add(function)
    names = [name for code in _codes(function.__code__) for name in code.co_names]
    things = [function.__globals__.get(name) for name in names]
    within = [getattr(thing, name, None) for thing in filter(inspect.ismodule, things) for name in names]
    for thing in (*things, *within):
        if inspect.isclass(thing) and issubclass(thing, Act):
            yield thing
        elif inspect.isfunction(thing) and _is_of_a_command(thing.__module__):
            yield from _acts_of(thing, seen)


def _is_of_a_command(module: str) -> bool:
    return module.startswith("client.") and not module.startswith(SERVES_ALL)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)
