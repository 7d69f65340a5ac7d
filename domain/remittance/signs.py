"""What the other claims of a file and PLB say of a claim: that it corrects another, or that it is paid no longer.

A payer that was wrong takes the whole payment back and pays again, both in one remittance, under one number or two.
Some write the status of a reversal (22) on both; some write another on the reversal. So amounts are believed
before the status, and where the two do not agree, that is said.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from domain.remittance.adjustment import Adjustment
from domain.remittance.claim_codes import REVERSAL
from domain.remittance.remittance import Remittance, RemittedClaim
from domain.terms.text import folded

Claims = dict[int, RemittedClaim]  # by their places in the file


def with_signs(remittances: Sequence[Remittance]) -> tuple[Remittance, ...]:
    """The same remittances of one file, each claim with what the rest of the file says of it."""
    places = _Places(remittances)
    read = iter([places.signed(place) for place in range(len(places.claims))])
    return tuple(
        one.model_copy(update={"claims": tuple(next(read) for _ in one.claims)}) for one in remittances
    )


class _Places:
    """The claims of a file in their order, and which of them belong together."""

    def __init__(self, remittances: Sequence[Remittance]) -> None:
        every = [(one, claim) for one in remittances for claim in one.claims]
        self.remittances = [remittance for remittance, _ in every]
        self.claims = [claim for _, claim in every]
        self.unread = [unread for one in remittances for unread in one.unread]
        self.alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for place, claim in enumerate(self.claims):
            for key in _keys(claim):
                self.alike[key].append(place)
        self.taken_back: dict[int, int] = {}  # an original, and its reversal
        for place, claim in enumerate(self.claims):
            if claim.takes_back and (original := self._original(place)) is not None:
                self.taken_back[original] = place

    def siblings(self, place: int) -> Claims:
        found = {one for key in _keys(self.claims[place]) for one in self.alike[key]} - {place}
        return {one: self.claims[one] for one in sorted(found)}

    def _corrections(self, reversal: int) -> Iterator[str]:
        for place, claim in self.siblings(reversal).items():
            if not claim.takes_back and place not in self.taken_back:
                yield _number(claim)

    def _original(self, reversal: int) -> int | None:
        """What the reversal takes back in full: a claim before it, or one after it that is its very mirror."""
        back = self.claims[reversal]
        amounts = (-back.charge, -back.paid)
        whole = {
            place: claim
            for place, claim in self.siblings(reversal).items()
            if (claim.charge, claim.paid) == amounts and place not in self.taken_back
        }
        before = [place for place in whole if place < reversal]
        return next(iter([*before, *(place for place in whole if _mirrors(whole[place], back))]), None)

    def signed(self, place: int) -> RemittedClaim:
        claim = self.claims[place]
        is_taken_back = place in self.taken_back
        reversals = [one for one in self.siblings(place).values() if one.takes_back]
        corrects = bool(reversals) and not (claim.takes_back or is_taken_back)
        said = [*_of_sign(claim, corrects=corrects), *self._of_file(place, reversals, corrects=corrects)]
        corrected_by = tuple(self._corrections(place)) if claim.takes_back else ()
        found = {"is_taken_back": is_taken_back, "corrects": corrects, "corrected_by": corrected_by}
        return claim.model_copy(update=found | {"said_elsewhere": tuple(said)})

    def _of_file(self, place: int, reversals: list[RemittedClaim], *, corrects: bool) -> Iterator[str]:
        claim, remittance = self.claims[place], self.remittances[place]
        if corrects:
            listed = " and ".join(f"{_number(one)}, {-one.paid}" for one in reversals)
            yield f"it stands beside a payment that the same file takes back (claim {listed}): a correction"
        about = [one for one in remittance.outside if one.is_about(claim.payer_number, claim.patient_account)]
        for one in about:
            yield f"outside the claim (PLB): {one.words}"
        taken = sum(one.amount for one in about if one.is_recovery)
        if taken > 0 and not claim.takes_back:
            how_much = "its whole payment" if taken >= claim.paid else f"{taken} of its {claim.paid}"
            yield f"PLB takes {how_much} back"
        if any(
            claim.payer_number and folded(claim.payer_number) == folded(one.payer_number)
            for one in self.unread
        ):
            yield "another claim of its number in the same file cannot be read"


def _keys(claim: RemittedClaim) -> Iterator[tuple[Any, ...]]:
    """What claims that belong together share: the payer's number, or whose stay of which day it was."""
    if claim.payer_number:
        yield (folded(claim.payer_number),)
    if claim.member_id:
        yield folded(claim.patient_account), folded(claim.member_id), _first_day(claim)


def _first_day(claim: RemittedClaim) -> date | None:
    return claim.begins_on or min((line.begins_on for line in claim.lines if line.begins_on), default=None)


def _mirrors(claim: RemittedClaim, back: RemittedClaim) -> bool:
    """Is every amount the same, but for its sign, under one number?"""
    adjusted = sorted(_amounts(claim.every_adjustment, 1)) == sorted(_amounts(back.every_adjustment, -1))
    return adjusted and folded(claim.payer_number) == folded(back.payer_number)


def _amounts(adjustments: Iterator[Adjustment], sign: int) -> Iterator[tuple[str, Any]]:
    return ((one.code, sign * one.amount) for one in adjustments)


def _number(claim: RemittedClaim) -> str:
    return claim.payer_number or claim.patient_account


def _of_sign(claim: RemittedClaim, *, corrects: bool) -> Iterator[str]:
    """Where status and amounts, or claim and lines, do not say the same."""
    if claim.takes_back and claim.status != REVERSAL:
        yield f"its amounts are below zero, but its status (CLP02 {claim.status}) is not that of a reversal"
    if claim.status == REVERSAL and not claim.takes_back:
        alone = "" if corrects else ", and nothing in the file is taken back"
        yield f"its status says that it takes a payment back (CLP02 22), but its amounts do not{alone}"
    if claim.adjusted_beside_its_lines:
        listed = ", ".join(f"{one.code} {one.amount}" for one in claim.adjusted_beside_its_lines)
        yield f"{listed} on the whole claim: what each of its lines was paid is not known"
    if not claim.lines:
        yield "the remittance names no service line (SVC): the claim is one line, its total charge (0001)"
