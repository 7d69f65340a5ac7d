"""What every command of the staff shares: where the home is, who acts, how the answer is written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from config import settings
from config.access.staff import person
from config.settings import Settings
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Misuse


def _only_a_hyphen(_: object, word: object) -> None:
    """A word that may be `-` is still no option that was spelled wrong."""
    if isinstance(word, str) and word.startswith("-") and word != "-":
        raise ValueError("there is no such option")


OrStandardInput = Annotated[str, Parameter(allow_leading_hyphen=True, validator=_only_a_hyphen)]
"""A file or a text, where `-` stands for standard input."""


def _asks_back(_: object) -> tuple[str, ...]:
    """The script of a shell asks where a parameter has this; `client/terminal/completing.py` answers."""
    return ()


CaseNumber = Annotated[str, Parameter(completer=_asks_back)]
"""A case number, or the row of a case in the last list; a shell completes those."""

AskedBack = Parameter(completer=_asks_back)
"""A parameter that a shell completes with what there is: people, queues, reasons."""


@Parameter(name="*")
@dataclass(frozen=True)
class Common:
    home: Path | None = None
    """The Plazo home (PLAZO_HOME)."""

    json: Annotated[bool, Parameter(negative="")] = False
    """Write JSON, for programs."""

    @property
    def settings(self) -> Settings:
        return settings.load(home=self.home)


@Parameter(name="*")
@dataclass(frozen=True)
class Acting(Common):
    as_: Annotated[str | None, Parameter(name="--as", completer=_asks_back)] = None
    """Who acts: an id of the staff file (PLAZO_STAFF)."""

    @property
    def settings(self) -> Settings:
        return settings.load(home=self.home, staff=self.as_)

    @property
    def actor(self) -> Actor:
        """Who acts, as their token says, which the worker verifies."""
        from config.access.identity import speaker  # noqa: PLC0415 - help needs no engine

        bearer = speaker(self.settings)
        if bearer is None:
            raise Misuse(
                "staff: say who acts, with --as STAFF or PLAZO_STAFF; where people log in, `plazo login`."
            )
        return bearer.actor

    @property
    def is_named(self) -> bool:
        from config.access.identity import speaker  # noqa: PLC0415 - as above

        return speaker(self.settings) is not None

    @property
    def clerk(self) -> Actor:
        """Who submits: the acting person where one is named, else the system in the clerk's stead."""
        return self.actor if self.is_named else SYSTEM


@Parameter(name="*")
@dataclass(frozen=True)
class Dated(Acting):
    at: str | None = None
    """When it happened, if not now: `2026-07-25 16:20` in the plan's zone, or with an offset."""

    late_because: str = ""
    """Why it is recorded so long after it happened, where it is."""

    confirmed_by: str | None = None
    """The supervisor who confirms what turns a late answer into a timely one."""

    @property
    def second_person(self) -> Actor | None:
        return person(self.settings.policy, self.confirmed_by) if self.confirmed_by else None


@Parameter(name="*")
@dataclass(frozen=True)
class Telling(Dated):
    """Of what goes out to people as soon as it is said; on a terminal it is confirmed first."""


@Parameter(name="*")
@dataclass(frozen=True)
class Deciding(Telling):
    preview: Annotated[bool, Parameter(negative="")] = False
    """Show the letters that would go out, each in its reader's language; nothing is decided."""

    pdf: Path | None = None
    """With --preview: put them into this folder as PDF, too."""
