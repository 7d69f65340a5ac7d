"""The stages of a US-services referral for `docs/states.md`."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage

WORDS = """\
## US-services referral

Up to its answer a referral goes the way of a precertification, with a care-management specialist in the nurse's
place and one question more: does Puerto Rico offer the service? What an approval adds is drawn after it. Until the
member is back, a withdrawal or coverage that ends leads to `closed` from every stage, by the letters that tell it.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.DECIDED, "an emergency: none required"),
    (Stage.RECEIVED, Stage.AWAITING_INFORMATION, "something is missing, or there was only a call"),
    (Stage.RECEIVED, Stage.COVERAGE_REVIEW, "no coverage shown on the mainland"),
    (Stage.RECEIVED, Stage.AVAILABILITY, "covered"),
    (Stage.RECEIVED, Stage.SPECIALIST_REVIEW, "covered, and available services too"),
    (Stage.AWAITING_INFORMATION, Stage.COVERAGE_REVIEW, "it came, no coverage shown"),
    (Stage.AWAITING_INFORMATION, Stage.AVAILABILITY, "it came"),
    (Stage.AWAITING_INFORMATION, Stage.SPECIALIST_REVIEW, "it came, and the finding is there"),
    (Stage.AWAITING_INFORMATION, Stage.PHYSICIAN_REVIEW, "it did not come in time, or a line is referred"),
    (Stage.COVERAGE_REVIEW, Stage.DECIDED, "answered on an administrative ground"),
    (Stage.AVAILABILITY, Stage.SPECIALIST_REVIEW, "found, with whom was asked"),
    (Stage.SPECIALIST_REVIEW, Stage.PHYSICIAN_REVIEW, "a line is referred"),
    (Stage.SPECIALIST_REVIEW, Stage.DECIDED, "every line answered"),
    (Stage.PHYSICIAN_REVIEW, Stage.SPECIALIST_REVIEW, "referred lines answered, others open"),
    (Stage.PHYSICIAN_REVIEW, Stage.DECIDED, "every line answered"),
    (Stage.DECIDED, Stage.TELLING, "nothing approved, or received already"),
    (Stage.DECIDED, Stage.COORDINATION, "approved"),
    (Stage.DECIDED, Stage.CLOSED, "letters have left, no calls are owed"),
    (Stage.COORDINATION, Stage.FOLLOW_UP, "every approved line is confirmed"),
    (Stage.FOLLOW_UP, Stage.COORDINATION, "the day moved, or the provider declined after all"),
    (Stage.COORDINATION, Stage.CLOSED, "the authorization ended"),
    (Stage.FOLLOW_UP, Stage.CLOSED, "back in local care, or the authorization ended"),
    (Stage.FOLLOW_UP, Stage.APPEAL_WINDOW, "back in local care, another line was denied"),
    (Stage.TELLING, Stage.APPEAL_WINDOW, "calls are over, the answer was adverse"),
    (Stage.TELLING, Stage.CLOSED, "calls are over"),
    (Stage.APPEAL_WINDOW, Stage.CLOSED, "the time to appeal ends"),
)

BEFORE = (
    Stage.RECEIVED,
    Stage.AWAITING_INFORMATION,
    Stage.COVERAGE_REVIEW,
    Stage.AVAILABILITY,
    Stage.SPECIALIST_REVIEW,
    Stage.PHYSICIAN_REVIEW,
)

CHART = Chart(WORDS, TRANSITIONS, BEFORE)
