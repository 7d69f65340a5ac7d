"""Cases that between them owe every letter, driven by acts and by time, for readers of either language."""

from datetime import timedelta

from domain.appeal.acts import DismissAppeal, ReceiveForm, RecordReview, VacateDismissal
from domain.appeal.deciding import DecideAppeal
from domain.authorization.authorization import LiveAuthorization
from domain.case.keeping import come_to_rest, keep_appointments
from domain.correction.entered_in_error import EnterInError
from domain.determination.criteria_copy import CopyCriteria
from domain.determination.decisions import Approve, Deny, Modify, Reduce
from domain.determination.peer_to_peer import OfferPeerToPeer
from domain.review import issuing
from domain.terms.notice import Recipient
from domain.terms.people import SYSTEM, Language
from tests import cares, cobs, committees, concurrents, grievances, standings
from tests import dispute_letters as disputes
from tests import referral_letters as referrals
from tests.appealing import NIECE, NOT_MET, appeal_of, carried, denied, does
from tests.builders import a_case, at, staff
from tests.request_letters import (
    NEXT_DAY,
    PROVIDER,
    acted,
    asked,
    corrected,
    determination,
    expedite_refused,
    extension,
    information_request,
    not_required,
    records_request,
    reopened,
    withdrawal,
)

APPEALED, ANSWERED = at("2037-03-02 09:00 AST"), at("2037-03-03 09:00 AST")


def reviewed(language, who, act, plan="mcs-classicare", **words):
    """One line, answered."""
    return acted(a_case(asked(language, plan=plan)), act(actor=staff(who), **words))


def approved(language):
    return reviewed(language, "rn-rivera", Approve)


def partial(language):
    units = {"units": 4, "reason_id": "fewer_units_suffice", "criterion": "hospital-bed.intensity"}
    case = a_case(asked(language, service="E0250", units=10))
    return acted(case, Reduce(actor=staff("md-ortiz"), **units))


def modified(language):
    other = {"service": "72148", "reason_id": "lower_level_suffices", "criterion": "lumbar-mri.plan"}
    case = a_case(asked(language, service="72158"))
    return acted(case, Modify(actor=staff("md-ortiz"), **other))


def refused(language, plan="mcs-classicare"):
    return reviewed(language, "md-ortiz", Deny, plan, **NOT_MET)


def silent(language, plan="mcs-classicare"):
    """Nobody answered in time."""
    case = a_case(asked(language, plan=plan))
    due_at = case.due_at
    while (coming := case.next_appointment) and coming.at <= due_at + timedelta(seconds=1):
        keep_appointments(case, coming.at)
        case.settle(coming.at)
    return case


def entered_in_error(language):
    return acted(refused(language), EnterInError(actor=staff("sup-diaz"), reason="another member"))


def talked_about(language):
    return acted(a_case(asked(language)), OfferPeerToPeer(actor=staff("md-ortiz")))


def copied(language, to=Recipient.MEMBER):
    return acted(a_case(asked(language)), CopyCriteria(actor=staff("ic-santos"), to=to))


def reminded(language):
    """An authorization near its last day."""
    case = approved(language)
    [permit] = case.authorizations
    issued = issuing.issued(case, permit, NEXT_DAY)
    leave = LiveAuthorization.begun(issued, now=NEXT_DAY)
    keep_appointments(leave, leave.next_appointment.at)
    return leave


# Appeals


def first(language, plan="mcs-classicare"):
    """What is appealed."""
    provider = PROVIDER | {"language": language}
    member = {"language": language}
    return denied("2037-02-09", plan=plan, member=member, requesting_provider=provider)


def appeal(language, plan="mcs-classicare", received_at=APPEALED, **changes):
    return appeal_of(first(language, plan), received_at, plan=plan, **changes)


def by_niece(language):
    niece = NIECE["representative"] | {"language": language}
    return appeal(language, **(NIECE | {"representative": niece}))


def heard_for_niece(language):
    return does(by_niece(language), ANSWERED, "ic-santos", ReceiveForm)


def answered(language, answer, plan="mcs-classicare"):
    physician = "md-vega" if plan == "mcs-classicare" else "md-cruz"
    return does(appeal(language, plan), ANSWERED, physician, DecideAppeal, answer=answer)


def upheld(language, plan="mcs-classicare"):
    return answered(language, "upheld", plan)


def overturned(language):
    return answered(language, "overturned")


def overturned_after(language):
    return does(upheld(language), ANSWERED, "ap-soto", RecordReview, outcome="overturned")


def late_answer(language, plan="mcs-classicare"):
    return carried(appeal(language, plan), at("2037-05-01 09:00 AST"))


def late_appeal(language):
    return appeal(language, received_at=at("2037-05-04 09:00 AST"))


def dismissed(language):
    return does(by_niece(language), ANSWERED, "ap-soto", DismissAppeal, ground="no_standing")


def vacated(language):
    because = "the form was in another mailbox"
    return does(dismissed(language), ANSWERED, "sup-diaz", VacateDismissal, reason=because)


def appeal_withdrawn(language):
    case = appeal(language)
    case.withdraw("member", ANSWERED, ANSWERED, SYSTEM)
    come_to_rest(case, ANSWERED)
    return case


def in_plan(build, plan):
    return lambda language: build(language, plan)


# What each path owes, in the order in which it becomes owed

