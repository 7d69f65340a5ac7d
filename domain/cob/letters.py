"""What each letter about other coverage says: the facts that are fixed when it becomes owed. Days are ISO dates."""

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.cob.learned import ours
from domain.payers.family import MEDICARE
from domain.terms.people import Language, Words

if TYPE_CHECKING:
    from domain.cob.cob import CoordinationOfBenefits

Facts = dict[str, JsonValue]


def asked(
    case: "CoordinationOfBenefits", until: datetime | None, *, again: bool, language: Language
) -> Facts:
    """The facts that are missing, as questions; without any, whether anything has changed."""
    return {
        "questions": [question(case, field).in_language(language) for field in case.order.missing],
        "until": case.policy.calendar.day_of(until).isoformat() if until else None,
        "again": again,
    }


def question(case: "CoordinationOfBenefits", field: str) -> Words:
    """A missing field as people are asked for it: `coverages.mcs.tie` is `tie`, of `mcs`."""
    *path, name = field.split(".")
    asks = next((row.asks for row in case.rows.payer_question if row.id == name), Words(en=field))
    of = named(case, ".".join(path[1:]))
    return Words(en=asks.en.format(of=of), es=asks.es.format(of=of) if asks.es else None)


def ordered(case: "CoordinationOfBenefits", language: Language) -> Facts:
    """Who pays, in their order, and each step in the words of its clause."""
    policy = case.payers
    mine = ours(case.family)
    says = {row.id: row.says.in_language(language) for row in policy.clause}
    later = bool(case.order.payers) and case.order.payers[0] != mine
    return {
        "payers": [named(case, one) for one in case.order.payers],
        "reasons": [says[one.clause] for one in (*case.order.steps, *case.order.aside)],
        "papers": [row.title.in_language(language) for row in policy.paper] if later else [],
    }


def named(case: "CoordinationOfBenefits", coverage: str) -> str:
    """A coverage as its letter names it."""
    if coverage == ours(case.family):
        return case.policy.plan.name
    return "Medicare" if coverage == MEDICARE else coverage
