"""Every act that anybody can do to a case of any kind."""

from collections.abc import Iterator

from domain.case.acts import Act
from workflows.kinds import WORKFLOWS

assert WORKFLOWS  # with them every act is loaded


def every_act() -> set[type[Act]]:
    return {*_kinds_of(Act)}


def _kinds_of(act: type[Act]) -> Iterator[type[Act]]:
    for one in act.__subclasses__():
        yield from (one, *_kinds_of(one))
