"""The policy pack as tables that people read: the same ones on the screen and in `docs/policy.md`."""

from collections.abc import Iterable
from itertools import groupby

from client.tables.appeals import appeal_sections
from client.tables.care import care_sections
from client.tables.channels import channel_section
from client.tables.clocks import REGIMES, instruments, ladder, timeframes
from client.tables.committees import committee_sections
from client.tables.disputes import dispute_sections, rate_schedules, sequestration
from client.tables.grievances import grievance_sections
from client.tables.messages import message_sections
from client.tables.notices import notice_sections
from client.tables.payers import payer_sections
from client.tables.referrals import authorization_section, referral_sections
from client.tables.reports import report_sections
from client.tables.requests import request_sections
from client.tables.section import Section, source, words
from client.tables.stays import standing_sections, stay_sections
from client.tables.telling import telling_sections
from config.console import NONE
from domain.clock.timeframe import Regime
from domain.policy.pack import Pack
from domain.policy.rows import Plan

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def sections(pack: Pack) -> list[Section]:
    """The whole pack, in the order in which a request meets it."""
    return [
        _plans(pack),
        *(timeframes(pack, regime) for regime in Regime),
        *request_sections(pack),
        _second_looks(pack),
        ladder(pack),
        _choices(pack),
        instruments(pack),
        rate_schedules(pack),
        sequestration(pack),
        *referral_sections(pack),
        authorization_section(pack),
        channel_section(pack),
        *notice_sections(pack),
        *appeal_sections(pack),
        *standing_sections(pack),
        *stay_sections(pack),
        *grievance_sections(pack),
        *payer_sections(pack),
        *message_sections(pack),
        *care_sections(pack),
        *committee_sections(pack),
        *dispute_sections(pack),
        *telling_sections(pack),
        *report_sections(pack),
        _staff(pack),
    ]


def _plans(pack: Pack) -> Section:
    return Section(
        "Lines of business",
        "Each has its regimes, its time zone, and the hours in which somebody is there.",
        ("Plan", "Line of business", "Regimes", "Zone and hours", "Reach it at", "Source"),
        [
            (
                f"{plan.name} ({plan.id})",
                plan.line_of_business,
                _regimes(plan.regimes),
                f"{plan.zone}; {_hours(plan)}",
                f"{plan.address}; telephone {plan.telephone}, fax {plan.fax}",
                source(plan),
            )
            for plan in pack.plan
        ],
    )


def _regimes(regimes: Iterable[Regime]) -> str:
    return ", ".join(REGIMES[regime] for regime in regimes)


def _hours(plan: Plan) -> str:
    """Neighbouring days with the same hours in one: Mon to Fri 08:00 to 17:00."""
    stretches = groupby(plan.opening, key=lambda opening: f"{opening.opens:%H:%M} to {opening.closes:%H:%M}")
    return ", ".join(f"{_days([opening.weekday for opening in days])} {hours}" for hours, days in stretches)


def _days(weekdays: list[int]) -> str:
    first, last = DAYS[weekdays[0]], DAYS[weekdays[-1]]
    return first if first == last else f"{first} to {last}"


def _choices(pack: Pack) -> Section:
    facts = {"in_force_from", "source", "standing"}
    return Section(
        "Choices of the plan",
        "Numbers that are nobody's law.",
        ("Choice", "Value", "In force from", "Source"),
        [
            (words(name), NONE if value is None else str(value), str(row.in_force_from), source(row))
            for row in pack.choices
            for name, value in row
            if name not in facts
        ],
    )


def _second_looks(pack: Pack) -> Section:
    return Section(
        "Second looks",
        "Answers that another reviewer gives once more, blind: `plazo second-look`.",
        ("Row", "Plans", "Answers", "Of a hundred cases", "In force from", "Source"),
        [
            (
                *(row.id, ", ".join(row.plans), ", ".join(row.answers)),
                *(str(row.percent), str(row.in_force_from), source(row)),
            )
            for row in pack.second_look
        ],
    )


def _staff(pack: Pack) -> Section:
    return Section(
        "Sample staff",
        "Everybody here is fictional.",
        ("Id", "Name", "Title", "Roles", "Licence"),
        [
            (
                person.id,
                person.name,
                f"{person.title}, {person.specialty}" if person.specialty else person.title,
                ", ".join(sorted(words(role.value) for role in person.roles)),
                f"{person.licence.status.value}, through {person.licence.expires_on}"
                if person.licence
                else "none",
            )
            for person in pack.staff
        ],
    )
