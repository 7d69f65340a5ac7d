"""The stages of a payment dispute for `docs/states.md`, and what the provider is told at each."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import DisputeStatus

WORDS = """\
## Payment dispute

Four transitions may happen from every stage before `decided` and are not drawn: the provider withdraws, an analyst
finds that it is not ours to answer, a supervisor dismisses (each to `decided`), and a corrected remittance sends a
line back to triage. Lines that go to the health plan's appeal are answered with their notice. A missed first level
changes no stage: it records a breach, opens the time for the second level, and the answer stays owed.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.DECIDED, "not ours, under contract, or every line redirected"),
    (Stage.RECEIVED, Stage.DISPUTE_TRIAGE, "a line that no row sorts, or a standing that is not known"),
    (Stage.RECEIVED, Stage.GOOD_CAUSE, "it came late"),
    (Stage.RECEIVED, Stage.AWAITING_INFORMATION, "something is missing"),
    (Stage.RECEIVED, Stage.DISPUTE_REVIEW, "in time and complete"),
    (Stage.DISPUTE_TRIAGE, Stage.GOOD_CAUSE, "sorted, it came late"),
    (Stage.DISPUTE_TRIAGE, Stage.AWAITING_INFORMATION, "sorted, something is missing"),
    (Stage.DISPUTE_TRIAGE, Stage.DISPUTE_REVIEW, "sorted"),
    (Stage.DISPUTE_TRIAGE, Stage.DECIDED, "every line redirected"),
    (Stage.GOOD_CAUSE, Stage.AWAITING_INFORMATION, "accepted, something is missing"),
    (Stage.GOOD_CAUSE, Stage.DISPUTE_REVIEW, "accepted"),
    (Stage.GOOD_CAUSE, Stage.DECIDED, "refused, or dismissed as untimely"),
    (Stage.AWAITING_INFORMATION, Stage.DISPUTE_REVIEW, "it came, or its time ended"),
    (Stage.AWAITING_INFORMATION, Stage.GOOD_CAUSE, "it came too late for the plan's row"),
    (Stage.DISPUTE_REVIEW, Stage.GOOD_CAUSE, "it came too late for the plan's row"),
    (Stage.DISPUTE_REVIEW, Stage.DECIDED, "every line answered, or dismissed as incomplete"),
    (Stage.DECIDED, Stage.SECOND_LEVEL_WINDOW, "the answer has left"),
    (Stage.DECIDED, Stage.CLOSED, "its letters have left, and nothing was decided here"),
    (Stage.SECOND_LEVEL_WINDOW, Stage.SECOND_LEVEL, "a request to the health plan is known"),
    (Stage.SECOND_LEVEL_WINDOW, Stage.CLOSED, "the time ended, no request known"),
    (Stage.CLOSED, Stage.SECOND_LEVEL, "reopened: a request became known later"),
    (Stage.SECOND_LEVEL, Stage.CLOSED, "the health plan answered"),
)

BEFORE = (
    Stage.RECEIVED,
    Stage.DISPUTE_TRIAGE,
    Stage.GOOD_CAUSE,
    Stage.AWAITING_INFORMATION,
    Stage.DISPUTE_REVIEW,
)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, DisputeStatus.OPEN, told="What a provider is told of a dispute")
