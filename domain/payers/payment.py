"""What is paid second: what the first payer's explanation left to the patient, and never more than that.

So everybody together pays at most the allowed amount. What each later plan pays alone, within its own limits, is a
fact of the file; where it is missing, only the most that may be paid is told.
"""

from decimal import Decimal

from domain.payers.family import Claim, Family
from domain.payers.order import Order
from domain.payers.rows import PayerPolicy
from domain.terms.frozen import Frozen


class Share(Frozen):
    """What one who does not pay first pays of a claim; None where it is unknown what it pays alone."""

    payer: str
    at_most: Decimal
    pays: Decimal | None = None


def shares(order: Order, family: Family) -> tuple[Share, ...]:
    """What those after the first pay, as far as it is known."""
    found: list[Share] = []
    if family.claim is None:
        return ()
    left, alone = family.claim.left, {one.id: one.would_pay for one in family.coverages}
    for payer in order.payers[1:]:
        would = alone.get(payer)
        pays = None if would is None else min(would, left)
        found.append(Share(payer=payer, at_most=left, pays=pays))
        if pays is None:
            break  # what is left to the next is unknown
        left -= pays
    return tuple(found)


def missing_papers(claim: Claim, policy: PayerPolicy) -> tuple[str, ...]:
    """The papers without which it is not paid second."""
    return tuple(row.id for row in policy.paper if row.id not in claim.papers)
