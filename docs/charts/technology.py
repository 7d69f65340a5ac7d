"""The stages of a new technology for `docs/states.md`, and what is told of it."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import TechnologyStatus

WORDS = """\
## New technology

A proposal may be withdrawn until something is published (to `closed`), which is not drawn. In a plan of Medicare
Advantage a national rule leads from any stage to `unpublished`. It is looked at again until a vote retires it.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.EVIDENCE, "the question is scoped"),
    (Stage.EVIDENCE, Stage.OPINION, "each of the four bases is answered"),
    (Stage.OPINION, Stage.COMMITTEE, "a specialist's opinion is given"),
    (Stage.COMMITTEE, Stage.UNPUBLISHED, "voted with a quorum"),
    (Stage.UNPUBLISHED, Stage.PUBLISHED, "it can be read"),
    (Stage.PUBLISHED, Stage.UNPUBLISHED, "looked at again, and voted"),
    (Stage.PUBLISHED, Stage.CLOSED, "retired by a vote"),
)

BEFORE = (Stage.RECEIVED, Stage.EVIDENCE, Stage.OPINION, Stage.COMMITTEE)

CHART = Chart(WORDS, TRANSITIONS, BEFORE, TechnologyStatus.OPEN, told="What is told of a technology")
