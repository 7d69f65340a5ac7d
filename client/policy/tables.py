"""The policy pack as tables that people read: the same ones on the screen and in `docs/policy.md`."""

from collections.abc import Iterable
from itertools import groupby

from client.policy.appeals import appeal_sections
from client.policy.authorizations import authorization_section
from client.policy.care import care_sections
from client.policy.channels import channel_section
from client.policy.clocks import REGIMES, instruments, ladder, timeframes
from client.policy.committees import committee_sections
from client.policy.disputes import dispute_sections, rate_schedules, sequestration
from client.policy.grievances import grievance_sections
from client.policy.messages import message_sections
from client.policy.notices import notice_sections
from client.policy.payers import payer_sections
from client.policy.referrals import referral_sections
from client.policy.reports import report_sections
from client.policy.section import Section, source, words
from client.policy.standing import standing_sections
from client.policy.stays import stay_sections
from client.policy.telling import telling_sections
from config.console import NONE
from domain.clock.timeframe import Regime
from domain.policy.lists import Keyed
from domain.policy.pack import Pack
from domain.policy.rows import Plan, ReopeningGround, ServiceRule
from domain.request.criteria import CriteriaTable, Criterion

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def sections(pack: Pack) -> list[Section]:
    """The whole pack, in the order in which a request meets it."""
    return [
        _plans(pack),
        *(timeframes(pack, regime) for regime in Regime),
        _services(pack),
        _never_required(pack),
        _requirements(pack),
        _documents(pack),
        *(_criteria(table) for table in pack.criteria),
        _reasons(pack),
        _reopening_grounds(pack),
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


def validity(rule: ServiceRule) -> str:
    """How long an approval lasts."""
    if rule.ends_when is not None:
        return rule.ends_when.en
    return f"{rule.valid_days} days"


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
    first = ", ".join(row.plans) or _regimes(row.regimes)
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
