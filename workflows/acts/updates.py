"""Which update of a case hears an act: read off the workflows of its kind, for everybody who speaks to a case."""

import inspect
from functools import cache
from typing import Any, get_type_hints

from temporalio import workflow

from domain.case.acts import Act
from domain.terms.case_number import a_kind, kind_of
from domain.terms.refusals import Refused
from workflows.kinds import WORKFLOWS


@cache
def updates_of(kind: str) -> dict[type[Act[Any]], Any]:
    """The updates of a case kind, by the act that each hears."""
    members = inspect.getmembers(WORKFLOWS[kind])
    updates = (one for _, one in members if isinstance(one, workflow.UpdateMethodMultiParam))
    return {get_type_hints(update)["act"]: update for update in updates}


def update_for(case: str, act: type[Act[Any]]) -> Any:
    """The update that hears this act. Refused where cases of that kind do not know it."""
    if update := updates_of(kind_of(case)).get(act):
        return update
    hearing = {kind: updates_of(kind)[act] for kind in WORKFLOWS if act in updates_of(kind)}
    name = next(iter(hearing.values())).__name__.replace("_", "-")
    raise Refused(f"{case} is {a_kind(case)}; {name} is for {' or '.join(hearing)} cases")
