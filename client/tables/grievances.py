"""The tables of grievances, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.grievances import GrievanceTerms
from domain.policy.pack import Pack


def grievance_sections(pack: Pack) -> list[Section]:
    """How each law has them answered, and who else hears of care."""
    return [
        Section(
            "Grievances: how they are answered",
            "By when stands with the timeframes. A law without a row has no grievances.",
            ("Row", "Regime", "In writing", "Who answers", "The member is told", "Source"),
            [
                (
                    row.id,
                    words(row.regime.value),
                    _in_writing(row),
                    _who(row),
                    _further(row),
                    source(row),
                )
                for row in pack.grievance_terms
            ],
        ),
        Section(
            "Grievances: who else hears about the quality of care",
            "Named in the answer, by the state of the plan, under Medicare Advantage.",
            ("Row", "State", "Who", "Telephone", "Source"),
            [(row.id, row.state, row.name, row.telephone, source(row)) for row in pack.quality_organization],
        ),
    ]


def _in_writing(row: GrievanceTerms) -> str:
    if row.always_in_writing:
        return "always"
    about = ", ".join(words(one.value) for one in row.in_writing)
    return "what came in writing, or is wanted so" + (f"; {about} always" if about else "")


def _who(row: GrievanceTerms) -> str:
    by_clinicians = ", ".join(words(one.value) for one in row.by_clinicians)
    said = ["nobody who had a part in it"] if row.by_another else []
    return "; ".join([*said, *([f"a clinician on {by_clinicians}"] if by_clinicians else [])]) or "anybody"


def _further(row: GrievanceTerms) -> str:
    said = ["who looks into it"] if row.names_the_reviewer else []
    return "; ".join([*said, *([row.further.en] if row.further else [])])
