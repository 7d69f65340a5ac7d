"""What is printed, sent and bound, as the activities see it."""

from datetime import datetime
from typing import NamedTuple, Protocol

from activities.writing import writes
from domain.case.sending import Sending
from domain.casefile.view import Bundle
from domain.determination.call_scripts import Script
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice
from domain.terms.people import Language


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
