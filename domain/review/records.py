"""Records of a provider without a contract who asks for an expedited answer: asked for within a day of its receipt.

What is lacking is known when a clause of the criteria finds nothing, or when somebody asks. The duty is kept by the
letter to the provider, falls away with the answers, and is a breach where neither came in time (42 CFR 422.572(d)).
"""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.review.decision_clocks import RECORDS, decision_clocks
from domain.terms.notice import Addressee, Recipient

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase


def holder(case: "ReviewedCase") -> Addressee | None:
    """The provider who asked, where they have no contract and the law of the case times asking them."""
    timed = case.policy.row(Duty.RECORDS_REQUEST, case.received_at, case.urgency)
    without_contract = case.request.requesting_provider.contracted is False
    provider = next((one for one in case.parties if one.recipient is Recipient.PROVIDER), None)
    return provider if timed and without_contract else None


def look(case: "ReviewedCase", now: datetime) -> None:
    """The duty begins once it is known that something is lacking, and counts as the answer does."""
    lacks = case.information_asked or any(one.missing for line in case.undecided for one in line.findings)
    is_wanted = case.is_undecided and holder(case) is not None
    if is_wanted and lacks and RECORDS not in case.clocks:
        _begin(case, now)
    elif case.clocks.is_open(RECORDS) and not is_wanted:
        answers = [line.determination for line in case.lines]
        answered_at = max((answer.decided_at for answer in answers if answer), default=now)
        case.clocks.change(RECORDS, ended_at=now if case.undecided else answered_at)
        case.work.finish((work for work in case.work.open if work.clock == RECORDS), now)
        case.reconsider_breach(RECORDS, now)


def _begin(case: "ReviewedCase", now: datetime) -> None:
    row = case.policy.row(Duty.RECORDS_REQUEST, case.received_at, case.urgency)
    counted = [
        found.counted_from for one in decision_clocks(case) if (found := one.reckon(case.policy.calendar))
    ]
    if row and counted:
        case.clocks.begin(RECORDS, row, Received(at=min(counted), recorded_at=now))
        due = case.due_at_of(case.clocks[RECORDS])
        what = "ask the provider without a contract for the records, or answer"
        case.need("intake", what, now, due_at=due, clock=RECORDS)
