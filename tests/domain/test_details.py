"""The case on one screen of the Temporal UI: instants, tables, links, and nothing that grows old."""

from datetime import timedelta

import pytest

from domain.view.details import BESIDE, MOST, details
from domain.view.showing import why
from tests.builders import a_case

SECOND = timedelta(seconds=1)


def seen(case, namespace="default"):
    """The words of the screen, without what keeps its cells apart."""
    return details(case, namespace).replace(BESIDE, "")


def test_the_screen_says_when_and_never_how_long_from_now():
    case = a_case()

    words = seen(case)

    assert "left" not in words
    assert "LATE" not in words
    assert "| Due | Mon 9 Mar 2037 23:59 AST |" in words


@pytest.mark.parametrize(
    ("moment", "said"),
    [(-SECOND, ": 0 h 0 min left"), (0 * SECOND, ": 0 h 0 min left"), (SECOND, ": 0 h 0 min LATE")],
    ids=["before", "exactly", "after"],
)
def test_where_the_time_that_is_left_is_told_nothing_is_late_in_its_last_second(moment, said):
    case = a_case()

    assert why(case, case.due_at + moment).endswith(said)


def test_the_screen_names_the_stage_the_plan_and_the_source_of_each_clock():
    case = a_case()

    words = seen(case)

    assert words.startswith(f"### {case.number}: {case.stage.text}\n")
    assert f"| Plan | {case.policy.plan.name} ({case.policy.plan.id}) |" in words
    for clock in case.clocks.values():
        assert clock.row(case.policy.calendar).source in words
    for appointment in case.agenda():
        assert case.policy.calendar.show(appointment.at) in words


def test_what_people_wrote_ends_no_cell_and_begins_no_row():
    case = a_case()
    case.need("calls", "say | this\n| and <b>that</b>", case.received_at)

    words = seen(case)

    assert "say \\| this \\| and \\<b>that\\</b>" in words


def test_linked_cases_are_links_in_their_namespace():
    case = a_case()
    case.link("APP-2222-2222-2222", "appealed", case.received_at + timedelta(hours=1))

    assert "[APP-2222-2222-2222](/namespaces/plan-a/workflows/APP-2222-2222-2222)" in seen(case, "plan-a")


def test_a_long_table_says_how_much_more_there_is():
    case = a_case()
    for number in range(MOST):
        case.need("calls", f"call number {number}", case.received_at)
    assert " more |" not in seen(case)
    for number in range(2):
        case.need("calls", f"one more call, {number}", case.received_at)

    assert "and 2 more" in seen(case)
