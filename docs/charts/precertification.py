"""The stages of a precertification for `docs/states.md`, and which X12 306 code follows from which answers."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pydantic import BaseModel

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage
from domain.parts.status import OutsideStatus, Status
from domain.request.determination import Determination, Outcome
from domain.request.line import Line
from domain.review.precertification import Precertification

M = TypeVar("M", bound=BaseModel)

WORDS = """\
## Precertification

Three transitions may happen from every stage before `decided` and are not drawn: the requester withdraws
(to `decided`, status C), an emergency is confirmed (to `decided`, status NA), and a correction of the facts
sends the case back to the question that it changes. A missed deadline changes no stage: it records a breach,
tells people their rights, and the answer stays owed. [Second thoughts](second-thoughts.md) are not drawn: a
decision that nobody was told is taken back into review, and a closed case is taken up again. What was entered in
error before a letter left goes from any stage to `closed`.
"""

TELLING: tuple[Transition, ...] = (
    (Stage.DECIDED, Stage.TELLING, "letters have left, calls are owed"),
    (Stage.TELLING, Stage.APPEAL_WINDOW, "calls are over, the answer was adverse"),
    (Stage.TELLING, Stage.CLOSED, "calls are over, all approved"),
    (Stage.APPEAL_WINDOW, Stage.CLOSED, "the time to appeal ends"),
)
"""How an answer is told, whatever was asked."""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.DECIDED, "none required, or every criterion met"),
    (Stage.RECEIVED, Stage.AWAITING_INFORMATION, "something is missing"),
    (Stage.RECEIVED, Stage.COVERAGE_REVIEW, "no coverage shown"),
    (Stage.RECEIVED, Stage.NURSE_REVIEW, "a criterion is open or unmet"),
    (Stage.AWAITING_INFORMATION, Stage.DECIDED, "it came, and every criterion is met"),
    (Stage.AWAITING_INFORMATION, Stage.COVERAGE_REVIEW, "it came, no coverage shown"),
    (Stage.AWAITING_INFORMATION, Stage.NURSE_REVIEW, "it came, a criterion is open or unmet"),
    (Stage.AWAITING_INFORMATION, Stage.PHYSICIAN_REVIEW, "it did not come in time, or a line is referred"),
    (Stage.COVERAGE_REVIEW, Stage.DECIDED, "answered on an administrative ground"),
    (Stage.NURSE_REVIEW, Stage.DECIDED, "every line approved"),
    (Stage.NURSE_REVIEW, Stage.PHYSICIAN_REVIEW, "a line is referred"),
    (Stage.PHYSICIAN_REVIEW, Stage.NURSE_REVIEW, "referred lines answered, others open"),
    (Stage.PHYSICIAN_REVIEW, Stage.DECIDED, "every line answered"),
    *TELLING,
    (Stage.DECIDED, Stage.CLOSED, "letters have left, no calls are owed"),
    (Stage.TELLING, Stage.RECALL, "entered in error, letters had left"),
    (Stage.APPEAL_WINDOW, Stage.RECALL, "entered in error, letters had left"),
    (Stage.RECALL, Stage.CLOSED, "the letters are called back"),
)

BEFORE = (
    Stage.RECEIVED,
    Stage.AWAITING_INFORMATION,
    Stage.COVERAGE_REVIEW,
    Stage.NURSE_REVIEW,
    Stage.PHYSICIAN_REVIEW,
)
"""The stages in which a request waits for its answer."""

MIXES: tuple[tuple[str, tuple[Outcome | None, ...]], ...] = (
    ("any line has no answer yet", (Outcome.APPROVED, None)),
    ("all approved", (Outcome.APPROVED, Outcome.APPROVED)),
    ("all denied", (Outcome.DENIED, Outcome.DENIED)),
    ("none denied, some modified", (Outcome.APPROVED, Outcome.MODIFIED)),
    ("some approved, some denied", (Outcome.APPROVED, Outcome.DENIED)),
    ("some with fewer units, none modified", (Outcome.APPROVED, Outcome.PARTIAL)),
    ("some modified, some denied", (Outcome.MODIFIED, Outcome.DENIED)),
)


def status_of(
    outcomes: Sequence[Outcome | None], *, withdrawn: bool = False, not_required: bool = False
) -> Status:
    """What the outside is told of a case whose lines are answered so: asked of the case itself."""
    lines = [
        _without(Line, determination=each and _without(Determination, outcome=each)) for each in outcomes
    ]
    return _without(Precertification, lines=lines, withdrawn=withdrawn, not_required=not_required).status


def _without(model: type[M], **known: object) -> M:
    """A model of which only this is known: enough for what asks for nothing else."""
    return model.model_construct(None, **known)


def _codes() -> Iterator[str]:
    yield from (*_statuses(), "", *_by_outcome())


def _statuses() -> Iterator[str]:
    yield from ("### The X12 306 codes", "", "| Code | Words | Name in the code |", "| --- | --- | --- |")
    yield from (f"| {status.code} | {status.text} | `{status.name}` |" for status in Status)


def _by_outcome() -> Iterator[str]:
    yield from ("### From the answers to the code", "", "| The lines | Status |", "| --- | --- |")
    yield f"| withdrawn by the requester | {_told(status_of([None], withdrawn=True))} |"
    yield f"| no precertification required | {_told(status_of([None], not_required=True))} |"
    yield from (f"| {words} | {_told(status_of(outcomes))} |" for words, outcomes in MIXES)


def _told(status: OutsideStatus) -> str:
    return f"{status.code} {status.text}"


CHART = Chart(WORDS, TRANSITIONS, BEFORE, below=_codes)
