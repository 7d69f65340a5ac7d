"""What a ledger adds up to: due dates that an expert can check with a calendar and a pencil.

Times are the plan's own wall clock; `eod` is 23:59:59. Each row says in words what happened.
"""

from datetime import timedelta

import pytest

from domain.clock.span import Span, Unit
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
    row_of,
    toll_undone,
    tolled,
    wall,
)

CLASSICARE, LIFE, CARESOURCE, PROCARE, GROUP = (
    "mcs-classicare",
    "mcs-life",
    "caresource",
    "procare",
    "self-funded-sample",
)

# ERISA P7: 9 of 15 days are used when the notice leaves, and 15 more are taken
ERISA = (
    received("2026-06-01 09:00"),
    extended("2026-07-01 eod", noticed="2026-06-10 10:00", ground="missing_information"),
    paused("2026-06-10 10:00", until="2026-07-25 eod"),
)
FIFTEEN_FROM_THE_ANSWER = row_of(of(GROUP), "erisa-pre-service").model_copy(
    update={"id": "fifteen-days-from-the-answer", "counts_from": "information", "pause": None}
)
FIVE_BUSINESS_DAYS = a_row_of(5, Unit.BUSINESS_DAYS, like=(GROUP, "erisa-pre-service"))
EXPEDITED = row_of(of(CLASSICARE), "ma-expedited")
A_DAY_MORE = EXPEDITED.model_copy(
    update={
        "id": "a-day-more",
        "extension": EXPEDITED.extension.model_copy(update={"span": Span(length=24, unit=Unit.HOURS)}),
    }
)
BED = received("2026-05-05 09:20")
REFUSED = retimed("ma-standard", counts_from="2026-05-05 09:20", at="2026-05-06 11:00")

