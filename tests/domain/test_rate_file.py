"""A published rate table is read whole, or refused with its first fault by row and field."""

from decimal import Decimal

import pytest

from domain.dispute.rate_file import read_rates
from domain.rates.rates import schedule_named
from domain.terms.refusals import Misuse
from tests.builders import pack

HEADER = "HCPCSCode,StatusIndicator,PaymentRate,Source\n"
SCHEDULE = pack().rate_schedule[0]


def test_a_row_is_a_rate_of_its_schedule_and_quarter():
    (rate,) = read_rates(f"{HEADER}q9997,K,4.531,2026-04\n", SCHEDULE)

    assert (rate.schedule, rate.setting, rate.quarter) == (
        "opps-addendum-b",
        "hospital outpatient",
        "2026-04",
    )
    assert (rate.code, rate.status_indicator, rate.amount) == ("Q9997", "K", Decimal("4.531"))


def test_a_schedule_is_found_by_its_id_and_another_is_answered_with_those_that_there_are():
    known = pack().rate_schedule
    for row in known:
        assert schedule_named(known, row.id) is row
    with pytest.raises(Misuse, match=f"the pack knows {known[0].id}"):
        schedule_named(known, "another")
    with pytest.raises(Misuse, match=r"the pack knows none\."):
        schedule_named((), "another")


def test_a_row_may_print_no_rate():
    (rate,) = read_rates(f"{HEADER}A4100,N,,2026-04\n", SCHEDULE)

    assert rate.amount is None


def test_a_code_may_stand_in_several_quarters():
    rates = read_rates(f"{HEADER}A2001,S1,127.14,2026-04\nA2001,S1,128.00,2026-07\n", SCHEDULE)

    assert [rate.quarter for rate in rates] == ["2026-04", "2026-07"]


@pytest.mark.parametrize(
    "text", [f"{HEADER}\nA2001,S1,1,2026-04\n\n", HEADER.strip() + "\r\nA2001,S1,1,2026-04"]
)
def test_empty_lines_and_the_ends_of_lines_do_not_matter(text):
    assert len(read_rates(text, SCHEDULE)) == 1


FAULTS = [
    ("", "row 1, header: the columns are HCPCSCode, StatusIndicator, PaymentRate, Source."),
    (
        "Code,Rate\nA2001,1\n",
        "row 1, header: the columns are HCPCSCode, StatusIndicator, PaymentRate, Source.",
    ),
    (HEADER, "row 1, header: no rates come after it."),
    (f"{HEADER}A2001,S1,127.14\n", "row 2, the row: it has 4 columns."),
    (f"{HEADER}A2001,S1,1,234.00,2026-04\n", "row 2, the row: it has 4 columns."),
    (f'{HEADER}A2001,"S1"x,1,2026-04\n', "row 2, the row: it is not CSV."),
    (f"{HEADER}\nA201,S1,1,2026-04\n", "row 3, HCPCSCode: "),
    (f"{HEADER}A2001,s1,1,2026-04\n", "row 2, StatusIndicator: "),
    (f"{HEADER}A2001,S1,0,2026-04\n", "row 2, PaymentRate: "),
    (f"{HEADER}A2001,S1,-1,2026-04\n", "row 2, PaymentRate: "),
    (f"{HEADER}A2001,S1,NaN,2026-04\n", "row 2, PaymentRate: "),
    (f"{HEADER}A2001,S1,$127.14,2026-04\n", "row 2, PaymentRate: "),
    (f"{HEADER}A2001,S1,1.00001,2026-04\n", "row 2, PaymentRate: "),
    (f"{HEADER}A2001,S1,1,April 2026\n", "row 2, Source: "),
    (f"{HEADER}A2001,S1,1,2026-13\n", "row 2, Source: "),
    (
        f"{HEADER}A2001,S1,1,2026-05\n",
        "row 2, Source: a quarter of OPPS Addendum B begins in month 01, 04, 07, 10.",
    ),
    (f"{HEADER}A2001,,,\n", "row 2, StatusIndicator: "),
    (
        f"{HEADER}A2001,S1,1,2026-04\nA2002,S1,1,2026-04\na2001,S1,2,2026-04\n",
        "row 4, HCPCSCode: row 2 has this code for the same quarter.",
    ),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_the_first_fault_is_one_line_that_names_row_and_field(text, fault):
    with pytest.raises(Misuse) as refused:
        read_rates(text, SCHEDULE)

    assert str(refused.value).startswith(fault)
    assert "\n" not in str(refused.value)


def test_a_fault_never_repeats_what_the_file_holds():
    with pytest.raises(Misuse) as refused:
        read_rates(f"{HEADER}Ana Rivera,S1,1,2026-04\n", SCHEDULE)

    assert "Rivera" not in str(refused.value)


@pytest.mark.parametrize(
    ("status_indicator", "words"),
    [
        ("S1", "paid by itself"),
        ("J1", "what it pays depends on the rest of the claim"),
        ("N", "not paid by itself"),
    ],
)
def test_what_a_status_indicator_means_for_a_line_is_said_in_words(status_indicator, words):
    assert SCHEDULE.how_it_pays(status_indicator) == words
