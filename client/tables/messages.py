"""The lines on which we are reached, and the words of haste, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.callers import ContactLine
from domain.policy.pack import Pack
from domain.terms.calendar import WEEKDAYS


def message_sections(pack: Pack) -> list[Section]:
    return [
        Section(
            "Messages: the lines on which we are reached",
            "Without hours of its own a line takes what comes at any hour; the plan's hours time the call back.",
            ("Line", "Of", "Channel", "Hours", "Beside", "Source"),
            [
                (
                    f"{row.title} ({row.id}){f': {row.at}' if row.at else ''}",
                    ", ".join((*row.plans, *(words(one.value) for one in row.regimes))),
                    words(row.channel.value),
                    _hours(row),
                    _beside(row),
                    source(row),
                )
                for row in pack.contact_line
            ],
        ),
        Section(
            "Messages: the words of haste",
            "A message that has one of them goes to whoever is on call when it arrives.",
            ("It names", "Words", "Source"),
            [(row.id, ", ".join(row.words), source(row)) for row in pack.haste_sign],
        ),
        Section(
            "Messages: what whoever calls back says first",
            "Name, title and company.",
            ("Row", "English", "Spanish", "Source"),
            [(row.id, row.words.en, row.words.es or "", source(row)) for row in pack.call_opening],
        ),
    ]


def _hours(row: ContactLine) -> str:
    each = (f"{WEEKDAYS[one.weekday]} {one.opens:%H:%M}-{one.closes:%H:%M}" for one in row.opening)
    return "; ".join(each) or "any"


def _beside(row: ContactLine) -> str:
    return "collect calls taken" if row.collect else "never a mailbox" if row.never_a_mailbox else ""
