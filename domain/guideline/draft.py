"""The draft of a text by which requests are to be decided: its clauses, what it changes, on what it rests."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from domain.committee.rows import Change
from domain.request.arrived import Arrived
from domain.request.criteria import CriteriaTable, Criterion
from domain.request.request import Prose, Text, one_id_each, refuse_all
from domain.terms.frozen import Frozen
from domain.terms.notice import Recipient
from domain.terms.sourced import Trust


class Ground(StrEnum):
    """On what a work lets a text rest; on cost alone none rests (ProcareMSO provider page)."""

    EVIDENCE = "scientific_evidence"
    LITERATURE = "literature"
    AUTHORITY = "authority"
    COST = "cost"


class Work(Frozen):
    """A cited work, and what it shows for the text."""

    ground: Ground
    cites: Text
    shows: Prose


class Audience(StrEnum):
    """Against whom a change goes, and who is told of it."""

    MEMBERS = "members"
    PROVIDERS = "providers"

    @property
    def recipient(self) -> Recipient:
        """What each of them is to a letter."""
        return Recipient.MEMBER if self is Audience.MEMBERS else Recipient.PROVIDER


class AdoptedText(Frozen):
    """The clauses, as they are to stand in the pack; `replaces` names the row in whose place they come."""

    id: Text
    title: Text
    title_es: Text | None = None
    services: tuple[str, ...] = Field(min_length=1)
    plans: tuple[str, ...] = ()
    approves: bool = False
    criterion: tuple[Criterion, ...] = Field(min_length=1)
    replaces: str | None = None

    def row(self, begins: date, source: str, standing: Trust) -> CriteriaTable:
        said = self.model_dump() | {"in_force_from": begins, "source": source, "standing": standing}
        return CriteriaTable.model_validate(said)


class Draft(Arrived):
    """A text that somebody proposes, and which change it is. A change of law names the law and its own day."""

    change: Change
    against: tuple[Audience, ...] = ()
    law: Text | None = None
    law_from: date | None = None
    text: AdoptedText

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        of_law, names_law = self.change is Change.LAW, {bool(self.law), bool(self.law_from)}
        nobody = self.change is Change.AGAINST and not self.against
        refuse_all(
            "against: say whom it goes against" if nobody else None,
            "law, law_from: a change of law names both, and no other change"
            if names_law != {of_law}
            else None,
            one_id_each(self.documents),
        )
        return self

    @property
    def whose(self) -> str:
        """One case for each text of a plan."""
        return f"guideline|{self.plan}|{self.text.id}"

    @property
    def fingerprint(self) -> str:
        """The same text is one draft; another text under its name is a draft of its own."""
        return f"{self.whose}|{self.change}|{self.text.model_dump_json()}"