LEDGERS = {
    # extensions
    "extended with notice on the last day": (
        (LIFE, "pr-standard"),
        (received("2026-09-10 09:00"), extended("2026-10-10 eod", noticed="2026-09-25 23:00")),
        "2026-10-10 eod AST",
    ),
    "extended with notice in the last second": (
        (LIFE, "pr-standard"),
        (received("2026-09-10 09:00"), extended("2026-10-10 eod", noticed="2026-09-25 23:59:59.4")),
        "2026-10-10 eod AST",
    ),
    "its notice left one second late: void": (
        (LIFE, "pr-standard"),
        (received("2026-09-10 09:00"), extended("2026-10-10 eod", noticed="2026-09-26 00:00")),
        "2026-09-25 eod AST",
    ),
    "extended by less than the row allows": (
        (LIFE, "pr-standard"),
        (received("2026-09-10 09:00"), extended("2026-09-30 eod", noticed="2026-09-20 09:00")),
        "2026-09-30 eod AST",
    ),
    "extended to beyond what the row allows: to its maximum": (
        (LIFE, "pr-standard"),
        (received("2026-09-10 09:00"), extended("2026-12-24 eod", noticed="2026-09-20 09:00")),
        "2026-10-10 eod AST",
    ),
    "extended to a day before the due date: nothing is taken away": (
        (LIFE, "pr-standard"),
        (received("2026-09-10 09:00"), extended("2026-09-20 eod", noticed="2026-09-15 09:00")),
        "2026-09-25 eod AST",
    ),
    "extended twice: once is all the row allows": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            extended("2026-09-30 eod", noticed="2026-09-20 09:00"),
            extended("2026-10-10 eod", noticed="2026-09-21 09:00"),
        ),
        "2026-09-30 eod AST",
    ),
    "void the first time, good the second": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            extended("2026-10-10 eod", noticed="2026-09-26 09:00"),
            extended("2026-10-10 eod", noticed="2026-09-25 09:00"),
        ),
        "2026-10-10 eod AST",
    ),
    "a Part B drug cannot be extended": (
        (CLASSICARE, "ma-part-b-drug"),
        (received("2026-03-02 18:41"), extended("2026-03-19 18:41", noticed="2026-03-03 09:00")),
        "2026-03-05 18:41 AST",
    ),
    "72 hours extended by 14 days keep their time of day": (
        (CLASSICARE, "ma-expedited"),
        (received("2026-05-05 09:20"), extended("2026-05-22 eod", noticed="2026-05-06 09:00")),
        "2026-05-22 09:20 AST",
    ),
    "72 hours extended by hours end to the second": (
        (CLASSICARE, A_DAY_MORE),
        (received("2026-05-05 09:20"), extended("2026-05-22 eod", noticed="2026-05-06 09:00")),
        "2026-05-09 09:20 AST",
    ),
    "72 hours never lose by an extension to the same day": (
        (CLASSICARE, "ma-expedited"),
        (received("2026-05-05 09:20"), extended("2026-05-08 00:00", noticed="2026-05-06 09:00")),
        "2026-05-08 09:20 AST",
    ),
    "a hurricane: classicare may only extend": (
        (CLASSICARE, "ma-standard"),
        (received("2026-09-15 10:00"), extended("2026-10-06 eod", noticed="2026-09-22 10:00")),
        "2026-10-06 eod AST",
    ),
    # ERISA P7
    "P7, while it is paused: as if nothing ever comes": (
        (GROUP, "erisa-pre-service"),
        ERISA,
        "2026-08-15 eod EDT",
    ),
    "P7, the answer came on 07-02 with 21 days left": (
        (GROUP, "erisa-pre-service"),
        (*ERISA, resumed("2026-07-02 14:00")),
        "2026-07-23 eod EDT",
    ),
    "P7, no answer: it runs again from 07-25": (
        (GROUP, "erisa-pre-service"),
        (*ERISA, resumed("2026-07-25 eod")),
        "2026-08-15 eod EDT",
    ),
    "P7, an answer after the time for it counts from the end of that time": (
        (GROUP, "erisa-pre-service"),
        (*ERISA, resumed("2026-08-03 09:00")),
        "2026-08-15 eod EDT",
    ),
    "P7, the answer came before the pause was written down: nothing is won or lost": (
        (GROUP, "erisa-pre-service"),
        (*ERISA, resumed("2026-06-09 09:00")),
        "2026-07-01 eod EDT",
    ),
    "P7, a plan that allows only 15 days from the answer": (
        (GROUP, "erisa-pre-service"),
        (
            *ERISA,
            resumed("2026-07-02 14:00"),
            retimed(FIFTEEN_FROM_THE_ANSWER, counts_from="2026-07-02 14:00"),
        ),
        "2026-07-17 eod EDT",
    ),
    "P7, and then the claim becomes urgent: 72 hours, and no old pause": (
        (GROUP, "erisa-pre-service"),
        (*ERISA, retimed("erisa-urgent", counts_from="2026-06-20 10:00", earlier=True)),
        "2026-06-23 10:00 EDT",
    ),
    "P7, urgent for a while and then not: extension and pause are not forgotten": (
        (GROUP, "erisa-pre-service"),
        (
            *ERISA,
            resumed("2026-07-02 14:00"),
            retimed("erisa-urgent", counts_from="2026-07-03 10:00", earlier=True),
            retimed("erisa-pre-service", counts_from="2026-06-01 09:00", at="2026-07-04 10:00"),
        ),
        "2026-07-23 eod EDT",
    ),
    # pauses
    "paused for three days and extended afterwards: both count": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-06-01 09:00"),
            paused("2026-06-03 10:00", until="2026-07-18 eod"),
            resumed("2026-06-06 09:00"),
            extended("2026-07-04 eod", noticed="2026-06-10 10:00"),
        ),
        "2026-07-04 eod EDT",
    ),
    "paused twice: three days and two": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-06-01 09:00"),
            paused("2026-06-03 10:00", until="2026-07-18 eod"),
            resumed("2026-06-06 23:00"),
            paused("2026-06-08 01:00", until="2026-07-18 eod"),
            resumed("2026-06-10 09:00"),
        ),
        "2026-06-21 eod EDT",
    ),
    "paused again while it was paused: one pause": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-06-01 09:00"),
            paused("2026-06-03 10:00", until="2026-07-18 eod"),
            paused("2026-06-05 10:00", until="2026-07-20 eod"),
            resumed("2026-06-06 09:00"),
        ),
        "2026-06-19 eod EDT",
    ),
    "paused and resumed on one day: a row in days does not move": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-06-01 09:00"),
            paused("2026-06-03 00:00", until="2026-07-18 eod"),
            resumed("2026-06-03 23:59:59"),
        ),
        "2026-06-16 eod EDT",
    ),
    "paused over midnight: a row in days moves by one": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-06-01 09:00"),
            paused("2026-06-03 23:59:59", until="2026-07-18 eod"),
            resumed("2026-06-04 00:00"),
        ),
        "2026-06-17 eod EDT",
    ),
    "a row in hours pauses to the second": (
        (GROUP, "erisa-urgent"),
        (
            received("2026-06-01 09:00"),
            paused("2026-06-01 20:00", until="2026-06-03 20:00"),
            resumed("2026-06-02 03:15:30"),
        ),
        "2026-06-04 16:15:30 EDT",
    ),
    "a row in hours, paused and not answered": (
        (GROUP, "erisa-urgent"),
        (received("2026-06-01 09:00"), paused("2026-06-01 20:00", until="2026-06-03 20:00")),
        "2026-06-06 09:00 EDT",
    ),
    "resumed without a pause: nothing moves": (
        (GROUP, "erisa-urgent"),
        (received("2026-06-01 09:00"), resumed("2026-06-02 09:00")),
        "2026-06-04 09:00 EDT",
    ),
    # urgency
    "P5, the member asked to expedite": ((CLASSICARE, "ma-expedited"), (BED,), "2026-05-08 09:20 AST"),
    "P5, refused: the standard row from the original receipt": (
        (CLASSICARE, "ma-expedited"),
        (BED, REFUSED),
        "2026-05-12 eod AST",
    ),
    "expedited one second before the two due dates meet": (
        (CLASSICARE, "ma-standard"),
        (BED, retimed("ma-expedited", counts_from="2026-05-09 23:59:58", earlier=True)),
        "2026-05-12 23:59:58 AST",
    ),
    "expedited one second after: the standard one stands": (
        (CLASSICARE, "ma-standard"),
        (BED, retimed("ma-expedited", counts_from="2026-05-10 00:00", earlier=True)),
        "2026-05-12 eod AST",
    ),
    "extended, expedited, refused: the extension that the member was told of stands": (
        (CLASSICARE, "ma-standard"),
        (
            BED,
            extended("2026-05-20 eod", noticed="2026-05-06 10:00"),
            retimed("ma-expedited", counts_from="2026-05-07 10:00", earlier=True),
            retimed("ma-standard", counts_from="2026-05-05 09:20", at="2026-05-08 10:00"),
        ),
        "2026-05-20 eod AST",
    ),
    # corrections
    "corrected to the day before": (
        (CLASSICARE, "ma-standard"),
        (received("2026-03-03 08:15"), corrected("2026-03-02 18:41", "ma-standard", at="2026-03-03 11:00")),
        "2026-03-09 eod AST",
    ),
    "corrected twice: the newest word counts": (
        (CLASSICARE, "ma-standard"),
        (
            received("2026-03-03 08:15"),
            corrected("2026-03-01 18:41", "ma-standard", at="2026-03-03 11:00"),
            corrected("2026-03-02 18:41", "ma-standard", at="2026-03-03 12:00"),
        ),
        "2026-03-09 eod AST",
    ),
    "corrected into the old year: 14 days and not 7": (
        (CLASSICARE, "ma-standard"),
        (
            received("2026-01-01 00:00"),
            corrected("2025-12-31 23:59:59", "ma-standard-until-2025", at="2026-01-02 09:00"),
        ),
        "2026-01-14 eod AST",
    ),
    "corrected into the new year: 7 days and not 14": (
        (CLASSICARE, "ma-standard-until-2025"),
        (
            received("2025-12-31 23:59:59"),
            corrected("2026-01-01 00:00", "ma-standard", at="2026-01-02 09:00"),
        ),
        "2026-01-08 eod AST",
    ),
    "extended, then corrected: the date that the member was told stands": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            extended("2026-10-05 eod", noticed="2026-09-20 09:00"),
            corrected("2026-09-12 09:00", "pr-standard", at="2026-09-21 09:00"),
        ),
        "2026-10-05 eod AST",
    ),
    "extended to the maximum, then the receipt was earlier: the maximum is nearer too": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            extended("2026-10-10 eod", noticed="2026-09-20 09:00"),
            corrected("2026-09-08 09:00", "pr-standard", at="2026-09-21 09:00"),
        ),
        "2026-10-08 eod AST",
    ),
    "extended in time, but by the true receipt it was too late: void": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            extended("2026-10-10 eod", noticed="2026-09-25 09:00"),
            corrected("2026-09-09 09:00", "pr-standard", at="2026-09-26 09:00"),
        ),
        "2026-09-24 eod AST",
    ),
    "expedited, then corrected: 72 hours still count from the physician's word": (
        (CLASSICARE, "ma-standard"),
        (
            BED,
            retimed("ma-expedited", counts_from="2026-05-07 10:00", earlier=True),
            corrected("2026-05-04 09:20", "ma-standard", "ma-expedited", at="2026-05-07 11:00"),
        ),
        "2026-05-10 10:00 AST",
    ),
    "refused, then corrected: the standard row counts from the true receipt": (
        (CLASSICARE, "ma-expedited"),
        (BED, REFUSED, corrected("2026-05-04 22:00", "ma-standard", "ma-expedited", at="2026-05-07 11:00")),
        "2026-05-11 eod AST",
    ),
    "refused, then corrected into the old year: the old standard row from the true receipt": (
        (CLASSICARE, "ma-expedited"),
        (
            received("2026-01-01 00:10"),
            retimed("ma-standard", counts_from="2026-01-01 00:10", at="2026-01-02 09:00"),
            corrected("2025-12-31 23:50", "ma-standard-until-2025", "ma-expedited", at="2026-01-02 10:00"),
        ),
        "2026-01-14 eod AST",
    ),
    # tolls
    "an appeal window held open by an instrument": (
        (CLASSICARE, "ma-appeal-window"),
        (received("2026-07-20 12:00"), tolled("2026-10-31 eod", at="2026-09-16 09:00")),
        "2026-10-31 eod AST",
    ),
    "an instrument never shortens": (
        (CLASSICARE, "ma-appeal-window"),
        (received("2026-07-20 12:00"), tolled("2026-09-20 eod", at="2026-09-16 09:00")),
        "2026-09-23 eod AST",
    ),
    "tolled and undone": (
        (CLASSICARE, "ma-appeal-window"),
        (
            received("2026-07-20 12:00"),
            tolled("2026-10-31 eod", at="2026-09-16 09:00"),
            toll_undone(at="2026-09-18 09:00"),
        ),
        "2026-09-23 eod AST",
    ),
    "two instruments, one undone: the other holds": (
        (CLASSICARE, "ma-appeal-window"),
        (
            received("2026-07-20 12:00"),
            tolled("2026-10-31 eod", at="2026-09-16 09:00"),
            tolled("2026-10-15 eod", at="2026-09-17 09:00", authority="waiver 1135"),
            toll_undone(at="2026-09-18 09:00"),
        ),
        "2026-10-15 eod AST",
    ),
    "tolled and then extended: the date that the member was told stands": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            tolled("2026-10-05 eod", at="2026-09-16 09:00"),
            extended("2026-10-15 eod", noticed="2026-09-30 09:00"),
        ),
        "2026-10-15 eod AST",
    ),
    "tolled, extended within what the toll gave, and undone: all that it gave is gone": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            tolled("2026-10-05 eod", at="2026-09-16 09:00"),
            extended("2026-10-15 eod", noticed="2026-09-30 09:00"),
            toll_undone(at="2026-10-01 09:00"),
        ),
        "2026-09-25 eod AST",
    ),
    "tolled, extended before the first due date, and undone: to the most that the row allows": (
        (LIFE, "pr-standard"),
        (
            received("2026-09-10 09:00"),
            tolled("2026-10-05 eod", at="2026-09-16 09:00"),
            extended("2026-10-15 eod", noticed="2026-09-20 09:00"),
            toll_undone(at="2026-10-01 09:00"),
        ),
        "2026-10-10 eod AST",
    ),
    "tolled, and extended to a day that the toll had given: a pause adds to the row's own time, not to that": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-06-01 09:00"),
            tolled("2026-08-31 eod", at="2026-06-05 09:00"),
            extended("2026-07-01 eod", noticed="2026-06-10 10:00", ground="missing_information"),
            paused("2026-06-10 10:00", until="2026-07-25 eod"),
        ),
        "2026-08-31 eod EDT",
    ),
    # business days
    "business days, extended after a hold over a weekend: the date that the member was told stands": (
        (GROUP, FIVE_BUSINESS_DAYS),
        (
            received("2026-06-03 09:00"),
            paused("2026-06-04 10:00", until="2026-07-20 eod"),
            resumed("2026-06-08 09:00"),
            extended("2026-06-15 eod", noticed="2026-06-09 09:00"),
        ),
        "2026-06-15 eod EDT",
    ),
    "business days, extended to a day on which nobody is there: to that day": (
        (GROUP, FIVE_BUSINESS_DAYS),
        (received("2026-06-03 09:00"), extended("2026-06-14 eod", noticed="2026-06-09 09:00")),
        "2026-06-14 eod EDT",
    ),
    # the nights on which the clocks change
    "extended over the end of daylight saving time, Eastern": (
        (CARESOURCE, "medicaid-standard"),
        (received("2026-10-20 13:00"), extended("2026-11-10 eod", noticed="2026-10-27 eod")),
        "2026-11-10 eod EST",
    ),
    "extended over the end of daylight saving time, Pacific": (
        (PROCARE, "ma-standard"),
        (received("2026-10-20 13:00"), extended("2026-11-10 eod", noticed="2026-10-27 eod")),
        "2026-11-10 eod PST",
    ),
    "extended over the start of daylight saving time, Pacific": (
        (PROCARE, "ma-standard"),
        (received("2026-02-25 13:00"), extended("2026-03-18 eod", noticed="2026-03-01 10:00")),
        "2026-03-18 eod PDT",
    ),
    "72 hours extended by 14 days over the end of daylight saving time": (
        (CARESOURCE, "medicaid-expedited"),
        (received("2026-10-20 13:00"), extended("2026-11-06 eod", noticed="2026-10-21 10:00")),
        "2026-11-06 13:00 EST",
    ),
    "72 hours extended by 14 days over the start of daylight saving time": (
        (PROCARE, "ma-expedited"),
        (received("2026-03-03 13:00"), extended("2026-03-20 eod", noticed="2026-03-04 10:00")),
        "2026-03-20 13:00 PDT",
    ),
    "paused over the night of 25 hours: one day": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-10-26 09:00"),
            paused("2026-10-31 10:00", until="2026-12-15 eod"),
            resumed("2026-11-01 10:00"),
        ),
        "2026-11-11 eod EST",
    ),
    "paused over the night of 23 hours: one day": (
        (GROUP, "erisa-pre-service"),
        (
            received("2026-03-02 09:00"),
            paused("2026-03-07 23:30", until="2026-04-21 eod"),
            resumed("2026-03-08 03:30"),
        ),
        "2026-03-18 eod EDT",
    ),
    "hours paused over the night of 25 hours: 25 hours": (
        (GROUP, "erisa-urgent"),
        (
            received("2026-10-31 09:00"),
            paused("2026-10-31 10:00", until="2026-11-02 09:00"),
            resumed("2026-11-01 10:00"),
        ),
        "2026-11-04 09:00 EST",
    ),
    # windows
    "a letter is taken to travel five days before the 180 begin": (
        (LIFE, "pr-appeal-window"),
        (received("2026-09-30 12:00"),),
        "2027-04-03 eod AST",
    ),
    "a window whose start is not known has no end": ((CLASSICARE, "ma-appeal-window"), (), "no end"),
}


