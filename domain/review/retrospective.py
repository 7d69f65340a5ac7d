"""Retrospective review: the service was given, and nobody had asked before.

1. Received, with the reason why nobody asked: an emergency; coverage that was given backwards; it could not be
   asked; or it should have been asked and was not. What was given waits for nobody, so it is never expedited
   (42 CFR 422.570(a); 29 CFR 2560.503-1(m)(1)).
2. Timed by the rows of what was received already: a payment, which a clean claim of a provider without a contract
   has sooner (42 CFR 422.568(c), 422.520(a)).
3. An emergency is judged by what a prudent layperson would have feared, and not by the final diagnosis
   (42 CFR 422.113(b)(1)).
4. What was approved before is not looked at again for necessity (42 CFR 422.138(c)).
5. Where it should have been asked and was not, the policy's own terms apply (MCS, Services in the United States).
6. Answered as any request is, and told; nothing is authorized, for nothing is still to be given.
"""

from datetime import datetime
from typing import ClassVar

from domain.policy.rows import AdverseReason
from domain.request.determination import Authorization, ReasonClass
from domain.request.line import Line
from domain.review import decision_clocks
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused

UNTIMED = "received already: no row times the answer, so no clock runs; decide by the terms of the policy"
BINDING = "42 CFR 422.138(c)"


class Retrospective(AssessedCase):
    """A request about a service that was given."""

    kind: ClassVar[str] = "retrospective"
    may_be_expedited: ClassVar[bool] = False

    def begin(self, now: datetime) -> None:
        """It reached us: the time for a payment runs, where any row gives one."""
        if not decision_clocks.decision_clocks(self):
            self.need(self.first_review, UNTIMED, now)

    @property
    def needs_no_precertification(self) -> bool:
        """It is no question any more: what was given is paid for or not."""
        return False

    def on_terms(self, line: Line, permit: Authorization | None) -> Authorization | None:
        """It was given: nobody needs leave for it any more."""
        return None

    def check_ground(self, reason: AdverseReason) -> None:
        super().check_ground(reason)
        if self.request.under and reason.reason_class is ReasonClass.MEDICAL_NECESSITY:
            raise Refused(
                f"reason: {self.request.under} approved it; that is not looked at again for necessity",
                BINDING,
            )
