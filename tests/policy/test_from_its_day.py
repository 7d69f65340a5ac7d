"""A newer row counts from its own day on, and not from the day before."""

from datetime import date, timedelta

import pytest

from domain.request.criteria import in_force
from domain.terms.notice import Recipient
from tests.builders import at, pack, policy

DAY = date(2037, 3, 2)
BEFORE = DAY - timedelta(days=1)


def newer(rows):
    """The rows, and of the first of them a newer one."""
    return (*rows, rows[0].model_copy(update={"in_force_from": DAY, "source": "newer"}))


def care_terms(day):
    care = pack().care
    return care.model_copy(update={"terms": newer(care.terms)}).terms_on(day)


def caller(day):
    rows = tuple(row for row in pack().caller if row.caller is Recipient.MEMBER)
    return pack().model_copy(update={"caller": newer(rows)}).caller_on(Recipient.MEMBER, day)


def choices(day):
    mine = policy()
    changed = mine.model_copy(update={"choices": newer(mine.choices)})
    return changed.choices_on(at(f"{day} 00:00 AST"))


def criteria(day):
    [*_, last] = [*in_force(newer(pack().criteria), day)]
    return last


def callback(day):
    mine = policy()
    return mine.model_copy(update={"callback": newer(mine.callback)}).callback_on(at(f"{day} 00:00 AST"))


@pytest.mark.parametrize("found", [care_terms, caller, choices, criteria, callback])
def test_a_newer_row_counts_from_its_own_day(found):
    assert found(DAY).source == "newer"
    assert found(BEFORE).source != "newer"
