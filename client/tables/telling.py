"""The tables of what people are told: the library of reasons, copies of criteria, calls back."""

from client.tables.section import Section, source, words
from domain.policy.pack import Pack


def telling_sections(pack: Pack) -> list[Section]:
    """Approved words for reasons, what goes with a copy of criteria, when a promised call is made, who hears."""
    return [_library(pack), _statement(pack), _attestations(pack), _callbacks(pack), _callers(pack)]


def _library(pack: Pack) -> Section:
    return Section(
        "Library of reasons",
        "Approved words for one reason and some services. A decision without words of its own takes them.",
        ("Words", "Reason", "Services", "About", "In English", "In Spanish", "Version", "Source"),
        [
            (
                row.id,
                words(row.reason),
                ", ".join(row.services),
                row.criterion or "any clause",
                row.words.en,
                row.words.es or "",
                f"{row.version}, approved {row.approved}",
                source(row),
            )
            for row in pack.library_reason
        ],
    )


def _statement(pack: Pack) -> Section:
    return Section(
        "Copies of the criteria: the statement that goes with them",
        "Every copy ends with these paragraphs, in this order.",
        ("Row", "In English", "In Spanish", "Source"),
        [(row.id, row.words.en, row.words.es or "", source(row)) for row in pack.criteria_statement],
    )


def _attestations(pack: Pack) -> Section:
    return Section(
        "What those who review attest to",
        "Each in their own name, every so many months; asked for so many days ahead.",
        ("Row", "Paragraph of the statement", "Roles", "Months", "Days ahead", "Source"),
        [
            (
                row.id,
                row.statement,
                ", ".join(role.value for role in row.roles),
                str(row.months),
                str(row.asked_days),
                source(row),
            )
            for row in pack.attestation
        ],
    )


def _callbacks(pack: Pack) -> Section:
    return Section(
        "Calls back that were promised",
        "A promise given out of hours is kept on the business day that begins next.",
        ("Row", "Business days", "By the day's", "In force from", "Source"),
        [
            (row.id, str(row.business_days), row.by, str(row.in_force_from), source(row))
            for row in pack.callback
        ],
    )


def _callers(pack: Pack) -> Section:
    return Section(
        "Callers who hear how a case stands",
        "Whoever is in no row hears nothing, not even that there is a case.",
        ("Caller", "Shows", "And a form", "In force from", "Source"),
        [
            (
                row.caller.text,
                ", ".join(kind.text for kind in row.shows),
                "yes" if row.needs_form else "no",
                str(row.in_force_from),
                source(row),
            )
            for row in pack.caller
        ],
    )
