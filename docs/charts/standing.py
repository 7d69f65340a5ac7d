"""The stages of a standing referral for `docs/states.md`."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage

WORDS = """\
## Standing referral

As a precertification, but that a physician is the first to look, and that it stands until its authorization ends.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.AWAITING_INFORMATION, "something is missing"),
    (Stage.RECEIVED, Stage.COVERAGE_REVIEW, "no coverage shown"),
    (Stage.RECEIVED, Stage.PHYSICIAN_REVIEW, "covered"),
    (Stage.AWAITING_INFORMATION, Stage.PHYSICIAN_REVIEW, "it came, or did not in time"),
    (Stage.COVERAGE_REVIEW, Stage.DECIDED, "answered on an administrative ground"),
    (Stage.PHYSICIAN_REVIEW, Stage.CONTINUING, "given: visits, a day, a specialist, a scope"),
    (Stage.PHYSICIAN_REVIEW, Stage.DECIDED, "denied"),
    (Stage.CONTINUING, Stage.CLOSED, "its authorization ended, by whatever name"),
    (Stage.DECIDED, Stage.TELLING, "letters have left, calls are owed"),
    (Stage.TELLING, Stage.APPEAL_WINDOW, "calls are over"),
    (Stage.APPEAL_WINDOW, Stage.CLOSED, "the time to appeal ends"),
)

BEFORE = (
    Stage.RECEIVED,
    Stage.AWAITING_INFORMATION,
    Stage.COVERAGE_REVIEW,
    Stage.PHYSICIAN_REVIEW,
)

CHART = Chart(WORDS, TRANSITIONS, BEFORE)
