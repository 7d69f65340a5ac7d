"""Reading a remittance advice, X12 835 (005010X221A1), as payers really send it.

Only a damaged envelope is a fault of the whole file. What a dispute cannot stand on in one claim (an amount that
does not follow from the others, a date that no calendar has) is the fault of that claim and is kept with it. What
cannot be read outside the claims, or only looks odd, is told as a warning.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from client.terminal.reading import read_bytes
from client.x12.interchange import read_text
from client.x12.loops import Loop, tree
from client.x12.segments import Segment, fault, transactions
from domain.remittance.adjustment import Adjustment, Group
from domain.remittance.outside_claims import OutsideClaims
from domain.remittance.remittance import UNNAMED, Remittance, RemittedClaim, RemittedLine, UnreadClaim
from domain.remittance.signs import with_signs
from domain.terms.refusals import Refused

LARGEST = 10_000_000  # bytes, some ten thousand claims; a day's remittance of one payer is far smaller
GUIDE = "005010X221"
BALANCING = "X12 005010X221A1, 1.10.2"

# A payer may announce one separator of components in ISA16 and write another: `HC>55669`.
OTHER_SEPARATOR = re.compile(r"[A-Z0-9]{2}([^A-Za-z0-9\s])[A-Za-z0-9]")
REASON = re.compile(r"[A-Z0-9]{1,5}", re.ASCII)
REASONS = range(2, 20, 3)  # where the reasons of a CAS stand, each before its amount and quantity
PLB_AMOUNTS = range(4, 15, 2)

T = TypeVar("T")


def read_835(file: str) -> tuple[Remittance, ...]:
    """The remittances in a file, one for each transaction; `-` for standard input."""
    return remittances(read_bytes(file, LARGEST + 1))


def remittances(raw: bytes) -> tuple[Remittance, ...]:
    """The remittances in the bytes of an interchange. Raises Refused with the place and the rule that it breaks."""
    if len(raw) > LARGEST:
        raise fault(f"the file is larger than {LARGEST // 1_000_000} MB")
    text, said = read_text(raw)
    return with_signs([_remittance(tree(one), said) for one in transactions(text, "835", GUIDE)])


class _Faults(list[str]):
    """What could not be read, in its words."""

    def unless(self, read: Callable[[int], T], element: int) -> T | None:
        """What stands in the element; None, and the fault told, where it cannot be read."""
        try:
            return read(element)
        except Refused as refused:
            self.append(_told(refused))
            return None


def _told(refused: Refused) -> str:
    return str(refused).removeprefix("remittance: ")


def _remittance(transaction: Loop, said: tuple[str, ...]) -> Remittance:
    faults = _Faults(said)
    payment = transaction.first("BPR") or Segment("BPR", ())
    payer, payee = (_party(transaction, code) for code in ("PR", "PE"))
    scheme, tax_id = payee.head.says(3), payee.first("REF", "TJ")
    number = faults.unless(payee.head.text, 4)
    produced = transaction.first("DTM", "405")
    produced_on = produced.possible_day(2) if produced else None
    claims = [_claim_or_fault(loop) for loop in transaction.within("CLP")]
    outside = _outside_claims(transaction, faults)
    if transaction.within("SVC"):
        faults.append("a service (SVC) stands outside every claim")
    return Remittance(
        payer=faults.unless(payer.head.needed_text, 2) or UNNAMED,
        payee=faults.unless(payee.head.needed_text, 2) or UNNAMED,
        payee_npi=number if scheme == "XX" else None,
        payee_tax_id=faults.unless(tax_id.text, 2) if tax_id else number if scheme == "FI" else None,
        payee_address=_address(payee, faults),
        payment=faults.unless(payment.money, 2),
        provider_adjustments=sum((one.amount for one in outside), Decimal(0)),
        produced_on=produced_on,
        payment_on=payment.possible_day(16),
        payment_day_is_impossible=payment.has(16) and payment.possible_day(16) is None,
        remittance_day_is_impossible=produced is not None and produced_on is None,
        outside=outside,
        faults=tuple(faults),
        claims=tuple(claim for claim in claims if isinstance(claim, RemittedClaim)),
        unread=tuple(claim for claim in claims if isinstance(claim, UnreadClaim)),
    )


def _party(transaction: Loop, code: str) -> Loop:
    """The party of that code; an empty one where the remittance names none."""
    empty = Loop([Segment("N1", (), where=f"N1*{code}")])
    return next((loop for loop in transaction.within("N1") if loop.head.says(1) == code), empty)


def _address(party: Loop, faults: _Faults) -> str | None:
    """Where the party gets its letters: street, town, state and postal code, as far as they are said."""
    street, town = party.first("N3"), party.first("N4")
    if street is None:
        return None
    lines = [faults.unless(street.text, 1), faults.unless(street.text, 2)]
    place = " ".join(filter(None, (faults.unless(town.text, at) for at in (1, 2, 3)))) if town else None
    return faults.unless(lambda at: street.word(at, ", ".join(filter(None, (*lines, place)))), 1)


def _outside_claims(transaction: Loop, faults: _Faults) -> tuple[OutsideClaims, ...]:
    """What was taken from the payment for the provider as a whole: interest, recoupment, balance forward."""
    places = [(plb, at) for plb in transaction.every("PLB") for at in PLB_AMOUNTS if plb.has(at)]
    found = [faults.unless(partial(_outside, plb), at) for plb, at in places]
    return tuple(one for one in found if one)


def _outside(plb: Segment, at: int) -> OutsideClaims:
    """An amount, after its reason and the number of what it is about."""
    reason, number = (*_components(plb, at - 1), "")[:2]
    return OutsideClaims(
        reason=plb.word(at - 1, reason) or "PLB", reference=plb.word(at - 1, number), amount=plb.money(at)
    )


def _claim_or_fault(loop: Loop) -> RemittedClaim | UnreadClaim:
    """The claim; where it cannot be read, its fault and what it is known by."""
    try:
        return _claim(loop)
    except Refused as refused:
        head = loop.head
        return UnreadClaim(
            place=head.where,
            fault=_told(refused).removeprefix(head.where).lstrip(":, "),
            patient_account=_Faults().unless(head.text, 1),
            payer_number=_Faults().unless(head.text, 7),
            paid=_Faults().unless(head.money, 4),
        )


def _claim(loop: Loop) -> RemittedClaim:
    head = loop.head
    patient, insured = loop.first("NM1", "QC"), loop.first("NM1", "IL")
    begins_on, ends_on = _period(loop, (), "232", "233")
    claim = RemittedClaim(
        patient_account=head.needed_text(1),
        status=head.needed_text(2),
        charge=head.money(3),
        paid=head.money(4),
        patient_responsibility=head.money(5) if head.has(5) else Decimal(0),
        filing_indicator=head.text(6),
        payer_number=head.text(7),
        facility_code=head.text(8),
        member_id=next((found for one in (patient, insured) if one and (found := one.text(9))), None),
        member_name=_name(patient) if patient else None,
        begins_on=begins_on,
        ends_on=ends_on,
        adjustments=_adjustments(loop),
        remarks=_claim_remarks(loop),
        lines=tuple(_line(line, place) for place, line in enumerate(loop.loops, start=1)),
    )
    if found := claim.balance_fault:
        raise fault(found, head.where, BALANCING)
    return claim


def _name(person: Segment) -> str | None:
    return " ".join(part for part in (person.text(4), person.text(3)) if part) or None


def _claim_remarks(loop: Loop) -> tuple[str, ...]:
    """Remark codes of the claim as a whole, inpatient (MIA) and outpatient (MOA)."""
    places = [(loop.first("MIA"), (5, 20, 21, 22, 23)), (loop.first("MOA"), (3, 4, 5, 6, 7))]
    return tuple(code for segment, at in places if segment for one in at if (code := segment.text(one)))


def _line(loop: Loop, sequence: int) -> RemittedLine:
    head = loop.head
    qualifier, service, *modifiers = _procedure(head, 1)
    billed = _procedure(head, 6)[1] if head.has(6) else None
    control, allowed = loop.first("REF", "6R"), loop.first("AMT", "B6")
    begins_on, ends_on = _period(loop, ("472",), "150", "151")
    units = head.number(5)
    return RemittedLine(
        sequence=sequence,
        control_number=control.text(2) if control else None,
        qualifier=qualifier,
        service=service,
        modifiers=tuple(modifiers),
        revenue_code=service if qualifier == "NU" else head.text(4),
        billed_service=billed,
        charge=head.money(2),
        paid=head.money(3),
        units=Decimal(1) if units is None else units,  # left out, it is one (SVC05)
        billed_units=head.number(7),
        allowed=allowed.money(2) if allowed else None,
        begins_on=begins_on,
        ends_on=ends_on,
        adjustments=_adjustments(loop),
        remarks=tuple(code for remark in loop.every("LQ", "HE") if (code := remark.text(2))),
    )


def _procedure(segment: Segment, element: int) -> list[str]:
    """The qualifier of the code list, the code, and its modifiers."""
    parts = _components(segment, element)
    words = [word for part in parts[:6] if (word := segment.word(element, part))]
    if len(words) < 2 or not all(parts[:2]):  # noqa: PLR2004 - a qualifier and a code
        raise segment.fault(element, "names no service: a qualifier and a code are needed")
    return words


def _components(segment: Segment, element: int) -> tuple[str, ...]:
    parts = segment.parts(element)
    if len(parts) == 1 and (other := OTHER_SEPARATOR.match(parts[0])):
        return tuple(parts[0].split(other[1]))
    return parts


def _adjustments(loop: Loop) -> tuple[Adjustment, ...]:
    """Up to six reasons in each CAS, each with its amount and sometimes a quantity."""
    return tuple(
        _adjustment(cas, at)
        for cas in loop.every("CAS")
        for at in REASONS
        if at == REASONS.start or cas.has(at) or cas.has(at + 1)
    )


def _adjustment(cas: Segment, at: int) -> Adjustment:
    if cas.says(1) not in set(Group):
        raise cas.fault(1, f"is no group code ({', '.join(Group)})")
    if not REASON.fullmatch(cas.says(at)):
        raise cas.fault(at, "is no adjustment reason code")
    return Adjustment(
        group=Group(cas.says(1)), reason=cas.says(at), amount=cas.money(at + 1), quantity=cas.number(at + 2)
    )


def _period(loop: Loop, single: tuple[str, ...], first: str, last: str) -> tuple[date | None, date | None]:
    """From which day through which, both None where nothing is said."""
    begins = loop.first("DTM", *single, first)
    ends = loop.first("DTM", last) or begins
    begins = begins or ends
    if begins is None or ends is None:
        return None, None
    period = begins.day(2), ends.day(2)
    if period[0] > period[1]:
        raise ends.fault(2, "is before the day on which it began")
    return period
