"""Heavy checks: a seeded sample of them in `make test`, and all of them where `PLAZO_PROVE=1` (`make prove`).

Of the stories only `make test` leaves some out (`PLAZO_STORIES=some`): whoever runs pytest plays all they name.
"""

import os
import random
from collections.abc import Iterable
from typing import TypeVar

PROVE = os.environ.get("PLAZO_PROVE") == "1"
EVERY_STORY = PROVE or os.environ.get("PLAZO_STORIES") != "some"

T = TypeVar("T")


def sampled(rows: Iterable[T], most: int, seed: object = 7) -> list[T]:
    """So many of the rows, the same in each run, in their order."""
    every = list(rows)
    if PROVE or most >= len(every):
        return every
    return [every[place] for place in sorted(random.Random(str(seed)).sample(range(len(every)), most))]
