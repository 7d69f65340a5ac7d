"""The conformance set: the mistakes that users of case systems report about due dates, each with its right answer.

The origin is told as it was reported, and with it the wrong date where there was one. Times are the plan's own
wall clock; `eod` is 23:59:59. What only an engine can get wrong is in `tests/stories/test_timers.py`.
"""

import pytest

from client.terminal import reading
from domain.clock.duty import Duty
from domain.clock.span import Unit
from domain.clock.timeframe import Services, Urgency
from domain.terms.refusals import Misuse
from tests.clock.ledgers import (
    a_clock,
    a_row_of,
    corrected,
    extended,
    instant,
    of,
    paused,
    received,
    resumed,
    retimed,
    wall,
)

CLASSICARE, LIFE, ACCREDITED, CARESOURCE, PROCARE, GROUP = (
    "mcs-classicare",
    "mcs-life",
    "mcs-life-accredited",
    "caresource",
    "procare",
    "self-funded-sample",
)


def decision(plan, urgency=Urgency.STANDARD):
    """The rows that the pack has for a decision about a listed service, by the day of its receipt."""

    def clocks(entries):
        rules = of(plan)
        rows = rules.rows(Duty.DECISION, entries[0](rules).at, urgency, Services.LISTED)
        return [a_clock(plan, row, *entries) for row in rows]

    return of(plan).calendar, clocks


def days(length, plan=PROCARE, like="ma-standard", unit=Unit.CALENDAR_DAYS):
    """A limit that no row of the pack has yet, in a plan's own calendar: 120 days are a provider's to dispute."""

    def clocks(entries):
        return [a_clock(plan, a_row_of(length, unit, like=(plan, like)), *entries)]

    return of(plan).calendar, clocks


def business_days(length, plan=GROUP, like="erisa-pre-service"):
    return days(length, plan, like, Unit.BUSINESS_DAYS)


JUNE = received("2026-06-01 09:00")  # a Monday; fifteen days end on 06-16
BED = received("2026-05-05 09:20")
REFUSED = retimed("ma-standard", counts_from="2026-05-05 09:20", at="2026-05-06 11:00")
MRI = received("2026-03-02 18:41")
WAITING = paused("2026-06-03 10:00", until="2026-07-18 eod")

