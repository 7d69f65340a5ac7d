"""The tables of coordination of benefits, as people read them."""

from client.tables.section import Section, source
from domain.policy.pack import Pack


def payer_sections(pack: Pack) -> list[Section]:
    """Who pays before whom, Medicare's numbers, what the plan's page says against law, the papers."""
    return [
        Section(
            "Coordination of benefits: the clauses",
            "Of two plans the first that decides is cited; those without a number are asked of no two plans.",
            ("Clause", "Asked as", "In words", "Source"),
            [
                (row.id.value, str(row.rank) if row.rank else "", row.says.en, source(row))
                for row in pack.payer_clause
            ],
        ),
        Section(
            "Coordination of benefits: Medicare's numbers",
            "Age, weeks with 20 employees, employees of whoever is disabled, and months of kidney failure.",
            (
                "Aged from",
                "Weeks",
                "Employees",
                "Wait, before a transplant, plan first, after dialysis, after a transplant",
                "Source",
            ),
            [
                (
                    f"{row.years} years",
                    str(row.weeks),
                    str(row.employees),
                    f"{', '.join(map(str, row.months))} months",
                    source(row),
                )
                for row in pack.medicare_terms
            ],
        ),
        Section(
            "Coordination of benefits: what the plan's page says otherwise",
            "It decides nothing; what decides is law.",
            ("Statement", "The page", "Law", "Source"),
            [(row.id, row.says.en, row.law_says.en, source(row)) for row in pack.payer_statement],
        ),
        Section(
            "Coordination of benefits: the papers of a claim that is paid second",
            "Without them nothing is paid second.",
            ("Paper", "In words", "Source"),
            [(row.id, row.title.en, source(row)) for row in pack.secondary_paper],
        ),
    ]
