"""What reaches us once more: the same request, from its own instant, with whatever it says that is new.

More urgent, it is a request to expedite by whoever asks, and counts from its own receipt (42 CFR 422.570). Received
before the first that was keyed, it is the receipt that counts. What it says otherwise is for a person, and what is
another request altogether is refused here: it becomes a case of its own.
"""

from collections.abc import Iterator
from datetime import datetime

from domain.clock.timeframe import Urgency
from domain.desk.received_again import CAME_EARLIER, ReceiveAgain, again_by
from domain.determination.clock_acts import CorrectReceipt, CorrectRequest, Expedite
from domain.parts.queues import RECEIPTS
from domain.request.receipt import Compared, as_sent, compared, content_of, listed, with_what_it_brings
from domain.request.request import Request
from domain.review import screening
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused


class ReceiveRequest(ReceiveAgain[AssessedCase]):
    """The same request came again, for a case that is not answered yet."""

    request: Request

    @property
    def received_at(self) -> datetime:
        return self.request.received_at

    @property
    def is_urgent(self) -> bool:
        return self.request.urgency is Urgency.EXPEDITED or self.request.emergency

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not case.is_undecided or case.is_adverse:
            raise Refused(f"{case.number} has its answer; what comes after it is a request of its own")
        if other := self._beside(case).other:
            raise Refused(f"{case.number} has other content: {listed(other)}")
        if corrected := self._completed(case):
            corrected.check(case, now)

    def _beside(self, case: AssessedCase) -> Compared:
        return compared(content_of(case.request), content_of(self.request))

    def _completed(self, case: AssessedCase) -> CorrectRequest | None:
        """The request with what had been left out, where this one has it."""
        if not self._beside(case).brings:
            return None
        fields = with_what_it_brings(as_sent(case.request), content_of(self.request))
        request = Request.model_validate(fields)
        return CorrectRequest(actor=self.actor, reason="what was left out came", request=request)

    @property
    def words(self) -> str:
        urgent = ", expedited" if self.is_urgent else ""
        return (
            f"the same request came {again_by(self.request.channel, self.request.requested_by.value)}{urgent}"
        )

    def follow(self, case: AssessedCase, now: datetime) -> Iterator[str]:
        at, beside = self.happened_at(now), self._beside(case)
        if self.came_earlier(case, now):
            reason = CAME_EARLIER
            yield CorrectReceipt(actor=self.actor, reason=reason, received_at=at).apply(case, now)
        if completed := self._completed(case):
            completed.apply(case, now)
            yield f"taken over, as it was left out before: {listed(beside.brings)}"
        yield from self.attach(case, self.request.documents, now)
        yield from self._expedite(case, now)
        if beside.otherwise:
            said = f"{listed(beside.otherwise)} said otherwise"
            case.need(RECEIPTS, f"{said} when the request came again: find out, and correct the request", now)
            yield f"{said}, which is work for intake"

    def _expedite(self, case: AssessedCase, now: datetime) -> Iterator[str]:
        """It is a request to expedite, by whoever asks; a tick for an emergency is not a confirmation."""
        asked = Expedite(actor=self.actor, at=self.received_at, asked_by=self.request.requested_by)
        if self.is_urgent and asked.changes(case):
            yield asked.apply(case, now)
        if self.request.emergency and not case.request.emergency:
            case.request = case.request.model_copy(update={"emergency": True})
            screening.ask_to_confirm_emergency(case, now)
            yield "an emergency, which a nurse confirms or not"
