"""The stages of a concurrent review for `docs/states.md`."""

from docs.charts.chart import Chart, Transition
from docs.charts.precertification import BEFORE
from domain.parts.stage import Stage

WORDS = """\
## Concurrent review

Each stretch of days is reviewed as a precertification is, and the stay goes on meanwhile. No timer alone leads
to `closed`: an end needs a notice that was given, or the member's discharge, which may come at every stage and is
drawn once.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.AWAITING_INFORMATION, "something is missing"),
    (Stage.RECEIVED, Stage.COVERAGE_REVIEW, "no coverage shown"),
    (Stage.RECEIVED, Stage.NURSE_REVIEW, "admitted, or asked to go on"),
    (Stage.AWAITING_INFORMATION, Stage.NURSE_REVIEW, "it came"),
    (Stage.AWAITING_INFORMATION, Stage.PHYSICIAN_REVIEW, "it did not come in time"),
    (Stage.COVERAGE_REVIEW, Stage.DECIDED, "answered on an administrative ground"),
    (Stage.NURSE_REVIEW, Stage.PHYSICIAN_REVIEW, "fewer days, or a lower level"),
    (Stage.NURSE_REVIEW, Stage.CONTINUING, "days approved"),
    (Stage.PHYSICIAN_REVIEW, Stage.CONTINUING, "days approved, or fewer of them"),
    (Stage.PHYSICIAN_REVIEW, Stage.DECIDED, "nothing approved"),
    (Stage.CONTINUING, Stage.NURSE_REVIEW, "asked to go on"),
    (Stage.CONTINUING, Stage.TERMINATING, "a clinician proposes an end"),
    (Stage.TERMINATING, Stage.CONTINUING, "the QIO decides for the member"),
    (Stage.TERMINATING, Stage.TELLING, "the last covered day of a notice that was given is over"),
    (Stage.CONTINUING, Stage.TELLING, "discharged"),
    (Stage.DECIDED, Stage.TELLING, "letters have left, calls are owed"),
    (Stage.TELLING, Stage.APPEAL_WINDOW, "calls are over, something was denied"),
    (Stage.TELLING, Stage.CLOSED, "calls are over"),
    (Stage.APPEAL_WINDOW, Stage.CLOSED, "the time to appeal ends"),
)

CHART = Chart(WORDS, TRANSITIONS, BEFORE)
