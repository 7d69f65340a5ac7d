"""The stages of care management for `docs/states.md`, and what is told outside at each."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import CareStatus

WORDS = """\
## Care management

The member may leave at any stage (to `care_ending`), which is not drawn, and so may care management end for a
reason of another kind. A referral may be withdrawn before consent (to `closed`). Silence changes no stage.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.CARE_OFFER, "found eligible, the time to assess runs"),
    (Stage.RECEIVED, Stage.CARE_ENDING, "not eligible"),
    (Stage.CARE_OFFER, Stage.CARE_ASSESSMENT, "offered, and consented to"),
    (Stage.CARE_ASSESSMENT, Stage.CARE_PLANNING, "assessed"),
    (Stage.CARE_PLANNING, Stage.CARE_CONTACT, "goals are agreed"),
    (Stage.CARE_CONTACT, Stage.CARE_ENDING, "every goal has ended"),
    (Stage.CARE_ENDING, Stage.CLOSED, "the letter that says so has left"),
)

BEFORE = (Stage.RECEIVED,)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, CareStatus.REFERRED, told="What is told of care management")
