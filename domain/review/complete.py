"""Is a request complete? The items of the minimum set, and what shows each of them."""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.clock.duty import Duty
from domain.policy.rows import Requirement
from domain.request.request import IN_WRITING, Channel

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase


def missing(case: "ReviewedCase") -> list[Requirement]:
    """The items of the minimum set that this request still lacks."""
    rules = [case.policy.rule_for(case.request, line.asked) for line in case.lines]
    rows = [row for row in case.policy.requirement if any(row.is_asked_for(rule) for rule in rules)]
    return [row for row in rows if not _holds(case, row.id)]


def _holds(case: "ReviewedCase", item: str) -> bool:
    kinds, order = case.papers.kinds, case.request.order
    match item:
        case "contract_number":
            return case.request.member.contract_number is not None
        case "medical_order":
            return order is not None or "medical_order" in kinds
        case "clinical_justification":
            return bool(order and order.justification) or "clinical_note" in kinds
        case "diagnosis":
            return all(line.asked.diagnoses for line in case.lines)
        case "previous_studies":
            return "previous_study" in kinds
        case "referral":
            return case.request.referral is not None or "referral" in kinds
        case "written_request":
            return written_at(case) is not None or not _writing_is_asked_for(case)
        case _:
            return True  # the form itself asks for the name and the service codes


def _writing_is_asked_for(case: "ReviewedCase") -> bool:
    """After a call, where its clock waits for the writing; so too before services in the United States."""
    decisions = [clock for clock in case.clocks.values() if clock.timeframe.times is Duty.DECISION]
    called = case.request.channel is Channel.TELEPHONE
    return called and (case.request.visit is not None or not all(clock.ledger for clock in decisions))


def written_at(case: "ReviewedCase") -> datetime | None:
    """When the request was first here in writing; None while there was only a call."""
    if case.request.channel is not Channel.TELEPHONE:
        return case.received_at
    papers = [paper for paper in case.papers.documents if paper.kind in IN_WRITING]
    return min((paper.received_at or case.received_at for paper in papers), default=None)
