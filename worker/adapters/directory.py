"""A directory of members kept in one TOML file: for the demo, for tests, and for a plan that exports one."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from domain.calendar import Frozen
from domain.line import Coverage
from domain.refusals import Misuse


class Excluded(Frozen):
    """A service that this member's coverage leaves out, and why."""

    service: str
    reason: str


class ListedMember(Frozen):
    """A member's coverage; both days inclusive, and no end where none is known."""

    contract_number: str
    name: str
    plan: str
    coverage_from: date
    coverage_through: date | None = None
    excluded: tuple[Excluded, ...] = ()


class ListedProvider(Frozen):
    npi: str
    name: str
    fax: str = ""
    language: str = "en"


class Listing(Frozen):
    member: tuple[ListedMember, ...] = ()
    provider: tuple[ListedProvider, ...] = ()


class FileDirectory:
    """Reads the file each time it is asked: an export that was replaced is believed at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def coverage(self, plan: str, contract_number: str, day: date, services: Sequence[str]) -> Coverage:
        """Eligible on that day, and nothing that was asked for left out?"""
        member = next(
            (
                row
                for row in self._listing().member
                if row.plan == plan and row.contract_number == contract_number
            ),
            None,
        )
        if member is None:
            return _not_eligible("the directory does not know this contract number in this plan")
        if day < member.coverage_from:
            return _not_eligible(f"coverage begins on {member.coverage_from}, after the day of service")
        if member.coverage_through and day > member.coverage_through:
            return _not_eligible(f"coverage ended on {member.coverage_through}, before the day of service")
        left_out = [row for row in member.excluded if row.service in services]
        if left_out:
            because = "; ".join(f"{row.service} is not covered: {row.reason}" for row in left_out)
            return Coverage(eligible=True, covered=False, because=because)
        return Coverage(eligible=True, covered=True, because=f"eligible and covered on {day}")

    def _listing(self) -> Listing:
        try:
            return Listing.model_validate(tomllib.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise Misuse(f"directory: {self.path.name} cannot be read ({type(error).__name__}).") from error
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise Misuse(f"directory: {self.path.name}, {place}: {first['msg']}.") from error


def _not_eligible(because: str) -> Coverage:
    return Coverage(eligible=False, covered=False, because=because)
