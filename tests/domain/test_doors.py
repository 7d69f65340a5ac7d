"""Requests at the door: of which kind one is, by the field that only such have."""

import pytest

from domain.review.assessed import AssessedCase
from domain.review.precertification import Precertification
from domain.view.kinds import CASES, cases_of, kind_asked_for
from tests.builders import a_request

DOORS = {name: row.door for name, row in CASES.items() if row.door}


def test_every_kind_of_request_but_the_plain_one_has_a_door_with_a_field_of_its_own():
    assert set(DOORS) == set(cases_of(AssessedCase)) - {Precertification.kind}
    assert len({door.field for door in DOORS.values()}) == len(DOORS)


@pytest.mark.parametrize("kind", DOORS)
def test_a_request_is_of_the_kind_whose_field_it_has(kind):
    field = DOORS[kind].field

    assert kind_asked_for(a_request()) == Precertification.kind
    assert kind_asked_for(a_request().model_copy(update={field: "said"})) == kind
