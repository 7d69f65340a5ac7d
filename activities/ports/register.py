"""What was written down and is asked of the register, as the activities see it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from activities.writing import writes
from domain.desk.attestation import Attested
from domain.desk.glass import BrokenGlass
from domain.desk.unmatched import Unmatched
from domain.parts.absence import Away
from domain.parts.alike import Alike
from domain.report.counted import Counted
from domain.report.floor import FloorReport
from domain.report.prior_auth import Row
from domain.report.public import Span
from domain.terms.frozen import Frozen
from domain.view.board import Board, Day
from domain.view.page import MOST_WAITING, Claimed, NumberClaim, Page, Remembered, Waiting
from domain.view.search import FoundCases, Wanted
from domain.view.view import ShownNotice

R = TypeVar("R", bound=Frozen)


class Register(Protocol):
    """What happened, kept. Every write carries its own key, because an activity may run twice."""

    @writes
    async def claim(self, claim: NumberClaim) -> Claimed:
        """Take a case number, once, for the run that the case began with; answer which other cases are like it."""
        ...

    async def alike(self, claim: NumberClaim) -> tuple[Alike, ...]:
        """Which cases are like one of which only this much is known; nothing is taken."""
        ...

    async def case_of(self, receipt: str) -> str | None:
        """The case for which something was received again that would else have had this number."""
        ...

    @writes
    async def write(self, page: Page, *, whatever_stands: bool = False) -> bool:
        """Keep a page in the place of an earlier one; False where events that come before it are missing."""
        ...

    async def worklist(
        self,
        *,
        queues: Sequence[str],
        assignee: str | None,
        now: datetime,
        everybody: bool = False,
        skip: int = 0,
        most: int = MOST_WAITING,
    ) -> tuple[Waiting, ...]:
        """Open work of these queues that nobody or `everybody` has, or of this person, by time left."""
        ...

    async def board(self, days: Mapping[str, Day], now: datetime) -> Board:
        """How much waits where, by the day of each plan."""
        ...

    async def written(self, cases: Collection[str]) -> dict[str, int]:
        """The newest event, by its sequence, that is written down of each of these cases."""
        ...

    async def find(
        self, wanted: Sequence[Wanted], *, skip: int, most: int, late_by: datetime | None = None
    ) -> FoundCases:
        """The cases that have one of the keys of each of these, or only those that are late; open ones first."""
        ...

    @writes
    async def keep_unmatched(self, one: Unmatched) -> None:
        """Keep what belongs to nothing yet, in the place of what was known of it."""
        ...

    async def unmatched_of(self, named: str) -> Unmatched | None:
        """What was kept under this id, though it may belong to a case by now."""
        ...

    async def unmatched(self) -> tuple[Unmatched, ...]:
        """What belongs to nothing yet, the oldest receipt first."""
        ...

    async def closed_to_reader(self, case: str) -> bool:
        """Is it sensitive, and whoever asks does not work on it?"""
        ...

    async def remembered(self, case: str) -> Remembered | None:
        """A case that Temporal may no longer keep."""
        ...

    async def closed_case(self, case: str) -> str | None:
        """The whole of a case as it closed, as JSON; None while it is open, or unknown."""
        ...

    async def kept_cases(self, cases: Sequence[str]) -> dict[str, str]:
        """The whole of these cases, in their order; those without pages are left out."""
        ...

    async def kept_case(self, case: str) -> str | None:
        """The whole of a case, open or closed, as its newest page has it, as JSON."""
        ...

    @writes
    async def keep_absence(self, away: Away) -> None:
        """Keep an absence, in place of what was known of the same person from the same day on."""
        ...

    async def absences(self, day: date) -> tuple[Away, ...]:
        """Every absence that is not over by this day, the earliest first."""
        ...

    @writes
    async def keep_glass(self, glass: BrokenGlass) -> None:
        """Keep that somebody was let read a case beyond their plans."""
        ...

    async def broken_glass(self, since: datetime) -> tuple[BrokenGlass, ...]:
        """Each that was broken since, the earliest first."""
        ...

    @writes
    async def keep_attested(self, attested: Attested) -> None:
        """Keep that somebody attested; said twice on a day it is said once."""
        ...

    async def attested(self) -> tuple[Attested, ...]:
        """Everything that anybody attested to."""
        ...


class Counts(Protocol):
    """The register as reports see it: plain facts of cases, by plan and day."""

    async def decided(self, spans: Sequence[Span]) -> tuple[Row, ...]:
        """The requests that were decided in these spans, each with the answer to its appeal."""
        ...

    async def rows(self, of: type[R], spans: Sequence[Span]) -> tuple[R, ...]:
        """The rows of one kind, of these plans and days."""
        ...

    async def uncounted(self, most: int) -> tuple[str, ...]:
        """Cases whose newest page says not yet as what they count, so many at most."""
        ...

    @writes
    async def count(self, case: str, counted: Counted, letters: Sequence[ShownNotice]) -> None:
        """Keep as what a case and its letters count, unless a page has said it meanwhile."""
        ...

    @writes
    async def keep_reports(self, month: str, reports: Sequence[FloorReport]) -> None:
        """Keep these of a month (`2026-11`), in the place of what was kept before."""
        ...

    async def kept_reports(self, month: str) -> tuple[FloorReport, ...]:
        """What was kept of a month, by subject."""
        ...
