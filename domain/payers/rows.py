"""What the pack says of coordination of benefits: who pays before whom, Medicare's ages and months, the papers."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from domain.clock.timeframe import Regime
from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.refusals import Misuse
from domain.terms.sourced import Sourced


class ClauseId(StrEnum):
    """A reason for which one coverage pays before another, or does not pay at all."""

    MEDICARE_BETWEEN = "medicare-between"
    WITHOUT_RULE = "without-rule"
    EMPLOYEE = "employee-before-dependant"
    ACTIVE = "active-before-retired"
    DECREE = "decree"
    CUSTODY = "custody"
    BIRTHDAY = "birthday"
    OTHER_RULE = "other-child-rule"
    CONTINUATION = "continuation"
    LONGEST = "longest"
    # Medicare and a plan
    KIDNEY_PERIOD = "kidney-period"
    KIDNEY_ALREADY_FIRST = "kidney-already-first"
    KIDNEY_AFTER = "kidney-after"
    NOT_OF_A_GROUP = "not-of-a-group"
    OTHER_DEPENDANT = "optional-dependant"
    RETIREE = "retiree"
    WORKING_AGED = "working-aged"
    FEW_EMPLOYEES = "few-employees"
    DISABLED = "disabled"
    DISABLED_FEW = "disabled-few-employees"
    # of one that pays nothing
    WAITING = "waiting-period"
    NOT_IN_FORCE = "not-in-force"
    MEDICARE_CHOSEN = "medicare-chosen"


class Clause(Sourced):
    """A clause, in words that a member can read. Those with a `rank` are asked between plans, the lowest first."""

    id: ClauseId
    rank: int | None = None
    says: Words


class MedicareTerms(Sourced):
    """The numbers of Medicare as a second payer."""

    years: int  # the age from which its beneficiaries are aged
    weeks: int  # of a year, in which an employer has 20 employees on each working day
    employees: int  # on a typical day, of an employer whose plan pays before a disabled person's Medicare
    wait_months: int  # after the month in which dialysis begins
    before_transplant_months: int  # at most, from which Medicare counts for who is prepared in a hospital
    kidney_months: int  # in which a plan pays before Medicare that is there for failing kidneys
    after_dialysis_months: int | None = (
        None  # after that in which it ended, and with them Medicare; None: not known
    )
    after_transplant_months: int | None = None

    @property
    def months(self) -> tuple[int | None, ...]:
        """All the months, in their order here."""
        first = (self.wait_months, self.before_transplant_months, self.kidney_months)
        return *first, self.after_dialysis_months, self.after_transplant_months


class PageStatement(Sourced):
    """What the plan's page says `of` some clauses and law contradicts; it decides nothing."""

    id: str
    of: tuple[ClauseId, ...]
    says: Words
    law_says: Words


class SecondaryPaper(Sourced):
    """A paper without which no claim is paid second."""

    id: str
    title: Words


class PayerQuestion(Sourced):
    """A fact that may be missing, as a member is asked for it; `{of}` is the coverage or parent that it is of."""

    id: str
    asks: Words


class PayerPolicy(Frozen):
    """What the order of payers is told by on one day."""

    clause: tuple[Clause, ...]
    medicare: MedicareTerms
    statement: tuple[PageStatement, ...] = ()
    paper: tuple[SecondaryPaper, ...] = ()

    def named(self, clause: ClauseId) -> Clause:
        return next(row for row in self.clause if row.id is clause)

    @property
    def between_plans(self) -> tuple[Clause, ...]:
        """The clauses that are asked about two plans, in their order."""
        ranked = ((row.rank, row) for row in self.clause if row.rank is not None)
        return tuple(row for _, row in sorted(ranked, key=lambda pair: pair[0]))

    def silent_before(self, clause: ClauseId) -> tuple[ClauseId, ...]:
        """The clauses that were asked before this one, and decided nothing."""
        rank = self.named(clause).rank
        return tuple(row.id for row in self.between_plans if rank and row.rank and row.rank < rank)


COORDINATE = frozenset({Regime.PUERTO_RICO, Regime.ERISA, Regime.MEDICARE_ADVANTAGE})
"""The laws of plans that coordinate as the clauses say; one of Medicare Advantage pays where Medicare does."""


class PayerRows(Frozen):
    """Every row of the order of payers, whenever it is in force."""

    payer_clause: tuple[Clause, ...]
    medicare_terms: tuple[MedicareTerms, ...]
    payer_statement: tuple[PageStatement, ...] = ()
    secondary_paper: tuple[SecondaryPaper, ...] = ()
    payer_question: tuple[PayerQuestion, ...] = ()

    def of(self, regimes: Collection[Regime], day: date) -> PayerPolicy:
        """The rows for a plan under these laws on a day. Raises Misuse where it does not coordinate by them."""
        if not COORDINATE.intersection(regimes):
            raise Misuse(
                "plan: Medicaid pays after everybody else; the order of payers has no clause for it."
            )
        return self.on(day)

    def on(self, day: date) -> PayerPolicy:
        """The rows in force on a day, the newest of each. Raises Misuse where there are none."""
        by_id = {row.id: row for row in sorted(self.payer_clause, key=_begun) if row.has_begun(day)}
        begun = [row for row in self.medicare_terms if row.has_begun(day)]
        if not begun or set(by_id) != set(ClauseId):
            raise Misuse(f"on: the pack does not say who pays first on {day}.")
        return PayerPolicy(
            clause=tuple(by_id.values()),
            medicare=max(begun, key=_begun),
            statement=self.payer_statement,
            paper=self.secondary_paper,
        )


def _begun(row: Sourced) -> date:
    return row.in_force_from
