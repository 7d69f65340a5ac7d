"""What must hold between the rows for payment disputes: a plan that takes them has its days, and names its own."""

from collections.abc import Iterator
from itertools import chain

from config.checks.faults import Fault
from domain.clock.duty import DISPUTE_DUTIES
from domain.policy.disputes import DisputeOutcome
from domain.policy.pack import Pack


def disputes_can_be_answered(pack: Pack) -> Iterator[Fault]:
    """Each plan that takes disputes has a row for every duty; each outcome has a reason."""
    for terms in pack.dispute_terms:
        plan = next((row for row in pack.plan if row.id == terms.plan), None)
        if plan is None:
            yield Fault("dispute_terms", terms.id, "plan", "no plan has this id")
            continue
        rows = [row for row in pack.timeframe if row.regime in plan.regimes]
        timed = {row.times for row in rows if not row.plans or plan.id in row.plans}
        for duty in sorted(DISPUTE_DUTIES - timed):
            yield Fault("dispute_terms", terms.id, "plan", f"no timeframe of this plan times {duty.value}")
    served = {outcome for row in pack.dispute_reason for outcome in row.outcomes}
    for outcome in DisputeOutcome if pack.dispute_terms else ():
        if outcome not in served:
            yield Fault("dispute_reason", outcome.value, "outcomes", "no reason serves this outcome")


def rows_name_known_plans(pack: Pack) -> Iterator[Fault]:
    known = {plan.id for plan in pack.plan}
    named = chain(
        (("timeframe", row.id, row.plans) for row in pack.timeframe),
        (("service", row.id, row.plans) for row in pack.service),
        (("never_required", row.id, row.plans) for row in pack.never_required),
        (("criteria", row.id, row.plans) for row in pack.criteria),
        (("triage", row.id, row.plans) for row in pack.triage),
        (("second_look", row.id, row.plans) for row in pack.second_look),
        (("interest", row.id, (row.plan,)) for row in pack.interest),
    )
    for table, row, plans in named:
        if not set(plans) <= known:
            yield Fault(table, row, "plans", "no plan has this id")


def dispute_papers_are_kinds(pack: Pack) -> Iterator[Fault]:
    """What a dispute must hold is a paper of that kind, so the kind has to be known."""
    kinds = {kind.id for kind in pack.document_kind}
    for row in pack.requirement:
        if "dispute" in row.asked_of and row.id not in kinds:
            yield Fault("requirement", row.id, "id", "a dispute looks for a document_kind of this id")
