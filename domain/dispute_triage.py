"""Sorting a disputed line: an amount stays, a denial has appeal rights, and what no row names is for a person.

A line takes the most protective route: one reason that denies is enough to redirect it; then whatever is unnamed
or contradictory goes to an analyst; only what is plainly a question of the amount stays by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.dispute_line import Triage
from domain.dispute_terms import Route, TriageRow
from domain.filing import ContendedLine, Contention, DisputedClaim
from domain.people import Words
from domain.remittance import SECONDARY, Adjustment

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
AMOUNT = Words(
    en="The provider says that less was paid than Original Medicare would have paid.",
    es="El proveedor dice que se pagó menos de lo que habría pagado Medicare Original.",
)


def triage(line: ContendedLine, claim: DisputedClaim, rows: Sequence[TriageRow], day: date) -> Triage:
    """Where a line of this claim goes, by the rows in force on the day of receipt."""
    in_force = _in_order(rows, day)
    adjustments = [*line.adjustments, *claim.adjustments]
    found = [(adjustment, _row_for(adjustment, in_force)) for adjustment in adjustments]
    by_code = [row for _, row in found if row]
    said = next((row for row in in_force if line.contention in row.contentions), None)
    denied = next((row for row in by_code if row.route is Route.REDIRECT), None)
    if denied:
        return _by_row(denied)
    if line.contention is Contention.DENIAL and line.paid > 0:
        return _by_hand(NOT_DENIED)
    if said and said.route is Route.REDIRECT:
        return _by_row(said)
    if claim.status in SECONDARY:
        return _by_hand(SECOND_PAYER)
    if unnamed := [adjustment.code for adjustment, row in found if row is None]:
        return _by_hand(_unnamed(unnamed))
    if asked := next((row for row in by_code if row.route is Route.ANALYST), None):
        return _by_row(asked)
    if line.paid == 0 and not by_code:
        return _by_hand(UNEXPLAINED)
    amount = next(iter(by_code), said)
    return _by_row(amount) if amount else Triage(route=Route.AMOUNT, why=AMOUNT, source=OURS)


def _in_order(rows: Iterable[TriageRow], day: date) -> list[TriageRow]:
    """Rows in force, those of the plan itself before those of every plan, the newest first."""
    begun = [row for row in rows if row.in_force_from <= day]
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
