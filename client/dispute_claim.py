"""A claim of a remittance as a dispute sees it: which claim it is, whether it can be disputed, and its lines."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from client.reading import build
from domain.dispute_terms import DisputeTerms
from domain.filing import ContendedLine
from domain.refusals import Misuse, Refused
from domain.remittance import Remittance, RemittedClaim, RemittedLine, find_claim


def claim_in(remittances: Sequence[Remittance], number: str) -> tuple[Remittance, RemittedClaim]:
    """The claim of that number, and the remittance of the file in which it stands."""
    every = tuple(claim for remittance in remittances for claim in remittance.claims)
    found = find_claim(remittances[0].model_copy(update={"claims": every}), number)
    return next((one, found) for one in remittances if any(claim is found for claim in one.claims))


def why_no_dispute(claim: RemittedClaim, terms: DisputeTerms) -> str | None:
    """Why the remittance alone shows that the payment cannot be disputed as a Medicare rate; None where it can."""
    if claim.filing_indicator in terms.other_coverages:
        return f"not a Medicare Advantage claim (CLP06 {claim.filing_indicator}: {claim.coverage})"
    if claim.is_secondary:
        return (
            f"a secondary payment, not a Medicare rate dispute: another payer came first ({_who_says(claim)})"
        )
    if claim.is_reversal:
        return "it takes a payment back (CLP02 22); the claim that stands beside it can be disputed"
    if not claim.lines:
        return "the remittance names no service line of it (SVC); a filing as JSON can"
    return None


def _who_says(claim: RemittedClaim) -> str:
    reasons = {one.code for one in claim.every_adjustment if one.reason in {"22", "23"}}
    return ", ".join([f"CLP02 {claim.status}", *sorted(reasons)])


def claim_fields(claim: RemittedClaim) -> dict[str, Any]:
    """What a filing says of the claim. Refused where the remittance leaves out what a case is known by."""
    for element, found in {"CLP07, the payer's number": claim.payer_number, "NM109": claim.member_id}.items():
        if not found:
            raise Refused(f"claim: the remittance leaves out {element}; a filing as JSON can name it")
    return {
        "patient_account": claim.patient_account,
        "payer_number": claim.payer_number,
        "member": claim.member_id,
        "status": claim.status,
        "filing_indicator": claim.filing_indicator,
        "facility_code": claim.facility_code,
        "adjustments": claim.adjustments,
    }


def provider_fields(remittance: Remittance) -> dict[str, Any]:
    """The payee as the provider that disputes."""
    if not remittance.payee_npi:
        raise Refused("remittance: N1*PE names no NPI; a filing as JSON can name the provider")
    return {
        "name": remittance.payee,
        "npi": remittance.payee_npi,
        "tax_id": remittance.payee_tax_id,
        "address": remittance.payee_address,
    }


def contended_line(line: RemittedLine, claim: RemittedClaim, **said: Any) -> ContendedLine:
    """A paid line, with what the provider says of it. Where none was paid, its units are those that were billed."""
    units = line.units if line.units > 0 else line.billed_units or Decimal(1)
    fields = {
        "sequence": line.sequence,
        "service": line.service,
        "units": units,
        "day": line.begins_on or claim.begins_on,
        "charge": line.charge,
        "paid": line.paid,
        "adjustments": line.adjustments,
    }
    return build(ContendedLine, fields | said)


def contended_lines(
    claim: RemittedClaim, chosen: str | None, expected: Iterable[str], contention: Iterable[str]
) -> tuple[ContendedLine, ...]:
    """The lines in dispute: those that were chosen, else those that were not paid in full."""
    lines = {line.sequence: line for line in claim.lines}
    asked = _numbers(chosen) if chosen else [line.sequence for line in claim.lines if line.paid < line.charge]
    if strangers := sorted(set(asked) - set(lines)):
        raise Misuse(f"lines: the claim has no line {strangers[0]}; it has {len(lines)}.")
    if not asked:
        raise Misuse("lines: every line of the claim was paid in full; name those in dispute with --lines.")
    said = {"expected": by_line(expected, "expected"), "contention": by_line(contention, "contention")}
    for field, of_lines in said.items():
        if strangers := sorted(set(of_lines) - set(asked)):
            raise Misuse(f"{field}: line {strangers[0]} is not in dispute; {_listed(asked)} is.")
    return tuple(contended_line(lines[number], claim, **_of(number, said)) for number in dict.fromkeys(asked))


def _of(number: int, said: Mapping[str, Mapping[int, str]]) -> dict[str, str]:
    return {field: of_lines[number] for field, of_lines in said.items() if number in of_lines}


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def by_line(given: Iterable[str], field: str) -> dict[int, str]:
    """`2=120.00` as what is said of line 2."""
    said: dict[int, str] = {}
    for word in given:
        number, _, value = word.partition("=")
        if not (number.strip().isdecimal() and value.strip()):
            raise Misuse(f"{field}: say it as LINE=VALUE, for example {EXAMPLES[field]}.")
        if int(number) in said:
            raise Misuse(f"{field}: line {int(number)} is named twice.")
        said[int(number)] = value.strip()
    return said


EXAMPLES = {"expected": "2=120.00", "contention": "2=bundling"}


def _numbers(text: str) -> list[int]:
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdecimal() and len(word) <= 3 for word in words):  # noqa: PLR2004 - 999 lines
        raise Misuse("lines: name them by their numbers, for example 1,3.")
    return [int(word) for word in words]
