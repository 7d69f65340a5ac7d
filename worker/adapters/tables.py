"""Tables that are read once and kept: the policy pack, calendars, ICD-10-CM."""

from datetime import date, time
from importlib.util import find_spec
from pathlib import Path

from config.calendars import calendar_for_case
from config.pack import load
from domain.policy.notices import MailRun
from domain.policy.pack import Pack
from domain.policy.rows import Plan
from domain.terms.calendar import Calendar
from domain.terms.notice import SendBy
from domain.terms.sourced import Trust


class PackOnDisk:
    """The pack of one folder, as it was when the worker started: a changed pack needs a new worker."""

    def __init__(self, folder: Path, mail_run: time | None = None) -> None:
        pack = load(folder)
        of_the_house = (the_mail_run(mail_run),) if mail_run else ()
        self._pack = pack.model_copy(update={"mail_run": (*pack.mail_run, *of_the_house)})

    def pack(self) -> Pack:
        return self._pack

    def calendar(self, plan: Plan, received: date) -> Calendar:
        """The plan's days from the year before the receipt on, by value."""
        return calendar_for_case(plan, received)


def the_mail_run(at: time) -> MailRun:
    """The one that an installation has chosen, for all of its plans and for whatever leaves the house."""
    return MailRun(
        id="the-house",
        plans=(),
        at=(at,),
        by=tuple(SendBy),
        in_force_from=date.min,
        source="PLAZO_MAIL_RUN: the installation's own choice",
        standing=Trust.ASSUMED,
    )


class Icd10Tables:
    """The ICD-10-CM codes of the current year, from the list that lies beside the package's own tables.

    The package itself builds the whole tree of codes, with every note, when it is imported; that takes seconds, and
    here is asked only which codes there are.
    """

    def __init__(self) -> None:
        package = find_spec("simple_icd_10_cm")
        assert package is not None
        assert package.origin is not None
        [codes] = Path(package.origin).parent.glob("data/code-list-*.txt")
        self._codes = frozenset(codes.read_text(encoding="utf-8").split())

    def knows(self, code: str) -> bool:
        return code.replace(".", "") in self._codes
