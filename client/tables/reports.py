"""What is published, by whom and how it is counted, as people read it."""

from client.tables.section import Section, source, words
from domain.policy.pack import Pack


def report_sections(pack: Pack) -> list[Section]:
    return [
        Section(
            "Published figures of prior authorization",
            "Once a year, for the calendar year before: `plazo report prior-auth`.",
            ("Row", "Regime", "For each", "In force from", "Source"),
            [
                (row.id, words(row.regime.value), row.level.value, str(row.in_force_from), source(row))
                for row in pack.public_report
            ],
        ),
        Section(
            "How figures are counted",
            "Each sentence stands below the figures.",
            ("Row", "Rule", "Source"),
            [(row.id, row.words.en, source(row)) for row in pack.counting_rule],
        ),
    ]
