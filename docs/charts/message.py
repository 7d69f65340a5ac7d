"""The stages of a message for `docs/states.md`, and what is said of it at each."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import MessageStatus

WORDS = """\
## Message

Whoever left it may take it back at any stage (to `closed`), which is not drawn. Silence changes no stage: a late
call back is told, and stays owed.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.CALL_OWED, "a message is left"),
    (Stage.RECEIVED, Stage.CLOSED, "a caller is answered at once"),
    (Stage.CALL_OWED, Stage.UNMATCHED, "called back, and nobody knows its case yet"),
    (Stage.CALL_OWED, Stage.CLOSED, "called back, and tied or of no case; nobody can be reached"),
    (Stage.UNMATCHED, Stage.CLOSED, "tied to its case"),
)

BEFORE = (Stage.RECEIVED, Stage.CALL_OWED)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, MessageStatus.WAITING, told="What is said of a message")
