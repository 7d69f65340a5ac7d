"""The stages of a grievance for `docs/states.md`, and what the member is told at each."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import GrievanceStatus

WORDS = """\
## Grievance

The member may withdraw at any stage before `decided` (to `closed`), which is not drawn. A missed answer changes no
stage: it records a breach, and the answer stays owed.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.CLOSED, "it is an appeal, which was opened of the same receipt"),
    (Stage.RECEIVED, Stage.GRIEVANCE_REVIEW, "it is a grievance, or both"),
    (Stage.GRIEVANCE_REVIEW, Stage.DECIDED, "answered in writing"),
    (Stage.GRIEVANCE_REVIEW, Stage.CLOSED, "answered by voice"),
    (Stage.DECIDED, Stage.CLOSED, "its letter has left"),
)

BEFORE = (Stage.RECEIVED, Stage.GRIEVANCE_REVIEW)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, GrievanceStatus.OPEN, told="What a member is told of a grievance")
