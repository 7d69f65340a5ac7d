"""Which update hears which act, and which case kinds hear it: one table for everybody who speaks to a case."""

from typing import Any

from domain import desk, review, timing
from domain.acts import Act
from domain.casenumber import kind_of
from domain.refusals import Refused
from workflows.acts import DeskActs, ReviewActs, TimingActs
from workflows.precertification import PrecertificationWorkflow

WORKFLOWS: dict[str, type[Any]] = {"precertification": PrecertificationWorkflow}
"""The workflow of each case kind."""

UPDATES: dict[type[Act[Any]], Any] = {
    desk.Claim: DeskActs.claim,
    desk.Release: DeskActs.release,
    desk.Assign: DeskActs.assign,
    desk.Note: DeskActs.note,
    desk.Attach: DeskActs.attach,
    desk.RequestInformation: DeskActs.request_information,
    desk.RecordCall: DeskActs.record_call,
    desk.Withdraw: DeskActs.withdraw,
    review.Approve: ReviewActs.approve,
    review.Refer: ReviewActs.refer,
    review.Deny: ReviewActs.deny,
    review.Reduce: ReviewActs.reduce,
    review.Modify: ReviewActs.modify,
    review.ConfirmEmergency: ReviewActs.confirm_emergency,
    timing.Extend: TimingActs.extend,
    timing.Expedite: TimingActs.expedite,
    timing.Downgrade: TimingActs.downgrade,
    timing.CorrectReceipt: TimingActs.correct_receipt,
    timing.CorrectRequest: TimingActs.correct_request,
}


def update_for(case: str, act: type[Act[Any]]) -> Any:
    """The update that hears this act. Refused where cases of that kind do not know it."""
    update = UPDATES[act]
    kind = kind_of(case)
    if getattr(WORKFLOWS[kind], update.__name__, None) is not update:
        hearing = [name for name, flow in WORKFLOWS.items() if getattr(flow, update.__name__, None) is update]
        raise Refused(
            f"{case} is a {kind}; {update.__name__.replace('_', '-')} is for {' or '.join(hearing)} cases"
        )
    return update
