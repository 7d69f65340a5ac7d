"""The law of writing: nothing is written outside before the history has it.

A local activity runs inside a workflow task that may still be lost, together with the act that set it off. So it
only reads; a port that writes refuses it, whoever stands behind the port.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from temporalio import activity

P = TypeVar("P")
M = TypeVar("M", bound=Callable[..., Any])


def writes(method: M) -> M:
    """Mark a port's method as one that changes something outside."""
    method.writes = True  # type: ignore[attr-defined]
    return method


def lawful(port: P, protocol: Any) -> P:
    """The same port, whose writing methods refuse a local activity."""
    marked = {name for name, method in vars(protocol).items() if getattr(method, "writes", False)}
    return cast("P", _Lawful(port, marked))


class _Lawful:
    def __init__(self, port: Any, writing: set[str]) -> None:
        self._port = port
        self._writing = writing

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)
        return _refusing(method) if name in self._writing else method


def _refusing(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def written(*arguments: Any, **named: Any) -> Any:
        if activity.in_activity() and activity.info().is_local:
            raise RuntimeError(f"{method.__name__} writes: a local activity may only read")
        return method(*arguments, **named)

    return written
