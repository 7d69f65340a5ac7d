"""What must hold between the rows of a policy pack, one function per rule.

The models check each row by itself; these checks look across rows, and at what only the world knows (time zones,
holidays). None of them reads a file.
"""

from collections.abc import Iterator
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.checks.channels import channels_are_clear
from config.checks.committees import committees_can_vote
from config.checks.criteria import (
    codes_are_well_formed,
    criteria_belong_to_a_listed_service,
    criteria_can_be_answered,
    requirements_can_be_looked_for,
)
from config.checks.disputes import dispute_papers_are_kinds, disputes_can_be_answered, rows_name_known_plans
from config.checks.faults import Fault, rows_of, values_in
from config.checks.letters import (
    elements_are_of_letters_that_there_are,
    every_law_has_its_letters,
    external_reviews_have_a_price,
)
from config.checks.lists import (
    a_code_is_listed_once,
    attestations_have_their_words,
    forms_name_what_is_asked_for,
    never_required_names_something,
    roles_are_known,
)
from config.checks.notices import (
    every_letter_has_a_row,
    letters_and_mail_runs_name_known_plans,
    no_two_rows_say_it_of_one_letter,
)
from config.checks.reasons import the_library_words_what_there_is
from config.checks.timeframes import (
    every_request_has_a_decision_clock,
    no_two_rows_time_the_same_duty,
    rows_name_known_kinds,
    timeframes_make_sense,
)
from domain.parts.queues import QUEUE_ROLES
from domain.payers.clauses import BETWEEN_PLANS
from domain.payers.rows import ClauseId
from domain.policy.channels import dialled
from domain.policy.pack import Pack
from domain.policy.referrals import Step
from domain.policy.rows import EVERY_PLAN
from domain.terms.notice import SendBy
from domain.terms.people import Role, Words

ASSIGNEE = "assignee"  # not a queue: whoever has the work, else the queue's lead


def cross_checks(pack: Pack) -> list[Fault]:
    """Every fault between rows, in the order in which a person would read the tables."""
    checks = (
        _numbers_have_a_source_and_a_date,
        _letters_can_go_out_in_spanish,
        _plans_know_their_zone_and_holidays,
        timeframes_make_sense,
        no_two_rows_time_the_same_duty,
        every_request_has_a_decision_clock,
        rows_name_known_kinds,
        codes_are_well_formed,
        a_code_is_listed_once,
        never_required_names_something,
        roles_are_known,
        forms_name_what_is_asked_for,
        requirements_can_be_looked_for,
        criteria_can_be_answered,
        criteria_belong_to_a_listed_service,
        the_library_words_what_there_is,
        disputes_can_be_answered,
        rows_name_known_plans,
        dispute_papers_are_kinds,
        _the_ladder_climbs,
        _instruments_move_something,
        channels_are_clear,
        every_letter_has_a_row,
        no_two_rows_say_it_of_one_letter,
        letters_and_mail_runs_name_known_plans,
        every_law_has_its_letters,
        external_reviews_have_a_price,
        elements_are_of_letters_that_there_are,
        _peers_are_for_listed_services,
        _coordination_has_every_step,
        _every_clause_has_a_row,
        committees_can_vote,
        attestations_have_their_words,
        _staff_can_act_and_be_written_to,
    )
    return list(chain.from_iterable(check(pack) for check in checks))


# The whole pack


def _numbers_have_a_source_and_a_date(pack: Pack) -> Iterator[Fault]:
    for table, name, row in rows_of(pack):
        values = list(values_in(row))
        numbers = [field for field, value in values if type(value) in {int, float}]
        if numbers and not {"source", "in_force_from", "standing"} <= set(type(row).model_fields):
            yield Fault(
                table, name, numbers[0], "a number stands in a row with a source, a date and a standing"
            )
        for field, value in values:
            if field.split(".")[-1] == "source" and not str(value).strip():
                yield Fault(table, name, field, "a source says where the rule can be read")


def _letters_can_go_out_in_spanish(pack: Pack) -> Iterator[Fault]:
    for table, name, row in rows_of(pack):
        for field, value in values_in(row):
            if isinstance(value, Words) and not (value.en.strip() and (value.es or "").strip()):
                yield Fault(table, name, field, "words of the pack stand in English and in Spanish")


# Plans


