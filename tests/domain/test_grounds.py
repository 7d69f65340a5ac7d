"""Which reason a kind of case bears: none for services elsewhere, none for what was asked in time."""

import pytest

from domain.request.determination import ReasonClass
from domain.terms.refusals import Refused
from tests import concurrents, retrospectives, standings
from tests.builders import a_case, pack

ELSEWHERE = [row for row in pack().reason if row.reason_class is ReasonClass.AVAILABILITY]
UNASKED = [row for row in pack().reason if row.unasked]
KINDS = [a_case, retrospectives.a_review, concurrents.a_review, standings.a_referral]


@pytest.mark.parametrize("made", KINDS, ids=["precertification", "retrospective", "concurrent", "standing"])
@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        (ELSEWHERE, "is for services in the United States"),
        (UNASKED, "is for what should have been asked and was not"),
    ],
    ids=["elsewhere", "unasked"],
)
def test_what_a_kind_does_not_bear_is_no_reason_in_it(made, reasons, sentence):
    assert reasons
    for reason in reasons:
        with pytest.raises(Refused, match=sentence):
            made().check_ground(reason)
