"""What is paid second: at most what is left to the patient, within one's own limits, and with its papers."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain.payers.payment import missing_papers, shares
from tests.builders import pack
from tests.families import family, plan, told

FIRST, SECOND, THIRD = (
    plan("x", since="2001-01-01"),
    plan("mcs", since="2010-01-01"),
    plan("z", since="2020-01-01"),
)
CLAIM = {
    "charge": "79.04",
    "paid": "39.15",
    "adjustments": [
        {"group": "PR", "reason": "1", "amount": "21.89"},
        {"group": "PR", "reason": "2", "amount": "15.00"},
        {"group": "CO", "reason": "45", "amount": "3.00"},
    ],
}


def paid(*plans):
    claimed = {"claim": CLAIM}
    found = shares(told(*plans, **claimed), family(*plans, **claimed))
    return [(one.payer, one.at_most, one.pays) for one in found]


def test_the_contractual_part_is_nobodys_and_the_rest_is_the_most_that_is_left():
    assert paid(FIRST, SECOND) == [("mcs", Decimal("36.89"), None)]
    assert paid(FIRST, SECOND | {"would_pay": "60.00"}) == [("mcs", Decimal("36.89"), Decimal("36.89"))]


def test_within_its_own_limits_a_plan_pays_less_and_a_third_what_is_left_then():
    assert paid(FIRST, SECOND | {"would_pay": "30.00"}, THIRD | {"would_pay": "30.00"}) == [
        ("mcs", Decimal("36.89"), Decimal("30.00")),
        ("z", Decimal("6.89"), Decimal("6.89")),
    ]


def test_what_a_third_pays_is_unknown_while_the_second_is():
    assert [payer for payer, *_ in paid(FIRST, SECOND, THIRD | {"would_pay": "30.00"})] == ["mcs"]


def test_nothing_is_paid_second_without_its_papers():
    said = family(FIRST, claim=CLAIM | {"papers": ["claim_form", "explanation"]})

    assert missing_papers(said.claim, pack().payer_rows.on(said.on)) == ("receipts",)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"charge": "80.00"}, "it is not what was paid and adjusted together"),
        ({"charge": "-1.00"}, "greater than or equal to 0"),
        ({"paid": 39.15}, "write an amount as text"),
    ],
)
def test_an_explanation_that_does_not_add_up_is_refused(changed, rule):
    with pytest.raises(ValidationError, match=rule):
        family(FIRST, claim=CLAIM | changed)
