"""Who pays first, as another case of the member hears it; a dispute hears whether codes 22 and 23 hold."""

import pytest

from domain.view.payers import who_pays
from tests.cobs import a_case, withdrawn
from tests.disputes import a_dispute, denied
from tests.families import plan

AGED = {"born": "1960-06-01", "medicare": {"enrolled": True}}
NOT_KNOWN = "who pays first is not known: ask the member before it is answered"


def coordination(weeks):
    of_work = plan("Plan X", covers_as="employee", weeks_last_year=weeks, weeks_this_year=0)
    return a_case(of_work, name="procare", **AGED)


@pytest.mark.parametrize(
    ("weeks", "payers", "follows"),
    [
        (
            30,
            2,
            "another pays first: it holds, and what that one left to the member is the most that is ours",
        ),
        (0, 2, "we pay first: it does not hold"),
        (None, 0, NOT_KNOWN),
    ],
)
@pytest.mark.parametrize("code", ["22", "23"])
def test_a_line_that_was_paid_less_for_another_payer_hears_whether_that_holds(weeks, payers, follows, code):
    dispute = a_dispute(lines=[denied(1, "45"), denied(2, code)])

    told = who_pays(dispute, [dispute, coordination(weeks)])

    assert (told.case, len(told.payers)) == ("COB-1", payers)
    assert told.lines == (f"line 2, CO-{code}: {follows}",)


def test_of_another_plan_or_of_a_case_that_has_closed_nothing_is_heard():
    dispute = a_dispute(lines=[denied(1, "22")])

    told = who_pays(dispute, [a_case(), withdrawn()])

    assert (told.case, told.payers, told.lines) == (None, (), (f"line 1, CO-22: {NOT_KNOWN}",))
