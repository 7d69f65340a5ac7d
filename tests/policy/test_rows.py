"""What the rows of the pack mean in dates: tables that an expert can correct.

Times are the plan's own wall clock. The day of receipt is day 0; a limit in days is kept through 23:59:59 of
its last day, a limit in hours to the second.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from config.calendars import calendar_of
from config.pack import load
from domain.clock.duty import Duty
from domain.clock.span import Span, Unit
from domain.clock.timeframe import Services, Timeframe, Urgency
from domain.policy.case_policy import CasePolicy
from domain.terms.calendar import Calendar, whole_seconds

SECOND = timedelta(seconds=1)
STANDARD, EXPEDITED = Urgency.STANDARD, Urgency.EXPEDITED
LISTED, UNLISTED, PART_B = Services.LISTED, Services.UNLISTED, Services.PART_B_DRUG


@cache
def policy_of(plan: str) -> CasePolicy:
    pack = load()
    row = pack.plan_named(plan)
    return pack.for_case(row, calendar_of(row, 2025, 2028), ())


def instant(calendar: Calendar, wall: str) -> datetime:
    day, _, clock = wall.partition(" ")
    return calendar.at(date.fromisoformat(day), time.fromisoformat(clock))


def wall(calendar: Calendar, at: datetime) -> str:
    return calendar.local(at).strftime("%Y-%m-%d %H:%M:%S %Z")


def decision_row(plan: str, received: str, urgency: Urgency, services: Services) -> Timeframe:
    """The row of the law; accreditation rows come after it."""
    policy = policy_of(plan)
    return policy.rows(Duty.DECISION, instant(policy.calendar, received), urgency, services)[0]


DECISIONS = [
    # plan, received, urgency, services, row, last second in time
    # a fax after hours counts from the fax, not from the keying
    ("mcs-classicare", "2026-03-02 18:41", STANDARD, LISTED, "ma-standard", "2026-03-09 23:59:59 AST"),
    # the year changes in the plan's zone, not in UTC
    (
        "mcs-classicare",
        "2025-12-31 23:59",
        STANDARD,
        LISTED,
        "ma-standard-until-2025",
        "2026-01-14 23:59:59 AST",
    ),
    (
        "mcs-classicare",
        "2025-12-31 23:59:59",
        STANDARD,
        LISTED,
        "ma-standard-until-2025",
        "2026-01-14 23:59:59 AST",
    ),
    ("mcs-classicare", "2026-01-01 00:00", STANDARD, LISTED, "ma-standard", "2026-01-08 23:59:59 AST"),
    ("mcs-classicare", "2026-01-01 00:00:01", STANDARD, LISTED, "ma-standard", "2026-01-08 23:59:59 AST"),
    ("procare", "2025-12-31 23:59:59", STANDARD, LISTED, "ma-standard-until-2025", "2026-01-14 23:59:59 PST"),
    ("procare", "2026-01-01 00:00", STANDARD, LISTED, "ma-standard", "2026-01-08 23:59:59 PST"),
    (
        "caresource",
        "2025-12-31 23:59:59",
        STANDARD,
        LISTED,
        "medicaid-standard-until-2025",
        "2026-01-14 23:59:59 EST",
    ),
    ("caresource", "2026-01-01 00:00", STANDARD, LISTED, "medicaid-standard", "2026-01-08 23:59:59 EST"),
    # a service that is not on the list has fourteen days, a Part B drug 72 hours
    (
        "mcs-classicare",
        "2026-03-02 18:41",
        STANDARD,
        UNLISTED,
        "ma-standard-unlisted",
        "2026-03-16 23:59:59 AST",
    ),
    ("mcs-classicare", "2026-03-02 18:41", STANDARD, PART_B, "ma-part-b-drug", "2026-03-05 18:41:00 AST"),
    (
        "mcs-classicare",
        "2026-03-02 18:41",
        EXPEDITED,
        PART_B,
        "ma-part-b-drug-expedited",
        "2026-03-03 18:41:00 AST",
    ),
    ("mcs-classicare", "2026-03-02 18:41", EXPEDITED, LISTED, "ma-expedited", "2026-03-05 18:41:00 AST"),
    (
        "mcs-classicare",
        "2026-03-02 18:41",
        EXPEDITED,
        UNLISTED,
        "ma-expedited-unlisted",
        "2026-03-05 18:41:00 AST",
    ),
    # urgent in Puerto Rico is 24 hours, and a holiday changes nothing
    ("mcs-life", "2026-07-24 16:50", EXPEDITED, LISTED, "pr-urgent", "2026-07-25 16:50:00 AST"),
    ("mcs-life", "2026-09-10 09:00", STANDARD, LISTED, "pr-standard", "2026-09-25 23:59:59 AST"),
    # a refused expedite falls back to the original receipt
    ("mcs-classicare", "2026-05-05 09:20", STANDARD, LISTED, "ma-standard", "2026-05-12 23:59:59 AST"),
    # a physician who states urgency later starts 72 hours at that moment
    ("mcs-classicare", "2026-05-08 10:00", EXPEDITED, LISTED, "ma-expedited", "2026-05-11 10:00:00 AST"),
    ("mcs-classicare", "2026-05-11 10:00", EXPEDITED, LISTED, "ma-expedited", "2026-05-14 10:00:00 AST"),
    # the original receipt counts for a case opened again for the right member
    ("mcs-classicare", "2026-04-06 11:00", STANDARD, LISTED, "ma-standard", "2026-04-13 23:59:59 AST"),
    # the same reference three times
    ("mcs-classicare", "2026-02-10 09:00", STANDARD, LISTED, "ma-standard", "2026-02-17 23:59:59 AST"),
    ("mcs-classicare", "2026-03-20 09:00", STANDARD, LISTED, "ma-standard", "2026-03-27 23:59:59 AST"),
    # silence
    ("mcs-classicare", "2026-04-20 09:00", STANDARD, LISTED, "ma-standard", "2026-04-27 23:59:59 AST"),
    # a group plan
    (
        "self-funded-sample",
        "2026-06-01 09:00",
        STANDARD,
        LISTED,
        "erisa-pre-service",
        "2026-06-16 23:59:59 EDT",
    ),
    ("self-funded-sample", "2026-06-01 09:00", EXPEDITED, LISTED, "erisa-urgent", "2026-06-04 09:00:00 EDT"),
    # days across the end and the start of daylight saving time: the clock on the wall decides
    ("caresource", "2026-10-28 13:00", STANDARD, LISTED, "medicaid-standard", "2026-11-04 23:59:59 EST"),
    ("caresource", "2026-03-04 13:00", STANDARD, LISTED, "medicaid-standard", "2026-03-11 23:59:59 EDT"),
    ("procare", "2026-10-28 13:00", STANDARD, LISTED, "ma-standard", "2026-11-04 23:59:59 PST"),
    ("procare", "2026-03-04 13:00", STANDARD, LISTED, "ma-standard", "2026-03-11 23:59:59 PDT"),
    # hours across it: 72 hours are 72 hours
    ("caresource", "2026-10-30 13:00", EXPEDITED, LISTED, "medicaid-expedited", "2026-11-02 12:00:00 EST"),
    ("caresource", "2026-03-06 10:00", EXPEDITED, LISTED, "medicaid-expedited", "2026-03-09 11:00:00 EDT"),
    ("procare", "2026-10-30 13:00", EXPEDITED, LISTED, "ma-expedited", "2026-11-02 12:00:00 PST"),
    ("procare", "2026-03-06 10:00", EXPEDITED, LISTED, "ma-expedited", "2026-03-09 11:00:00 PDT"),
    # Puerto Rico keeps one time all year
    ("mcs-classicare", "2026-10-30 13:00", EXPEDITED, LISTED, "ma-expedited", "2026-11-02 13:00:00 AST"),
    ("mcs-classicare", "2026-03-06 10:00", EXPEDITED, LISTED, "ma-expedited", "2026-03-09 10:00:00 AST"),
    # a leap day is a day
    ("mcs-classicare", "2028-02-25 10:00", STANDARD, LISTED, "ma-standard", "2028-03-03 23:59:59 AST"),
]


@pytest.mark.parametrize("case", DECISIONS, ids=lambda case: f"{case[4]} {case[1]}")
def test_a_decision_is_due_on_the_date_that_its_row_says(case):
    plan, received, urgency, services, row, due = case
    policy = policy_of(plan)
    timeframe = decision_row(plan, received, urgency, services)

    end = timeframe.end(instant(policy.calendar, received), policy.calendar)

    assert (timeframe.id, wall(policy.calendar, end)) == (row, due)


OTHER_DUTIES = [
    # plan, duty, urgency, counting begins, last second in time
    ("mcs-classicare", Duty.REFUSED_EXPEDITE_LETTER, STANDARD, "2026-05-06 11:00", "2026-05-09 23:59:59 AST"),
    ("mcs-classicare", Duty.WRITTEN_CONFIRMATION, EXPEDITED, "2026-05-08 16:00", "2026-05-11 23:59:59 AST"),
    # sixty days after receipt, which is five days after the date of the letter, or a later one that is shown
    ("mcs-classicare", Duty.APPEAL_WINDOW, STANDARD, "2026-02-14 12:00", "2026-04-15 23:59:59 AST"),
    ("mcs-classicare", Duty.APPEAL_WINDOW, STANDARD, "2026-02-25 12:00", "2026-04-26 23:59:59 AST"),
    ("caresource", Duty.APPEAL_WINDOW, STANDARD, "2026-11-04 12:00", "2027-01-03 23:59:59 EST"),
    ("mcs-life", Duty.APPEAL_WINDOW, STANDARD, "2026-09-30 12:00", "2027-03-29 23:59:59 AST"),
    ("self-funded-sample", Duty.APPEAL_WINDOW, STANDARD, "2026-07-24 12:00", "2027-01-20 23:59:59 EST"),
    ("mcs-life", Duty.INCOMPLETE_NOTICE, EXPEDITED, "2026-07-24 16:50", "2026-07-25 16:50:00 AST"),
    ("self-funded-sample", Duty.INCOMPLETE_NOTICE, EXPEDITED, "2026-06-01 09:00", "2026-06-02 09:00:00 EDT"),
    ("self-funded-sample", Duty.AFTER_INFORMATION, EXPEDITED, "2026-06-02 15:30", "2026-06-04 15:30:00 EDT"),
    ("mcs-classicare", Duty.PEER_TO_PEER, STANDARD, "2026-03-05 10:00", "2026-03-06 10:00:00 AST"),
    ("mcs-classicare", Duty.CALLS, STANDARD, "2026-03-05 10:00", "2026-03-07 23:59:59 AST"),
]


@pytest.mark.parametrize(("plan", "duty", "urgency", "begins", "due"), OTHER_DUTIES)
def test_letters_and_windows_end_on_the_date_that_their_row_says(plan, duty, urgency, begins, due):
    policy = policy_of(plan)
    start = instant(policy.calendar, begins)
    timeframe = policy.row(duty, start, urgency)

    assert timeframe is not None
    assert wall(policy.calendar, timeframe.end(start, policy.calendar)) == due


@pytest.mark.parametrize(
    ("plan", "received", "urgency", "services", "due"), [(*row[:4], row[5]) for row in DECISIONS]
)
def test_a_limit_is_kept_just_under_it_and_exactly_at_it_and_missed_just_over_it(
    plan, received, urgency, services, due
):
    calendar = policy_of(plan).calendar
    end = decision_row(plan, received, urgency, services).end(instant(calendar, received), calendar)

    acts = {"just under": end - SECOND, "exactly": end, "just over": end + SECOND}

    assert wall(calendar, acts["exactly"]) == due
    assert {name: act <= end for name, act in acts.items()} == {
        "just under": True,
        "exactly": True,
        "just over": False,
    }
    assert due[11:19] != "23:59:59" or calendar.local(acts["just over"]).time() == time(0)


@pytest.mark.parametrize(
    ("plan", "row", "due", "extended"),
    [
        ("mcs-life", "pr-standard", "2026-09-25", "2026-10-10 23:59:59 AST"),
        ("mcs-classicare", "ma-standard", "2026-09-22", "2026-10-06 23:59:59 AST"),
        ("caresource", "medicaid-standard", "2026-11-04", "2026-11-18 23:59:59 EST"),
        ("self-funded-sample", "erisa-pre-service", "2026-06-16", "2026-07-01 23:59:59 EDT"),
    ],
)
def test_an_extension_adds_its_days_to_the_due_date(plan, row, due, extended):
    policy = policy_of(plan)
    timeframe = next(each for each in policy.timeframe if each.id == row)

    assert timeframe.extension is not None
    end = timeframe.extension.span.after(policy.calendar.end_of(date.fromisoformat(due)), policy.calendar)

    assert wall(policy.calendar, end) == extended


def test_a_claimant_under_erisa_has_45_days_to_send_what_is_missing():
    policy = policy_of("self-funded-sample")
    pause = next(row.pause for row in policy.timeframe if row.pause)

    end = pause.span.after(instant(policy.calendar, "2026-06-10 10:00"), policy.calendar)

    assert wall(policy.calendar, end) == "2026-07-25 23:59:59 EDT"


def test_a_part_b_drug_is_never_extended():
    rows = [row for row in policy_of("mcs-classicare").timeframe if row.services is PART_B]

    assert len(rows) == 2
    assert not any(row.extension for row in rows)


@pytest.mark.parametrize(
    ("received", "law", "accreditation"),
    [
        ("2026-06-30 23:59:59", "2026-07-15 23:59:59 AST", "2026-07-15 23:59:59 AST"),
        ("2026-07-01 00:00", "2026-07-16 23:59:59 AST", "2026-07-08 23:59:59 AST"),
    ],
)
def test_law_and_accreditation_time_one_case_side_by_side(received, law, accreditation):
    policy = policy_of("mcs-life-accredited")
    start = instant(policy.calendar, received)

    rows = policy.rows(Duty.DECISION, start, STANDARD, LISTED)

    assert [wall(policy.calendar, row.end(start, policy.calendar)) for row in rows] == [law, accreditation]


@pytest.mark.parametrize("seconds", [0.0, 0.4, 0.999])
def test_a_fraction_of_a_second_never_makes_an_act_late(seconds):
    calendar = policy_of("mcs-classicare").calendar
    due = calendar.end_of(date(2026, 7, 8))

    assert whole_seconds(due + timedelta(seconds=seconds)) <= due


@pytest.mark.parametrize(
    ("plan", "begins", "days", "end"),
    [
        # Friday before Thanksgiving: the holiday and the weekend do not count
        ("caresource", "2026-11-20 10:00", 4, "2026-11-27 23:59:59 EST"),
        # the plan's own closure does not count either
        ("self-funded-sample", "2026-11-20 10:00", 4, "2026-11-30 23:59:59 EST"),
        # Saturday is a business day where people are there, Constitution Day is not
        ("mcs-life", "2026-07-17 10:00", 1, "2026-07-18 23:59:59 AST"),
        ("mcs-life", "2026-07-24 10:00", 1, "2026-07-27 23:59:59 AST"),
    ],
)
def test_business_days_skip_weekends_holidays_and_closures(plan, begins, days, end):
    calendar = policy_of(plan).calendar

    after = Span(length=days, unit=Unit.BUSINESS_DAYS).after(instant(calendar, begins), calendar)

    assert wall(calendar, after) == end


def test_nobody_is_there_on_constitution_day_although_it_is_a_saturday():
    calendar = policy_of("mcs-life").calendar

    assert calendar.is_open(instant(calendar, "2026-07-18 10:50"))
    assert not calendar.is_open(instant(calendar, "2026-07-25 10:50"))


@pytest.mark.parametrize(
    ("plan", "changes"),
    [("mcs-life", 0), ("mcs-classicare", 0), ("caresource", 2), ("self-funded-sample", 2), ("procare", 2)],
)
def test_a_calendar_knows_the_changes_of_the_clock_of_its_zone(plan, changes):
    row = load().plan_named(plan)

    calendar = calendar_of(row, 2026, 2026)

    assert len(calendar.offsets) == changes + 1


@pytest.mark.parametrize("plan", ["mcs-life", "caresource", "procare"])
def test_a_calendar_by_value_agrees_with_the_time_zone_database(plan):
    calendar = policy_of(plan).calendar
    zone = ZoneInfo(calendar.zone)

    for hour in range(0, 3 * 366 * 24, 7):
        at = datetime.fromisoformat("2025-01-01T00:00:00+00:00") + timedelta(
            hours=hour, minutes=59, seconds=59
        )
        assert calendar.local(at).replace(tzinfo=None) == at.astimezone(zone).replace(tzinfo=None)


def test_a_plan_works_on_a_public_holiday_that_its_row_names():
    plan = load().plan_named("mcs-classicare")
    constitution_day = date(2026, 7, 25)
    assert constitution_day in calendar_of(plan, 2026, 2026).holidays

    works = plan.model_copy(update={"open_on": (constitution_day,)})

    assert constitution_day not in calendar_of(works, 2026, 2026).holidays