BUGS = {
    # a date that was moved
    "we corrected the receipt date and the three days on hold were gone (06-13)": (
        decision(GROUP),
        (
            JUNE,
            WAITING,
            resumed("2026-06-06 09:00"),
            corrected("2026-05-29 17:00", "erisa-pre-service", at="2026-06-08 09:00"),
        ),
        {"erisa-pre-service": "2026-06-16 eod EDT"},
    ),
    "we extended the deadline while the case was on hold, and the hold no longer counted (07-01)": (
        decision(GROUP),
        (
            JUNE,
            WAITING,
            extended("2026-08-15 eod", noticed="2026-06-04 09:00"),
            resumed("2026-06-06 09:00"),
        ),
        {"erisa-pre-service": "2026-07-04 eod EDT"},
    ),
    # holds
    "a hold over night was taken off twice, as hold and as hours in which we are closed (06-05 18:30)": (
        decision(GROUP, Urgency.EXPEDITED),
        (JUNE, paused("2026-06-01 16:30", until="2026-06-03 16:30"), resumed("2026-06-02 09:15")),
        {"erisa-urgent": "2026-06-05 01:45 EDT"},
    ),
    "two holds that share a day counted that day twice (06-18)": (
        decision(GROUP),
        (
            JUNE,
            paused("2026-06-03 16:30", until="2026-07-18 eod"),
            resumed("2026-06-04 09:15"),
            paused("2026-06-04 11:00", until="2026-07-19 eod"),
            resumed("2026-06-04 15:00"),
        ),
        {"erisa-pre-service": "2026-06-17 eod EDT"},
    ),
    "two of us put the same case on hold for one night, and it got two (06-18)": (
        decision(GROUP),
        (
            JUNE,
            paused("2026-06-03 16:30", until="2026-07-18 eod"),
            paused("2026-06-03 17:00", until="2026-07-18 eod"),
            resumed("2026-06-04 09:15"),
            resumed("2026-06-04 09:20"),
        ),
        {"erisa-pre-service": "2026-06-17 eod EDT"},
    ),
    "five business days, on hold from Friday to Monday: the weekend was left out twice (Saturday 06-13)": (
        business_days(5),
        (
            received("2026-06-03 09:00"),
            paused("2026-06-05 16:00", until="2026-07-20 eod"),
            resumed("2026-06-08 09:00"),
        ),
        {"5 business days": "2026-06-11 eod EDT"},
    ),
    "on hold on the last business day, answered on Saturday, and late at once (06-05)": (
        business_days(5),
        (
            received("2026-05-29 09:00"),
            paused("2026-06-05 10:00", until="2026-07-20 eod"),
            resumed("2026-06-06 10:00"),
        ),
        {"5 business days": "2026-06-08 eod EDT"},
    ),
    # business days and opening hours
    "one business day was counted as 24 business hours (Wednesday 06-10 10:00)": (
        business_days(1),
        (received("2026-06-05 10:00"),),
        {"1 business day": "2026-06-08 eod EDT"},
    ),
    "one business day before a long weekend ended on the holiday (11-26)": (
        business_days(1),
        (received("2026-11-25 16:59"),),
        {"1 business day": "2026-11-30 eod EST"},
    ),
    "a fax before opening counted the same day as day 1 (06-01)": (
        business_days(1, LIFE, like="pr-standard"),
        (received("2026-06-01 06:10"),),
        {"1 business day": "2026-06-02 eod AST"},
    ),
    "a fax after closing was moved to the next morning, which became day 0 (06-03)": (
        business_days(1, LIFE, like="pr-standard"),
        (received("2026-06-01 21:30"),),
        {"1 business day": "2026-06-02 eod AST"},
    ),
    "a fax on Sunday was moved to Monday, which became day 0 (06-02)": (
        business_days(1, LIFE, like="pr-standard"),
        (received("2026-05-31 11:00"),),
        {"1 business day": "2026-06-01 eod AST"},
    ),
    "24 hours that begin at night were counted from opening (07-23 08:00)": (
        decision(LIFE, Urgency.EXPEDITED),
        (received("2026-07-22 02:15"),),
        {"pr-urgent": "2026-07-23 02:15 AST"},
    ),
    # the calendar
    "a month after 31 March was 31 April, and the case had no due date": (
        days(30),
        (received("2026-03-31 10:00"),),
        {"30 calendar days": "2026-04-30 eod PDT"},
    ),
    "thirty days after 30 January fell on 29 February and were moved to March": (
        days(30),
        (received("2028-01-30 10:00"),),
        {"30 calendar days": "2028-02-29 eod PST"},
    ),
    "day 120 was New Year, and the window was closed a day early or rolled on (12-31, 01-04)": (
        days(120),
        (received("2026-09-03 12:00"),),
        {"120 calendar days": "2027-01-01 eod PST"},
    ),
    # the nights on which the clocks change
    "72 hours into the autumn night ended at the second 01:30 and not at the first, Eastern": (
        decision(CARESOURCE, Urgency.EXPEDITED),
        (received("2026-10-29 01:30"),),
        {"medicaid-expedited": "2026-11-01 01:30 EDT"},
    ),
    "72 hours from the second 01:30 of the autumn night lost an hour, Eastern (00:30)": (
        decision(CARESOURCE, Urgency.EXPEDITED),
        (received("2026-11-01 01:30"),),
        {"medicaid-expedited": "2026-11-04 01:30 EST"},
    ),
    "72 hours ended at a time of the spring night that does not exist, Eastern (02:30)": (
        decision(CARESOURCE, Urgency.EXPEDITED),
        (received("2026-03-05 02:30"),),
        {"medicaid-expedited": "2026-03-08 03:30 EDT"},
    ),
    "72 hours over the autumn night were 73, Pacific (02:00)": (
        decision(PROCARE, Urgency.EXPEDITED),
        (received("2026-10-29 02:00"),),
        {"ma-expedited": "2026-11-01 01:00 PST"},
    ),
    "72 hours ended at a time of the spring night that does not exist, Pacific (02:30)": (
        decision(PROCARE, Urgency.EXPEDITED),
        (received("2026-03-05 02:30"),),
        {"ma-expedited": "2026-03-08 03:30 PDT"},
    ),
    "Puerto Rico was treated as Eastern time in spring (03:30)": (
        decision(CLASSICARE, Urgency.EXPEDITED),
        (received("2026-03-05 02:30"),),
        {"ma-expedited": "2026-03-08 02:30 AST"},
    ),
    "Puerto Rico was treated as Eastern time in autumn (01:30)": (
        decision(CLASSICARE, Urgency.EXPEDITED),
        (received("2026-10-30 02:30"),),
        {"ma-expedited": "2026-11-02 02:30 AST"},
    ),
    "seven days of 24 hours over the autumn night ended an hour before midnight, Eastern (22:59:59)": (
        decision(CARESOURCE),
        (received("2026-10-25 23:59:59"),),
        {"medicaid-standard": "2026-11-01 eod EST"},
    ),
    "seven days of 24 hours over the spring night ended on the day after, Pacific (03-09 00:59:59)": (
        decision(PROCARE),
        (received("2026-03-01 23:59:59"),),
        {"ma-standard": "2026-03-08 eod PDT"},
    ),
    # the year in which 14 days became 7
    "a request of the last minute of 2025 was given the days of 2026, by its date in UTC (01-07)": (
        decision(CLASSICARE),
        (received("2025-12-31 23:59"),),
        {"ma-standard-until-2025": "2026-01-14 eod AST"},
    ),
    "a request of the first minute of 2026 was given the days of 2025, by its date on the West Coast (01-14)": (
        decision(CLASSICARE),
        (received("2026-01-01 00:00"),),
        {"ma-standard": "2026-01-08 eod AST"},
    ),
    # extensions
    "the member asked for a week and the plan for another: both were added (03-23)": (
        decision(CLASSICARE),
        (
            MRI,
            extended("2026-03-16 eod", noticed="2026-03-04 10:00", asked_by="member"),
            extended("2026-03-23 eod", noticed="2026-03-05 10:00", asked_by="plan"),
        ),
        {"ma-standard": "2026-03-16 eod AST"},
    ),
    "the plan extended by all it may, then the member asked for a week and shortened it (03-16)": (
        decision(CLASSICARE),
        (
            MRI,
            extended("2026-03-23 eod", noticed="2026-03-04 10:00", asked_by="plan"),
            extended("2026-03-16 eod", noticed="2026-03-05 10:00", asked_by="member"),
        ),
        {"ma-standard": "2026-03-23 eod AST"},
    ),
    "a deadline was extended the morning after it had passed, and the breach vanished (03-23)": (
        decision(CLASSICARE),
        (MRI, extended("2026-03-23 eod", noticed="2026-03-10 00:00")),
        {"ma-standard": "2026-03-09 eod AST"},
    ),
    # urgency
    "expedite refused, then a physician asserted it: the 72 hours ran from the first receipt (05-08 09:20)": (
        decision(CLASSICARE, Urgency.EXPEDITED),
        (BED, REFUSED, retimed("ma-expedited", counts_from="2026-05-08 10:00", earlier=True)),
        {"ma-expedited": "2026-05-11 10:00 AST"},
    ),
    "expedite refused, asserted by a physician near the end: urgency gave the plan two days more (05-14 10:00)": (
        decision(CLASSICARE, Urgency.EXPEDITED),
        (BED, REFUSED, retimed("ma-expedited", counts_from="2026-05-11 10:00", earlier=True)),
        {"ma-standard": "2026-05-12 eod AST"},
    ),
    # two rules at once
    "the accreditor's seven days overwrote the law's fifteen": (
        decision(ACCREDITED),
        (received("2026-09-10 09:00"),),
        {"pr-standard": "2026-09-25 eod AST", "ncqa-nonurgent": "2026-09-17 eod AST"},
    ),
    "the law's extension moved the accreditor's date as well (10-10)": (
        decision(ACCREDITED),
        (received("2026-09-10 09:00"), extended("2026-10-10 eod", noticed="2026-09-12 09:00")),
        {"pr-standard": "2026-10-10 eod AST", "ncqa-nonurgent": "2026-09-17 eod AST"},
    ),
}


