"""What must hold between the rows that say which way notices go: known plans, and one row that counts."""

from collections.abc import Iterator
from itertools import combinations

from config.checks.faults import Fault
from domain.policy.channels import NoticeChannel
from domain.policy.pack import Pack


def channels_are_clear(pack: Pack) -> Iterator[Fault]:
    plans = {plan.id for plan in pack.plan}
    for row in pack.channel:
        if not set(row.plans) <= plans:
            yield Fault("channel", row.id, "plans", f"a plan is one of {', '.join(sorted(plans))}")
    for one, other in combinations(pack.channel, 2):
        if one.particular == other.particular and _meet(one, other):
            yield Fault("channel", other.id, "by", f"{one.id} is as particular, and for the same notices")


def _meet(one: NoticeChannel, other: NoticeChannel) -> bool:
    """Is there a notice that both rows are for?"""
    if one.recipient is not other.recipient:
        return False
    plans = not (one.plans and other.plans) or set(one.plans) & set(other.plans)
    return bool(plans and (not (one.kinds and other.kinds) or set(one.kinds) & set(other.kinds)))
