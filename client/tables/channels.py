"""Which way notices go, as a table that people read."""

from client.tables.section import Section, source, words
from domain.policy.pack import Pack


def channel_section(pack: Pack) -> Section:
    return Section(
        "Which way notices go",
        "The most particular row counts. Where no number or address is known, and where one failed, a letter goes.",
        ("Row", "To", "By", "Plans", "Kinds of notice", "In force from", "Source"),
        [
            (
                row.id,
                row.recipient.text,
                row.by.text,
                ", ".join(row.plans) or "every plan",
                ", ".join(words(kind.value) for kind in row.kinds) or "every kind",
                str(row.in_force_from),
                source(row),
            )
            for row in pack.channel
        ],
    )
