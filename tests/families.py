"""Families and coverages for the tests: whatever a test does not say is plain."""

from domain.payers.family import Family
from domain.payers.order import order_of
from tests.builders import pack

DAY = "2026-09-14"


def plan(id_, **said):
    """Somebody's own plan by work that they do, which coordinates."""
    plain = {"covers_as": "employee", "tie": "active", "has_rule": True, "retiree_rule": True}
    return {"id": id_, **plain, "birthday_rule": True, **said}


def of_child(id_, of, **said):
    return plan(id_, covers_as="child", of=of, **said)


def family(*coverages, **said):
    return Family.model_validate({"on": DAY, "born": "1980-06-01", **said, "coverages": coverages})


def told(*coverages, **said):
    """Who pays first, and by what."""
    asked = family(*coverages, **said)
    return order_of(asked, pack().payer_rows.on(asked.on))


def order(*coverages, **said):
    """The payers in their order; where it cannot be told, the fields that are missing."""
    found = told(*coverages, **said)
    return list(found.payers) if found.is_known else set(found.missing)


def clauses(*coverages, **said):
    return [step.clause.value for step in told(*coverages, **said).steps]
