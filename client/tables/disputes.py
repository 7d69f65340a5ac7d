"""The tables of payment disputes, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.disputes import Interest
from domain.policy.pack import Pack
from domain.rates.rates import RateSchedule


def dispute_sections(pack: Pack) -> list[Section]:
    """Terms, triage, reasons and interest, in the order in which a dispute meets them."""
    return [_terms(pack), _triage(pack), _reasons(pack), _interest(pack)]


def _terms(pack: Pack) -> Section:
    return Section(
        "Payment disputes: terms of each plan",
        "Where they are sent, who decides the second level, and how timely filing is measured.",
        ("Plan", "Sent to", "Second level", "Which date counts", "Measured by", "Source"),
        [
            (
                row.plan,
                f"{row.address}; {row.email}",
                f"{row.health_plan}, {row.health_plan_address}",
                "the latest" if row.later_date_governs else "mailed notice, else DTM*405, else BPR16",
                "the last paper too" if row.completion_is_timed else "the first receipt alone",
                source(row),
            )
            for row in pack.dispute_terms
        ],
    )


def _triage(pack: Pack) -> Section:
    return Section(
        "Payment disputes: triage",
        "A line takes the most protective route; what no row names is sorted by an analyst.",
        ("Row", "Plans", "Reasons (CARC)", "Groups", "What the provider says", "Route", "Why", "Source"),
        [
            (
                row.id,
                ", ".join(row.plans) or "all",
                ", ".join(row.reasons) or "any",
                ", ".join(group.value for group in row.groups) or "any",
                ", ".join(words(said.value) for said in row.contentions) or "anything",
                row.route.value,
                row.why.en,
                source(row),
            )
            for row in pack.triage
        ],
    )


def _reasons(pack: Pack) -> Section:
    return Section(
        "Payment disputes: reasons of an answer",
        "A closed list; the words go into the letter.",
        ("Reason", "Serves", "Words", "In Spanish", "Source"),
        [
            (
                row.id,
                ", ".join(outcome.value for outcome in row.outcomes),
                row.words.en,
                row.words.es or "",
                source(row),
            )
            for row in pack.dispute_reason
        ],
    )


def _interest(pack: Pack) -> Section:
    return Section(
        "Payment disputes: interest",
        "Simple, by the year of 365 days, on what was paid too late.",
        ("Plan", "Percent a year", "From", "Source"),
        [(row.plan, f"{row.percent:f}", _since(row), source(row)) for row in pack.interest],
    )


def _since(row: Interest) -> str:
    return (
        f"{row.after_days} days after the {words(row.counts_from)}"
        if row.after_days
        else words(row.counts_from)
    )


def rate_schedules(pack: Pack) -> Section:
    return Section(
        "Rate schedules of Original Medicare",
        "What a line of a disputed claim is priced with, as a reference. The rates are loaded, not kept here.",
        ("Schedule", "Lines", "A table prices", "Paid by itself", "As the claim decides", "Source"),
        [
            (
                f"{row.title} ({row.id})",
                f"{row.setting}, bill type {' or '.join(f'{code}x' for code in row.facility_codes)}",
                f"{row.months} months; it leaves out {row.leaves_out}",
                ", ".join(row.paid_separately),
                f"{', '.join(row.paid_by_claim) or 'none'}; {_gives_way(row)}",
                source(row),
            )
            for row in pack.rate_schedule
        ],
    )


def _gives_way(row: RateSchedule) -> str:
    said = [f"{one} where the claim has {' or '.join(to)}" for one, to in row.paid_unless_beside.items()]
    return f"not by itself: {', '.join(said) or 'none'}"


def sequestration(pack: Pack) -> Section:
    return Section(
        "Sequestration",
        "What is cut from a payment of Original Medicare, after the member's cost share.",
        ("Percent", "Services from", "Source"),
        [(f"{row.percent:f}", str(row.in_force_from), source(row)) for row in pack.sequestration],
    )
