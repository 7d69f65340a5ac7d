"""A case is rehearsed under other rows: what would be due when, what the criteria would say. The case stays."""

from datetime import date

import pytest

from domain.case.keeping import come_to_rest
from domain.clock.span import Span, Unit
from domain.clock.timeframe import Regime
from domain.desk.desk import Withdraw
from domain.determination.clock_acts import CorrectReceipt, Expedite
from domain.determination.decisions import Approve, Deny
from domain.rehearsal.rehearsal import Verdict, rehearse, under
from domain.request.criteria import Answer
from tests.builders import a_case, a_document, a_line, at, criteria_facts, criteria_of, staff

OLD, NEW = at("2026-03-02 18:41 AST"), at("2026-07-02 18:41 AST")
FIVE_DAYS = Span(length=5, unit=Unit.CALENDAR_DAYS)


def changed(row, **fields):
    return row.model_copy(update=fields)


def with_rows(policy, table, change):
    """The policy with what `change` makes of each row: one row, several, or none."""
    rows = tuple(new for row in getattr(policy, table) for new in change(row))
    return changed(policy, **{table: rows})


def five_days_from(day):
    """Seven days become five for what is received from that day on; before, the old row stands."""

    def change(row):
        if row.id != "ma-standard":
            return [row]
        ends = changed(row, in_force_through=date.fromordinal(day.toordinal() - 1))
        return [ends, changed(row, id="ma-standard-five", span=FIVE_DAYS, in_force_from=day)]

    return lambda policy: with_rows(policy, "timeframe", change)


def eight_weeks(policy):
    """The clause on weeks asks for eight, and nothing else in its group can stand in."""

    def change(table):
        clauses = [
            changed(one, at_least=8.0) if one.fact == "weeks_of_symptoms" else one for one in table.criterion
        ]
        return [changed(table, criterion=tuple(clauses))]

    return with_rows(policy, "criteria", change)


def without(table, row_id):
    return lambda policy: with_rows(policy, table, lambda row: [row] * (row.id != row_id))


def with_facts(**facts):
    shown = criteria_facts("72148") | facts
    return (a_document("study-1", "previous_study", **shown),)


FIVE = five_days_from(date(2026, 7, 1))


def test_seven_days_become_five():
    case = a_case(received_at=NEW)

    rehearsed = rehearse(case, FIVE(case.policy))

    assert rehearsed.due_before == at("2026-07-09 23:59:59 AST")
    assert rehearsed.due_after == at("2026-07-07 23:59:59 AST")
    assert [one.clock for one in rehearsed.moved_clocks] == ["decision"]
    assert rehearsed.moves
    assert not rehearsed.moved_lines


def test_a_case_received_before_the_new_row_is_in_force_does_not_move():
    case = a_case(received_at=OLD)

    assert not rehearse(case, FIVE(case.policy)).moves


def test_a_case_whose_receipt_is_corrected_moves_by_its_true_day():
    case = a_case(received_at=OLD)
    now = at("2026-07-03 10:00 AST")
    CorrectReceipt(actor=staff("sup-diaz"), received_at=NEW, reason="the fax log").apply(case, now)

    assert rehearse(case, FIVE(case.policy)).due_after == at("2026-07-07 23:59:59 AST")


def test_an_expedite_is_added_up_again_on_the_candidates_row():
    case = a_case(received_at=NEW)
    asked_at = at("2026-07-03 10:00 AST")
    Expedite(actor=staff("sup-diaz"), asked_by="physician").apply(case, asked_at)

    def a_day(row):
        is_it = row.id == "ma-expedited"
        return [changed(row, span=Span(length=24, unit=Unit.HOURS)) if is_it else row]

    rehearsed = rehearse(case, with_rows(case.policy, "timeframe", a_day))

    assert rehearsed.due_before == at("2026-07-06 10:00 AST")
    assert rehearsed.due_after == at("2026-07-04 10:00 AST")


def test_a_threshold_changes_and_what_was_met_is_unmet():
    case = a_case(documents=with_facts(weeks_of_symptoms=6, red_flag=False))

    rehearsed = rehearse(case, eight_weeks(case.policy))

    [line] = rehearsed.lines
    assert line.before == Verdict(answer=Answer.MET, approves=True)
    assert line.after == Verdict(answer=Answer.UNMET, approves=False)
    assert (rehearsed.moves, rehearsed.moved_clocks) == (True, [])


def test_the_same_answer_moves_all_the_same_where_software_may_no_longer_approve():
    case = a_case(documents=with_facts())
    by_people = with_rows(case.policy, "criteria", lambda table: [changed(table, approves=False)])

    [line] = rehearse(case, by_people).moved_lines

    assert line.after == Verdict(answer=Answer.MET, approves=False)


