"""The stages of a committee's questions for `docs/states.md`, and what is told of them."""

from collections.abc import Iterator

from domain.parts.stage import Stage
from domain.parts.status import GuidelineStatus, TechnologyStatus

TECHNOLOGY = """\
## New technology

A proposal may be withdrawn until something is published (to `closed`), which is not drawn. In a plan of Medicare
Advantage a national rule leads from any stage to `unpublished`. It is looked at again until a vote retires it.
"""

TECHNOLOGY_TRANSITIONS: tuple[tuple[Stage, Stage, str], ...] = (
    (Stage.RECEIVED, Stage.EVIDENCE, "the question is scoped"),
    (Stage.EVIDENCE, Stage.OPINION, "each of the four bases is answered"),
    (Stage.OPINION, Stage.COMMITTEE, "a specialist's opinion is given"),
    (Stage.COMMITTEE, Stage.UNPUBLISHED, "voted with a quorum"),
    (Stage.UNPUBLISHED, Stage.PUBLISHED, "it can be read"),
    (Stage.PUBLISHED, Stage.UNPUBLISHED, "looked at again, and voted"),
    (Stage.PUBLISHED, Stage.CLOSED, "retired by a vote"),
)

BEFORE_A_DECISION = (Stage.RECEIVED, Stage.EVIDENCE, Stage.OPINION, Stage.COMMITTEE)

GUIDELINE = """\
## Guideline

A draft may be withdrawn before it is in force (to `closed`), which is not drawn. A change of law goes from its
review to its own day, without a vote.
"""

GUIDELINE_TRANSITIONS: tuple[tuple[Stage, Stage, str], ...] = (
    (Stage.RECEIVED, Stage.COMMITTEE, "reviewed with its literature"),
    (Stage.RECEIVED, Stage.CHANGE_NOTICE, "reviewed, a change of law"),
    (Stage.COMMITTEE, Stage.CHANGE_NOTICE, "voted with a quorum"),
    (Stage.CHANGE_NOTICE, Stage.IN_FORCE, "its day has come, and its notice had left in time"),
    (Stage.IN_FORCE, Stage.CLOSED, "retired by a vote"),
)

BEFORE_A_VOTE = (Stage.RECEIVED, Stage.COMMITTEE)


def technology_statuses() -> Iterator[str]:
    yield from ("### What is told of a technology", "", "| Code | Words |", "| --- | --- |")
    yield from (f"| {status.code} | {status.text} |" for status in TechnologyStatus)


def guideline_statuses() -> Iterator[str]:
    yield from ("### What is told of a guideline", "", "| Code | Words |", "| --- | --- |")
    yield from (f"| {status.code} | {status.text} |" for status in GuidelineStatus)
