"""A directory of members kept in one TOML file: for the demo, for tests, and for a plan that exports one."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from config.wording import faults, together
from domain.dispute.standing import Standing
from domain.request.line import Coverage
from domain.request.membership import (
    KnownMember,
    KnownProvider,
    ListedMember,
    is_part_of_name,
)
from domain.request.network import NetworkProvider, UsBenefit, UsScope
from domain.request.visit import Place
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse
from domain.terms.text import folded


class Excluded(Frozen):
    """A service that this member's coverage leaves out, and why."""

    service: str
    reason: str


class CoveredMember(ListedMember):
    """A member's coverage; both days inclusive, and no end where none is known."""

    coverage_from: date
    coverage_through: date | None = None
    excluded: tuple[Excluded, ...] = ()
    us: UsBenefit | None = None  # else that of the plan


class Contract(Frozen):
    """A contract with a plan; both days inclusive, and no end where none is known."""

    plan: str
    begins_on: date = Field(alias="from")
    through: date | None = None

    def covers(self, plan: str, day: date) -> bool:
        return self.plan == plan and self.begins_on <= day and (self.through is None or day <= self.through)


class ListedProvider(KnownProvider):
    tax_id: str | None = None  # of the group that it bills for
    contracts: tuple[Contract, ...] = ()


class ListedPlan(Frozen):
    """A line of business: how far it covers services in the United States, and by which network there."""

    id: str
    us: UsBenefit
    us_networks: tuple[str, ...] = ()


class Listing(Frozen):
    member: tuple[CoveredMember, ...] = ()
    provider: tuple[ListedProvider, ...] = ()
    plan: tuple[ListedPlan, ...] = ()
    us_provider: tuple[NetworkProvider, ...] = ()

    def member_of(self, plan: str, contract_number: str) -> CoveredMember | None:
        asked = folded(contract_number)
        rows = (row for row in self.member if row.plan == plan and folded(row.contract_number) == asked)
        return next(rows, None)

    def plan_of(self, plan: str) -> ListedPlan | None:
        return next((row for row in self.plan if row.id == plan), None)


class FileDirectory:
    """Reads the file when it is another than it was: an export that was replaced is believed at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, Listing] | None = None

    async def member(self, plan: str, contract_number: str) -> KnownMember | None:
        """Who has that number in that plan."""
        listed = self._listing().member_of(plan, contract_number)
        return KnownMember(**listed.model_dump(include=set(KnownMember.model_fields))) if listed else None

    async def provider(self, npi: str) -> KnownProvider | None:
        """Who has that NPI; None where it is not known."""
        listed = next((one for one in self._listing().provider if one.npi == npi), None)
        return KnownProvider(**listed.model_dump(include=set(KnownProvider.model_fields))) if listed else None

    async def members_named(self, part: str, birth_date: date | None) -> tuple[ListedMember, ...]:
        """The members who have this in their name, born on that day where one is given."""
        return tuple(
            ListedMember(**member.model_dump(include=set(ListedMember.model_fields)))
            for member in self._listing().member
            if is_part_of_name(part, member.name) and birth_date in {None, member.birth_date}
        )

    async def providers_named(self, part: str) -> tuple[KnownProvider, ...]:
        """The providers who have this in their name."""
        return tuple(one for one in self._listing().provider if is_part_of_name(part, one.name))

    async def coverage(self, plan: str, contract_number: str, day: date, services: Sequence[str]) -> Coverage:
        """Eligible on that day, and nothing that was asked for left out?"""
        member = self._listing().member_of(plan, contract_number)
        if member is None:
            return _not_eligible("the directory does not know this contract number in this plan")
        if day < member.coverage_from:
            return _not_eligible(f"coverage begins on {member.coverage_from}, after the day of service")
        if member.coverage_through and day > member.coverage_through:
            ended = f"coverage ended on {member.coverage_through}, before the day of service"
            return _not_eligible(ended, member.coverage_through)
        left_out = [row for row in member.excluded if row.service in services]
        if left_out:
            because = "; ".join(f"{row.service} is not covered: {row.reason}" for row in left_out)
            return Coverage(eligible=True, covered=False, because=because)
        return Coverage(eligible=True, covered=True, because=f"eligible and covered on {day}")

    async def us_benefit(self, plan: str, contract_number: str, day: date) -> UsBenefit:
        """The member's own benefit in the United States, else the plan's; without a row, emergencies only."""
        listing = self._listing()
        member = listing.member_of(plan, contract_number)
        if member and member.us:
            return member.us
        line = listing.plan_of(plan)
        return line.us if line else UsBenefit(scope=UsScope.EMERGENCIES)

    async def network(self, plan: str, place: Place, service: str, day: date) -> tuple[NetworkProvider, ...]:
        """Who gives the service there, in a network of the plan."""
        listing = self._listing()
        line = listing.plan_of(plan)
        networks = line.us_networks if line else ()
        there = (one for one in listing.us_provider if one.network in networks)
        return tuple(one for one in there if one.gives(service, place, day))

    async def standing(
        self, plan: str, contract_number: str, npi: str, tax_id: str | None, day: date
    ) -> Standing:
        """In this plan of Medicare Advantage, and without a contract, on that day?

        A contract of the provider's own number decides. Of the group alone, it is not known whom it holds.
        """
        listing = self._listing()
        member = listing.member_of(plan, contract_number)
        covered = _is_covered(member, day) if member else None
        contracted, said = _contracted(listing.provider, plan, npi, tax_id, day)
        words = {
            None: "the directory does not know this contract number in this plan",
            True: f"the member was covered on {day}",
            False: f"the member was not covered on {day}",
        }
        return Standing(
            in_medicare_advantage=covered, has_contract=contracted, because=f"{words[covered]}; {said}"
        )

    def _listing(self) -> Listing:
        try:
            there = self.path.stat()
            now = (there.st_ino, there.st_size, there.st_mtime_ns)
            if self._read is None or self._read[0] != now:
                listed = Listing.model_validate(tomllib.loads(self.path.read_text(encoding="utf-8")))
                self._read = now, listed
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise Misuse(f"directory: {self.path.name} cannot be read ({type(error).__name__}).") from error
        except ValidationError as error:
            raise Misuse(f"directory: {self.path.name}, {together(faults(error))}") from error
        return self._read[1]


def _is_covered(member: CoveredMember, day: date) -> bool:
    return member.coverage_from <= day and (member.coverage_through is None or day <= member.coverage_through)


def _contracted(
    providers: Sequence[ListedProvider], plan: str, npi: str, tax_id: str | None, day: date
) -> tuple[bool | None, str]:
    """Had the provider a contract? The directory lists every contract, so one that it does not list is none."""
    holding = [one for one in providers if any(contract.covers(plan, day) for contract in one.contracts)]
    if any(one.npi == npi for one in holding):
        return True, f"the provider had a contract on {day}"
    if tax_id and any(folded(one.tax_id) == folded(tax_id) for one in holding):
        return None, "another provider of the same group had a contract; whether this one had is not known"
    return False, f"no contract of the provider is listed for {day}"


def _not_eligible(because: str, through: date | None = None) -> Coverage:
    return Coverage(eligible=False, covered=False, because=because, through=through)
