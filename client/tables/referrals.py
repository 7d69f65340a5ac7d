"""The tables of referrals to the mainland, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.pack import Pack


def referral_sections(pack: Pack) -> list[Section]:
    """Calls, the steps of coordination, the looks ahead, in the order in which a referral meets them."""
    return [_oral_requests(pack), _coordination(pack), _follow_up(pack)]


def _oral_requests(pack: Pack) -> Section:
    return Section(
        "Requests by telephone",
        "Where a call does not start the clock, the writing that follows it does, at the instant at which it came.",
        ("Row", "Regime", "Urgency", "The clock starts", "Source"),
        [
            (
                row.id,
                words(row.regime.value),
                row.urgency.value if row.urgency else "any",
                "with the call" if row.starts_the_clock else "with the writing",
                source(row),
            )
            for row in pack.oral_request
        ],
    )


def _coordination(pack: Pack) -> Section:
    return Section(
        "Services in the United States: coordination",
        "Each step is work in a queue, due so long after it opened.",
        ("Step", "In Spanish", "Queue", "Within", "Source"),
        [
            (f"{row.title.en} ({row.id.value})", row.title.es or "", row.queue, str(row.within), source(row))
            for row in pack.coordination_step
        ],
    )


def _follow_up(pack: Pack) -> Section:
    return Section(
        "Services in the United States: eligibility is asked again",
        "So long before the day of the service, as that day begins in the plan's zone.",
        ("Look", "Before", "Source"),
        [(words(row.id.replace("-", "_")), str(row.before), source(row)) for row in pack.follow_up],
    )


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
