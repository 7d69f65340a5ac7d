"""The tables of appeals, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.pack import Pack


def appeal_sections(pack: Pack) -> list[Section]:
    """Forms, grounds, peers and next levels, in the order in which an appeal meets them."""
    return [_forms(pack), _dismissals(pack), _peers(pack), _next_levels(pack)]


def _forms(pack: Pack) -> Section:
    return Section(
        "Appeals: who needs a form",
        "Whoever has no row may appeal without one. The decision counts from the form.",
        ("Row", "Who appeals", "Regimes", "Form", "In Spanish", "Source"),
        [
            (
                row.id,
                row.by.value,
                ", ".join(words(regime.value) for regime in row.regimes),
                row.title.en,
                row.title.es or "",
                source(row),
            )
            for row in pack.appellant
        ],
    )


def _dismissals(pack: Pack) -> Section:
    return Section(
        "Appeals: grounds of a dismissal",
        "A closed list. A person dismisses, with a notice; a timer never does.",
        ("Ground", "Regimes", "Words", "In Spanish", "Source"),
        [
            (
                row.id,
                ", ".join(words(regime.value) for regime in row.regimes),
                row.words.en,
                row.words.es or "",
                source(row),
            )
            for row in pack.dismissal
        ],
    )


def _peers(pack: Pack) -> Section:
    return Section(
        "Appeals: the same or a similar specialty",
        "Where the law asks for it; a service that no row names takes any physician who had no part before.",
        ("Row", "Regimes", "Services", "Specialties", "Source"),
        [
            (
                row.id,
                ", ".join(words(regime.value) for regime in row.regimes),
                ", ".join(row.services),
                ", ".join(row.specialties),
                source(row),
            )
            for row in pack.clinical_peers
        ],
    )


def _next_levels(pack: Pack) -> Section:
    return Section(
        "Appeals: what comes after the plan",
        "By itself, or when the member asks.",
        ("Row", "Regime", "Who", "How it gets there", "Words", "Source"),
        [
            (
                row.id,
                words(row.regime.value),
                f"{row.name}, {row.address}",
                "by itself" if row.by_itself else "when the member asks",
                row.how.en,
                source(row),
            )
            for row in pack.next_level
        ],
    )
