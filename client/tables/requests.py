"""The tables by which a request is looked at, as people read them: lists, papers, criteria, reasons."""

from client.tables.clocks import REGIMES
from client.tables.section import Section, source, words
from domain.policy.lists import Keyed
from domain.policy.pack import Pack
from domain.policy.rows import ReopeningGround, ServiceRule
from domain.request.criteria import CriteriaTable, Criterion


def request_sections(pack: Pack) -> list[Section]:
    """In the order in which a request meets them."""
    return [
        _services(pack),
        _never_required(pack),
        _requirements(pack),
        _documents(pack),
        *(_criteria(table) for table in pack.criteria),
        _reasons(pack),
        _reopening_grounds(pack),
    ]


def validity(rule: ServiceRule) -> str:
    """How long an approval lasts."""
    if rule.ends_when is not None:
        return rule.ends_when.en
    return f"{rule.valid_days} days"


def _services(pack: Pack) -> Section:
    return Section(
        "Services that need precertification",
        "By code, and whatever else a row names; of the rows that fit, the one that names the most counts. What is "
        "not listed is not thereby free: who asks about it gets a nurse's answer.",
        ("Service", "Codes", "For whom", "An approval lasts", "Source"),
        [
            (
                row.title.en + (" [Part B drug]" if row.part_b_drug else ""),
                ", ".join(row.codes),
                _for_whom(row),
                validity(row) + (f"; counted in {row.measure}" if row.measure else ""),
                source(row),
            )
            for row in pack.service
        ],
    )


def _never_required(pack: Pack) -> Section:
    return Section(
        "What never needs precertification",
        "A service on the list above needs it, unless the row here names more. An emergency never does.",
        ("What", "For whom", "Source"),
        [(row.title.en, _for_whom(row), source(row)) for row in pack.never_required],
    )


def _for_whom(row: Keyed) -> str:
    """Its regimes or plans, and whatever else it names beside codes."""
    first = ", ".join(row.plans) or ", ".join(REGIMES[one] for one in row.regimes)
    keys = {
        "product": row.products,
        "medical group": row.ipas,
        "given by": tuple(f"{role} role" for role in row.provider_roles),
        "specialty": row.specialties,
        "place": row.places,
        "visit": row.visits,
    }
    named = [f"{key}: {', '.join(words(one) for one in named)}" for key, named in keys.items() if named]
    return "; ".join([first, *named])


def _requirements(pack: Pack) -> Section:
    return Section(
        "What a request must hold",
        "The minimum set; what is missing is asked for, item by item.",
        ("Item", "In Spanish", "Applies to", "Source"),
        [
            (row.title.en, row.title.es or "", row.applies_to, source(row))
            for row in pack.requirement
        ],
    )  # fmt: skip


def _documents(pack: Pack) -> Section:
    return Section(
        "Kinds of document",
        "What can show a fact.",
        ("Kind", "In English", "In Spanish", "Source"),
        [(row.id, row.title.en, row.title.es or "", source(row)) for row in pack.document_kind],
    )


def _criteria(table: CriteriaTable) -> Section:
    alone = "Software may approve when all are met." if table.approves else "Always seen by a person."
    return Section(
        f"Criteria: {table.title}",
        f"For {', '.join(table.services)}. {alone} {source(table)}.",
        ("Clause", "Met when", "Rank and basis", "Shown by"),
        [
            (
                clause.text.en + (f" [one of: {clause.group.split('.')[-1]}]" if clause.group else ""),
                met_when(clause),
                f"{clause.rank.value}; {clause.basis.value}",
                words(clause.shown_by),
            )
            for clause in table.criterion
        ],
    )


def met_when(clause: Criterion) -> str:
    """When the fact meets the clause."""
    fact = words(clause.fact)
    if clause.one_of is not None:
        return f"{fact} is {', '.join(clause.one_of[:-1])} or {clause.one_of[-1]}"
    if clause.is_true is not None:
        return f"{fact}: {'yes' if clause.is_true else 'no'}"
    if clause.at_least is not None:
        return f"{fact} {clause.at_least:g} or more"
    return f"{fact} {clause.at_most:g} or less"


def _reasons(pack: Pack) -> Section:
    return Section(
        "Reasons for an adverse determination",
        "Administrative reasons are a closed list; medical necessity is for a physician.",
        ("Reason", "Class", "Words", "In Spanish", "Source"),
        [
            (row.id, words(row.reason_class.value), row.words.en, row.words.es or "", source(row))
            for row in pack.reason
        ],
    )


def _reopening_grounds(pack: Pack) -> Section:
    return Section(
        "On what an answer is reopened against the member",
        "A closed list, for a medical director. In the member's favour none of these is needed.",
        ("Ground", "Words", "In Spanish", "Never", "Source"),
        [
            (row.id, row.words.en, row.words.es or "", _barred(row), source(row))
            for row in pack.reopening_ground
        ],
    )


def _barred(row: ReopeningGround) -> str:
    """What this ground does not reopen."""
    if row.bar is None:
        return ""
    places, regimes = ", ".join(row.bar.places), ", ".join(words(one.value) for one in row.bar.regimes)
    return (
        f"approved from {row.bar.decided_from} on at place of service {places}, {regimes}: {row.bar.source}"
    )
