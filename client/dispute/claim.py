"""A claim of a remittance as a dispute sees it: which claim it is, whether it can be disputed, and its lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from client.terminal.reading import build, numbers
from domain.dispute.filing import ContendedLine
from domain.policy.disputes import DisputeTerms
from domain.remittance.adjustment import total
from domain.remittance.claim_codes import STATUSES, TERTIARY, UNPAID
from domain.remittance.finding import find_claim
from domain.remittance.remittance import NPI_FORM, UNNAMED, Remittance, RemittedClaim, RemittedLine
from domain.terms.refusals import Misuse, Refused

TAX_ID_FORM = re.compile(r"\d{2}-?\d{7}", re.ASCII)


def claim_in(remittances: Sequence[Remittance], number: str) -> tuple[Remittance, RemittedClaim]:
    """The claim of that number, and the remittance of the file in which it stands."""
    every = {
        "claims": tuple(claim for one in remittances for claim in one.claims),
        "unread": tuple(claim for one in remittances for claim in one.unread),
    }
    found = find_claim(remittances[0].model_copy(update=every), number)
    return next((one, found) for one in remittances if any(claim is found for claim in one.claims))


def why_no_dispute(claim: RemittedClaim, terms: DisputeTerms) -> str | None:
    """Why the remittance alone shows that the payment cannot be disputed as a Medicare rate; None where it can."""
    if claim.filing_indicator in terms.other_coverages:
        return f"not a Medicare Advantage claim (CLP06 {claim.filing_indicator}: {claim.coverage})"
    if unpaid := why_unpaid(claim):
        return unpaid
    if claim.is_secondary:
        order = "tertiary" if claim.status in TERTIARY else "secondary"
        return (
            f"a {order} payment, not a Medicare rate dispute: another payer came first ({_who_says(claim)})"
        )
    if left_out := _left_out(claim):
        return f"the remittance leaves out {left_out}; a filing as JSON can name it"
    return None


def why_unpaid(claim: RemittedClaim) -> str | None:
    """Why the claim is none that this payer paid, or pays still; None where it is."""
    if claim.takes_back:
        beside = f"; {' and '.join(claim.corrected_by)} corrects it" if claim.corrected_by else ""
        return f"it takes a payment back (its amounts are below zero, CLP02 {claim.status}){beside}"
    if claim.is_taken_back:
        return "it is no longer paid: the same file takes its whole payment back"
    if claim.status in UNPAID:
        return f"it was not paid (CLP02 {claim.status}: {STATUSES[claim.status]})"
    return None


def _who_says(claim: RemittedClaim) -> str:
    reasons = {one.code for one in claim.every_adjustment if one.amount and one.reason in {"22", "23"}}
    return ", ".join([f"CLP02 {claim.status}", *sorted(reasons)])


def _left_out(claim: RemittedClaim) -> str | None:
    """What a case is known by and the remittance does not say."""
    known = {"CLP07, the payer's number": claim.payer_number, "NM109": claim.member_id}
    return next((element for element, found in known.items() if not found), None)


def claim_fields(claim: RemittedClaim) -> dict[str, Any]:
    """What a filing says of a claim that can be disputed."""
    return {
        "patient_account": claim.patient_account,
        "payer_number": claim.payer_number,
        "member": claim.member_id,
        "status": claim.status,
        "filing_indicator": claim.filing_indicator,
        "facility_code": claim.facility_code,
        "adjustments": claim.adjusted_beside_its_lines,
        "corrects": claim.corrects,
        "services": claim.services,
        "said_elsewhere": claim.said_elsewhere,
    }


def provider_fields(remittance: Remittance) -> dict[str, Any]:
    """The payee as the provider that disputes. Refused where nobody can tell who that is."""
    if unnamed := why_nobody_disputes(remittance):
        raise Refused(f"remittance: {unnamed}")
    tax_id = remittance.payee_tax_id
    return {
        "name": remittance.payee,
        "npi": remittance.payee_npi,
        "tax_id": tax_id if tax_id and TAX_ID_FORM.fullmatch(tax_id) else None,
        "address": remittance.payee_address,
    }


def why_nobody_disputes(remittance: Remittance) -> str | None:
    """Why the payee cannot be taken for the provider that disputes; None where it can."""
    if remittance.payee == UNNAMED:
        return "N1*PE names no provider; a filing as JSON can"
    if not NPI_FORM.fullmatch(remittance.payee_npi or ""):
        return "N1*PE names no NPI of ten digits; a filing as JSON can name the provider"
    return None


def contended_line(line: RemittedLine, claim: RemittedClaim, **said: Any) -> ContendedLine:
    """A paid line, with what the provider says of it. Where none was paid, its units are those that were billed."""
    units = next((one for one in (line.units, line.billed_units) if one and one > 0), Decimal(1))
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


PAID_IN_FULL = (
    "every line of the claim was paid in full; --lines names those that are in dispute all the same"
)


def not_paid_in_full(claim: RemittedClaim) -> list[int]:
    """The lines whose payment was cut: each of them where the claim as a whole was."""
    cut = total(claim.adjusted_beside_its_lines) > 0
    return [line.sequence for line in claim.disputable_lines if cut or line.paid < line.charge]


def contended_lines(
    claim: RemittedClaim, chosen: str | None, expected: Iterable[str], contention: Iterable[str]
) -> tuple[ContendedLine, ...]:
    """The lines in dispute: those that were chosen, else those that were not paid in full."""
    lines = {line.sequence: line for line in claim.disputable_lines}
    asked = numbers(chosen, "lines") if chosen else not_paid_in_full(claim)
    if strangers := sorted(set(asked) - set(lines)):
        raise Misuse(f"lines: the claim has no line {strangers[0]}; it has {len(lines)}.")
    if not asked:
        raise Refused(f"lines: {PAID_IN_FULL}")
    said = {"expected": by_line(expected, "expected"), "contention": by_line(contention, "contention")}
    for field, of_lines in said.items():
        if strangers := sorted(set(of_lines) - set(asked)):
            raise Misuse(f"{field}: line {strangers[0]} is not in dispute; {_listed(asked)} is.")
    return tuple(contended_line(lines[number], claim, **_of(number, said)) for number in asked)


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