@pytest.mark.parametrize(("timed", "entries", "due"), LEDGERS.values(), ids=LEDGERS)
def test_a_ledger_adds_up_to_its_due_date(timed, entries, due):
    plan, row = timed
    calendar = of(plan).calendar

    clock = a_clock(plan, row, *entries)

    assert wall(calendar, clock.due_at(calendar)) == due


@pytest.mark.parametrize(("timed", "entries", "due"), LEDGERS.values(), ids=LEDGERS)
def test_an_explanation_adds_up_from_the_start_to_the_due_date(timed, entries, due):
    plan, row = timed
    calendar = of(plan).calendar
    clock = a_clock(plan, row, *entries)

    steps = clock.explain(calendar)

    moved = sum((step.moved for step in steps), timedelta())
    assert [step.due_at for step in steps][-1:] == ([clock.due_at(calendar)] if entries else [])
    assert not entries or entries[0](of(plan)).at + moved == clock.due_at(calendar)
    assert all(step.words and step.source for step in steps)


@pytest.mark.parametrize(
    ("answered", "left"),
    [("2026-07-02 14:00", 21), ("2026-06-10 10:00", 21), ("2026-07-25 eod", 21), ("2026-08-03 09:00", 21)],
)
def test_nine_days_used_and_twenty_one_left_make_the_thirty(answered, left):
    calendar = of(GROUP).calendar

    words = [
        step.words
        for step in a_clock(GROUP, "erisa-pre-service", *ERISA, resumed(answered)).explain(calendar)
    ]

    assert words[2:] == ["paused with 9 of 30 days used", f"resumed with {left} days left"]


