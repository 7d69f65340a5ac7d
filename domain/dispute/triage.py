"""Sorting a disputed line: an amount stays, a denial has appeal rights, and what no row names is for a person.

A line takes the most protective route: one reason that denies is enough to redirect it; then whatever is unnamed
or contradictory goes to an analyst; only what is plainly a question of the amount stays by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.dispute.filing import ContendedLine, DisputedClaim
from domain.dispute.line import Triage
from domain.policy.disputes import Contention, Route, TriageRow
from domain.remittance.adjustment import Adjustment
from domain.remittance.claim_codes import DENIED, REVERSAL, SECONDARY, STATUSES, UNPAID
from domain.terms.people import Words

OURS = "plan policy"
SECOND_PAYER = Words(
    en="Another payer came first, so this is no payment that Original Medicare's rate can be compared with.",
    es="Otro pagador pagó primero, por lo que este pago no se puede comparar con la tarifa de Medicare Original.",
)
UNEXPLAINED = Words(
    en="Nothing was paid, and no adjustment says why.",
    es="No se pagó nada y ningún ajuste explica por qué.",
)
NOT_DENIED = Words(
    en="The provider says that it was denied; the adjustments do not say so.",
    es="El proveedor dice que se denegó; los ajustes no lo dicen.",
)
TAKEN_BACK = Words(
    en="The remittance takes a payment back here; its amounts or its status (CLP02) say so.",
    es="La remesa recupera aquí un pago; así lo indican sus cantidades o su estado (CLP02).",
)
NO_PAYMENT = Words(
    en="By its status (CLP02) the claim was not paid by this payer, so there is no payment to compare.",
    es="Según su estado (CLP02), este pagador no pagó la reclamación, así que no hay pago que comparar.",
)
UNLISTED = Words(
    en="The status of the claim (CLP02) is none that the guide lists, so nobody knows what was done with it.",
    es="El estado de la reclamación (CLP02) no está en la guía, por lo que no se sabe qué se hizo con ella.",
)
DENIED_AS_A_WHOLE = Words(
    en="The status says that the claim was denied (CLP02 4); no adjustment says why.",
    es="El estado indica que la reclamación se denegó (CLP02 4); ningún ajuste dice por qué.",
)
AMOUNT = Words(
    en="The provider says that less was paid than Original Medicare would have paid.",
    es="El proveedor dice que se pagó menos de lo que habría pagado Medicare Original.",
)


def triage(line: ContendedLine, claim: DisputedClaim, rows: Sequence[TriageRow], day: date) -> Triage:
    """Where a line of this claim goes, by the rows in force on the day of receipt.

    What was adjusted on the whole claim touches each line; an adjustment of 0.00 touched nothing.
    """
    in_force = _in_order(rows, day)
    adjustments = [one for one in (*line.adjustments, *claim.adjustments) if one.amount]
    found = [(adjustment, _row_for(adjustment, in_force)) for adjustment in adjustments]
    by_code = [row for _, row in found if row]
    said = next((row for row in in_force if line.contention in row.contentions), None)
    if line.charge < 0 or line.paid < 0:
        return _by_hand(TAKEN_BACK)
    denied = next((row for row in by_code if row.route is Route.REDIRECT), None)
    if denied:
        return _by_row(denied)
    if line.contention is Contention.DENIAL and line.paid > 0:
        return _by_hand(NOT_DENIED)
    if said and said.route is Route.REDIRECT:
        return _by_row(said)
    if odd := _odd_status(claim):
        return _by_hand(odd)
    if unnamed := [adjustment.code for adjustment, row in found if row is None]:
        return _by_hand(_unnamed(unnamed))
    if asked := next((row for row in by_code if row.route is Route.ANALYST), None):
        return _by_row(asked)
    if line.paid == 0 and line.charge > 0 and not by_code:
        return _by_hand(UNEXPLAINED)
    amount = next(iter(by_code), said)
    return _by_row(amount) if amount else Triage(route=Route.AMOUNT, why=AMOUNT, source=OURS)


def _odd_status(claim: DisputedClaim) -> Words | None:
    """Why the claim's status alone makes it a person's work; a correction may bear that of a reversal."""
    if claim.status in SECONDARY:
        return SECOND_PAYER
    if claim.status in UNPAID:
        return NO_PAYMENT
    if claim.status == DENIED:
        return DENIED_AS_A_WHOLE
    if claim.status == REVERSAL and not claim.corrects:
        return TAKEN_BACK
    return None if claim.status in STATUSES else UNLISTED


def _in_order(rows: Iterable[TriageRow], day: date) -> list[TriageRow]:
    """Rows in force, those of the plan itself before those of every plan, the newest first."""
    begun = [row for row in rows if row.has_begun(day)]
    return sorted(begun, key=lambda row: (bool(row.plans), row.in_force_from), reverse=True)


def _row_for(adjustment: Adjustment, rows: Iterable[TriageRow]) -> TriageRow | None:
    return next(
        (
            row
            for row in rows
            if adjustment.reason in row.reasons and (not row.groups or adjustment.group in row.groups)
        ),
        None,
    )


def _by_row(row: TriageRow) -> Triage:
    return Triage(route=row.route, why=row.why, source=row.source, row=row.id)


def _by_hand(why: Words) -> Triage:
    return Triage(route=Route.ANALYST, why=why, source=OURS)


def _unnamed(codes: Iterable[str]) -> Words:
    listed = ", ".join(dict.fromkeys(codes))
    return Words(
        en=f"No row of the triage table names {listed}.", es=f"Ninguna fila de la tabla nombra {listed}."
    )
