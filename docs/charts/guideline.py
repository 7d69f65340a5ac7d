"""The stages of a guideline for `docs/states.md`, and what is told of it."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import GuidelineStatus

WORDS = """\
## Guideline

A draft may be withdrawn before it is in force (to `closed`), which is not drawn. A change of law goes from its
review to its own day, without a vote.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.COMMITTEE, "reviewed with its literature"),
    (Stage.RECEIVED, Stage.CHANGE_NOTICE, "reviewed, a change of law"),
    (Stage.COMMITTEE, Stage.CHANGE_NOTICE, "voted with a quorum"),
    (Stage.CHANGE_NOTICE, Stage.IN_FORCE, "its day has come, and its notice had left in time"),
    (Stage.IN_FORCE, Stage.CLOSED, "retired by a vote"),
)

BEFORE = (Stage.RECEIVED, Stage.COMMITTEE)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, GuidelineStatus.DRAFT, told="What is told of a guideline")
