"""Which update hears which act, and which case kinds hear it: one table for everybody who speaks to a case."""

from typing import Any

from domain.appeal import acts as appeal_acts
from domain.appeal import deciding as appeal_deciding
from domain.appeal import linking
from domain.appeal import receiving as appeal_receiving
from domain.authorization import acts as authorization_acts
from domain.authorization import linking as authorization_linking
from domain.case.acts import Act
from domain.desk import absence_acts as covering
from domain.desk import calls, delivery, desk, file_made, likeness, notes
from domain.desk import dispatch as leaving
from domain.desk import holds as holding
from domain.desk import row_correction as correcting
from domain.desk import stop_notice as stopping
from domain.desk import tolls as tolling
from domain.dispute import acts as dispute_acts
from domain.dispute import correcting as dispute_correcting
from domain.dispute import level as dispute_level
from domain.dispute import receiving as dispute_receiving
from domain.referral import acts as referral_acts
from domain.referral import coordination_acts
from domain.review import change_plan as replanning
from domain.review import clock_acts as timing
from domain.review import (
    confirming,
    correction,
    criteria_copy,
    entered_in_error,
    receiving,
    reopening,
    second_thoughts,
    translation,
)
from domain.review import decisions as review
from domain.review import peer_to_peer as peer
from domain.terms.case_number import a_kind, kind_of
from domain.terms.refusals import Refused
from workflows.acts import DeskActs, ReviewActs, TimingActs
from workflows.appeal import AppealWorkflow
from workflows.appeal_acts import Appealable, AppealActs
from workflows.authorization import AuthorizationWorkflow
from workflows.authorization_acts import AuthorizationActs
from workflows.dispute import DisputeWorkflow
from workflows.dispute_acts import DisputeActs
from workflows.peer import PeerActs
from workflows.permits import Permits
from workflows.precertification import PrecertificationWorkflow
from workflows.receiving import Appeals, Filings, Requests
from workflows.referral import ReferralWorkflow
from workflows.referral_acts import CoordinationActs, ReferralActs
from workflows.replanning import PlanActs
from workflows.second_thoughts import Recalls, SecondThoughts
from workflows.supervising import SupervisorActs
from workflows.telling import Telling

WORKFLOWS: dict[str, type[Any]] = {
    "precertification": PrecertificationWorkflow,
    "referral": ReferralWorkflow,
    "dispute": DisputeWorkflow,
    "appeal": AppealWorkflow,
    "authorization": AuthorizationWorkflow,
}
"""The workflow of each case kind."""

