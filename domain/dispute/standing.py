"""Is a disputed payment ours to answer: was it Medicare Advantage, and had the provider no contract then?"""

from datetime import date

from domain.terms.frozen import Frozen


class Standing(Frozen):
    """What remittance and directory say of the date of service; None where they do not know."""

    in_medicare_advantage: bool | None
    has_contract: bool | None
    because: str

    @property
    def is_ours(self) -> bool | None:
        """A Medicare Advantage claim of a provider without a contract; None while that is not known."""
        if self.in_medicare_advantage is False or self.has_contract is True:
            return False
        return True if self.in_medicare_advantage and self.has_contract is False else None


class StandingQuestion(Frozen):
    """Whose standing the directory is asked for, and on which day."""

    plan: str
    member: str  # contract number
    npi: str
    tax_id: str | None
    day: date
