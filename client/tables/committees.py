"""The tables of committees, as people read them."""

from client.tables.section import Section, source
from domain.policy.pack import Pack


def committee_sections(pack: Pack) -> list[Section]:
    """Who votes, with which quorum, and how long before its day a change is told."""
    return [
        Section(
            "Committees",
            "What the plan covers and by which texts it decides is voted on here.",
            ("Committee", "Name", "Seats", "Quorum", "Source"),
            [
                (row.id, row.name, str(len(row.seat)), f"more than {row.quorum_above:.0%}", source(row))
                for row in pack.committee
            ],
        ),
        Section(
            "Changes of a text by which requests are decided",
            "By what a change does to people.",
            ("Change", "Told before its day", "Voted", "Source"),
            [
                (
                    row.change.value,
                    f"{row.notice_days} days" if row.notice_days else "no wait",
                    "yes" if row.needs_vote else "no",
                    source(row),
                )
                for row in pack.change_rule
            ],
        ),
    ]