UPDATES: dict[type[Act[Any]], Any] = {
    desk.Claim: DeskActs.claim,
    desk.Release: DeskActs.release,
    desk.Assign: DeskActs.assign,
    desk.Note: DeskActs.note,
    notes.StrikeNote: DeskActs.strike_note,
    desk.Attach: DeskActs.attach,
    desk.RequestInformation: DeskActs.request_information,
    desk.RecordCall: DeskActs.record_call,
    calls.TakeCall: DeskActs.take_call,
    desk.Link: DeskActs.link,
    file_made.FileMade: DeskActs.record_file,
    desk.Withdraw: DeskActs.withdraw,
    confirming.ConfirmMember: Requests.confirm_member,
    receiving.ReceiveRequest: Requests.receive_request,
    appeal_receiving.ReceiveAppeal: Appeals.receive_appeal,
    dispute_receiving.ReceiveFiling: Filings.receive_filing,
    likeness.FoundAlike: DeskActs.found_alike,
    likeness.TellApart: DeskActs.tell_apart,
    delivery.LetterDelivered: DeskActs.letter_delivered,
    delivery.LetterReturned: DeskActs.letter_returned,
    delivery.SendAgain: DeskActs.send_again,
    leaving.TakeAsSent: DeskActs.take_as_sent,
    leaving.SendOnceMore: DeskActs.send_once_more,
    leaving.NumberFound: DeskActs.number_found,
    stopping.StopNotice: DeskActs.stop_notice,
    tolling.Toll: SupervisorActs.toll,
    tolling.UndoToll: SupervisorActs.undo_toll,
    holding.PutOnHold: SupervisorActs.put_on_hold,
    holding.LiftHold: SupervisorActs.lift_hold,
    covering.Absent: SupervisorActs.absent,
    covering.Returned: SupervisorActs.returned,
    correcting.CorrectRow: SupervisorActs.correct_row,
    correcting.CorrectDay: SupervisorActs.correct_day,
    review.Approve: ReviewActs.approve,
    review.Refer: ReviewActs.refer,
    review.Deny: ReviewActs.deny,
    review.Reduce: ReviewActs.reduce,
    review.Modify: ReviewActs.modify,
    review.ConfirmEmergency: ReviewActs.confirm_emergency,
    criteria_copy.CopyCriteria: Telling.copy_criteria,
    translation.Translate: Telling.translate,
    peer.OfferPeerToPeer: PeerActs.offer_peer_to_peer,
    peer.RecordPeerToPeer: PeerActs.record_peer_to_peer,
    second_thoughts.TakeBack: SecondThoughts.take_back,
    correction.CorrectAnswer: SecondThoughts.correct_answer,
    entered_in_error.EnterInError: SecondThoughts.enter_in_error,
    entered_in_error.RecordRecall: Recalls.record_recall,
    reopening.Reopen: SecondThoughts.reopen,
    timing.Extend: TimingActs.extend,
    timing.Expedite: TimingActs.expedite,
    timing.Downgrade: TimingActs.downgrade,
    timing.CorrectReceipt: TimingActs.correct_receipt,
    timing.CorrectRequest: TimingActs.correct_request,
    replanning.CorrectPlan: PlanActs.correct_plan,
    referral_acts.FindAvailability: ReferralActs.find_availability,
    referral_acts.LookAgain: ReferralActs.look_again,
    referral_acts.EndAuthorization: ReferralActs.end_authorization,
    coordination_acts.ChoosePlace: CoordinationActs.choose_place,
    coordination_acts.Choose: CoordinationActs.choose,
    coordination_acts.ProviderAnswer: CoordinationActs.provider_answer,
    coordination_acts.AgreeDates: CoordinationActs.agree_dates,
    coordination_acts.Send: CoordinationActs.send,
    coordination_acts.TellCoinsurance: CoordinationActs.tell_coinsurance,
    coordination_acts.Confirm: CoordinationActs.confirm,
    coordination_acts.RecordReturn: CoordinationActs.return_to_local_care,
    dispute_acts.TriageLine: DisputeActs.triage_line,
    dispute_acts.SendElsewhere: DisputeActs.send_elsewhere,
    dispute_acts.DecideGoodCause: DisputeActs.decide_good_cause,
    dispute_acts.Resolve: DisputeActs.resolve,
    dispute_acts.Dismiss: DisputeActs.dismiss,
    dispute_correcting.CorrectRemittance: DisputeActs.correct_remittance,
    dispute_level.SecondLevelFiled: DisputeActs.second_level_filed,
    dispute_level.SecondLevelAnswered: DisputeActs.second_level_answered,
    linking.AppealOpened: Appealable.appeal_opened,
    appeal_acts.ReceiveForm: AppealActs.receive_form,
    appeal_acts.StateCause: AppealActs.state_cause,
    appeal_acts.AcceptCause: AppealActs.accept_cause,
    appeal_deciding.DecideAppeal: AppealActs.decide_appeal,
    appeal_acts.DismissAppeal: AppealActs.dismiss_appeal,
    appeal_acts.VacateDismissal: AppealActs.vacate_dismissal,
    appeal_acts.GoFurther: AppealActs.go_further,
    appeal_acts.RecordReview: AppealActs.record_review,
    appeal_acts.GiveEffect: AppealActs.give_effect,
    authorization_acts.UseUnits: AuthorizationActs.use_units,
    authorization_acts.CircumstanceCame: AuthorizationActs.circumstance_came,
    authorization_acts.EndByCoverage: AuthorizationActs.end_by_coverage,
    authorization_acts.VoidAuthorization: AuthorizationActs.void_authorization,
    authorization_linking.TellAuthorization: AuthorizationActs.tell_authorization,
    authorization_linking.GoOn: AuthorizationActs.go_on,
    authorization_linking.GiveWay: AuthorizationActs.give_way,
    authorization_linking.AuthorizationEnded: Permits.authorization_ended,
}


def update_for(case: str, act: type[Act[Any]]) -> Any:
    """The update that hears this act. Refused where cases of that kind do not know it."""
    update = UPDATES[act]
    kind = kind_of(case)
    if getattr(WORKFLOWS[kind], update.__name__, None) is not update:
        hearing = [name for name, flow in WORKFLOWS.items() if getattr(flow, update.__name__, None) is update]
        raise Refused(
            f"{case} is {a_kind(case)}; {update.__name__.replace('_', '-')} is for {' or '.join(hearing)} cases"
        )
    return update
