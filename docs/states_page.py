"""`docs/states.md`: the stages of a case kind, and what the outside is told at each."""

from collections.abc import Iterator, Sequence
from importlib import import_module

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import OutsideStatus
from domain.terms.kind import KINDS

HEAD = """\
# The states of a case

*Made from `domain/parts/stage.py`, `domain/review/reviewed.py` and `domain/dispute/disputed.py` by
`python -m docs.generate`; change the code, not this page.*

A case has two states. The **stage** says what we are doing; it is derived from what is still open, and never
stored. The **status** is what the outside is told; for a request it is an X12 306 code; disputes, grievances,
coordination of benefits, messages, care management and what a committee decides have their own words.
"""


def charts() -> tuple[Chart, ...]:
    """Every kind of case, each with its own page."""
    return tuple(import_module(f"docs.charts.{kind}").CHART for kind in KINDS)


def states_page() -> str:
    """The diagram, the stages with their sentences, and the tables of the status, kind by kind."""
    return "\n".join([HEAD, *(line for chart in charts() for line in _drawn(chart))])


def _drawn(chart: Chart) -> Iterator[str]:
    yield from (chart.words, *_diagram(chart.transitions), "")
    yield from (*_stages(chart.transitions, chart.before, _told(chart.undecided)), "")
    if below := [*chart.beneath]:
        yield from (*below, "")


def _diagram(transitions: Sequence[Transition]) -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {Stage.RECEIVED.value}")
    yield from (f"    {here.value} --> {there.value}: {when}" for here, there, when in transitions)
    yield from (f"    {Stage.CLOSED.value} --> [*]", "```")


def _stages(transitions: Sequence[Transition], before: Sequence[Stage], undecided: str) -> Iterator[str]:
    yield from ("| Stage | What it means | Status outside |", "| --- | --- | --- |")
    met = {stage for here, there, _ in transitions for stage in (here, there)}
    for stage in (one for one in Stage if one in met):
        outside = undecided if stage in before else "by the answers, below"
        yield f"| `{stage.value}` | {stage.sentence} | {outside} |"


def _told(status: OutsideStatus) -> str:
    return f"{status.code} {status.text}"
