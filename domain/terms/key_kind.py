"""Kinds of keys by which a case is found, and somebody is known again."""

from enum import StrEnum


class KeyKind(StrEnum):
    PERSON = "person"  # name and birth date
    CONTRACT = "contract"
    PROVIDER = "provider"  # the NPI
    REFERENCE = "reference"  # the sender's own number, or that of a claim
    TELEPHONE = "telephone"

    @property
    def text(self) -> str:
        return {"person": "name and birth date", "contract": "contract number", "provider": "NPI"}.get(
            self.value, self.value
        )
