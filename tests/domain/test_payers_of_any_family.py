"""Who pays first in families drawn by lot: one clause each, no year of birth, never more than there is to pay."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.payers.family import Family
from domain.payers.order import order_of
from domain.payers.payment import shares
from domain.payers.rows import ClauseId
from tests.builders import pack
from tests.families import family, of_child, plan

POLICY = pack().payer_rows.on(family(plan("mcs")).on)
days = st.dates(min_value=family(plan("mcs")).born, max_value=family(plan("mcs")).on)
maybe = st.sampled_from([None, True, False])
money = st.integers(0, 20_000).map(lambda count: str(Decimal(count) / 100))
coverages = st.fixed_dictionaries(
    {
        "covers_as": st.sampled_from(["employee", "spouse", "child", "optional_dependant"]),
        "of": st.sampled_from(["ana", "luis", "rosa", None]),
        "tie": st.sampled_from(["active", "retired", "laid_off", "continuation", "individual", None]),
        "tie_since": st.none() | days.map(str),
        "since": st.none() | days.map(str),
        "has_rule": maybe,
        "retiree_rule": maybe,
        "birthday_rule": maybe,
        "weeks_last_year": st.sampled_from([None, 0, 19, 20]),
        "weeks_this_year": st.sampled_from([None, 0, 20]),
        "typical_day_last_year": st.sampled_from([None, 99, 100]),
        "would_pay": st.none() | money,
    }
)
people = st.fixed_dictionaries(
    {
        "live_together": maybe,
        "no_decree": st.just(True),
        "custody": st.sampled_from([None, "ana", "both"]),
        "both": st.tuples(days, days).map(
            lambda born: [
                {"id": "ana", "born": str(born[0]), "spouse": "rosa"},
                {"id": "luis", "born": str(born[1])},
            ]
        ),
    }
)
medicare = st.none() | st.fixed_dictionaries(
    {
        "enrolled": st.booleans(),
        "disability_since": st.none() | days.map(str),
        "dialysis_began": st.none() | days.map(str),
    }
)
families = st.builds(
    lambda drawn, born, **said: family(
        *({"id": f"p{number}", **one} for number, one in enumerate(drawn)), born=str(born), **said
    ),
    st.lists(coverages, min_size=1, max_size=4),
    days,
    parents=st.none() | people,
    medicare=medicare,
)


@settings(deadline=None)
@given(families)
def test_every_answer_cites_one_clause_and_nobody_is_forgotten(asked):
    told = order_of(asked, POLICY)

    every = [*told.payers, *told.undecided, *(one.coverage for one in told.aside)]
    assert sorted(set(every) - {"medicare"}) == [one.id for one in asked.coverages]
    assert len(set(every)) == len(every)
    assert [(step.first, step.then) for step in told.steps] == [
        *zip(told.payers, told.payers[1:], strict=False)
    ]
    assert all(step.clause in set(ClauseId) for step in told.steps)
    assert bool(told.undecided) or not told.missing


@settings(deadline=None)
@given(families, st.randoms())
def test_the_order_of_the_file_decides_nothing(asked, lot):
    mixed = list(asked.coverages)
    lot.shuffle(mixed)
    again = order_of(asked.model_copy(update={"coverages": tuple(mixed)}), POLICY)

    assert again.payers == order_of(asked, POLICY).payers


@settings(deadline=None)
@given(st.tuples(days, days), st.tuples(st.integers(1901, 2010), st.integers(1901, 2010)))
def test_a_parents_year_of_birth_changes_nothing(born, years):
    def first(*days_of_birth):
        both = [{"id": name, "born": day} for name, day in zip(("ana", "luis"), days_of_birth, strict=True)]
        plans = of_child("a", "ana", since="2020-01-01"), of_child("b", "luis", since="2021-01-01")
        asked = family(*plans, born="2020-06-01", parents={"both": both, "live_together": True})
        return order_of(asked, POLICY)

    others = [
        f"{year if day.month != 2 else 2004}-{day:%m-%d}" for day, year in zip(born, years, strict=True)
    ]
    assert first(*map(str, born)) == first(*others)


@settings(deadline=None)
@given(families, st.tuples(money, money, money, money))
def test_another_plan_never_makes_the_total_more_than_is_allowed(asked, amounts):
    paid, deductible, coinsurance, contractual = (Decimal(amount) for amount in amounts)
    claim = {
        "charge": str(paid + deductible + coinsurance + contractual),
        "paid": str(paid),
        "adjustments": [
            {"group": "PR", "reason": "1", "amount": str(deductible)},
            {"group": "PR", "reason": "2", "amount": str(coinsurance)},
            {"group": "CO", "reason": "45", "amount": str(contractual)},
        ],
    }
    claimed = Family.model_validate(asked.model_dump(mode="json") | {"claim": claim})

    second = shares(order_of(claimed, POLICY), claimed)

    known = sum((one.pays or 0 for one in second), Decimal(0))
    assert paid + known <= paid + deductible + coinsurance
    assert all(one.pays is None or 0 <= one.pays <= one.at_most for one in second)