def test_without_its_table_a_line_has_no_answer():
    case = a_case()

    [line] = rehearse(case, without("criteria", "lumbar-mri")(case.policy)).moved_lines

    assert line.after == Verdict(answer=None, approves=False)


def test_a_decided_line_is_not_decided_again():
    case = a_case(documents=with_facts(weeks_of_symptoms=6, red_flag=False))
    reason = {"reason_id": "criteria_not_met", "criterion": criteria_of("72148")[0]}
    Deny(actor=staff("md-ortiz"), **reason).apply(case, case.received_at)

    assert rehearse(case, eight_weeks(case.policy)).lines == ()


def test_a_service_that_leaves_the_list_goes_to_the_row_of_what_is_unlisted():
    case = a_case(received_at=OLD)
    rule = case.policy.service_rule("72148")

    rehearsed = rehearse(case, without("service", rule.id)(case.policy))

    assert rehearsed.due_after == at("2026-03-16 23:59:59 AST")


def test_lines_that_would_be_timed_apart_are_due_with_the_earliest():
    case = a_case(received_at=OLD, lines=[a_line(1, "72148"), a_line(2, "71250")])
    rule = case.policy.service_rule("72148")
    only_one = with_rows(
        case.policy, "service", lambda row: [changed(row, codes=("71250",)) if row.id == rule.id else row]
    )

    assert not rehearse(case, only_one).moves


def test_a_row_of_another_regime_begins_a_clock_at_receipt():
    case = a_case(plan="mcs-life-accredited", received_at=NEW)

    def law_only(row):
        return [row] * (row.regime is not Regime.NCQA)

    alone = a_case(plan="mcs-life-accredited", received_at=NEW)
    alone.policy = with_rows(alone.policy, "timeframe", law_only)
    alone.clocks.named = {
        name: one for name, one in alone.clocks.named.items() if one.timeframe.regime is not Regime.NCQA
    }

    rehearsed = rehearse(alone, case.policy)

    assert rehearsed.due_after == case.due_at != rehearsed.due_before
    back = rehearse(case, alone.policy)
    assert (back.due_before, back.due_after) == (case.due_at, alone.due_at)


@pytest.mark.parametrize(
    ("done", "begins"),
    [
        ((), ["decision ncqa line 1", "decision ncqa line 2"]),
        ((Approve(actor=staff("rn-rivera"), line=1),), ["decision ncqa line 2"]),
        ((Withdraw(actor=staff("ic-santos")),), []),
    ],
    ids=["open", "one answered", "withdrawn"],
)
def test_only_a_line_that_is_open_begins_a_clock_of_another_regime(done, begins):
    case = a_case(plan="mcs-life-accredited", received_at=NEW, lines=[a_line(1, "72148"), a_line(2, "72148")])
    whole = case.policy
    case.policy = with_rows(whole, "timeframe", lambda row: [row] * (row.regime is not Regime.NCQA))
    case.clocks.named = {
        name: one for name, one in case.clocks.named.items() if one.timeframe.regime is not Regime.NCQA
    }
    for act in done:
        act.apply(case, NEW)

    assert [name for name in under(case, whole).clocks if name not in case.clocks] == begins


def incomplete():
    case = a_case(plan="mcs-life", documents=(), received_at=OLD)
    case.ask_for_what_is_missing(OLD)
    come_to_rest(case, OLD)
    return case


def expedited():
    case = a_case(plan="mcs-life-accredited", received_at=OLD)
    Expedite(actor=staff("sup-diaz"), asked_by="physician").apply(case, at("2026-03-04 10:00 AST"))
    return case


def corrected():
    case = a_case(received_at=OLD)
    truth = at("2025-12-30 10:00 AST")
    CorrectReceipt(actor=staff("sup-diaz"), received_at=truth, reason="the fax log").apply(case, OLD)
    return case


def denied():
    case = a_case(received_at=OLD)
    reason = {"reason_id": "criteria_not_met", "criterion": criteria_of("72148")[0]}
    Deny(actor=staff("md-ortiz"), **reason).apply(case, OLD)
    come_to_rest(case, OLD)
    return case


def of_several_kinds():
    lines = [a_line(number, code) for number, code in enumerate(("72148", "J9271", "99213"), start=1)]
    return a_case(received_at=OLD, lines=lines)


CASES = [a_case, incomplete, expedited, corrected, denied, of_several_kinds]


@pytest.mark.parametrize("a", CASES, ids=lambda made: made.__name__)
def test_under_its_own_policy_nothing_moves(a):
    case = a()

    assert not rehearse(case, case.policy).moves


@pytest.mark.parametrize("a", CASES, ids=lambda made: made.__name__)
def test_nothing_in_the_case_is_changed(a):
    case = a()
    before = case.model_dump_json()

    rehearse(case, FIVE(eight_weeks(case.policy)))

    assert case.model_dump_json() == before