@pytest.mark.parametrize(("timed", "happened", "answer"), BUGS.values(), ids=BUGS)
def test_a_reported_mistake_is_not_made_here(timed, happened, answer):
    calendar, clocks = timed

    found = clocks(happened)

    assert {clock.row(calendar).id: wall(calendar, clock.due_at(calendar)) for clock in found} == answer
    for clock in found:
        assert clock.explain(calendar)[-1].due_at == clock.due_at(calendar)


EDGES = {
    "a fax within the last second of day 120 was a day late": (
        days(120),
        (received("2026-03-10 10:00"),),
        {
            "2026-07-08 23:59:58": "in time",
            "2026-07-08 23:59:59": "in time",
            "2026-07-08 23:59:59.4": "in time",
            "2026-07-09 00:00:00": "late",
        },
    ),
    "the due date was kept as the midnight after it, and an answer of that second was in time": (
        decision(CLASSICARE),
        (MRI,),
        {
            "2026-03-09 23:59:59": "in time",
            "2026-03-09 23:59:59.999": "in time",
            "2026-03-10 00:00:00": "late",
        },
    ),
    "an answer within the last second of 72 hours was late": (
        decision(CLASSICARE, Urgency.EXPEDITED),
        (MRI,),
        {
            "2026-03-05 18:40:59": "in time",
            "2026-03-05 18:41:00.4": "in time",
            "2026-03-05 18:41:01": "late",
        },
    ),
}


@pytest.mark.parametrize(("timed", "happened", "answers"), EDGES.values(), ids=EDGES)
def test_at_the_edge_whole_seconds_decide_whoever_records_it_and_whenever(timed, happened, answers):
    calendar, clocks = timed
    (clock,) = clocks(happened)
    much_later = instant(calendar, "2026-09-01 12:00")

    def verdict(clock, now):
        return "late" if clock.is_late(now, calendar) else "in time"

    events = {at: instant(calendar, at) for at in answers}
    answered = {at: clock.model_copy(update={"satisfied_at": event}) for at, event in events.items()}
    assert {at: verdict(one, much_later) for at, one in answered.items()} == answers
    assert {at: verdict(clock, event) for at, event in events.items()} == answers


@pytest.mark.parametrize("text", ["2026-04-31", "2027-02-29", "2026-13-01"])
def test_a_day_that_does_not_exist_is_refused_by_its_field_and_no_other_is_guessed(text):
    """Reported: 31 April was accepted, became 1 May in one place and no date in another."""
    for read in (lambda: reading.day(text, "until"), lambda: reading.instant(text, "UTC", "until")):
        with pytest.raises(Misuse, match=r"^until: an? (day|instant) looks like"):
            read()
