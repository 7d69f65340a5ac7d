"""The world as a test wants it: small things that remember."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from activities.ports.paper import Bound
from domain.case.sending import Fate, Sending
from domain.casefile.view import Bundle
from domain.desk.attestation import Attested
from domain.desk.glass import BrokenGlass
from domain.desk.unmatched import Unmatched
from domain.dispute.standing import Standing
from domain.parts.absence import Away
from domain.parts.alike import Alike
from domain.parts.events import Event
from domain.parts.payment import Payment
from domain.rates.rates import KeptRates, Rate, RateTable
from domain.report.counted import Counted
from domain.report.prior_auth import Row
from domain.report.public import Span
from domain.request.line import Coverage
from domain.request.membership import KnownMember, KnownProvider, ListedMember
from domain.request.network import Coinsurance, NetworkProvider, UsBenefit, UsScope
from domain.request.visit import Place
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice, SendBy
from domain.terms.people import Language
from domain.terms.refusals import Misuse
from domain.view.page import MOST_WAITING, Claimed, NumberClaim, Page, Remembered, Waiting
from domain.view.search import FoundCases, Wanted
from domain.view.view import ShownNotice


class FakeRegister:
    """Keeps pages as they come; while `down`, it answers nothing."""

    def __init__(self) -> None:
        self.claims: list[NumberClaim] = []
        self.pages: dict[str, Page] = {}
        self.events: dict[tuple[str, int], Event] = {}
        self.away: dict[tuple[str, date], Away] = {}
        self.glass: list[BrokenGlass] = []
        self.attestations: list[Attested] = []
        self.down = False
        self.refusals = 0

    def _answer(self) -> None:
        if self.down:
            self.refusals += 1
            raise ConnectionError("the register is away")

    async def claim(self, claim: NumberClaim) -> Claimed:
        self._answer()
        page = self.pages.get(claim.case)
        if page and page.position.first_run != claim.first_run:
            return Claimed(alike=(), taken=True)
        alike = await self.alike(claim)
        self.claims.append(claim)
        return Claimed(alike=alike)

    async def alike(self, claim: NumberClaim) -> tuple[Alike, ...]:
        self._answer()
        found = [
            Alike(
                case=other.case,
                same_reference=claim.reference is not None and other.reference == claim.reference,
                same_content=other.fingerprint == claim.fingerprint,
                is_closed=self._is_closed(other.case),
                same_services=tuple(overlapping(other, claim)),
                authorizations=tuple(self._living(other.case)),
            )
            for other in self.claims
            if other.case != claim.case
        ]
        return tuple(one for one in found if one.shared)

    def _is_closed(self, case: str) -> bool:
        return case in self.pages and self.pages[case].sheet.outcome is not None

    def _living(self, case: str) -> list[str]:
        permits = self.pages[case].permits if case in self.pages else ()
        numbers = [permit.authorization.number for permit in permits]
        return [number for number in numbers if not self._is_closed(number)]

    async def case_of(self, receipt: str) -> str | None:
        self._answer()
        return next((case for case, page in self.pages.items() if receipt in page.receipts), None)

    async def write(self, page: Page, *, whatever_stands: bool = False) -> bool:
        self._answer()
        before = self.pages.get(page.case)
        if before and _place(before) > _place(page) and not whatever_stands:
            return True
        if page.last_sequence - len(page.events) > (before.last_sequence if before else 0):
            return False
        self.pages[page.case] = page
        self.events |= {(page.case, event.sequence): event for event in page.events}
        beyond = [key for key in self.events if key[0] == page.case and key[1] > page.last_sequence]
        for key in beyond:
            del self.events[key]
        return True

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
        raise NotImplementedError("stories ask the case, not the worklist")

    async def find(
        self, wanted: Sequence[Wanted], *, skip: int, most: int, late_by: datetime | None = None
    ) -> FoundCases:
        """Nothing: stories ask the case, not the register."""
        return FoundCases(cases=(), total=0)

    async def keep_unmatched(self, one: Unmatched) -> None:
        raise NotImplementedError("stories ask the case, not the register")

    async def unmatched_of(self, named: str) -> Unmatched | None:
        raise NotImplementedError("stories ask the case, not the register")

    async def unmatched(self) -> tuple[Unmatched, ...]:
        raise NotImplementedError("stories ask the case, not the register")

    async def written(self, cases: Collection[str]) -> dict[str, int]:
        self._answer()
        return {case: len(self.events_of(case)) for case in cases if case in self.pages}

    async def closed_to_reader(self, case: str) -> bool:
        return False  # nobody asks here but the cases themselves

    async def remembered(self, case: str) -> Remembered | None:
        self._answer()
        page = self.pages.get(case)
        return Remembered(sheet=page.sheet, events=tuple(self.events_of(case))) if page else None

    async def closed_case(self, case: str) -> str | None:
        self._answer()
        page = self.pages.get(case)
        return page.state if page and page.sheet.outcome is not None else None

    async def kept_case(self, case: str) -> str | None:
        self._answer()
        page = self.pages.get(case)
        return page.state if page else None

    async def kept_cases(self, cases: Sequence[str]) -> dict[str, str]:
        return {case: page.state for case in cases if (page := self.pages.get(case)) and page.state}

    async def keep_absence(self, away: Away) -> None:
        self._answer()
        self.away[away.who, away.from_day] = away

    async def absences(self, day: date) -> tuple[Away, ...]:
        self._answer()
        return tuple(one for one in self.away.values() if not one.is_over(day))

    async def keep_glass(self, glass: BrokenGlass) -> None:
        self._answer()
        self.glass.append(glass)

    async def broken_glass(self, since: datetime) -> tuple[BrokenGlass, ...]:
        self._answer()
        return tuple(one for one in self.glass if one.at >= since)

    async def keep_attested(self, attested: Attested) -> None:
        self._answer()
        self.attestations.append(attested)

    async def attested(self) -> tuple[Attested, ...]:
        self._answer()
        return tuple(self.attestations)

    def events_of(self, case: str) -> list[Event]:
        return [event for (name, _), event in sorted(self.events.items()) if name == case]


def _place(page: Page) -> tuple[datetime, int, int]:
    return page.position.run_started_at, page.position.history_length, page.last_sequence


def overlapping(one: NumberClaim, other: NumberClaim) -> list[str]:
    """The services of the same member whose days overlap."""
    pairs = [(mine, theirs) for mine in one.lines for theirs in other.lines if mine.service == theirs.service]
    shared = [
        mine.service
        for mine, theirs in pairs
        if mine.from_day <= (theirs.through or date.max) and theirs.from_day <= (mine.through or date.max)
    ]
    return list(dict.fromkeys(shared)) if one.member == other.member else []


OURS = Standing(in_medicare_advantage=True, has_contract=False, because="a member, and no contract")


UNAVAILABLE_SERVICES = UsBenefit(scope=UsScope.UNAVAILABLE, coinsurance=Coinsurance(percent=Decimal(20)))

NETWORK = tuple(
    NetworkProvider(
        npi=npi,
        name=name,
        network="Sample Mainland Network",
        place=Place(city=city, state=state),
        since=date(2030, 1, 1),
        telephone="407-555-0100",
        fax="407-555-0101",
        address=f"1 Sample Street, {city}, {state}",
    )
    for npi, name, city, state in (
        ("1000000202", "Orlando Proton Center (sample)", "Orlando", "FL"),
        ("1000000210", "Lakeside Cancer Institute (sample)", "Orlando", "FL"),
        ("1000000228", "Hudson Medical Center (sample)", "New York", "NY"),
    )
)


class FakeDirectory:
    """Covers everybody, unless told otherwise."""

    def __init__(self) -> None:
        self.not_covered: dict[str, str] = {}
        self.standings: dict[str, Standing] = {}  # by the provider's number
        self.us_benefits: dict[str, UsBenefit] = {}  # by contract number
        self.providers: tuple[NetworkProvider, ...] = NETWORK
        self.members: dict[str, KnownMember] = {}  # by contract number

    async def member(self, plan: str, contract_number: str) -> KnownMember | None:
        return self.members.get(contract_number)

    async def provider(self, npi: str) -> KnownProvider | None:
        return None

    async def members_named(self, part: str, birth_date: date | None) -> tuple[ListedMember, ...]:
        return ()

    async def providers_named(self, part: str) -> tuple[KnownProvider, ...]:
        return ()

    async def coverage(self, plan: str, contract_number: str, day: date, services: Sequence[str]) -> Coverage:
        because = self.not_covered.get(contract_number)
        return Coverage(eligible=because is None, covered=because is None, because=because or "covered")

    async def us_benefit(self, plan: str, contract_number: str, day: date) -> UsBenefit:
        return self.us_benefits.get(contract_number, UNAVAILABLE_SERVICES)

    async def network(self, plan: str, place: Place, service: str, day: date) -> tuple[NetworkProvider, ...]:
        return tuple(one for one in self.providers if one.gives(service, place, day))

    async def standing(
        self, plan: str, contract_number: str, npi: str, tax_id: str | None, day: date
    ) -> Standing:
        return self.standings.get(npi, OURS)


class FakePayables:
    """Remembers each instruction to pay; one that is given twice is one, and counted."""

    def __init__(self) -> None:
        self.instructed: list[Payment] = []
        self.asked = 0
        self.down = False

    async def instruct(self, payment: Payment) -> str:
        self.asked += 1
        if self.down:
            raise ConnectionError("the claims system is away")
        if payment.key not in {one.key for one in self.instructed}:
            self.instructed.append(payment)
        return f"instructed {payment.key}"


class FakePost:
    """Remembers each notice; one asked for twice is one, and counted. `down`, it sends nothing.

    What a way `answers` is answered of each notice on it, and a way that is `stuck` takes none. `forgetful`, it
    sends and cannot say so; while it is not `open`, whoever asks waits.
    """

    def __init__(self) -> None:
        self.sent: list[Notice] = []
        self.asked = 0
        self.down = False
        self.answers: dict[SendBy, Fate] = {}
        self.stuck: set[SendBy] = set()
        self.forgetful = False
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, notice: Notice) -> Sending:
        self.asked += 1
        if self.down or notice.by in self.stuck:
            raise ConnectionError("the post is away")
        await self.open.wait()
        if fate := self.answers.get(notice.by):
            return Sending(key=notice.key, fate=fate, why="as the story has it")
        if notice.key not in {one.key for one in self.sent}:
            self.sent.append(notice)
        if self.forgetful:
            raise ConnectionError("the post sent it and could not say so")
        return self._proof(notice)

    async def left(self, notice: Notice) -> Sending | None:
        return self._proof(notice) if notice.key in {one.key for one in self.sent} else None

    @staticmethod
    def _proof(notice: Notice) -> Sending:
        return Sending(key=notice.key, proof=f"spooled {notice.key}")


class FakeCounts:
    """Nothing is counted where no report is asked for."""

    async def decided(self, spans: Sequence[Span]) -> tuple[Row, ...]:
        return ()

    async def rows(self, of, spans):
        return ()

    async def uncounted(self, most: int) -> tuple[str, ...]:
        return ()

    async def count(self, case: str, counted: Counted, letters: Sequence[ShownNotice]) -> None:
        raise NotImplementedError("stories count nothing")


class FakeDiagnoses:
    def knows(self, code: str) -> bool:
        return not code.startswith("U99")


class FakePseudonyms:
    def pseudonym(self, text: str) -> str:
        return sha256(text.encode()).hexdigest()[:16]


class FakeRates:
    """Keeps rate tables in memory; what a file changed is the register's own business to count."""

    def __init__(self, *rates: Rate) -> None:
        self.kept = list(rates)
        self.asked = 0

    async def keep_rates(self, rates: Sequence[Rate]) -> tuple[KeptRates, ...]:
        self.kept += rates
        return ()

    async def rates(
        self, codes: Collection[str], quarters: Collection[str] | None = None
    ) -> tuple[Rate, ...]:
        self.asked += 1
        found = [rate for rate in self.kept if rate.code in codes]
        return tuple(rate for rate in found if quarters is None or rate.quarter in quarters)

    async def rate_tables(self) -> tuple[RateTable, ...]:
        codes = Counter((rate.schedule, rate.setting, rate.quarter) for rate in self.kept)
        return tuple(
            RateTable(schedule=schedule, setting=setting, quarter=quarter, codes=count)
            for (schedule, setting, quarter), count in codes.items()
        )


class FakeDocuments:
    """Keeps documents in memory under their hash."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        digest = sha256(content).hexdigest()
        self.contents[digest] = content
        return digest

    def get(self, digest: str) -> bytes:
        if digest not in self.contents:
            raise Misuse(f"There is no document {digest} in the store.")
        return self.contents[digest]


class FakeBinder:
    """Remembers what it was given to bind."""

    def __init__(self) -> None:
        self.bundles: list[Bundle] = []

    def phrases(self, language: Language) -> dict[str, str]:
        return {} if language is Language.ENGLISH else {"status": "estado"}

    def bind(self, bundle: Bundle) -> Bound:
        self.bundles.append(bundle)
        return Bound(b"%PDF of " + bundle.asked.encode(), len(bundle.cases), ())

    def lay_out(self, content: Frozen, layout: str, at: datetime) -> bytes:
        return b"%PDF of " + layout.encode()
