"""The order of payers: who pays first on a day, by which clause, and what nobody said yet.

Medicare's place beside each plan is law; two plans on two sides of it have their order by that. Else the clauses of
the pack are asked in their order, and the first that decides is cited. Where a fact is missing, or clauses go in a
circle, the order ends there: a person decides.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from domain.payers.clauses import BETWEEN_PLANS, Unsaid
from domain.payers.family import MEDICARE, Coverage, Family
from domain.payers.medicare import InEffect, grounds, is_given_up, plan_is_first
from domain.payers.months import kidneys, plan_first_through
from domain.payers.rows import ClauseId, PayerPolicy
from domain.terms.frozen import Frozen


class Step(Frozen):
    """One pays before another, by a clause."""

    first: str
    then: str
    clause: ClauseId


Compared = dict[frozenset[str], Step | str | None]
"""Two of those who pay, and what is known of them."""


class Aside(Frozen):
    """A coverage that pays nothing on the day, by a clause, and when it begins, if it will."""

    coverage: str
    clause: ClauseId
    begins: date | None = None


class Order(Frozen):
    """Who pays, the first first, as far as it can be told. `missing` are the fields that would tell more."""

    payers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    aside: tuple[Aside, ...] = ()
    missing: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()  # who pays after those, in an order that nobody can tell
    medicare_from: date | None = None  # for failing kidneys
    medicare_through: date | None = None
    plan_first_through: date | None = None

    @property
    def is_known(self) -> bool:
        return not self.undecided


def order_of(family: Family, policy: PayerPolicy) -> Order:
    """Who pays first on the day of the family's file."""
    family = family.by(family.on)
    there = [one for one in family.coverages if one.is_in_force(family.on)]
    try:
        since = grounds(family, policy.medicare)
    except Unsaid as unsaid:
        return Order(undecided=(*(one.id for one in there), MEDICARE), missing=(unsaid.field,))
    now = since.by(family.on)
    plans = [one for one in there if not is_given_up(one, family.medicare, now)]
    names = [*(plan.id for plan in plans), *([MEDICARE] if now.first else [])]
    told = _in_order(names, _compared(family, plans, since, policy))
    more: dict[str, object] = {"aside": tuple(_aside(family, plans, since))}
    if since.kidneys and family.medicare and (months := kidneys(family.medicare, policy.medicare)):
        first_through = plan_first_through(months.begins, policy.medicare)
        more |= {"medicare_from": months.begins, "medicare_through": months.through}
        more |= {"plan_first_through": first_through}
    return told.model_copy(update=more)


def _aside(family: Family, plans: list[Coverage], since: InEffect) -> Iterator[Aside]:
    """Those that pay nothing on the day."""
    for one in family.coverages:
        if one not in plans:
            ended = ClauseId.MEDICARE_CHOSEN if one.is_in_force(family.on) else ClauseId.NOT_IN_FORCE
            begins = one.since if one.since and one.since > family.on else None
            yield Aside(coverage=one.id, clause=ended, begins=begins)
    if since.first and since.first > family.on:
        yield Aside(coverage=MEDICARE, clause=ClauseId.WAITING, begins=since.first)
    if family.medicare and family.medicare.enrolled and not since.first:
        yield Aside(coverage=MEDICARE, clause=ClauseId.NOT_IN_FORCE)


def _compared(family: Family, plans: list[Coverage], since: InEffect, policy: PayerPolicy) -> Compared:
    """Each pair with its step, the field that is missing for it, or None where no clause decides."""
    found: Compared = {}
    if since.by(family.on).first:
        for plan in plans:
            found[frozenset({plan.id, MEDICARE})] = _beside_medicare(plan, family, since, policy)
    for a, b in combinations(plans, 2):
        sides = [found.get(frozenset({one.id, MEDICARE})) for one in (a, b)]
        found[frozenset({a.id, b.id})] = _between(a, b, sides, family, policy)
    return found


def _beside_medicare(plan: Coverage, family: Family, since: InEffect, policy: PayerPolicy) -> Step | str:
    try:
        is_first, clause = plan_is_first(plan, family, since, policy.medicare)
    except Unsaid as unsaid:
        return unsaid.field
    first, then = (plan.id, MEDICARE) if is_first else (MEDICARE, plan.id)
    return Step(first=first, then=then, clause=clause)


def _between(
    a: Coverage, b: Coverage, sides: list[Step | str | None], family: Family, policy: PayerPolicy
) -> Step | str | None:
    for side in sides:
        if isinstance(side, str):
            return side
    before = [isinstance(side, Step) and side.then == MEDICARE for side in sides]
    if before[0] is not before[1]:
        return _step(a if before[0] else b, a, b, ClauseId.MEDICARE_BETWEEN)
    try:
        for clause in policy.between_plans:
            if first := BETWEEN_PLANS[clause.id](a, b, family):
                return _step(first, a, b, clause.id)
    except Unsaid as unsaid:
        return unsaid.field
    return None


def _step(first: Coverage, a: Coverage, b: Coverage, clause: ClauseId) -> Step:
    return Step(first=first.id, then=b.id if first is a else a.id, clause=clause)


def _in_order(names: list[str], found: Compared) -> Order:
    """Whoever pays before all others that are left is next."""
    left, payers = list(names), list[str]()
    while left:
        first = next((one for one in left if _is_before(one, left, found)), None)
        if first is None:
            fields = [found[frozenset(pair)] for pair in combinations(left, 2)]
            missing = tuple(dict.fromkeys(field for field in fields if isinstance(field, str)))
            steps = _steps(payers, found)
            return Order(payers=tuple(payers), steps=steps, undecided=tuple(left), missing=missing)
        payers.append(first)
        left.remove(first)
    return Order(payers=tuple(payers), steps=_steps(payers, found))


def _is_before(one: str, left: list[str], found: Compared) -> bool:
    """Does one pay before every other that is left?"""
    steps = [found[frozenset({one, other})] for other in left if other != one]
    return all(isinstance(step, Step) and step.first == one for step in steps)


def _steps(payers: list[str], found: Compared) -> tuple[Step, ...]:
    return tuple(step for pair in pairwise(payers) if isinstance(step := found[frozenset(pair)], Step))
