"""What somebody put back rests before it is handed to that person again; others may have it at once."""

from datetime import time, timedelta

import pytest

from domain.case.keeping import keep_appointments
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


def test_what_is_still_with_somebody_when_the_day_ends_waits_for_everybody_again():
    case = a_case_in_review()
    [row] = case.policy.choices
    choices = (row.model_copy(update={"work_goes_back_at": time(19)}),)
    case.policy = case.policy.model_copy(update={"choices": choices})
    evening = case.policy.calendar.at(RECEIVED.date(), time(19))
    Claim(actor=staff("rn-rivera")).apply(case, RECEIVED)

    keep_appointments(case, evening - SECOND)
    assert [work.assignee for work in case.work.open] == ["rn-rivera"]
    keep_appointments(case, evening + HOUR)

    assert [work.assignee for work in case.work.open] == [None]
    event = case.log.events[-1]
    assert (event.words, event.at) == ("nurse-review put back: rn-rivera had it when the day ended", evening)
    Claim(actor=staff("rn-rivera"), as_next=True).check(case, evening + HOUR)
