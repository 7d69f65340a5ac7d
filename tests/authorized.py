"""Authorizations without an engine."""

import pytest

from domain.authorization.authorization import LiveAuthorization
from domain.case.keeping import come_to_rest
from domain.determination.decisions import Approve
from domain.review import issuing
from domain.terms.people import SYSTEM
from domain.terms.refusals import Refused
from tests.builders import a_case, a_request, at, staff

PROVIDER = {"name": "Luis Ortiz MD", "npi": "1234567893"}
ISSUED = at("2037-03-02 19:00 AST")


def an_approved_case(**facts):
    case = a_case(a_request(**facts))
    Approve(actor=staff("rn-rivera")).apply(case, ISSUED)
    come_to_rest(case, ISSUED)
    return case


def an_authorization(**facts):
    """A lumbar MRI, good from April 1st through May 31st."""
    case = an_approved_case(**facts)
    [permit] = case.authorizations
    issued = issuing.issued(case, permit, ISSUED)
    return LiveAuthorization.begun(issued, now=ISSUED)


def does(leave, now, who, act, **words):
    said = act(actor=SYSTEM if who == "plazo" else staff(who), **words)
    said.refuse_unless_allowed(leave, now)
    said.apply(leave, now)
    leave.settle(now)
    return leave


def refusal(leave, now, who, act, **words):
    with pytest.raises(Refused) as refused:
        does(leave.model_copy(deep=True), now, who, act, **words)
    return str(refused.value)


def read_in(language, **facts):
    provider = PROVIDER | {"language": language}
    return an_authorization(member={"language": language}, requesting_provider=provider, **facts)
