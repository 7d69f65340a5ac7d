"""The tables of care management, as people read them."""

from client.tables.section import Section, source
from domain.policy.pack import Pack


def care_sections(pack: Pack) -> list[Section]:
    """For what members are referred, how often they are called, and what else is counted."""
    return [
        Section(
            "Care management: for whom it is",
            "Codes suggest an indicator by their beginnings; a suggestion is looked at, and enrols nobody.",
            ("Indicator", "In words", "Suggested by", "Source"),
            [
                (row.id, row.title.en, ", ".join((*row.diagnoses, *row.services, *row.kinds)), source(row))
                for row in pack.care_indicator
            ],
        ),
        Section(
            "Care management: how often a member is called",
            "Counted from the day on which they were last reached.",
            ("Risk", "Every", "Source"),
            [(row.id.value, str(row.every), source(row)) for row in pack.care_rhythm],
        ),
        Section(
            "Care management: tries in vain, and the physician's look",
            "Each try is on another day and at another hour of the plan's clock than the others.",
            ("Tries until unreachable", "The physician looks every", "Source"),
            [(str(row.failed_contacts), str(row.physician_review), source(row)) for row in pack.care_terms],
        ),
    ]
