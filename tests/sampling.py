"""Heavy checks: a seeded sample of them in `make test`, and all of them where `PLAZO_PROVE=1` (`make prove`).

What needs a server of Temporal, stories and whatever is done in a running installation, is left out by `make test`
alone, but for a quarter of each file (`PLAZO_TESTS=some`): whoever runs pytest runs all they name.
"""

import os
import random
from collections.abc import Iterable
from itertools import groupby
from math import ceil
from typing import TypeVar

import pytest

PROVE = os.environ.get("PLAZO_PROVE") == "1"
EVERY_TEST = PROVE or os.environ.get("PLAZO_TESTS") != "some"

T = TypeVar("T")

_STARTED = {"Installation", "Guarded", "EmbeddedServer", "Weather", "a_house"}
"""By these names a file gets a server of its own."""


def sampled(rows: Iterable[T], most: int, seed: object = 7) -> list[T]:
    """So many of the rows, the same in each run, in their order."""
    every = list(rows)
    if PROVE or most >= len(every):
        return every
    return [every[place] for place in sorted(random.Random(str(seed)).sample(range(len(every)), most))]


def left_out(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Of what needs a server, all but a quarter of each file, always the same."""
    if EVERY_TEST:
        return set()
    left: set[pytest.Item] = set()
    for path, needing in groupby(filter(_needs_a_server, items), key=lambda item: item.path):
        every = list(needing)
        left.update(set(every) - set(sampled(every, ceil(len(every) / 4), seed=path.stem)))
    return left


def _needs_a_server(item: pytest.Item) -> bool:
    assert isinstance(item, pytest.Function)
    starts_its_own = _STARTED & vars(item.module).keys()
    return bool(starts_its_own) or not {"env", "installation"}.isdisjoint(item.fixturenames)
