"""What somebody left with us, or was answered at once: on which line, when, and where to call back."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from domain.clock.timeframe import Urgency
from domain.request.arrived import Arrived
from domain.request.request import Member, Prose, Text, refuse_all
from domain.terms.people import Language
from domain.terms.text import folded, words_in


class Wants(StrEnum):
    """What a message is about: one that asks for care is the receipt of a request."""

    CALL = "call"
    ELIGIBILITY = "eligibility"
    CARE = "care"
    EXPEDITED_CARE = "expedited_care"

    @property
    def is_care(self) -> bool:
        return self in {Wants.CARE, Wants.EXPEDITED_CARE}


class Left(Arrived):
    """A message as it was left. `answer` is what a caller was told at once, who then waits for nothing."""

    line: Text  # an id of the pack
    telephone: Text | None = None  # the number to call back
    language: Language
    name: Text | None = None
    title: Text | None = None
    organisation: Text | None = None
    member: Member | None = None  # as far as the message says whom it is about
    wants: Wants = Wants.CALL
    in_haste: bool = False  # whoever listened says so, whatever the words are
    says: Prose
    answer: Prose | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse_all(
            None if self.telephone or self.answer else "telephone: without a number nobody is called back",
            "answer: who asks for care is answered by the request; submit it as of the call"
            if self.answer and self.wants.is_care
            else None,
            None if self.name or not self.answer else "name: who was answered gives name, title and company",
        )
        return self

    @property
    def urgency(self) -> Urgency:
        return Urgency.EXPEDITED if self.wants is Wants.EXPEDITED_CARE else Urgency.STANDARD

    @property
    def whose(self) -> str:
        """By what the same caller is recognised: the member, else the number, else the name."""
        return self.member.known_by if self.member else folded(self.telephone or self.name)

    @property
    def who(self) -> str:
        """Whoever left it, as far as they said."""
        return ", ".join(part for part in (self.name, self.title, self.organisation) if part) or "somebody"

    @property
    def fingerprint(self) -> str:
        """The same words left with the same number are the same message."""
        return f"message|{self.plan}|{self.whose}|{self.wants}|{' '.join(words_in(self.says))}"
