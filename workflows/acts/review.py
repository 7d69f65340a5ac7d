"""What people may do with a case that is reviewed. The rules of each act stand with it in `domain/review`."""

from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.opening import application_of
from domain.appeal import appealed, linking
from domain.authorization.authorization import LiveAuthorization
from domain.case.acts import Said
from domain.correction import (
    change_plan,
    correcting,
    entered_in_error,
    reinstatement,
    reopening,
    second_thoughts,
)
from domain.determination import (
    clock_acts,
    confirming,
    criteria_copy,
    decisions,
    peer_to_peer,
    receiving,
    second_look_acts,
    translation,
)
from domain.review import treatment
from domain.review.assessed import AssessedCase
from domain.review.reviewed import ReviewedCase
from workflows.acts.hearing import hears, update
from workflows.running import steps
from workflows.running.casework import Casework, now

A = TypeVar("A", bound=AssessedCase)
D = TypeVar("D", bound=AssessedCase | LiveAuthorization)
R = TypeVar("R", bound=ReviewedCase)


class ReviewedActs(Casework[R]):
    """Acts on a request and on an appeal alike: the clock in people's hands, and what somebody is told."""

    extend = hears("extend", clock_acts.Extend, "Take more time, once, with notice")
    expedite = hears("expedite", clock_acts.Expedite, "Somebody states that waiting could do harm")
    downgrade = hears("downgrade", clock_acts.Downgrade, "Refuse to expedite")
    correct_receipt = hears("correct_receipt", clock_acts.CorrectReceipt, "The receipt was keyed wrong")
    copy_criteria = hears("copy_criteria", criteria_copy.CopyCriteria, "Somebody asked for the criteria")
    translate = hears("translate", translation.Translate, "Put the words of an answer into Spanish")


class DecidedActs(Casework[D]):
    """What follows on a decision, be it on a request or to void an authorization."""

    appeal_opened = hears("appeal_opened", linking.AppealOpened, "An appeal of this case reached the plan")
    record_recall = hears(
        "record_recall", entered_in_error.RecordRecall, "What became of letters that were called back"
    )

    @workflow.query(description="What an appeal takes along of this case")
    def appealed(self) -> appealed.AppealedDetermination | None:
        return appealed.appealed(self.case, now()) if self.case else None


class ReviewActs(Casework[A]):
    """Acts on a request: what it says, the answers line by line, and second thoughts about them."""

    receive_request = hears("receive_request", receiving.ReceiveRequest, "The same request came again")
    correct_request = hears("correct_request", clock_acts.CorrectRequest, "Facts were keyed wrong")
    correct_part = hears("correct_part", correcting.CorrectPart, "Some fields were keyed wrong")
    confirm_member = hears(
        "confirm_member",
        confirming.ConfirmMember,
        "The member is the one of that number, though the directory says otherwise",
    )

    approve = hears("approve", decisions.Approve, "Approve a line as asked")
    refer = hears("refer", decisions.Refer, "Send a line up to a physician")
    deny = hears("deny", decisions.Deny, "Deny a line")
    reduce = hears("reduce", decisions.Reduce, "Approve fewer units")
    modify = hears("modify", decisions.Modify, "Approve another service")
    confirm_emergency = hears("confirm_emergency", decisions.ConfirmEmergency, "Confirm an emergency, or not")
    offer_peer_to_peer = hears(
        "offer_peer_to_peer", peer_to_peer.OfferPeerToPeer, "Offer the ordering clinician a conversation"
    )
    record_peer_to_peer = hears(
        "record_peer_to_peer",
        peer_to_peer.RecordPeerToPeer,
        "The conversation was held, missed or declined",
    )

    look_at_again = hears(
        "look_at_again", second_look_acts.LookAtAgain, "Answer a line of the sample once more"
    )

    take_back = hears("take_back", second_thoughts.TakeBack, "Take a decision back before anybody was told")
    correct_answer = hears(
        "correct_answer",
        reopening.CorrectAnswer,
        "Give another answer in the place of one that was told",
    )
    enter_in_error = hears(
        "enter_in_error", entered_in_error.EnterInError, "This case should never have been"
    )
    raise_concern = hears("raise_concern", treatment.RaiseConcern, "Something about the treatment")
    answer_concern = hears(
        "answer_concern", treatment.AnswerConcern, "What came of a concern about treatment"
    )
    reopen = hears("reopen", reinstatement.Reinstate, "It was withdrawn by mistake")

    @update("The line of business was keyed wrong")
    async def correct_plan(self, act: change_plan.CorrectPlan) -> Said:
        """The one act that needs the world: the policy is asked for, by value, before the case lives by it."""
        case = self.admitted
        request = case.request.model_copy(update={"plan": act.plan, "received_at": case.received_at})
        try:
            given = await steps.policy_of(application_of(case.number, case.kind, request))
        except ActivityError as error:
            why = error.cause.message if isinstance(error.cause, ApplicationError) else str(error)
            raise ApplicationError(why, type="Refused", non_retryable=True) from None
        return self.hear(act.model_copy(update={"policy": given.policy, "member": given.member}))
