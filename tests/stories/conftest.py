"""Which stories are played: in `make test` a quarter of each file, always the same; everywhere else all of them."""

from itertools import groupby
from math import ceil
from pathlib import Path

import pytest

from tests.sampling import EVERY_STORY, sampled

LEFT_OUT = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    stories = [item for item in items if item.path.parent == Path(__file__).parent]
    for path, file in groupby(stories, key=lambda item: item.path):
        every = list(file)
        played = every if EVERY_STORY else sampled(every, ceil(len(every) / 4), seed=path.stem)
        for story in every:
            story.stash[LEFT_OUT] = story not in played


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.stash[LEFT_OUT]:
        pytest.skip("a quarter of the stories is played; `make test STORIES=all` plays all")
