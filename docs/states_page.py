"""`docs/states.md`: the stages of a case kind, and what the outside is told at each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from docs.appeal_states import APPEAL, APPEAL_TRANSITIONS, BEFORE_AN_APPEALS_ANSWER
from docs.authorization_states import AUTHORIZATION, AUTHORIZATION_TRANSITIONS, endings
from docs.care_states import BEFORE_CONSENT, CARE, CARE_TRANSITIONS, care_statuses
from docs.cob_states import BEFORE_AN_ORDER, COB, COB_TRANSITIONS, cob_statuses
from docs.committee_states import (
    BEFORE_A_DECISION,
    BEFORE_A_VOTE,
    GUIDELINE,
    GUIDELINE_TRANSITIONS,
    TECHNOLOGY,
    TECHNOLOGY_TRANSITIONS,
    guideline_statuses,
    technology_statuses,
)
from docs.concurrent_states import BEFORE_A_STAYS_ANSWER, CONCURRENT, CONCURRENT_TRANSITIONS
from docs.dispute_states import (
    BEFORE_A_DISPUTES_ANSWER,
    DISPUTE,
    DISPUTE_TRANSITIONS,
    dispute_statuses,
)
from docs.grievance_states import (
    BEFORE_A_GRIEVANCES_ANSWER,
    GRIEVANCE,
    GRIEVANCE_TRANSITIONS,
    grievance_statuses,
)
from docs.message_states import BEFORE_A_CALL, MESSAGE, MESSAGE_TRANSITIONS, message_statuses
from docs.referral_states import BEFORE_A_REFERRALS_ANSWER, REFERRAL, REFERRAL_TRANSITIONS
from docs.retrospective_states import (
    BEFORE_A_RETROSPECTIVE_ANSWER,
    RETROSPECTIVE,
    RETROSPECTIVE_TRANSITIONS,
)
from docs.standing_states import BEFORE_A_STANDING_ANSWER, STANDING, STANDING_TRANSITIONS
from domain.parts.stage import Stage
from domain.parts.status import (
    CareStatus,
    CobStatus,
    DisputeStatus,
    GrievanceStatus,
    GuidelineStatus,
    MessageStatus,
    OutsideStatus,
    Status,
    TechnologyStatus,
)
from domain.request.determination import Determination, Outcome
from domain.request.line import Line
from domain.review.precertification import Precertification

M = TypeVar("M", bound=BaseModel)

HEAD = """\
# The states of a case

*Made from `domain/parts/stage.py`, `domain/review/reviewed.py` and `domain/dispute/disputed.py` by
`python -m docs.generate`; change the code, not this page.*

A case has two states. The **stage** says what we are doing; it is derived from what is still open, and never
stored. The **status** is what the outside is told; for a request it is an X12 306 code; disputes, grievances,
coordination of benefits, messages, care management and what a committee decides have their own words.
"""

PRECERTIFICATION = """\
## Precertification

