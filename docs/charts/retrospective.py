"""The stages of a retrospective review for `docs/states.md`."""

from docs.charts.chart import Chart, Transition
from docs.charts.precertification import BEFORE, TELLING
from domain.parts.stage import Stage

WORDS = """\
## Retrospective review

What was given already goes the way of a precertification. Nothing is told that it needs no leave, nothing is
expedited, and nothing is authorized; a withdrawal leads to `decided` from every stage before it.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.DECIDED, "every criterion met: of an emergency, the prudent layperson's"),
    (Stage.RECEIVED, Stage.AWAITING_INFORMATION, "something is missing"),
    (Stage.RECEIVED, Stage.COVERAGE_REVIEW, "no coverage on that day"),
    (Stage.RECEIVED, Stage.NURSE_REVIEW, "a criterion is open or unmet, or no row times it"),
    (Stage.AWAITING_INFORMATION, Stage.NURSE_REVIEW, "it came, a criterion is open or unmet"),
    (Stage.AWAITING_INFORMATION, Stage.PHYSICIAN_REVIEW, "it did not come in time, or a line is referred"),
    (Stage.COVERAGE_REVIEW, Stage.DECIDED, "answered on an administrative ground"),
    (Stage.NURSE_REVIEW, Stage.DECIDED, "approved, or it should have been asked and the policy says so"),
    (Stage.NURSE_REVIEW, Stage.PHYSICIAN_REVIEW, "a line is referred"),
    (Stage.PHYSICIAN_REVIEW, Stage.DECIDED, "every line answered"),
    *TELLING,
)

CHART = Chart(WORDS, TRANSITIONS, BEFORE)
