"""The stages of coordination of benefits for `docs/states.md`, and what the member is told at each."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import CobStatus

WORDS = """\
## Coordination of benefits

The member may withdraw at any stage (to `closed`), which is not drawn. Silence changes no stage: somebody here
finds out.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.ORDER_ASKED, "a fact is missing, or no clause decides"),
    (Stage.RECEIVED, Stage.ORDER_TOLD, "everything is known"),
    (Stage.ORDER_ASKED, Stage.ORDER_TOLD, "the fact is told"),
    (Stage.ORDER_TOLD, Stage.ORDER_ASKED, "looked at again on its day, and a fact is missing"),
    (Stage.ORDER_ASKED, Stage.CLOSED, "left unknown"),
    (Stage.ORDER_TOLD, Stage.CLOSED, "nobody else pays, and that is told"),
)

BEFORE = (Stage.RECEIVED, Stage.ORDER_ASKED)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, CobStatus.UNKNOWN, told="What a member is told of coordination")
