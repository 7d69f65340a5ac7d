"""The tables of standing referrals, as people read them."""

from client.policy.section import Section, source, words
from domain.policy.pack import Pack


def standing_sections(pack: Pack) -> list[Section]:
    """When they are looked at again, and how long a transition is."""
    return [
        Section(
            "Standing referrals: when they are looked at again",
            "After they began, if they last that long.",
            ("Row", "After", "Source"),
            [(row.id, str(row.after), source(row)) for row in pack.standing_review],
        ),
        Section(
            "Standing referrals: a specialist who leaves the network",
            "May be seen for so long after that day.",
            ("Row", "Regime", "For", "Source"),
            [(row.id, words(row.regime.value), str(row.after), source(row)) for row in pack.transition],
        ),
    ]
