"""Whether committees are as the law wants them, each change has its row, and a text replaces one that there is."""

from collections.abc import Iterator

from config.checks.faults import Fault
from domain.committee.rows import Change, Committee
from domain.policy.pack import Pack


def committees_can_vote(pack: Pack) -> Iterator[Fault]:
    """A utilization management committee has the members that 42 CFR 422.137(c) wants (unverified)."""
    for row in pack.committee:
        if row.utilization_management:
            yield from (Fault("committee", row.id, "seat", rule) for rule in _lacking(row))
        if len({one.id for one in row.seat}) < len(row.seat):
            yield Fault("committee", row.id, "seat", "each member sits there once")
    for change in Change:
        if pack.committee and change not in {row.change for row in pack.change_rule}:
            yield Fault("change_rule", change.value, "change", "each change has a row")
    known = {table.id for table in pack.criteria}
    for table in pack.criteria:
        if table.replaces and (table.replaces not in known or table.replaces == table.id):
            yield Fault("criteria", table.id, "replaces", "no other criteria have this id")


def _lacking(row: Committee) -> Iterator[str]:
    physicians = [one for one in row.seat if one.practising_physician]
    if 2 * len(physicians) <= len(row.seat):
        yield "more than half are practising physicians"
    if not any(one.independent for one in physicians):
        yield "one practising physician is independent of the plan"
    if not any(one.expert_in_age_or_disability for one in physicians):
        yield "one practising physician is an expert in the care of the elderly or disabled"