@pytest.mark.parametrize(
    ("begins", "holds", "words"),
    [
        # the Saturday is the rest of Friday, on which the hold began
        ("2026-06-03 09:00", ("2026-06-05 16:00", "2026-06-06 09:00"), ("2 of 5", "3")),
        # nobody is there from Saturday to Monday: Monday is the third day, held or not
        ("2026-06-03 09:00", ("2026-06-06 09:00", "2026-06-08 09:00"), ("3 of 5", "2")),
        ("2026-06-06 09:00", ("2026-06-09 09:00", "2026-06-12 09:00"), ("2 of 5", "3")),
    ],
)
def test_used_and_left_add_up_in_business_days_too(begins, holds, words):
    calendar = of(GROUP).calendar
    held, ended = holds

    clock = a_clock(
        GROUP,
        FIVE_BUSINESS_DAYS,
        received(begins),
        paused(held, until="2026-07-20 eod"),
        resumed(ended),
    )

    used, left = words
    said = [step.words for step in clock.explain(calendar)]
    assert said[1:] == [f"paused with {used} days used", f"resumed with {left} days left"]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            (received("2026-09-10 09:00"),),
            "receipt Thu 10 Sep 2026 09:00 AST is day 0; pr-standard allows 15 calendar days",
        ),
        (
            (received("2026-09-10 09:00"), extended("2026-10-10 eod", noticed="2026-09-25 09:00")),
            "extended to Sat 10 Oct 2026 23:59 AST (beyond control)",
        ),
        (
            (received("2026-09-10 09:00"), extended("2026-10-10 eod", noticed="2026-09-26 00:00")),
            "extension void: its notice left after the due date",
        ),
        (
            (
                received("2026-09-10 09:00"),
                extended("2026-09-30 eod", noticed="2026-09-20 09:00"),
                extended("2026-10-10 eod", noticed="2026-09-21 09:00"),
            ),
            "extension void: extended once already",
        ),
        (
            (
                received("2026-09-11 09:00"),
                corrected("2026-09-10 09:00", "pr-standard", at="2026-09-12 10:00"),
            ),
            "receipt corrected to Thu 10 Sep 2026 09:00 AST; pr-standard governs: keyed wrong",
        ),
    ],
)
def test_an_explanation_says_in_words_what_each_entry_did(entries, words):
    steps = a_clock(LIFE, "pr-standard", *entries).explain(of(LIFE).calendar)

    assert steps[-1].words == words


