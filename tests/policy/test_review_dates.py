"""When criteria and our own rows are to be reviewed."""

from datetime import date, timedelta

import pytest

from domain.policy.review_dates import reviews_due
from domain.terms.sourced import Trust
from tests.builders import pack

YEAR_AFTER = date(2026, 1, 1)  # the first criteria are in force from 2025-01-01


def criteria_due(day, the_pack=None):
    return [one for one in reviews_due(the_pack or pack(), day) if one.what == "criteria lumbar-mri"]


@pytest.mark.parametrize(("later", "is_due"), [(-1, False), (0, True), (1, True)])
def test_criteria_are_due_for_review_a_year_after_they_came_into_force(later, is_due):
    assert bool(criteria_due(YEAR_AFTER + timedelta(days=later))) == is_due


def test_criteria_that_were_reviewed_are_due_a_year_after_that():
    shipped = pack()
    tables = tuple(table.model_copy(update={"reviewed_on": YEAR_AFTER}) for table in shipped.criteria)
    reviewed = shipped.model_copy(update={"criteria": tables})

    assert not criteria_due(YEAR_AFTER, reviewed)
    assert criteria_due(date(2027, 1, 1), reviewed)


def test_law_is_not_ours_to_review():
    shipped = pack()
    law = tuple(row.model_copy(update={"standing": Trust.SOURCED}) for row in shipped.timeframe)
    ours = "our own rows of the table timeframe"

    for one, is_listed in ((shipped, True), (shipped.model_copy(update={"timeframe": law}), False)):
        assert (ours in {due.what for due in reviews_due(one, date(2100, 1, 1))}) == is_listed
