"""The stages of an authorization for `docs/states.md`."""

from docs.charts.chart import Chart, Transition
from domain.authorization.authorization import LiveAuthorization
from domain.parts.stage import Stage
from domain.parts.status import OutsideStatus
from domain.request.determination import Authorization, Ending

WORDS = """\
## Authorization

It begins when the case that approved a line issues it, and it is `ended` until everybody knows of that, and as long
as it may be appealed that it was voided. Only the case that issued it leads back from `closed`: a withdrawal that
was a mistake, or an answer that is corrected. What the outside is told follows from the name of its end.
"""

TRANSITIONS: tuple[Transition, ...] = (
    (Stage.RECEIVED, Stage.ACTIVE, "issued"),
    (Stage.ACTIVE, Stage.ENDED, "by its last day, its circumstance, its last unit, or by people"),
    (Stage.ENDED, Stage.CLOSED, "its case and its people are told, and no time to appeal is running"),
    (Stage.CLOSED, Stage.ACTIVE, "its case says that it is good again"),
)


def told_of(ending: Ending | None) -> OutsideStatus:
    """What the outside is told of an authorization that ended so, asked of the authorization itself."""
    permit = Authorization.model_construct(None, ended_as=ending)
    return LiveAuthorization.model_construct(None, permit=permit).status


def endings() -> list[str]:
    """Each end with what the outside is told."""
    rows = [("it is good", told_of(None)), *((one.text, told_of(one)) for one in Ending)]
    return [
        *("| How it stands | Status |", "| --- | --- |"),
        *(f"| {words} | {status.code} {status.text} |" for words, status in rows),
    ]


CHART = Chart(WORDS, TRANSITIONS, below=endings)
