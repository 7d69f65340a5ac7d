"""What people may do with a case: each act an update with its validator, named by its verb.

An update is checked and answered: what its validator refuses never enters the history. The rules of each act
stand with the act in the rooms `domain/desk` and `domain/review`.
"""

from temporalio import workflow

from domain.case.acts import Said
from domain.desk import calls, delivery, desk, notes
from domain.desk import stop_notice as stopping
from domain.desk.file_made import FileMade
from domain.review import clock_acts as timing
from domain.review import decisions as review
from workflows.casework import C, Casework
from workflows.post_acts import PostActs
from workflows.receiving import Alikes


class DeskActs(PostActs[C], Alikes[C]):
    """Work that moves from hand to hand, papers, notes, calls."""

    @workflow.update(description="Take the work that waits in a queue")
    def claim(self, act: desk.Claim) -> Said:
        return self.hear(act)

    @claim.validator
    def may_claim(self, act: desk.Claim) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Put back what one has taken")
    def release(self, act: desk.Release) -> Said:
        return self.hear(act)

    @release.validator
    def may_release(self, act: desk.Release) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Give work to somebody")
    def assign(self, act: desk.Assign) -> Said:
        return self.hear(act)

    @assign.validator
    def may_assign(self, act: desk.Assign) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Write something down")
    def note(self, act: desk.Note) -> Said:
        return self.hear(act)

    @note.validator
    def may_note(self, act: desk.Note) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Strike a note through")
    def strike_note(self, act: notes.StrikeNote) -> Said:
        return self.hear(act)

    @strike_note.validator
    def may_strike_note(self, act: notes.StrikeNote) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Attach a paper that arrived")
    def attach(self, act: desk.Attach) -> Said:
        return self.hear(act)

    @attach.validator
    def may_attach(self, act: desk.Attach) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Ask for what is needed")
    def request_information(self, act: desk.RequestInformation) -> Said:
        return self.hear(act)

    @request_information.validator
    def may_request_information(self, act: desk.RequestInformation) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Record a call that was made")
    def record_call(self, act: desk.RecordCall) -> Said:
        return self.hear(act)

    @record_call.validator
    def may_record_call(self, act: desk.RecordCall) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Record a call that came in")
    def take_call(self, act: calls.TakeCall) -> Said:
        return self.hear(act)

    @take_call.validator
    def may_take_call(self, act: calls.TakeCall) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="A letter was delivered, as something shows")
    def letter_delivered(self, act: delivery.LetterDelivered) -> Said:
        return self.hear(act)

    @letter_delivered.validator
    def may_letter_delivered(self, act: delivery.LetterDelivered) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="A letter came back")
    def letter_returned(self, act: delivery.LetterReturned) -> Said:
        return self.hear(act)

    @letter_returned.validator
    def may_letter_returned(self, act: delivery.LetterReturned) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Send a letter again that came back")
    def send_again(self, act: delivery.SendAgain) -> Said:
        return self.hear(act)

    @send_again.validator
    def may_send_again(self, act: delivery.SendAgain) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Stop a letter before it leaves")
    def stop_notice(self, act: stopping.StopNotice) -> Said:
        return self.hear(act)

    @stop_notice.validator
    def may_stop_notice(self, act: stopping.StopNotice) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Another case belongs to this one")
    def link(self, act: desk.Link) -> Said:
        return self.hear(act)

    @link.validator
    def may_link(self, act: desk.Link) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Its file was made for somebody")
    def record_file(self, act: FileMade) -> Said:
        return self.hear(act)

    @record_file.validator
    def may_record_file(self, act: FileMade) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Take the request back")
    def withdraw(self, act: desk.Withdraw) -> Said:
        return self.hear(act)

    @withdraw.validator
    def may_withdraw(self, act: desk.Withdraw) -> None:
        self.refuse_unless_allowed(act)


class ReviewActs(Casework[C]):
    """Answers, line by line."""

    @workflow.update(description="Approve a line as asked")
    def approve(self, act: review.Approve) -> Said:
        return self.hear(act)

    @approve.validator
    def may_approve(self, act: review.Approve) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Send a line up to a physician")
    def refer(self, act: review.Refer) -> Said:
        return self.hear(act)

    @refer.validator
    def may_refer(self, act: review.Refer) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Deny a line")
    def deny(self, act: review.Deny) -> Said:
        return self.hear(act)

    @deny.validator
    def may_deny(self, act: review.Deny) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Approve fewer units")
    def reduce(self, act: review.Reduce) -> Said:
        return self.hear(act)

    @reduce.validator
    def may_reduce(self, act: review.Reduce) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Approve another service")
    def modify(self, act: review.Modify) -> Said:
        return self.hear(act)

    @modify.validator
    def may_modify(self, act: review.Modify) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Confirm an emergency, or not")
    def confirm_emergency(self, act: review.ConfirmEmergency) -> Said:
        return self.hear(act)

    @confirm_emergency.validator
    def may_confirm_emergency(self, act: review.ConfirmEmergency) -> None:
        self.refuse_unless_allowed(act)


class ClockActs(Casework[C]):
    """The clock in people's hands."""

    @workflow.update(description="Take more time, once, with notice")
    def extend(self, act: timing.Extend) -> Said:
        return self.hear(act)

    @extend.validator
    def may_extend(self, act: timing.Extend) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Somebody states that waiting could do harm")
    def expedite(self, act: timing.Expedite) -> Said:
        return self.hear(act)

    @expedite.validator
    def may_expedite(self, act: timing.Expedite) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Refuse to expedite")
    def downgrade(self, act: timing.Downgrade) -> Said:
        return self.hear(act)

    @downgrade.validator
    def may_downgrade(self, act: timing.Downgrade) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The receipt was keyed wrong")
    def correct_receipt(self, act: timing.CorrectReceipt) -> Said:
        return self.hear(act)

    @correct_receipt.validator
    def may_correct_receipt(self, act: timing.CorrectReceipt) -> None:
        self.refuse_unless_allowed(act)


class TimingActs(ClockActs[C]):
    """The same for a request, whose facts may be corrected too."""

    @workflow.update(description="Facts were keyed wrong")
    def correct_request(self, act: timing.CorrectRequest) -> Said:
        return self.hear(act)

    @correct_request.validator
    def may_correct_request(self, act: timing.CorrectRequest) -> None:
        self.refuse_unless_allowed(act)
