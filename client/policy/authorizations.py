"""The table of authorizations that live, as people read it."""

from client.policy.section import Section, source, words
from domain.policy.pack import Pack


def authorization_section(pack: Pack) -> Section:
    return Section(
        "Authorizations: the reminder of the last day",
        "So long before it, as that day begins in the plan's zone.",
        ("Reminder", "Before", "Plans", "Source"),
        [
            (
                words(row.id.replace("-", "_")),
                str(row.before),
                ", ".join(row.plans) or "all",
                source(row),
            )
            for row in pack.authorization_reminder
        ],
    )
