"""The tables of stays, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.pack import Pack
from domain.policy.stays import StayEnd


def stay_sections(pack: Pack) -> list[Section]:
    """How coverage of what runs may end, and when it is looked at again."""
    return [
        Section(
            "Stays: how coverage may end",
            "The last approved day is a day of review, never an end. Without a row, what comes next is denied.",
            ("Row", "Regime", "Where", "By", "How long before", "The QIO is asked until", "Source"),
            [
                (
                    row.id,
                    words(row.regime.value),
                    ", ".join(words(one.value) for one in row.settings) or "everywhere",
                    words(row.by.value),
                    _before(row),
                    _until(row),
                    source(row),
                )
                for row in pack.stay_end
            ],
        ),
        Section(
            "Stays: a shorter notice",
            "What has to be shown for a notice that comes later than its row says.",
            ("Row", "Regime", "What is shown", "How long before", "Source"),
            [
                (row.id, words(row.regime.value), row.title, str(row.before), source(row))
                for row in pack.shorter_notice
            ],
        ),
        Section(
            "Stays: what the Important Message has to say",
            "The hospital's paper, and its copy: one that lacks any of it is none.",
            ("Row", "What", "Source"),
            [(row.id, row.title, source(row)) for row in pack.message_element],
        ),
        Section(
            "Stays: when they are looked at again",
            "Before the last approved day.",
            ("Row", "How long before", "Source"),
            [(row.id, str(row.before), source(row)) for row in pack.stay_review],
        ),
    ]


def _before(row: StayEnd) -> str:
    said = [str(row.before)]
    if row.copy_from:
        said.append(f"at the earliest {row.copy_from}")
    if row.first_within:
        said.append(f"the first within {row.first_within} of admission")
    if row.benefits_continue:
        said.append(
            f"benefits go on if asked for within {row.benefits_continue} of sending, or before the end"
        )
    return "; ".join(said)


def _until(row: StayEnd) -> str:
    if row.review_until is None:
        return ""
    day = {0: "that day", 1: "the day before"}[row.review_days_before]
    return f"{row.review_until:%H:%M} of {day}"


def standing_sections(pack: Pack) -> list[Section]:
    """When they are looked at again, and how long a transition is."""
    return [
        Section(
            "Standing referrals: when they are looked at again",
            "After they began, if they last that long.",
            ("Row", "After", "Source"),
            [(row.id, str(row.after), source(row)) for row in pack.standing_review],
        ),
        Section(
            "Standing referrals: a specialist who leaves the network",
            "May be seen for so long after that day.",
            ("Row", "Regime", "For", "Source"),
            [(row.id, words(row.regime.value), str(row.after), source(row)) for row in pack.transition],
        ),
    ]
