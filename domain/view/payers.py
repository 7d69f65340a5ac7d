"""Who pays first for the member of a case, as their case of coordination has it; and what follows for a dispute."""

from collections.abc import Iterable, Iterator

from domain.case.case import Case
from domain.cob.cob import CoordinationOfBenefits
from domain.cob.letters import named
from domain.dispute.disputed import Disputed
from domain.parts.status import CobStatus
from domain.terms.frozen import Frozen

OF_ANOTHER = {"22", "23"}  # CARC: the care may be another payer's; another payer's answer counts
FOLLOWS = {
    CobStatus.FIRST: "we pay first: it does not hold",
    CobStatus.ALONE: "nobody else pays: it does not hold",
    CobStatus.LATER: "another pays first: it holds, and what that one left to the member is the most that is ours",
}
NOT_KNOWN = "who pays first is not known: ask the member before it is answered"


class WhoPays(Frozen):
    """The payers in their order; `case` is the case of coordination, None where nobody told of other coverage."""

    case: str | None = None
    status: str | None = None
    payers: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()  # of a dispute, that were paid less because of another payer

    @property
    def order(self) -> str:
        """Who pays first, and who then."""
        return ", then ".join(self.payers)

    @property
    def words(self) -> str:
        """The payers in their order, and the case that says so; nothing where that is not known."""
        return f"{', '.join(self.payers)} ({self.case})" if self.payers else ""


def who_pays(case: Case, others: Iterable[Case]) -> WhoPays:
    """What the open case of coordination of the same plan says, of all that the member has."""
    cobs = (one for one in others if isinstance(one, CoordinationOfBenefits) and not one.is_closed)
    cob = next((one for one in cobs if one.policy.plan.id == case.policy.plan.id), None)
    if cob is None:
        return WhoPays(lines=tuple(_paid_less(case, NOT_KNOWN)))
    payers = tuple(named(cob, one) for one in cob.order.payers)
    follows = FOLLOWS.get(cob.status, NOT_KNOWN)
    return WhoPays(
        case=cob.number, status=cob.status.text, payers=payers, lines=tuple(_paid_less(case, follows))
    )


def _paid_less(case: Case, follows: str) -> Iterator[str]:
    for line in case.filing.lines if isinstance(case, Disputed) else ():
        for one in line.adjustments:
            if one.reason in OF_ANOTHER:
                yield f"line {line.sequence}, {one.code}: {follows}"
