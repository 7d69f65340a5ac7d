"""The claim of a remittance that somebody means by a number, and what is said where none can be given."""

from collections.abc import Iterable
from typing import TypeVar

from domain.remittance.claim_codes import REVERSAL
from domain.remittance.remittance import Remittance, RemittedClaim, UnreadClaim
from domain.terms.refusals import Refused
from domain.terms.text import folded

C = TypeVar("C", RemittedClaim, UnreadClaim)


def find_claim(remittance: Remittance, number: str) -> RemittedClaim:
    """The claim of this payer number, else of this patient account: the one that stands, where one does."""
    asked = folded(number)
    found = _numbered(remittance.claims, asked)
    standing = [[claim for claim in found if rank(claim)] for rank in (_is_plain, _stands, _is_taken_back)]
    found = next((some for some in standing if some), found)
    match found:
        case []:
            raise _why_not(remittance, asked)
        case [claim]:
            return claim
    numbers = sorted({claim.payer_number for claim in found if claim.payer_number})
    if len(numbers) < len(found):
        raise Refused(f"claim: {len(found)} claims have that number, and no payer's number tells them apart")
    listed = ", ".join(numbers)
    raise Refused(f"claim: {len(found)} claims have that number; choose by the payer's: {listed}")


def _numbered(claims: Iterable[C], asked: str) -> list[C]:
    of_payer = [claim for claim in claims if folded(claim.payer_number) == asked]
    return of_payer or [claim for claim in claims if folded(claim.patient_account) == asked]


def _stands(claim: RemittedClaim) -> bool:
    return not (claim.takes_back or claim.is_taken_back)


def _is_plain(claim: RemittedClaim) -> bool:
    return _stands(claim) and claim.status != REVERSAL


def _is_taken_back(claim: RemittedClaim) -> bool:
    return claim.is_taken_back


def _why_not(remittance: Remittance, asked: str) -> Refused:
    """The claim's own fault, where it is one of those that cannot be read."""
    if unread := _numbered(remittance.unread, asked):
        return Refused(f"{unread[0].place}: {unread[0].fault}")
    lost = [claim.place for claim in remittance.unread if not (claim.payer_number or claim.patient_account)]
    beside = f"; {', '.join(lost)} cannot be read" if lost else ""
    return Refused(f"claim: this remittance has no claim of that number{beside}")
