"""The ledger of a clock: the closed list of things that can happen to a due date.

An entry's `at` is when the thing happened or reached us, which is what the law counts; `recorded_at` is when it
was written down. Entries are only ever added.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from domain.clock.timeframe import Timeframe
from domain.terms.frozen import Frozen


class _Entry(Frozen):
    at: AwareDatetime
    recorded_at: AwareDatetime
    by: str = "Plazo"
    reason: str = ""


class Received(_Entry):
    """The clock starts: `at` is the event that the timeframe counts from."""

    kind: Literal["received"] = "received"


class Extended(_Entry):
    """More time, until a date, on a lawful ground, by a notice sent before the original due instant, or void."""

    kind: Literal["extended"] = "extended"
    until: AwareDatetime
    ground: str
    asked_by: str
    notice_sent_at: AwareDatetime


class Paused(_Entry):
    """The clock stands still, until something comes, and never beyond `until`."""

    kind: Literal["paused"] = "paused"
    until: AwareDatetime


class Resumed(_Entry):
    """What the pause waited for came, or the time for it ended."""

    kind: Literal["resumed"] = "resumed"


class Tolled(_Entry):
    """A window is held open until a date by a dated instrument: a waiver, a normative letter."""

    kind: Literal["tolled"] = "tolled"
    until: AwareDatetime
    authority: str


class TollUndone(_Entry):
    kind: Literal["toll_undone"] = "toll_undone"
    authority: str


class Retimed(_Entry):
    """Another row times the case from here on: its urgency changed, or what was missing came.

    The new row counts from `counts_from`. Where `earlier_governs`, a longer row takes nothing away from a due
    date that already stood: an expedite can only bring it nearer.
    """

    kind: Literal["retimed"] = "retimed"
    timeframe: Timeframe
    counts_from: AwareDatetime
    earlier_governs: bool


class Corrected(_Entry):
    """Receipt, policy row or line of business was keyed wrong. `rows` should have timed the clock from the start.

    A true receipt may fall under other rows of the pack, one for each urgency; so may another line of business.
    """

    kind: Literal["corrected"] = "corrected"
    what: Literal["receipt", "row", "plan"] = "receipt"
    received_at: AwareDatetime
    rows: tuple[Timeframe, ...]

    def row_for(self, row: Timeframe) -> Timeframe:
        """The true row that times the same duty with the same urgency, or with any, where one of them does."""
        same = [true for true in self.rows if true.times is row.times]
        alike = [true for true in same if true.urgency is row.urgency]
        either = [true for true in same if None in {true.urgency, row.urgency}]
        return next(iter([*alike, *either]), row)


Entry = Annotated[
    Received | Extended | Paused | Resumed | Tolled | TollUndone | Retimed | Corrected,
    Field(discriminator="kind"),
]
