"""Tables that are read once and kept: the policy pack, calendars, ICD-10-CM."""

from datetime import date
from pathlib import Path

from config.calendars import calendar_for_case
from config.pack import load
from domain.calendar import Calendar
from domain.pack import Pack
from domain.pack_rows import Plan


class PackOnDisk:
    """The pack of one folder, as it was when the worker started: a changed pack needs a new worker."""

    def __init__(self, folder: Path) -> None:
        self._pack = load(folder)

    def pack(self) -> Pack:
        return self._pack

    def calendar(self, plan: Plan, received: date) -> Calendar:
        """The plan's days from the year before the receipt on, by value."""
        return calendar_for_case(plan, received)


class Icd10Tables:
    """The ICD-10-CM tables of the current year. Loading them takes a second or two, so it is done once."""

    def __init__(self) -> None:
        import simple_icd_10_cm  # noqa: PLC0415 - only a worker pays for it

        self._tables = simple_icd_10_cm

    def knows(self, code: str) -> bool:
        return bool(self._tables.is_valid_item(code))
