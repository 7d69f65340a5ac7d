"""The rows of the order of payers: every clause has one, in both languages, and law goes before the plan's page."""

import pytest

from config.checks.pack import cross_checks
from domain.payers.rows import ClauseId
from domain.terms.refusals import Misuse
from tests.builders import pack
from tests.families import DAY, family, plan


def faults_with(clauses):
    changed = pack().model_copy(update={"payer_clause": tuple(clauses)})
    return [(one.row, one.field) for one in cross_checks(changed) if one.table == "payer_clause"]


def test_the_shipped_clauses_have_no_fault_and_can_be_told_in_both_languages():
    assert faults_with(pack().payer_clause) == []
    assert all(row.says.es for row in pack().payer_clause)
    assert all(row.title.es for row in pack().secondary_paper)


def test_a_clause_without_a_row_or_without_its_place_is_named():
    first, *others = pack().payer_clause

    assert faults_with(others) == [(first.id, "id")]
    assert faults_with([first.model_copy(update={"rank": None}), *others]) == [(first.id, "rank")]


def test_before_a_clause_those_of_a_lower_rank_were_asked_and_decided_nothing():
    rows = pack().payer_rows.on(family(plan("mcs"), on=DAY).on)
    ranked = [row.id for row in rows.between_plans]
    unranked = next(row.id for row in rows.clause if row.rank is None)

    assert [rows.silent_before(one) for one in ranked] == [
        tuple(ranked[:place]) for place in range(len(ranked))
    ]
    assert rows.silent_before(unranked) == ()


def test_the_newer_row_of_a_clause_counts_from_its_day_and_before_any_row_nothing_is_told():
    day = family(plan("mcs"), on=DAY).on
    newer = pack().payer_clause[0].model_copy(update={"in_force_from": day, "source": "newer"})
    changed = pack().model_copy(update={"payer_clause": (newer, *pack().payer_clause)})

    assert changed.payer_rows.on(day).named(newer.id).source == "newer"
    assert changed.payer_rows.on(day.replace(day=1)).named(newer.id).source != "newer"
    with pytest.raises(Misuse, match="who pays first on 2024-01-01"):
        pack().payer_rows.on(day.replace(2024, 1, 1))


def test_what_the_page_says_against_law_stands_beside_the_clauses_of_law():
    assert {row.id for row in pack().payer_statement} >= {"under-64", "always-primary", "over-65"}
    assert all(set(row.of) <= set(ClauseId) for row in pack().payer_statement)