def _plans_know_their_zone_and_holidays(pack: Pack) -> Iterator[Fault]:
    from holidays import country_holidays  # noqa: PLC0415 - heavy, and needed by no other check

    territories = country_holidays("US").subdivisions
    for plan in pack.plan:
        try:
            ZoneInfo(plan.zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield Fault("plan", plan.id, "zone", "this is no time zone of the tz database")
        if plan.holidays and plan.holidays not in territories:
            yield Fault("plan", plan.id, "holidays", "no state or territory has this abbreviation")
        for number, opening in enumerate(plan.opening):
            if not (0 <= opening.weekday <= 6 and opening.opens < opening.closes):  # noqa: PLR2004 - Monday to Sunday
                yield Fault(
                    "plan",
                    plan.id,
                    f"opening.{number}",
                    "weekday is 0 to 6, and a day opens before it closes",
                )


# People


def _the_ladder_climbs(pack: Pack) -> Iterator[Fault]:
    queues = {*QUEUE_ROLES, ASSIGNEE}
    below = 0.0
    for rung in pack.rung:
        if not below < rung.fraction < 1:
            yield Fault(
                "rung", rung.id, "fraction", "each rung is higher than the one before and lower than 1"
            )
        below = rung.fraction
        for field, queue in (("queue", rung.queue), ("out_of_hours_queue", rung.out_of_hours_queue)):
            if queue is not None and queue not in queues:
                yield Fault("rung", rung.id, field, f"this is no queue; known: {', '.join(sorted(queues))}")


def _instruments_move_something(pack: Pack) -> Iterator[Fault]:
    plans, rows = {plan.id for plan in pack.plan}, {row.id for row in pack.timeframe}
    for row in pack.instrument:
        if not (row.plans or row.regimes):
            yield Fault("instrument", row.id, "plans", "it is for plans or regimes")
        if not (row.duties or row.rows):
            yield Fault("instrument", row.id, "duties", "it moves windows or names rows")
        if not set(row.plans) <= plans:
            yield Fault("instrument", row.id, "plans", f"a plan is one of {', '.join(sorted(plans))}")
        if not set(row.rows) <= rows:
            yield Fault("instrument", row.id, "rows", "no timeframe has this id")
        if not all(duty.is_window for duty in row.duties):
            yield Fault("instrument", row.id, "duties", "a plan's own clock moves only by its row, in rows")
        if row.through < row.in_force_from:
            yield Fault("instrument", row.id, "through", "an instrument cannot end before it begins")


def _every_clause_has_a_row(pack: Pack) -> Iterator[Fault]:
    for clause in ClauseId:
        if pack.payer_clause and clause not in {row.id for row in pack.payer_clause}:
            yield Fault("payer_clause", clause.value, "id", "each clause of the order of payers has a row")
    for row in pack.payer_clause:
        if (row.id in BETWEEN_PLANS) is (row.rank is None):
            yield Fault("payer_clause", row.id, "rank", "clauses between plans have one, and no others")


def _coordination_has_every_step(pack: Pack) -> Iterator[Fault]:
    for step in Step:
        if pack.coordination_step and step not in {row.id for row in pack.coordination_step}:
            yield Fault("coordination_step", step.value, "id", "each step of coordination has a row")
    for row in pack.coordination_step:
        if row.queue not in QUEUE_ROLES:
            known = ", ".join(sorted(QUEUE_ROLES))
            yield Fault("coordination_step", row.id, "queue", f"this is no queue; known: {known}")


def _peers_are_for_listed_services(pack: Pack) -> Iterator[Fault]:
    listed = {row.id for row in pack.service}
    for row in pack.clinical_peers:
        if not set(row.services) <= listed:
            yield Fault("clinical_peers", row.id, "services", "no service has this id")


def _staff_can_act_and_be_written_to(pack: Pack) -> Iterator[Fault]:
    plans = {EVERY_PLAN, *(plan.id for plan in pack.plan)}
    for person in pack.staff:
        if not person.plans <= plans:
            yield Fault("staff", person.id, "plans", f"a plan is one of {', '.join(sorted(plans))}")
        if person.is_any(Role.NURSE, Role.PHYSICIAN, Role.MEDICAL_DIRECTOR) and person.licence is None:
            yield Fault("staff", person.id, "licence", "a nurse or a physician has one")
        if person.email and not dialled(person.email, SendBy.EMAIL):
            yield Fault("staff", person.id, "email", "this is no e-mail address")
