"""Requests for what was given already, valid by default."""

from datetime import datetime
from typing import Any

from domain.request.request import Request
from domain.review.retrospective import Retrospective
from tests.builders import a_request, at, policy

RECEIVED = at("2037-11-20 09:30 AST")


def given(**changes: Any) -> Request:
    """A chest CT of 3 October, asked about on 20 November."""
    fields: dict[str, Any] = {
        "received_at": RECEIVED,
        "service": "71260",
        "from_day": "2037-10-03",
        "unasked": "could_not_ask",
    }
    return a_request(**(fields | changes))


def a_review(plan: str = "mcs-classicare", **changes: Any) -> Retrospective:
    request = given(plan=plan, **changes)
    received: datetime = request.received_at
    rules = policy(plan, received.year, request.services, Retrospective.kind)
    return Retrospective.received("RET-2222-2222-2222", "member", rules, request, now=received)
