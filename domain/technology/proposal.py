"""A new technology that somebody proposes, and what is found out of it on four bases."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from domain.request.arrived import Arrived
from domain.request.request import Prose, Text, one_id_each, refuse_all
from domain.terms.frozen import Frozen


class Basis(StrEnum):
    """On what coverage is based (CareSource, new-care authorizations); each is answered, none by silence."""

    RULES = "medicaid_and_medicare_rules"
    ASSESSMENT = "outside_assessment"
    FDA = "fda"
    LITERATURE = "literature"


class Shows(StrEnum):
    """What a basis shows; that nothing was found is an answer too, and says where it was looked for."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"
    NOTHING = "nothing_found"


class Coverage(StrEnum):
    COVERED = "covered"
    NOT_COVERED = "not_covered"
    CASE_BY_CASE = "case_by_case"


class Evidence(Frozen):
    """The answer of one basis, with where it stands. `national` is a Medicare rule that decides it itself."""

    basis: Basis
    shows: Shows
    cites: Text
    says: Prose
    national: Coverage | None = None

    @model_validator(mode="after")
    def _rules_are_national(self) -> Self:
        refuse_all(
            "national: only the rules of Medicare decide it themselves"
            if self.national and self.basis is not Basis.RULES
            else None
        )
        return self


class Proposal(Arrived):
    """A technology, by its codes, and the specialty that gives an opinion. `request` is a member's case for it."""

    title: Text
    codes: tuple[Text, ...] = Field(min_length=1)
    specialty: Text
    request: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse_all(one_id_each(self.documents))
        return self

    @property
    def whose(self) -> str:
        """One case for the same codes of a plan."""
        return f"technology|{self.plan}|{'+'.join(sorted(self.codes))}"

    @property
    def fingerprint(self) -> str:
        """The same codes proposed again are one question."""
        return self.whose


class Opinion(Frozen):
    """What a specialist says who has no interest in it."""

    by: str
    specialty: str
    says: Prose
