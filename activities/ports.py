"""What the activities need of the world, as they see it. `worker/assembly.py` decides who answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from activities.writing import writes
from domain.appeal.appealed import AppealedDetermination
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.linking import Word
from domain.case.absence import Away
from domain.case.acts import Act
from domain.case.alike import Alike
from domain.case.payment import Payment
from domain.case.sending import Sending
from domain.desk.glass import BrokenGlass
from domain.desk.unmatched import Unmatched
from domain.dispute.standing import Standing
from domain.policy.pack import Pack
from domain.policy.rates import KeptRates, Rate, RateTable
from domain.policy.rows import Plan
from domain.report.counted import Counted
from domain.report.floor import FloorReport
from domain.report.prior_auth import Row
from domain.report.public import Span
from domain.request.line import Coverage
from domain.request.membership import KnownMember, KnownProvider, ListedMember
from domain.request.network import NetworkProvider, UsBenefit
from domain.request.visit import Place
from domain.review.call_scripts import Script
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice
from domain.terms.people import Language
from domain.view.board import Board, Day
from domain.view.casefile_view import Bundle, Whole
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


class Directory(Protocol):
    """Members and what their plan covers on a day."""

    async def member(self, plan: str, contract_number: str) -> KnownMember | None:
        """Who has that number in that plan; None where it is not known."""
        ...

    async def provider(self, npi: str) -> KnownProvider | None:
        """Who has that NPI; None where it is not known."""
        ...

    async def members_named(self, part: str, birth_date: date | None) -> tuple[ListedMember, ...]:
        """The members who have this in their name, born on that day where one is given."""
        ...

    async def providers_named(self, part: str) -> tuple[KnownProvider, ...]:
        """The providers who have this in their name."""
        ...

    async def coverage(
        self, plan: str, contract_number: str, day: date, services: Sequence[str]
    ) -> Coverage: ...

    async def us_benefit(self, plan: str, contract_number: str, day: date) -> UsBenefit:
        """How far the member's product covers services in the United States on that day."""
        ...

    async def network(self, plan: str, place: Place, service: str, day: date) -> tuple[NetworkProvider, ...]:
        """The providers of the network that give this service in that place on that day."""
        ...

    async def standing(
        self, plan: str, contract_number: str, npi: str, tax_id: str | None, day: date
    ) -> Standing:
        """Was the member in Medicare Advantage, and had the provider a contract, on that day?"""
        ...


class LiveCases(Protocol):
    """Cases, as long as Temporal keeps them: other ones, and the one that an activity works for."""

    async def page(self, case: str, run: str, written: int) -> Page:
        """What the register is told of a case: its standing now, and the events after so many."""
        ...

    async def letters(self, case: str, run: str, keys: Sequence[str]) -> tuple[Notice, ...]:
        """These letters of a case, as they stand."""
        ...

    async def payment(self, case: str, run: str, key: str) -> Payment:
        """An instruction to pay of a dispute."""
        ...

    async def word(self, case: str, run: str, number: str) -> Word | None:
        """What a case says of an authorization; None where it issued none of that number."""
        ...

    async def left(self, case: str, run: str) -> str | None:
        """The whole of a case as a run of it was left, as JSON; None where Temporal cannot say it any more."""
        ...

    async def appealed(self, case: str) -> AppealedDetermination | None:
        """What a case hands over to the appeal of what it decided; None where there is no such case to ask."""
        ...

    async def whole(self, case: str, at: datetime) -> Whole | None:
        """All that a case holds; None where Temporal keeps no such case, or it is not admitted."""
        ...

    @writes
    async def tell(self, case: str, act: Act[Any]) -> bool:
        """Say something to a case in the system's name; False where it is closed."""
        ...


class LiveAuthorizations(Protocol):
    """Authorizations, as long as Temporal keeps them."""

    @writes
    async def keep(self, word: Word) -> None:
        """Tell an authorization how it stands; where there is none, it begins. Raises where it is just closing."""
        ...

    async def authorization(self, number: str) -> LiveAuthorization | None:
        """An authorization as it stands; None where Temporal keeps none of that number, or it has not begun."""
        ...


class Gateway(Protocol):
    """The ways out of the house: a notice leaves under its key once, however often that is asked."""

    @writes
    async def send(self, notice: Notice) -> Sending:
        """Send the notice on its way, or find what became of it. Raises what another try may mend."""
        ...

    async def left(self, notice: Notice) -> Sending | None:
        """What became of a notice, where it left or may have left; nothing leaves by asking."""
        ...


class Wording(Protocol):
    """The approved texts of call scripts."""

    def words_of(self, script: Script) -> str:
        """The script in words, in its reader's language."""
        ...


class Press(Protocol):
    """The approved texts of letters, in words and on paper; what it prints has not left."""

    def render(self, notice: Notice) -> str:
        """The letter's text, in its reader's language."""
        ...

    def print(self, notice: Notice) -> bytes:
        """The letter as a PDF, as it would be mailed."""
        ...


class Payables(Protocol):
    """Whoever pays claims: an instruction is taken under its key once, however often it is given."""

    @writes
    async def instruct(self, payment: Payment) -> str:
        """Give the instruction, or find that it was given; the answer is its proof."""
        ...


class Diagnoses(Protocol):
    """The ICD-10-CM tables. A code they do not know is for a person to look at, not an error."""

    def knows(self, code: str) -> bool: ...


class Policies(Protocol):
    """The policy pack in force, and calendars by value."""

    def pack(self) -> Pack: ...

    def calendar(self, plan: Plan, received: date) -> Calendar: ...


class Pseudonyms(Protocol):
    """Keyed hashes: the same text gives the same hash, and nothing can be read out of it."""

    def pseudonym(self, text: str) -> str: ...


class Rates(Protocol):
    """The rate tables of Original Medicare that were loaded."""

    @writes
    async def keep_rates(self, rates: Sequence[Rate]) -> tuple[KeptRates, ...]:
        """Keep these rows, each in place of what it was, and say table by table what that changed."""
        ...

    async def rates(
        self, codes: Collection[str], quarters: Collection[str] | None = None
    ) -> tuple[Rate, ...]:
        """What each table, or those of these quarters, says of some codes, the newest first."""
        ...

    async def rate_tables(self) -> tuple[RateTable, ...]:
        """Which quarters of which schedules were loaded."""
        ...


class Documents(Protocol):
    """Where commands put what they send, under the hash of its content."""

    def get(self, digest: str) -> bytes:
        """The content. Raises Misuse where there is none."""
        ...

    @writes
    def put(self, content: bytes) -> str:
        """Keep the content, once, and answer its hash."""
        ...


class Bound(NamedTuple):
    """A case file as one PDF, and what is named in it as missing."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]


class Binder(Protocol):
    """Whoever sets the file of a case and puts its letters and papers behind it, and whatever else is for paper."""

    def phrases(self, language: Language) -> dict[str, str]:
        """What a file says by itself in that language, keyed by the English; nothing for English."""
        ...

    def bind(self, bundle: Bundle) -> Bound:
        """The whole as one PDF; what cannot be shown is named in it."""
        ...

    def lay_out(self, content: Frozen, layout: str, at: datetime) -> bytes:
        """What a layout of that name is given, as a PDF that says when it was made."""
        ...
