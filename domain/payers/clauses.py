"""The clauses that are asked about two plans of one patient: which of them pays first, or that it decides nothing.

A clause that needs a fact which nobody said raises Unsaid.
"""

from collections.abc import Callable
from typing import TypeVar

from domain.payers.family import BOTH, Coverage, CoversAs, Family, Parents, Tie
from domain.payers.rows import ClauseId

T = TypeVar("T")


class Unsaid(Exception):
    """A fact is missing, without which nothing can be told."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def said(value: T | None, field: str) -> T:
    if value is None:
        raise Unsaid(field)
    return value


def of(coverage: Coverage, field: str) -> str:
    """A field of a coverage, as people find it in the file."""
    return f"coverages.{coverage.id}.{field}"


def tie_of(coverage: Coverage) -> Tie:
    return said(coverage.tie, of(coverage, "tie"))


def _without_rule(a: Coverage, b: Coverage, _: Family) -> Coverage | None:
    """A plan that does not coordinate pays first."""
    has = [said(one.has_rule, of(one, "has_rule")) for one in (a, b)]
    return None if has[0] is has[1] else (b if has[0] else a)


def _employee(a: Coverage, b: Coverage, _: Family) -> Coverage | None:
    own = [one for one in (a, b) if one.covers_as is CoversAs.EMPLOYEE]
    return own[0] if len(own) == 1 else None


def _active(a: Coverage, b: Coverage, _: Family) -> Coverage | None:
    """Not where one of the two has no such rule."""
    working = [one for one in (a, b) if tie_of(one) is Tie.ACTIVE]
    if len(working) != 1 or not any(tie_of(one).is_over for one in (a, b)):
        return None
    rules = [one.retiree_rule for one in (a, b)]
    if False in rules:
        return None
    for one in (a, b):
        said(one.retiree_rule, of(one, "retiree_rule"))
    return working[0]


def _continuation(a: Coverage, b: Coverage, _: Family) -> Coverage | None:
    others = [one for one in (a, b) if tie_of(one) is not Tie.CONTINUATION]
    return others[0] if len(others) == 1 else None


def _decree(a: Coverage, b: Coverage, family: Family) -> Coverage | None:
    """The plan of the parent whom a court named, once it knows; without one, that of the parent's spouse."""
    parents = _apart(a, b, family)
    decree = parents.decree if parents else None
    named = parents.parent(decree.responsible) if parents and decree else None
    if decree is None or named is None or not said(decree.known_to_plan, "parents.decree.known_to_plan"):
        return None
    has_own = any(one.of == named.id for one in family.coverages if one.is_in_force(family.on))
    holder = named.id if has_own else named.spouse
    bound = [one for one in (a, b) if _holder(one) == holder]
    return bound[0] if len(bound) == 1 else None


def _custody(a: Coverage, b: Coverage, family: Family) -> Coverage | None:
    """The parent with custody, that parent's spouse, the other parent, the other's spouse."""
    parents = _apart(a, b, family)
    if parents is None or _is_shared(parents):
        return None
    has, other = sorted(parents.both, key=lambda one: one.id != parents.custody)
    line = [has.id, has.spouse, other.id, other.spouse]
    places = [line.index(_holder(one)) if _holder(one) in line else None for one in (a, b)]
    if None in places or places[0] == places[1]:
        return None
    return min(a, b, key=lambda one: line.index(_holder(one)))


def _birthdays(a: Coverage, b: Coverage, family: Family) -> tuple[Coverage, Coverage] | None:
    """The two, the earlier birthday's first, month and day alone; None where birthdays decide nothing."""
    if not _cover_a_child(a, b):
        return None
    parents = said(family.parents, "parents")
    if not said(parents.live_together, "parents.live_together") and not _is_shared(parents):
        return None
    days = []
    for one in (a, b):
        parent = parents.parent(_holder(one))
        if parent is None:
            return None
        born = said(parent.born, f"parents.{parent.id}.born")
        days.append((born.month, born.day))
    if days[0] == days[1]:
        return None
    return (a, b) if days == sorted(days) else (b, a)


def _birthday(a: Coverage, b: Coverage, family: Family) -> Coverage | None:
    pair = _birthdays(a, b, family)
    return pair[0] if pair and not _without_birthday_rule(a, b) else None


def _other_rule(a: Coverage, b: Coverage, family: Family) -> Coverage | None:
    """A plan has no birthday rule: its own goes for both. Two that say different things decide nothing."""
    if _birthdays(a, b, family) is None:
        return None
    firsts = {said(one.own_rule_first, of(one, "own_rule_first")) for one in _without_birthday_rule(a, b)}
    meant = [one for one in (a, b) if one.id in firsts]
    return meant[0] if len(meant) == 1 else None


def _longest(a: Coverage, b: Coverage, _: Family) -> Coverage | None:
    since = {one.id: said(one.since, of(one, "since")) for one in (a, b)}
    return None if since[a.id] == since[b.id] else min(a, b, key=lambda one: since[one.id])


def _cover_a_child(a: Coverage, b: Coverage) -> bool:
    return a.covers_as is b.covers_as is CoversAs.CHILD


def _apart(a: Coverage, b: Coverage, family: Family) -> Parents | None:
    """The parents of a child that both cover, where they do not live together."""
    if not _cover_a_child(a, b):
        return None
    parents = said(family.parents, "parents")
    if said(parents.live_together, "parents.live_together"):
        return None
    return parents if parents.no_decree or parents.decree else said(None, "parents.decree")


def _is_shared(parents: Parents) -> bool:
    """Do both answer for the child, or have custody? Then it is as if they lived together."""
    if parents.decree and parents.decree.responsible == BOTH:
        return True
    return said(parents.custody, "parents.custody") == BOTH


def _holder(coverage: Coverage) -> str:
    return said(coverage.of, of(coverage, "of"))


def _without_birthday_rule(a: Coverage, b: Coverage) -> list[Coverage]:
    return [one for one in (a, b) if not said(one.birthday_rule, of(one, "birthday_rule"))]


BETWEEN_PLANS: dict[ClauseId, Callable[[Coverage, Coverage, Family], Coverage | None]] = {
    ClauseId.WITHOUT_RULE: _without_rule,
    ClauseId.EMPLOYEE: _employee,
    ClauseId.ACTIVE: _active,
    ClauseId.DECREE: _decree,
    ClauseId.CUSTODY: _custody,
    ClauseId.BIRTHDAY: _birthday,
    ClauseId.OTHER_RULE: _other_rule,
    ClauseId.CONTINUATION: _continuation,
    ClauseId.LONGEST: _longest,
}
"""Each clause that has a rank, and what it says. In which order they are asked is the pack's."""
