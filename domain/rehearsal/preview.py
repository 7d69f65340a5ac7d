"""Before a decision is final: the letters that it would send, from a copy of the case. Nothing is changed."""

from datetime import datetime

from pydantic import AwareDatetime

from domain.appeal.deciding import DecideAppeal
from domain.case.case import Case
from domain.case.keeping import keep_appointments
from domain.determination.decisions import Approve, Deny, Modify, Reduce
from domain.dispute.acts import Resolve
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice
from domain.terms.refusals import Refused

Decision = Approve | Deny | Reduce | Modify | DecideAppeal | Resolve
"""What may be looked at before it is said: the answers that people give, line by line."""


class Beforehand(Frozen):
    """Which decision to look at, and what the asker's clock says."""

    act: Decision
    at: AwareDatetime


class Previewed(Frozen):
    """What the case would say, and the letters that it would owe; they are laid out elsewhere."""

    case: str
    says: str
    is_refused: bool = False
    letters: tuple[Notice, ...] = ()


def preview(case: Case, act: Decision, now: datetime) -> Previewed:
    """The answer of a copy, with the letters that follow from it by itself."""
    copy = case.model_copy(deep=True)
    keep_appointments(copy, now)
    try:
        act.refuse_unless_allowed(copy, now)  # type: ignore[arg-type]  # the update of its kind of case hears it
    except Refused as refused:
        return Previewed(case=case.number, says=str(refused), is_refused=True)
    owed = len(copy.letters.notices)
    says = act.apply(copy, now)  # type: ignore[arg-type]
    copy.settle(now)
    return Previewed(case=case.number, says=says, letters=tuple(copy.letters.notices[owed:]))
