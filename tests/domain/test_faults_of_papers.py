"""What is brought to the door and does not hold together: each fault in one sentence, with its field."""

from functools import partial

import pytest
from pydantic import ValidationError

from domain.payers.family import Claim, Expected, Medicare, Parents
from domain.program.plan import Goals
from domain.request.request import Request
from tests import cobs, committees
from tests.appealing import NIECE, an_appeal
from tests.builders import a_document, a_request, at
from tests.cares import ULCER, a_referral
from tests.disputes import a_filing, a_line
from tests.families import family, plan
from tests.grievances import a_complaint

appeal = partial(an_appeal, "PRE-1", at("2037-03-02 09:00 AST"))
TWICE = {"documents": [a_document().model_dump(mode="json")] * 2}
EACH_DOCUMENT = "documents: each document has an id of its own"
ANA, LUIS = {"id": "ana", "born": "1980-01-01"}, {"id": "luis", "born": "1981-01-01"}
OF_ANA = {"both": [ANA, LUIS]}
A_CLAIM = {"charge": "10.00", "paid": "4.00"}


def request(**changes):
    return Request.model_validate(a_request().model_dump(mode="json") | changes)


def learned(**changes):
    return type(cobs.learned()).model_validate(cobs.learned().model_dump(mode="json") | changes)


FAULTS = [
    (request, TWICE, EACH_DOCUMENT),
    (appeal, TWICE, EACH_DOCUMENT),
    (appeal, {"by": "representative"}, "representative: named where a representative appeals"),
    (appeal, NIECE | {"by": "member"}, "representative: named where a representative appeals"),
    (a_filing, TWICE, EACH_DOCUMENT),
    (a_filing, {"lines": [a_line(1), a_line(1)]}, "lines: each line has a sequence of its own"),
    (a_complaint, TWICE, EACH_DOCUMENT),
    (learned, TWICE, EACH_DOCUMENT),
    (a_referral, TWICE, EACH_DOCUMENT),
    (a_referral, {"indicators": ["skin-care", "skin-care"]}, "indicators: each is named once"),
    (committees.draft, TWICE, EACH_DOCUMENT),
    (committees.proposal, TWICE, EACH_DOCUMENT),
    (Goals, {"goals": [ULCER, ULCER]}, "goals: each goal has an id of its own"),
    (Parents, {"both": [ANA, ANA]}, "both: each parent has an id of their own"),
    (Parents, OF_ANA | {"custody": "rosa"}, "custody, decree.responsible: a parent by the id in both"),
    (Parents, OF_ANA | {"decree": {"responsible": "rosa"}}, "custody, decree.responsible: a parent by the"),
    (Parents, OF_ANA | {"decree": {}, "no_decree": True}, "no_decree: there is one"),
    (Medicare, {"dialysis_ended": "2026-01-01"}, "dialysis_ended: it did not begin before"),
    (
        Medicare,
        {"dialysis_began": "2026-01-02", "dialysis_ended": "2026-01-01"},
        "dialysis_ended: it did not begin before",
    ),
    (Medicare, {"home_training_began": "2026-01-01"}, "home_training_began: dialysis_began is missing"),
    (Medicare, {"admitted_for_transplant": "2026-01-01"}, "admitted_for_transplant: it is not before"),
    (
        Medicare,
        {"admitted_for_transplant": "2026-01-02", "transplant": "2026-01-01"},
        "admitted_for_transplant: it is not before",
    ),
    (Expected, {"on": "2026-01-01", "what": "retirement"}, "coverage: whose holder retires"),
    (Expected, {"on": "2026-01-01", "what": "divorce", "coverage": "mcs"}, "coverage: whose holder retires"),
    (Claim, A_CLAIM, "charge: it is not what was paid and adjusted together"),
    (
        Claim,
        A_CLAIM
        | {
            "adjustments": [
                {"group": "PR", "reason": "1", "amount": "-1.00"},
                {"group": "CO", "reason": "45", "amount": "7.00"},
            ]
        },
        "adjustments: less than nothing is left to the patient",
    ),
    (partial(family, plan("mcs")), {"born": "2026-09-15"}, "born: nobody is covered before they are born"),
    (partial(family, plan("mcs"), plan("mcs")), {}, "coverages: each has an id of its own"),
    (partial(family, plan("medicare")), {}, "coverages: each has an id of its own, Medicare a field"),
    (partial(family, plan("mcs", own_rule_first="x")), {}, "own_rule_first, expected: name a coverage"),
    (
        partial(family, plan("mcs")),
        {"expected": [{"on": "2026-10-01", "what": "retirement", "coverage": "x"}]},
        "own_rule_first, expected: name a coverage",
    ),
]
SOUND = [
    (Parents, OF_ANA | {"custody": "both", "decree": {"responsible": "luis"}}),
    (Medicare, {"dialysis_began": "2026-01-01", "dialysis_ended": "2026-01-01"}),
    (Medicare, {"admitted_for_transplant": "2026-01-01", "transplant": "2026-01-01"}),
    (Claim, {"charge": "10.00", "paid": "10.00"}),
    (partial(family, plan("mcs")), {"born": "2026-09-14"}),
]
MEDICARE = {Medicare: {"enrolled": True}}


@pytest.mark.parametrize(("brought", "changes", "words"), FAULTS)
def test_what_does_not_hold_together_is_refused_with_its_field(brought, changes, words):
    with pytest.raises(ValidationError) as refused:
        brought(**MEDICARE.get(brought, {}), **changes)
    assert words in str(refused.value)


@pytest.mark.parametrize(("brought", "changes"), SOUND)
def test_what_just_holds_together_is_taken(brought, changes):
    assert brought(**MEDICARE.get(brought, {}), **changes)
