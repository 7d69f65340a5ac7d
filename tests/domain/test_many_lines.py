"""What a dispute costs grows as its lines do, and no faster: work is counted, not timed."""

import pytest

from benchmarks.many_lines import measured

FEW, TWICE = 60, 120


@pytest.fixture(scope="module")
def work():
    measured(2)  # the first time, models are built
    return measured(FEW), measured(TWICE)


def test_a_clock_that_lines_share_is_folded_as_often_for_many_as_for_few(work):
    few, many = work

    assert {step: done.folds for step, done in few.items()} == {
        step: done.folds for step, done in many.items()
    }


def test_twice_the_lines_are_about_twice_the_work(work):
    few, many = work
    dearer = {step: many[step].calls / few[step].calls for step in few}

    assert {step: growth for step, growth in dearer.items() if growth > 2.1} == {}
