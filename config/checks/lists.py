"""Whether the lists of what needs leave say one thing of each service, by words that a request can have."""

from collections.abc import Iterator

from config.checks.faults import Fault
from domain.clock.timeframe import Regime
from domain.policy.lists import Keyed
from domain.policy.pack import Pack
from domain.policy.rows import NeverRequired, ServiceRule
from domain.request.criteria import in_force
from domain.request.request import Setting


def a_code_is_listed_once(pack: Pack) -> Iterator[Fault]:
    """In each regime and plan, by the same keys, and among the criteria: else nobody knows which row counts."""
    scopes = {f"regime {regime.value}": {regime} for regime in Regime}
    scopes |= {f"plan {plan.id}": set(plan.regimes) for plan in pack.plan}
    told: set[tuple[str, str]] = set()
    for scope, regimes in scopes.items():
        seen: dict[tuple[object, ...], str] = {}
        for row in pack.service:
            for code in row.codes if regimes & set(row.regimes) else ():
                owner = seen.setdefault((code, *_beside_the_code(row)), row.id)
                if owner != row.id and (row.id, code) not in told:
                    told.add((row.id, code))
                    yield Fault("service", row.id, "codes", f"{code} is already in {owner} for {scope}")
    owners: dict[tuple[str, str], str] = {}
    for table in in_force(pack.criteria, None):
        plans = table.plans or tuple(plan.id for plan in pack.plan)
        for code in table.services:
            if there := [one for plan in plans if (one := owners.get((code, plan)))]:
                yield Fault("criteria", table.id, "services", f"{code} is already in {there[0]}")
            owners |= {(code, plan): table.id for plan in plans}


def attestations_have_their_words(pack: Pack) -> Iterator[Fault]:
    """Nobody attests to a paragraph that there is not."""
    known = {row.id for row in pack.criteria_statement}
    for row in pack.attestation:
        if row.statement not in known:
            yield Fault("attestation", row.id, "statement", "the statement on criteria has no such paragraph")


def _beside_the_code(row: Keyed) -> tuple[object, ...]:
    keys = (row.plans, row.products, row.ipas, row.specialties, row.provider_roles, row.places, row.visits)
    return (*keys, row.in_force_from)


def forms_name_what_is_asked_for(pack: Pack) -> Iterator[Fault]:
    known = {row.id for row in pack.requirement}
    for row in pack.service:
        if strange := set(row.form) - known:
            yield Fault("service", row.id, "form", f"no item of the minimum set is called {min(strange)}")


def never_required_names_something(pack: Pack) -> Iterator[Fault]:
    for row in pack.never_required:
        if not (row.codes or row.provider_roles or row.emergency):
            yield Fault("never_required", row.id, "codes", "name codes, provider_roles or emergency")


def roles_are_known(pack: Pack) -> Iterator[Fault]:
    roles = {setting.value for setting in Setting}
    lists: tuple[tuple[str, tuple[ServiceRule | NeverRequired, ...]], ...] = (
        ("service", pack.service),
        ("never_required", pack.never_required),
    )
    for table, rows in lists:
        for row in rows:
            if not set(row.provider_roles) <= roles:
                rule = f"a provider's role is one of {', '.join(sorted(roles))}"
                yield Fault(table, row.id, "provider_roles", rule)
