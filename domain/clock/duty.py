"""A duty: what a timeframe times, and for whom it is."""

from enum import StrEnum


class Duty(StrEnum):
    """What a timeframe times."""

    DECISION = "decision"
    INCOMPLETE_NOTICE = "incomplete_notice"
    RECORDS_REQUEST = "records_request"  # to a provider without a contract who holds them
    AFTER_INFORMATION = "after_information"
    WRITTEN_CONFIRMATION = "written_confirmation"
    REFUSED_EXPEDITE_LETTER = "refused_expedite_letter"
    INFORMATION_WINDOW = "information_window"
    CALLS = "calls"
    DETAILED_EXPLANATION = "detailed_explanation"  # of an end of coverage, to the member and the QIO
    PEER_TO_PEER = "peer_to_peer"
    APPEAL_WINDOW = "appeal_window"
    APPEAL_FORM = "appeal_form"  # the time in which an appointment has to come
    APPEAL_WAIVER = "appeal_waiver"  # the time in which a waiver of liability has to come
    APPEAL_GOOD_CAUSE = "appeal_good_cause"
    APPEAL_DECISION = "appeal_decision"
    EFFECTUATION = "effectuation"  # after the plan's own reversal
    FORWARDING = "forwarding"  # of what was upheld, to the independent reviewer
    FORWARDING_AT_ONCE = "forwarding_at_once"  # of what is expedited, or left in silence
    EFFECTUATION_AFTER_REVIEW = "effectuation_after_review"
    EFFECTUATION_AFTER_HEARING = "effectuation_after_hearing"  # of a level above the independent reviewer
    PROVISION_AFTER_REVIEW = "provision_after_review"
    NEXT_LEVEL = "next_level"
    DISMISSAL_REVIEW = "dismissal_review"
    VACATING = "vacating"
    DISPUTE_FILING = "dispute_filing"
    DISPUTE_INFORMATION = "dispute_information"
    GOOD_CAUSE = "good_cause"
    DISPUTE_DECISION = "dispute_decision"
    SECOND_LEVEL = "second_level"
    GRIEVANCE_FILING = "grievance_filing"
    GRIEVANCE_NOTICE = "grievance_notice"  # that it came, and what its member may do
    COVERAGE_ANSWER = "coverage_answer"  # of the member who is asked about other coverage
    CARE_ASSESSMENT_BEGUN = "care_assessment_begun"
    CARE_ASSESSMENT = "care_assessment"
    HEALTH_PLAN_APPEAL = (
        "health_plan_appeal"  # of a denial: the plan's, and its last day stands in our redirect
    )

    @property
    def is_window(self) -> bool:
        """A window is other people's time: its end is an event, and nobody is late."""
        return self in WINDOWS

    @property
    def is_of_disputes(self) -> bool:
        """Does it time payment disputes, and nothing else?"""
        return self in DISPUTE_DUTIES

    @property
    def is_of_appeals(self) -> bool:
        """Does it time appeals, and nothing else?"""
        return self in APPEAL_DUTIES

    @property
    def depends_on_service(self) -> bool:
        """May lines of different kinds have different times for it?"""
        return self in BY_SERVICE

    @property
    def is_before_appeals(self) -> bool:
        """Does it time a request up to its appeal, and nothing after?"""
        return self in REQUEST_DUTIES


DISPUTE_WINDOWS = frozenset(
    {
        Duty.DISPUTE_FILING,
        Duty.DISPUTE_INFORMATION,
        Duty.GOOD_CAUSE,
        Duty.SECOND_LEVEL,
        Duty.HEALTH_PLAN_APPEAL,
    }
)
DISPUTE_DUTIES = DISPUTE_WINDOWS | {Duty.DISPUTE_DECISION}
APPEAL_WINDOWS = frozenset(
    {
        Duty.APPEAL_FORM,
        Duty.APPEAL_WAIVER,
        Duty.APPEAL_GOOD_CAUSE,
        Duty.NEXT_LEVEL,
        Duty.DISMISSAL_REVIEW,
        Duty.VACATING,
    }
)
APPEAL_DUTIES = APPEAL_WINDOWS | {
    Duty.APPEAL_DECISION,
    Duty.EFFECTUATION,
    Duty.FORWARDING,
    Duty.FORWARDING_AT_ONCE,
    Duty.EFFECTUATION_AFTER_REVIEW,
    Duty.EFFECTUATION_AFTER_HEARING,
    Duty.PROVISION_AFTER_REVIEW,
}
BY_SERVICE = frozenset(
    {
        Duty.DECISION,
        Duty.APPEAL_DECISION,
        Duty.EFFECTUATION,
        Duty.FORWARDING,
        Duty.EFFECTUATION_AFTER_REVIEW,
        Duty.PROVISION_AFTER_REVIEW,
    }
)
REQUEST_DUTIES = frozenset(
    {Duty.DECISION, Duty.INCOMPLETE_NOTICE, Duty.AFTER_INFORMATION, Duty.PEER_TO_PEER, Duty.APPEAL_WINDOW}
)
WINDOWS = (
    DISPUTE_WINDOWS
    | APPEAL_WINDOWS
    | {
        Duty.INFORMATION_WINDOW,
        Duty.CALLS,
        Duty.PEER_TO_PEER,
        Duty.APPEAL_WINDOW,
        Duty.GRIEVANCE_FILING,
        Duty.COVERAGE_ANSWER,
    }
)
