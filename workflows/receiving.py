"""What reaches us again, and cases that look alike: each names the other, and people tell them apart.

The rules stand in `receiving.py` of each kind's room in `domain/`, and in `domain/desk/likeness.py`.
"""

from collections.abc import Collection, Coroutine
from typing import Any

from temporalio import workflow

from activities.admission import Admitted
from activities.likenesses import ToldOfLike
from domain.appeal.appeal import Appeal
from domain.appeal.receiving import ReceiveAppeal
from domain.case.acts import Said
from domain.desk import likeness
from domain.dispute.dispute import Dispute
from domain.dispute.receiving import ReceiveFiling
from domain.review.assessed import AssessedCase
from domain.review.confirming import ConfirmMember
from domain.review.receiving import ReceiveRequest
from domain.terms.people import SYSTEM
from workflows import steps
from workflows.casework import C, Casework, now


class Alikes(Casework[C]):
    """A case that may look like others."""

    def look_alike(self, case: C, admitted: Admitted, linked: Collection[str] = ()) -> None:
        """What admission found is flagged here at once, and there as soon as it is told."""
        case.to_tell = list(admitted.looks_like(linked))
        likeness.looks_like(case, {other.case: other.likeness for other in case.to_tell}, now())

    def keepers(self) -> list[Coroutine[Any, Any, None]]:
        return [*super().keepers(), self._tell_its_like()]

    async def _tell_its_like(self) -> None:
        case = self.admitted
        while case.to_tell:
            other = case.to_tell[0]
            words = other.likeness.model_copy(update={"words": other.shared})
            act = likeness.FoundAlike(actor=SYSTEM, number=self.number, likeness=words)
            for told in other.who_is_told:
                await steps.tell_of_like(ToldOfLike(case=told, act=act))
            case.to_tell = case.to_tell[1:]

    @workflow.update(description="A later case looks like this one")
    async def found_alike(self, act: likeness.FoundAlike) -> Said:
        await workflow.wait_condition(lambda: self.case is not None)  # both may be beginning
        return self.hear(act)

    @found_alike.validator
    def may_found_alike(self, act: likeness.FoundAlike) -> None:
        if self.case:
            self.refuse_unless_allowed(act)

    @workflow.update(description="It is not the same as another that looks like it")
    def tell_apart(self, act: likeness.TellApart) -> Said:
        return self.hear(act)

    @tell_apart.validator
    def may_tell_apart(self, act: likeness.TellApart) -> None:
        self.refuse_unless_allowed(act)


class Requests(Casework[AssessedCase]):
    """A request that may come again."""

    @workflow.update(description="The member is the one of that number, though the directory says otherwise")
    def confirm_member(self, act: ConfirmMember) -> Said:
        return self.hear(act)

    @confirm_member.validator
    def may_confirm_member(self, act: ConfirmMember) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The same request came again")
    def receive_request(self, act: ReceiveRequest) -> Said:
        return self.hear(act)

    @receive_request.validator
    def may_receive_request(self, act: ReceiveRequest) -> None:
        self.refuse_unless_allowed(act)


class Appeals(Casework[Appeal]):
    """An appeal that may come again."""

    @workflow.update(description="The appeal came again")
    def receive_appeal(self, act: ReceiveAppeal) -> Said:
        return self.hear(act)

    @receive_appeal.validator
    def may_receive_appeal(self, act: ReceiveAppeal) -> None:
        self.refuse_unless_allowed(act)


class Filings(Casework[Dispute]):
    """A dispute that may be filed again."""

    @workflow.update(description="The dispute was filed again")
    def receive_filing(self, act: ReceiveFiling) -> Said:
        return self.hear(act)

    @receive_filing.validator
    def may_receive_filing(self, act: ReceiveFiling) -> None:
        self.refuse_unless_allowed(act)
