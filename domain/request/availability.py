"""Is the service available in Puerto Rico? A finding, with whom was asked, when, and what they said."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.request.request import Prose, Text
from domain.terms.frozen import Frozen
from domain.terms.people import Actor


class Inquiry(Frozen):
    """Somebody in Puerto Rico who was asked whether they give the service, and why they do not."""

    asked: Text
    on: date
    answer: Prose


class LocalProvider(Frozen):
    """Who gives the service in Puerto Rico."""

    name: Text
    telephone: Text
    address: Text | None = None


class Availability(Frozen):
    """What a care-management specialist found, on the evidence of the inquiries."""

    available: bool
    inquiries: Annotated[tuple[Inquiry, ...], Field(min_length=1)]
    local: LocalProvider | None = None
    by: Actor
    found_at: AwareDatetime

    def __str__(self) -> str:
        asked = f"{len(self.inquiries)} asked"
        if self.available and self.local:
            return f"available in Puerto Rico ({asked})"
        return f"not available in Puerto Rico ({asked})"