def test_a_step_that_moved_nothing_says_so():
    void = a_clock(
        LIFE,
        "pr-standard",
        received("2026-09-10 09:00"),
        extended("2026-10-10 eod", noticed="2026-09-26 00:00"),
    )

    assert void.explain(of(LIFE).calendar)[-1].moved == timedelta()


def test_a_request_withdrawn_before_its_due_date_is_never_late_and_one_withdrawn_after_it_was():
    calendar = of(CLASSICARE).calendar
    clock = a_clock(CLASSICARE, "ma-standard", received("2026-03-02 18:41"))
    in_time, too_late = instant(calendar, "2026-03-09 10:00"), instant(calendar, "2026-03-10 10:00")

    much_later = instant(calendar, "2026-04-01 12:00")

    assert not clock.model_copy(update={"ended_at": in_time}).is_late(much_later, calendar)
    assert clock.model_copy(update={"ended_at": too_late}).is_late(much_later, calendar)


def test_a_business_day_limit_skips_the_holiday_and_its_extension_does_too():
    rules = of(LIFE)
    row = row_of(rules, "pr-standard")
    two_days = Span(length=2, unit=Unit.BUSINESS_DAYS)
    extension = row.extension.model_copy(update={"span": two_days})
    business = row.model_copy(update={"span": two_days, "extension": extension})
    clock = a_clock(
        LIFE,
        "pr-standard",
        received("2026-07-23 10:00"),
        extended("2026-08-30 eod", noticed="2026-07-24 10:00"),
    ).model_copy(update={"timeframe": business})

    # Friday and, after Constitution Day and Sunday, Monday; then Tuesday and Wednesday
    assert wall(rules.calendar, clock.due_at(rules.calendar)) == "2026-07-29 eod AST"


@pytest.mark.parametrize(
    ("asked_at", "stands"),
    [("2026-03-03 10:00", False), ("2026-03-06 23:59:59", False), ("2026-03-07 10:00", True)],
)
def test_an_expedite_that_brings_no_later_date_governs_and_one_that_would_leaves_the_earlier(
    asked_at, stands
):
    asked = retimed("ma-expedited", counts_from=asked_at, earlier=True)
    clock = a_clock(CLASSICARE, "ma-standard", received("2026-03-02 10:00"), asked)

    [*_, last] = clock.explain(of(CLASSICARE).calendar)

    assert ("the earlier due date stands" in last.words) is stands