REQUESTS = {
    "approved": (approved, ["determination"]),
    "partial": (partial, ["determination"]),
    "modified": (modified, ["determination"]),
    "denied": (refused, ["determination"]),
    "denied in Puerto Rico": (in_plan(refused, "mcs-life"), ["determination"]),
    "one of each answer": (determination, ["determination"]),
    "silence, Medicare Advantage": (silent, ["missed_deadline"]),
    "silence, Puerto Rico": (in_plan(silent, "mcs-life"), ["missed_deadline"]),
    "silence, Medicaid": (in_plan(silent, "caresource"), ["missed_deadline"]),
    "silence, ERISA": (in_plan(silent, "self-funded-sample"), ["missed_deadline"]),
    "withdrawn": (withdrawal, ["withdrawal"]),
    "not required": (not_required, ["not_required"]),
    "extended": (extension, ["extension"]),
    "expedite refused": (expedite_refused, ["expedite_refused"]),
    "information asked for": (information_request, ["information_request"]),
    "records asked for": (records_request, ["information_request", "records_request"]),
    "a conversation offered": (talked_about, ["peer_to_peer"]),
    "reopened": (reopened, ["withdrawal", "reopened"]),
    "corrected": (corrected, ["determination", "determination"]),
    "entered in error": (entered_in_error, ["determination"]),
    "the criteria asked for": (copied, ["criteria_copy"]),
    "reminded of its last day": (reminded, ["authorization_reminder"]),
}
FIRST = "appeal_acknowledged"
APPEALS = {
    "upheld": (upheld, [FIRST, "appeal_decision", "appeal_file"]),
    "upheld in Puerto Rico": (in_plan(upheld, "mcs-life"), [FIRST, "appeal_decision"]),
    "overturned": (overturned, [FIRST, "appeal_decision"]),
    "overturned after the plan": (
        overturned_after,
        [FIRST, "appeal_decision", "appeal_file", "appeal_reviewed"],
    ),
    "silence": (late_answer, [FIRST, "appeal_late", "appeal_file"]),
    "silence in Puerto Rico": (in_plan(late_answer, "mcs-life"), [FIRST, "appeal_late"]),
    "late": (late_appeal, [FIRST, "appeal_cause_asked"]),
    "without a form": (by_niece, [FIRST, "appeal_form_asked", "appeal_form_asked"]),
    "the form came": (heard_for_niece, [FIRST, "appeal_form_asked", "appeal_form_asked"]),
    "dismissed": (dismissed, [FIRST, "appeal_form_asked", "appeal_form_asked", "appeal_dismissed"]),
    "vacated": (
        vacated,
        [FIRST, "appeal_form_asked", "appeal_form_asked", "appeal_dismissed", "appeal_vacated"],
    ),
    "appeal withdrawn": (appeal_withdrawn, [FIRST, "appeal_withdrawn"]),
}
ACK, ASKED = "dispute_acknowledged", "dispute_information_request"
TOLD, FORWARDED = "dispute_determination", "forwarded_to_plan"
DISPUTES = {
    "received": (disputes.CASES[disputes.NoticeKind.DISPUTE_ACKNOWLEDGED], [ACK]),
    "incomplete": (disputes.incomplete, [ACK, ASKED]),
    "determined": (disputes.determined, [ACK, TOLD]),
    "a denial in it": (disputes.CASES[disputes.NoticeKind.REDIRECT], [ACK, "redirect", FORWARDED]),
    "under contract": (disputes.CASES[disputes.NoticeKind.CONTRACT_PROCESS], ["contract_process"]),
    "not ours": (disputes.CASES[disputes.NoticeKind.NOT_OURS], ["not_ours"]),
    "filed late": (disputes.late, [ACK, "good_cause_request"]),
    "dispute dismissed": (disputes.dismissed, [ACK, "good_cause_request", "dispute_dismissed"]),
    "not answered": (disputes.CASES[disputes.NoticeKind.DISPUTE_MISSED], [ACK, "dispute_missed"]),
    "dispute withdrawn": (disputes.withdrawn, [ACK, "dispute_withdrawn"]),
    "a request by mistake": (disputes.forwarded, [ACK, TOLD, FORWARDED]),
    "reminded of what is missing": (
        disputes.CASES[disputes.NoticeKind.DISPUTE_REMINDER],
        [ACK, ASKED, "dispute_reminder", "dispute_missed", "dispute_reminder"],
    ),
    "reminded of the second level": (
        disputes.CASES[disputes.NoticeKind.SECOND_LEVEL_REMINDER],
        [ACK, TOLD, "second_level_reminder"],
    ),
}
REFERRALS = {
    "available here": (referrals.offered, ["available_locally"]),
    "arranged": (referrals.sent, ["determination", "preauthorization", "coinsurance"]),
    "coverage ended": (
        referrals.ended,
        ["determination", "preauthorization", "coinsurance", "authorization_ended"],
    ),
    "an emergency": (referrals.emergency, ["not_required"]),
}
COMPLAINT = "grievance_received"
GRIEVANCES = {
    "a referral that stands": (standings.told, ["determination"]),
    "an end of coverage": (concurrents.noticed, ["determination", "non_coverage"]),
    "an end that the QIO looks at": (
        concurrents.asked_about,
        ["determination", "non_coverage", "detailed_explanation"],
    ),
    "complained of": (grievances.answered, [COMPLAINT, "grievance_answered"]),
    "complained of, with more time": (grievances.extended, [COMPLAINT, "grievance_extended"]),
}
COORDINATIONS = {
    "other coverage, asked about and answered": (cobs.second, ["cob_asked", "cob_order"]),
}
CARED_FOR = {
    "in care management, and out of it": (
        cares.left,
        ["care_welcome", "care_plan", "care_closed"],
    )
}
ADOPTED = {"a change that is mailed": (committees.mailed, ["change_notice"])}
PATHS = REQUESTS | APPEALS | DISPUTES | REFERRALS | GRIEVANCES | COORDINATIONS | CARED_FOR | ADOPTED
ENGLISH, SPANISH = Language
