"""What somebody put back rests before it is handed to that person again; others may have it at once."""

from datetime import timedelta

import pytest

from domain.desk.desk import Claim, Release
from domain.terms.refusals import Refused
from tests.builders import staff
from tests.records.pages import RECEIVED, a_case_in_review, taken

PUT_BACK = RECEIVED + timedelta(hours=2)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def case():
    case = taken(a_case_in_review(), "rn-rivera")
    Release(actor=staff("rn-rivera")).apply(case, PUT_BACK)
    return case


def is_handed_out(case, who, at) -> bool:
    try:
        Claim(actor=staff(who), queue="nurse-review", as_next=True).check(case, at)
    except Refused as refused:
        return "put back by Carmen Rivera a moment ago" not in str(refused)
    return True


def test_it_rests_for_an_hour_and_for_that_person_alone(case):
    assert not is_handed_out(case, "rn-rivera", PUT_BACK)
    assert not is_handed_out(case, "rn-rivera", PUT_BACK + HOUR - SECOND)
    assert is_handed_out(case, "rn-rivera", PUT_BACK + HOUR)
    assert is_handed_out(case, "rn-colon", PUT_BACK)


def test_whoever_names_it_has_it_at_once(case):
    Claim(actor=staff("rn-rivera")).check(case, PUT_BACK)
