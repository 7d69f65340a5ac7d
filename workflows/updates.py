"""Which update hears which act: one table for everybody who speaks to a case."""

from typing import Any

from domain import desk, review, timing
from domain.acts import Act
from workflows.precertification import PrecertificationWorkflow as Workflow

UPDATES: dict[type[Act[Any]], Any] = {
    desk.Claim: Workflow.claim,
    desk.Release: Workflow.release,
    desk.Assign: Workflow.assign,
    desk.Note: Workflow.note,
    desk.Attach: Workflow.attach,
    desk.RequestInformation: Workflow.request_information,
    desk.RecordCall: Workflow.record_call,
    desk.Withdraw: Workflow.withdraw,
    review.Approve: Workflow.approve,
    review.Refer: Workflow.refer,
    review.Deny: Workflow.deny,
    review.Reduce: Workflow.reduce,
    review.Modify: Workflow.modify,
    review.ConfirmEmergency: Workflow.confirm_emergency,
    timing.Extend: Workflow.extend,
    timing.Expedite: Workflow.expedite,
    timing.Downgrade: Workflow.downgrade,
    timing.CorrectReceipt: Workflow.correct_receipt,
    timing.CorrectRequest: Workflow.correct_request,
}
