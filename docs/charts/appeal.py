"""The stages of an appeal for `docs/states.md`."""

from docs.charts.chart import Chart, Transition
from domain.parts.stage import Stage

WORDS = """\
## Appeal

Three transitions may happen from every stage before `decided` and are not drawn: whoever appealed withdraws (to
`decided`, status C), a person dismisses on a listed ground (to `next_level`, status CT), and a dismissal is undone
(back to `appeal_review`). A missed deadline sends the file to the independent reviewer by itself in Medicare
Advantage; elsewhere it changes no stage, and the answer stays owed. A5 says that every line stays as it was.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.AWAITING_FORM, "somebody appeals who has to show that they may"),
    (Stage.RECEIVED, Stage.GOOD_CAUSE, "it came late"),
    (Stage.RECEIVED, Stage.APPEAL_REVIEW, "in time"),
    (Stage.AWAITING_FORM, Stage.GOOD_CAUSE, "the form came, the appeal was late"),
    (Stage.AWAITING_FORM, Stage.APPEAL_REVIEW, "the form came"),
    (Stage.AWAITING_FORM, Stage.NEXT_LEVEL, "dismissed by a person"),
    (Stage.GOOD_CAUSE, Stage.APPEAL_REVIEW, "good cause accepted"),
    (Stage.GOOD_CAUSE, Stage.NEXT_LEVEL, "dismissed as untimely"),
    (Stage.APPEAL_REVIEW, Stage.TELLING, "overturned, or upheld where nothing goes on by itself"),
    (Stage.APPEAL_REVIEW, Stage.INDEPENDENT_REVIEW, "upheld, or late, in Medicare Advantage"),
    (Stage.TELLING, Stage.CLOSED, "calls are over, all overturned"),
    (Stage.TELLING, Stage.NEXT_LEVEL, "calls are over, something was upheld"),
    (Stage.TELLING, Stage.DECIDED, "calls are over, something has no effect yet"),
    (Stage.DECIDED, Stage.CLOSED, "what was reversed has its effect"),
    (Stage.NEXT_LEVEL, Stage.INDEPENDENT_REVIEW, "the member took it further"),
    (Stage.NEXT_LEVEL, Stage.APPEAL_REVIEW, "a dismissal is undone"),
    (Stage.NEXT_LEVEL, Stage.CLOSED, "the time to go on ends"),
    (Stage.INDEPENDENT_REVIEW, Stage.NEXT_LEVEL, "the reviewer upheld it"),
    (Stage.INDEPENDENT_REVIEW, Stage.CLOSED, "the reviewer overturned it, and it is authorized"),
)

BEFORE = (
    Stage.RECEIVED,
    Stage.AWAITING_FORM,
    Stage.GOOD_CAUSE,
    Stage.APPEAL_REVIEW,
)

CHART = Chart(WORDS, TRANSITIONS, BEFORE)
