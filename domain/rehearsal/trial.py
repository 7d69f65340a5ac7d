"""Trying an act on a copy of a case: what it would say and whether anything would change. Nothing does."""

from datetime import datetime

from pydantic import AwareDatetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.desk.absence_acts import Absent, Returned
from domain.desk.desk import Assign, Note
from domain.desk.row_correction import CorrectDay, CorrectRow
from domain.desk.tolls import Toll, UndoToll
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused

ForMany = Toll | UndoToll | Assign | Note | Absent | Returned | CorrectRow | CorrectDay
"""What is said to many cases at once, and tried on each before."""


class TrialQuestion(Frozen):
    """Which act to try, and what the asker's clock says."""

    act: ForMany
    at: AwareDatetime


class Trial(Frozen):
    """What a case would answer. `changes` is false where all is as the act would have it already."""

    case: str
    says: str
    is_refused: bool = False
    changes: bool = False


def try_out(case: Case, act: Act[Case], now: datetime) -> Trial:
    """The answer of a copy, with what follows from it by itself."""
    copy = case.model_copy(deep=True)
    try:
        act.refuse_unless_allowed(copy, now)
    except Refused as refused:
        return Trial(case=case.number, says=str(refused), is_refused=True)
    says = act.apply(copy, now)
    return Trial(case=case.number, says=says, changes=len(copy.log.events) > len(case.log.events))
