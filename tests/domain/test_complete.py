"""The minimum that a request must hold: each item, and what shows it."""

import pytest
from pydantic import ValidationError

from domain.policy.rows import Requirement
from domain.review.complete import missing
from tests.builders import COMPLETE, a_case, a_document, a_line, a_request

NO_ORDER = {"order": None}


def asks_for(case, *items):
    """What is missing where these items are asked for, each on a row of its own."""
    row = case.policy.requirement[0]
    rows = tuple(Requirement.model_validate(row.model_dump() | {"id": one}) for one in items)
    case.policy = case.policy.model_copy(update={"requirement": rows})
    return [one.id for one in missing(case)]


@pytest.mark.parametrize("born", ["1957-04-02", "2037-03-02"])
def test_somebody_may_be_born_on_the_day_of_the_request_and_not_after_it(born):
    assert str(a_request(member={"birth_date": born}).member.birth_date) == born
    with pytest.raises(ValidationError, match="birth_date"):
        a_request(member={"birth_date": "2037-03-03"})


@pytest.mark.parametrize(
    ("item", "lacks", "shows"),
    [
        ("referral", {}, [{"referral": "REF-4471"}, {"documents": (a_document("r", "referral"),)}]),
        ("medical_order", NO_ORDER, [{}, NO_ORDER | {"documents": (a_document("o", "medical_order"),)}]),
        ("clinical_justification", NO_ORDER, [{}, NO_ORDER | {"documents": (a_document("n"),)}]),
        ("previous_studies", {"documents": ()}, [{"documents": COMPLETE}]),
        ("contract_number", {"member": {"contract_number": None}}, [{}]),
        (
            "diagnosis",
            {"lines": [a_line(1, "72148"), a_line(2, "72148") | {"diagnoses": []}]},
            [{"lines": [a_line(1, "72148"), a_line(2, "72148")]}],
        ),
    ],
)
def test_an_item_is_missing_until_the_form_or_a_paper_shows_it(item, lacks, shows):
    assert asks_for(a_case(**lacks), item) == [item]
    for facts in shows:
        assert asks_for(a_case(**facts), item) == []
