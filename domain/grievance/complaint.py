"""A complaint as it came in: what it is about, when that happened, what is said; and what it turned out to be."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from domain.clock.timeframe import Urgency
from domain.policy.grievances import About
from domain.request.arrived import OfMember
from domain.request.request import Channel, Prose, Text, one_id_each, refuse_all

BY_VOICE = {Channel.TELEPHONE, Channel.IN_PERSON}


class Sorted(StrEnum):
    """What a complaint turned out to be."""

    GRIEVANCE = "grievance"
    APPEAL = "appeal"
    BOTH = "both"


class Found(StrEnum):
    """What somebody found who looked into it."""

    JUSTIFIED = "justified"
    IN_PART = "in_part"
    UNJUSTIFIED = "unjustified"
    UNTIMELY = "untimely"


class Complaint(OfMember):
    """What a member is not content with. `case` is the number of the case that it is about, if it is about one."""

    representative: Text | None = None  # who files it for the member, whose appointment was seen
    about: About
    happened_on: date | None = None  # where nobody says it, it is taken to come in time
    case: Text | None = None
    says: Prose
    in_writing: bool = False  # a written answer is wanted

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        later = self.happened_on and self.happened_on > self.received_at.date()
        refuse_all(
            "happened_on: nobody complains of what comes later" if later else None,
            one_id_each(self.documents),
        )
        return self

    @property
    def filed_by(self) -> str:
        return "representative" if self.representative else "member"

    @property
    def urgency(self) -> Urgency:
        return Urgency.EXPEDITED if self.about.is_urgent else Urgency.STANDARD

    @property
    def wants_writing(self) -> bool:
        """Is it answered in writing, because it came so or because that is wanted?"""
        return self.in_writing or self.channel not in BY_VOICE

    @property
    def fingerprint(self) -> str:
        """Member, subject and day: two complaints that share it are about the same thing."""
        about = f"{self.about}|{self.case or ''}|{self.happened_on}"
        return f"grievance|{self.plan}|{self.member.known_by}|{about}"
