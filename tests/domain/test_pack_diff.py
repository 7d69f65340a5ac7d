"""Two packs are compared row by row: what came, what went, and which field of what stayed."""

from datetime import date

import pytest

from domain.policy.diff import Change, RowFate, differences
from domain.terms.people import Role
from tests.builders import pack

PACK = pack()
MRI = next(table for table in PACK.criteria if table.id == "lumbar-mri")


def with_rows(table, *rows):
    return PACK.model_copy(update={table: rows})


def changed(row, **fields):
    return row.model_copy(update=fields)


def test_a_pack_is_equal_to_itself():
    assert differences(PACK, PACK) == ()


@pytest.mark.parametrize("table", [name for name in type(PACK).model_fields if name != "content_hash"])
def test_the_order_of_rows_says_nothing(table):
    assert differences(PACK, with_rows(table, *reversed(getattr(PACK, table)))) == ()


def test_a_row_that_came_is_told_with_what_it_holds():
    first, *rest = PACK.rung

    [found] = differences(with_rows("rung", *rest), PACK)

    assert (found.table, found.row, found.fate) == ("rung", first.id, RowFate.ADDED)
    assert found.in_force_from == first.in_force_from
    assert Change(field="queue", before=None, after=first.queue) in found.changes


def test_a_row_that_went_is_told_with_what_it_held():
    first, *rest = PACK.rung

    [found] = differences(PACK, with_rows("rung", *rest))

    assert (found.row, found.fate) == (first.id, RowFate.REMOVED)
    assert Change(field="queue", before=first.queue, after=None) in found.changes


def test_a_field_that_changed_is_told_from_what_to_what():
    first, *rest = PACK.timeframe
    shorter = changed(first, span=changed(first.span, length=5))

    [found] = differences(PACK, with_rows("timeframe", shorter, *rest))

    assert (found.row, found.fate) == (first.id, RowFate.CHANGED)
    assert found.changes == (Change(field="span.length", before=first.span.length, after=5),)


def test_another_day_in_force_is_a_change_of_the_same_row():
    first, *rest = PACK.timeframe
    later = changed(first, in_force_from=date(2027, 1, 1))

    [found] = differences(PACK, with_rows("timeframe", *rest, later))

    assert found.in_force_from == date(2027, 1, 1)
    assert found.changes == (
        Change(field="in_force_from", before=f"{first.in_force_from}", after="2027-01-01"),
    )


def test_the_clauses_of_a_table_are_compared_one_by_one():
    first, *rest = MRI.criterion
    stricter = changed(MRI, criterion=(*rest, changed(first, at_least=8)))
    others = [table for table in PACK.criteria if table is not MRI]

    [found] = differences(PACK, with_rows("criteria", stricter, *others))

    assert found.changes == (Change(field=f"criterion.{first.id}.at_least", before=6, after=8),)


def test_rows_without_an_id_are_told_apart_by_the_day_they_begin():
    [choices] = PACK.choices
    next_year = changed(choices, in_force_from=date(2027, 1, 1), unlisted_valid_days=60)

    [found] = differences(PACK, with_rows("choices", choices, next_year))

    assert (found.row, found.fate) == ("2027-01-01", RowFate.ADDED)


def test_roles_are_a_set_whose_order_says_nothing():
    first, *rest = PACK.staff
    promoted = changed(first, roles=first.roles | {Role.SUPERVISOR})

    [found] = differences(PACK, with_rows("staff", promoted, *rest))

    [change] = found.changes
    assert (change.field, change.after) == ("roles", sorted(promoted.roles))
    assert found.in_force_from is None