Three transitions may happen from every stage before `decided` and are not drawn: the requester withdraws
(to `decided`, status C), an emergency is confirmed (to `decided`, status NA), and a correction of the facts
sends the case back to the question that it changes. A missed deadline changes no stage: it records a breach,
tells people their rights, and the answer stays owed. [Second thoughts](second-thoughts.md) are not drawn: a
decision that nobody was told is taken back into review, and a closed case is taken up again. What was entered in
error before a letter left goes from any stage to `closed`.
"""

Transition = tuple[Stage, Stage, str]  # from, to, when

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
    (Stage.DECIDED, Stage.TELLING, "letters have left, calls are owed"),
    (Stage.DECIDED, Stage.CLOSED, "letters have left, no calls are owed"),
    (Stage.TELLING, Stage.APPEAL_WINDOW, "calls are over, the answer was adverse"),
    (Stage.TELLING, Stage.CLOSED, "calls are over, all approved"),
    (Stage.APPEAL_WINDOW, Stage.CLOSED, "the time to appeal ends"),
    (Stage.TELLING, Stage.RECALL, "entered in error, letters had left"),
    (Stage.APPEAL_WINDOW, Stage.RECALL, "entered in error, letters had left"),
    (Stage.RECALL, Stage.CLOSED, "the letters are called back"),
)

BEFORE_AN_ANSWER = (
    Stage.RECEIVED,
    Stage.AWAITING_INFORMATION,
    Stage.COVERAGE_REVIEW,
    Stage.NURSE_REVIEW,
    Stage.PHYSICIAN_REVIEW,
)

MIXES: tuple[tuple[str, tuple[Outcome | None, ...]], ...] = (
    ("any line has no answer yet", (Outcome.APPROVED, None)),
    ("all approved", (Outcome.APPROVED, Outcome.APPROVED)),
    ("all denied", (Outcome.DENIED, Outcome.DENIED)),
    ("none denied, some modified", (Outcome.APPROVED, Outcome.MODIFIED)),
    ("some approved, some denied", (Outcome.APPROVED, Outcome.DENIED)),
    ("some with fewer units, none modified", (Outcome.APPROVED, Outcome.PARTIAL)),
    ("some modified, some denied", (Outcome.MODIFIED, Outcome.DENIED)),
)


class Chart(NamedTuple):
    """A kind of case on the page: words, transitions, where nothing is answered yet, and what stands below."""

    words: str
    transitions: tuple[Transition, ...]
    before: Sequence[Stage] = ()
    undecided: OutsideStatus = Status.PENDED
    below: Callable[[], Iterable[str]] = tuple


def charts() -> tuple[Chart, ...]:
    """Every kind of case, in the order of the page."""
    return (
        Chart(PRECERTIFICATION, TRANSITIONS, BEFORE_AN_ANSWER, below=_codes),
        Chart(REFERRAL, REFERRAL_TRANSITIONS, BEFORE_A_REFERRALS_ANSWER),
        Chart(STANDING, STANDING_TRANSITIONS, BEFORE_A_STANDING_ANSWER),
        Chart(CONCURRENT, CONCURRENT_TRANSITIONS, BEFORE_A_STAYS_ANSWER),
        Chart(RETROSPECTIVE, RETROSPECTIVE_TRANSITIONS, BEFORE_A_RETROSPECTIVE_ANSWER),
        Chart(APPEAL, APPEAL_TRANSITIONS, BEFORE_AN_APPEALS_ANSWER),
        Chart(AUTHORIZATION, AUTHORIZATION_TRANSITIONS, below=endings),
        Chart(
            DISPUTE,
            DISPUTE_TRANSITIONS,
            BEFORE_A_DISPUTES_ANSWER,
            DisputeStatus.OPEN,
            dispute_statuses,
        ),
        Chart(
            GRIEVANCE,
            GRIEVANCE_TRANSITIONS,
            BEFORE_A_GRIEVANCES_ANSWER,
            GrievanceStatus.OPEN,
            grievance_statuses,
        ),
        Chart(COB, COB_TRANSITIONS, BEFORE_AN_ORDER, CobStatus.UNKNOWN, cob_statuses),
        Chart(MESSAGE, MESSAGE_TRANSITIONS, BEFORE_A_CALL, MessageStatus.WAITING, message_statuses),
        Chart(CARE, CARE_TRANSITIONS, BEFORE_CONSENT, CareStatus.REFERRED, care_statuses),
        Chart(
            TECHNOLOGY,
            TECHNOLOGY_TRANSITIONS,
            BEFORE_A_DECISION,
            TechnologyStatus.OPEN,
            technology_statuses,
        ),
        Chart(GUIDELINE, GUIDELINE_TRANSITIONS, BEFORE_A_VOTE, GuidelineStatus.DRAFT, guideline_statuses),
    )


def states_page() -> str:
    """The diagram, the stages with their sentences, and the tables of the status, kind by kind."""
    return "\n".join([HEAD, *(line for chart in charts() for line in _drawn(chart))])


def _drawn(chart: Chart) -> Iterator[str]:
    yield from (chart.words, *_diagram(chart.transitions), "")
    yield from (*_stages(chart.transitions, chart.before, _told(chart.undecided)), "")
    if below := [*chart.below()]:
        yield from (*below, "")


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
