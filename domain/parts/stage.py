"""Where a case stands inside: few stages drive, and each has one plain sentence."""

from enum import StrEnum


class Stage(StrEnum):
    RECEIVED = "received"
    AWAITING_INFORMATION = "awaiting_information"
    COVERAGE_REVIEW = "coverage_review"
    AVAILABILITY = "availability"
    SPECIALIST_REVIEW = "specialist_review"
    NURSE_REVIEW = "nurse_review"
    PHYSICIAN_REVIEW = "physician_review"
    DECIDED = "decided"
    TELLING = "telling"
    ACTIVE = "active"
    ENDED = "ended"
    COORDINATION = "coordination"
    FOLLOW_UP = "follow_up"
    CONTINUING = "continuing"
    TERMINATING = "terminating"
    APPEAL_WINDOW = "appeal_window"
    DISPUTE_TRIAGE = "dispute_triage"
    GOOD_CAUSE = "good_cause"
    DISPUTE_REVIEW = "dispute_review"
    SECOND_LEVEL_WINDOW = "second_level_window"
    SECOND_LEVEL = "second_level"
    AWAITING_FORM = "awaiting_form"
    APPEAL_REVIEW = "appeal_review"
    INDEPENDENT_REVIEW = "independent_review"
    NEXT_LEVEL = "next_level"
    GRIEVANCE_REVIEW = "grievance_review"
    ORDER_ASKED = "order_asked"
    ORDER_TOLD = "order_told"
    CALL_OWED = "call_owed"
    UNMATCHED = "unmatched"
    CARE_OFFER = "care_offer"
    CARE_ASSESSMENT = "care_assessment"
    CARE_PLANNING = "care_planning"
    CARE_CONTACT = "care_contact"
    CARE_ENDING = "care_ending"
    EVIDENCE = "evidence"
    OPINION = "opinion"
    COMMITTEE = "committee"
    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    CHANGE_NOTICE = "change_notice"
    IN_FORCE = "in_force"
    RECALL = "recall"
    CLOSED = "closed"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]

    @property
    def text(self) -> str:
        """The stage as a list shows it."""
        return self.value.replace("_", " ").capitalize()


SENTENCES = {
    Stage.RECEIVED: "The request is in and is being screened.",
    Stage.AWAITING_INFORMATION: "Something of the minimum set is missing and has been asked for.",
    Stage.COVERAGE_REVIEW: "The directory does not show coverage; a coverage specialist looks at it.",
    Stage.AVAILABILITY: "A care-management specialist finds out whether Puerto Rico offers the service.",
    Stage.SPECIALIST_REVIEW: "A care-management specialist reviews what criteria alone did not approve.",
    Stage.NURSE_REVIEW: "A nurse reviews the lines that criteria alone did not approve.",
    Stage.PHYSICIAN_REVIEW: "A physician reviews what the nurse could not approve.",
    Stage.DECIDED: "Every line has an answer; the letters are on their way.",
    Stage.TELLING: "The letters have left; the calls are still to be made.",
    Stage.ACTIVE: "The authorization is good; what is used of it is recorded.",
    Stage.ENDED: "The authorization has ended; whoever has to know is being told.",
    Stage.COORDINATION: "Approved; provider, day, pre-authorization and coinsurance are being arranged.",
    Stage.FOLLOW_UP: "All is arranged; the service and the return to local care are awaited.",
    Stage.CONTINUING: "What was approved runs; before its last day somebody looks again.",
    Stage.TERMINATING: "An end of coverage is proposed; its notice, and what is asked about it, come first.",
    Stage.APPEAL_WINDOW: "The answer was adverse; the time to appeal is running.",
    Stage.DISPUTE_TRIAGE: "An analyst sorts the lines that no table sorts, or finds out whose provider this is.",
    Stage.GOOD_CAUSE: "It came late; whether there was a good cause is asked and decided.",
    Stage.DISPUTE_REVIEW: "An analyst compares what was paid with what Original Medicare would have paid.",
    Stage.SECOND_LEVEL_WINDOW: "The first level is answered; the time to ask the health plan is running.",
    Stage.SECOND_LEVEL: "The dispute is with the health plan, which decides the second level.",
    Stage.AWAITING_FORM: "Whoever appeals for the member has to show that they may; the form was asked for.",
    Stage.APPEAL_REVIEW: "Somebody who had no part in the first decision looks at it again.",
    Stage.INDEPENDENT_REVIEW: "What was upheld is with the independent reviewer, whose answer is followed.",
    Stage.NEXT_LEVEL: "The appeal is over here; the time to take it further is running.",
    Stage.GRIEVANCE_REVIEW: "Somebody looks into what the member complains of.",
    Stage.ORDER_ASKED: "Who pays first depends on a fact that the member, or somebody here, has still to find out.",
    Stage.ORDER_TOLD: "The member was told who pays first; it is looked at again when that may change.",
    Stage.CALL_OWED: "Somebody left a message and is to be called back.",
    Stage.UNMATCHED: "Whoever left the message was called back; the case that it belongs to is to be found.",
    Stage.CARE_OFFER: "The member qualifies; care management is offered, and nobody has to consent.",
    Stage.CARE_ASSESSMENT: "The member consented, and is assessed.",
    Stage.CARE_PLANNING: "The assessment is done; a plan of care is to be agreed.",
    Stage.CARE_CONTACT: "The member is called in the rhythm of their risk, and the plan of care is followed.",
    Stage.CARE_ENDING: "Care management has ended; the letter that says so is on its way.",
    Stage.EVIDENCE: "Each of the four bases of coverage is looked into; none is answered by silence.",
    Stage.OPINION: "Every basis is answered; a specialist without an interest in it is asked.",
    Stage.COMMITTEE: "It is prepared; the committee votes.",
    Stage.UNPUBLISHED: "It is decided; whoever lives by it has still to be able to read it.",
    Stage.PUBLISHED: "It is decided and published; it is looked at again after a year, or when new evidence comes.",
    Stage.CHANGE_NOTICE: "It is to be in force from a day; those against whom it goes are told before.",
    Stage.IN_FORCE: "Requests are decided by it; it is looked at again every year.",
    Stage.RECALL: "It was entered in error; letters that had left are being called back.",
    Stage.CLOSED: "Nothing more will happen here.",
}
