"""What a case hands to a step of its own, in the memory of the worker in which both run.

A step is told by a reference what it is about, so that no history holds it twice, and asks the case for it. Nearly
always both run in one process, and what the case held when it scheduled the step lies here: under its digest, which
history has with the step's input. So what was said in a task that was lost is never taken for what came to pass. A
step that finds nothing here, after a restart or in another worker, asks.
"""

from collections import OrderedDict
from typing import TypeVar

from domain.terms.frozen import Frozen

V = TypeVar("V", bound=Frozen)
MOST = 500
_held: OrderedDict[tuple[str, str], Frozen] = OrderedDict()


def give(run: str, digest: str, value: Frozen) -> None:
    """Lay a value down for a step of this run; what nobody takes is forgotten in its turn."""
    _held[run, digest] = value
    while len(_held) > MOST:
        _held.popitem(last=False)


def take(kind: type[V], run: str, digest: str) -> V | None:
    """The value of that digest, once; None where it was taken, or is not here."""
    value = _held.pop((run, digest), None)
    return value if isinstance(value, kind) else None
