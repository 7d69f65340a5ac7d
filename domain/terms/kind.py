"""The kinds of case, each on one row: what every room may know of one.

Its class and what is shown of it stand in `domain/view/kinds.py`, its story in `workflows/kinds.py`.
"""

from enum import Enum, auto

from domain.terms.frozen import Frozen


class Slice(Enum):
    """A part of the policy that some kinds take along by value, beside what every case takes."""

    REVIEWS = auto()  # by which a request is decided, and what authorizations live by
    COORDINATION = auto()
    STAYS = auto()
    STANDING = auto()
    OWN_CRITERIA = auto()  # tables for all such requests, whatever the service
    APPEALS = auto()
    DISPUTES = auto()
    GRIEVANCES = auto()
    PAYERS = auto()
    MESSAGES = auto()  # and by when a request is decided that was left as one
    CARE = auto()
    COMMITTEES = auto()


class Kind(Frozen):
    """A kind of case: its name, the letters with which its numbers begin, and its slices of the policy."""

    name: str
    prefix: str
    takes: tuple[Slice, ...]


KINDS = {
    kind.name: kind
    for kind in (
        Kind(name="precertification", prefix="PRE", takes=(Slice.REVIEWS,)),
        Kind(name="referral", prefix="REF", takes=(Slice.REVIEWS, Slice.COORDINATION)),
        Kind(name="concurrent", prefix="CON", takes=(Slice.REVIEWS, Slice.STAYS)),
        Kind(name="retrospective", prefix="RET", takes=(Slice.REVIEWS, Slice.OWN_CRITERIA)),
        Kind(name="standing", prefix="STA", takes=(Slice.REVIEWS, Slice.STANDING, Slice.OWN_CRITERIA)),
        Kind(name="dispute", prefix="DIS", takes=(Slice.DISPUTES,)),
        Kind(name="appeal", prefix="APP", takes=(Slice.REVIEWS, Slice.OWN_CRITERIA, Slice.APPEALS)),
        Kind(name="grievance", prefix="GRV", takes=(Slice.GRIEVANCES,)),
        Kind(name="cob", prefix="COB", takes=(Slice.PAYERS,)),
        Kind(name="message", prefix="MSG", takes=(Slice.MESSAGES,)),
        Kind(name="care", prefix="CAR", takes=(Slice.CARE,)),
        Kind(name="technology", prefix="TEC", takes=(Slice.COMMITTEES,)),
        Kind(name="guideline", prefix="GUI", takes=(Slice.COMMITTEES,)),
        Kind(
            name="authorization", prefix="AUT", takes=()
        ),  # it lives by the policy of the case that issued it
    )
}
"""Every kind, by its name."""
