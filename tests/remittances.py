"""Remittances for tables."""

from domain.remittance.adjustment import Adjustment, Group
from domain.remittance.remittance import Remittance, RemittedClaim, RemittedLine


def adjusted(code, amount):
    group, reason = code.split("-")
    return Adjustment(group=Group(group), reason=reason, amount=amount)


def line(charge, paid, *adjustments, sequence=1):
    return RemittedLine(sequence=sequence, service="G0463", charge=charge, paid=paid, adjustments=adjustments)


def claim(charge="100.00", paid="100.00", **said):
    return RemittedClaim(
        **{"patient_account": "QR-1", "payer_number": "P-1", "status": "1", "charge": charge, "paid": paid}
        | said
    )


def remittance(*claims, **said):
    payment = sum(one.paid for one in claims)
    return Remittance(payer="ProCare", payee="Quail Ridge", payment=payment, claims=claims, **said)
