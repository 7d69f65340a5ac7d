"""What the activities need of the world outside. `worker/assembly.py` decides who answers."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from activities.writing import writes
from domain.dispute.standing import Standing
from domain.parts.payment import Payment
from domain.policy.pack import Pack
from domain.policy.rows import Plan
from domain.rates.rates import KeptRates, Rate, RateTable
from domain.request.line import Coverage
from domain.request.membership import KnownMember, KnownProvider, ListedMember
from domain.request.network import NetworkProvider, UsBenefit
from domain.request.visit import Place
from domain.terms.calendar import Calendar


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


class Payables(Protocol):
    """Whoever pays claims: an instruction is taken under its key once, however often it is given."""

    @writes
    async def instruct(self, payment: Payment) -> str:
        """Give the instruction, or find that it was given; the answer is its proof."""
        ...


class Diagnoses(Protocol):
    """The ICD-10-CM tables. A code they do not know is for a person to look at, not an error."""

    def knows(self, code: str) -> bool: ...


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


class Policies(Protocol):
    """The policy pack in force, and calendars by value."""

    def pack(self) -> Pack: ...

    def calendar(self, plan: Plan, received: date) -> Calendar: ...


class Pseudonyms(Protocol):
    """Keyed hashes: the same text gives the same hash, and nothing can be read out of it."""

    def pseudonym(self, text: str) -> str: ...
