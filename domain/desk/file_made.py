"""Whom a case file is made for; and that it was made, which is an event of the case."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.parts.happenings import FileWasMade
from domain.request.request import Sha256
from domain.terms.people import Language


class Audience(StrEnum):
    """Whom a case file is made for; it stands on the cover."""

    OURSELVES = "ourselves"
    REVIEWER = "reviewer"
    PLAN = "plan"
    AUDITOR = "auditor"
    MEMBER = "member"

    @property
    def text(self) -> str:
        return "our own use" if self is Audience.OURSELVES else f"the {self.value}"

    @property
    def reads_staff_notes(self) -> bool:
        return self is not Audience.MEMBER

    def reads(self, language: Language | None) -> Language:
        """The member's copy is in the member's language, where the case knows it."""
        return (self is Audience.MEMBER and language) or Language.ENGLISH


class FileMade(Act[Case]):
    """The case file was made for somebody: whoever reads it reads about a member's health."""

    audience: Audience
    pages: Annotated[int, Field(ge=1)]
    sha256: Sha256

    def apply(self, case: Case, now: datetime) -> str:
        words = f"case file of {self.pages} pages made for {self.audience.text}"
        details = {"audience": self.audience.value, "pages": self.pages, "sha256": self.sha256}
        case.log.record(
            EventKind.FILE_MADE, words, at=self.happened_at(now), now=now, by=self.actor, **details
        )
        case.follow(FileWasMade(self.audience.value), now)
        return words
