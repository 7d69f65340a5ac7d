"""The parts of a case without any case: each is plain state with verbs, and is given what it needs of others."""

import json
from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError

from domain.clock.agenda import Occasion
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Satisfaction, Services, Urgency, kinds_of
from domain.desk.absence_acts import Absent
from domain.desk.desk import Claim
from domain.determination.decisions import Deny
from domain.parts.absence import Absence, Away
from domain.parts.clocks import Clocks
from domain.parts.events import EventKind
from domain.parts.log import Log
from domain.parts.older import in_parts
from domain.parts.papers import Papers
from domain.parts.queues import can_take_over, refuse_unknown
from domain.parts.work import PROMISED, WorkInHand
from domain.review.precertification import Precertification
from domain.terms.refusals import Misuse
from tests.builders import a_case, a_document, at, criteria_of, pack, policy, staff

RECEIVED = at("2037-03-02 18:41 AST")  # a Monday
DUE = at("2037-03-09 23:59:59 AST")
MISSED = DUE + timedelta(seconds=1)
POLICY = policy()
CALENDAR = POLICY.calendar
[DECISION, *_] = POLICY.rows(Duty.DECISION, RECEIVED, Urgency.STANDARD, Services.LISTED)
WINDOW = POLICY.row(Duty.APPEAL_WINDOW, RECEIVED)


def hours(count):
    return timedelta(hours=count)


# Log


def test_a_log_keeps_when_a_thing_happened_beside_when_it_was_recorded_and_counts_on():
    log = Log()
    log.record(EventKind.RECEIVED, "received", at=RECEIVED, now=RECEIVED + hours(2), by=staff("ic-santos"))
    log.flag("breach", "the answer is late", MISSED)
    log.flag("breach", "the answer is late still", MISSED + hours(1))
    log.lower_flag("breach")

    assert [(one.sequence, one.at, one.recorded_at, one.by_id) for one in log.events] == [
        (1, RECEIVED, RECEIVED + hours(2), "ic-santos"),
        (2, MISSED, MISSED, "plazo"),
    ]
    assert log.flags == []


# Work


def away(cover=None):
    days = {"from_day": date(2037, 3, 3), "until": date(2037, 3, 4)}
    return Absence(who="rn-rivera", name="Carmen Rivera", cover=staff(cover) if cover else None, **days)


def test_work_waits_once_and_but_for_a_promise_ends_with_the_answer():
    work = WorkInHand()
    promise = f"call the member {PROMISED}"

    assert work.add("nurse-review", "review", RECEIVED)
    assert not work.add("nurse-review", "review", RECEIVED + hours(1))
    assert work.add("calls", promise, RECEIVED)
    work.finish_all(RECEIVED + hours(2))

    assert [one.what for one in work.open] == [promise]
    assert work.add("nurse-review", "review", RECEIVED + hours(3)), "what was finished may come again"


@pytest.mark.parametrize(
    ("day", "back_on", "is_over"),
    [
        (date(2037, 3, 4), None, False),
        (date(2037, 3, 5), None, True),
        (date(2037, 3, 3), date(2037, 3, 4), False),
        (date(2037, 3, 4), date(2037, 3, 4), True),
        (date(2037, 3, 1), date(2037, 3, 3), True),  # they never went
    ],
)
def test_an_absence_is_over_after_its_last_day_or_when_they_are_back(day, back_on, is_over):
    absence = Away(who="rn-rivera", from_day=date(2037, 3, 3), until=date(2037, 3, 4), back_on=back_on)
    assert absence.is_over(day) is is_over


@pytest.mark.parametrize(
    ("day", "back_on", "is_on"),
    [
        (date(2037, 3, 2), None, False),
        (date(2037, 3, 3), None, True),
        (date(2037, 3, 4), None, True),
        (date(2037, 3, 5), None, False),
        (date(2037, 3, 3), date(2037, 3, 4), True),
        (date(2037, 3, 4), date(2037, 3, 4), False),
    ],
)
def test_somebody_is_away_from_the_first_day_through_the_last_unless_they_came_back(day, back_on, is_on):
    absence = Away(who="rn-rivera", from_day=date(2037, 3, 3), until=date(2037, 3, 4), back_on=back_on)
    assert absence.is_on(day) is is_on
    assert away().is_on(day) is (is_on or back_on == day)


def test_an_absence_may_be_of_one_day_and_ends_on_no_day_before():
    day = date(2037, 3, 3)
    assert Away(who="rn-rivera", from_day=day, until=day).is_on(day)
    with pytest.raises(ValidationError, match="until: an absence cannot end before it begins"):
        Away(who="rn-rivera", from_day=day, until=date(2037, 3, 2))


@pytest.mark.parametrize(
    ("first", "last", "both"), [(1, 2, False), (1, 3, True), (4, 9, True), (5, 9, False)]
)
def test_two_absences_share_a_day_or_none(first, last, both):
    one = Away(who="rn-rivera", from_day=date(2037, 3, 3), until=date(2037, 3, 4))
    other = Away(who="rn-colon", from_day=date(2037, 3, first), until=date(2037, 3, last))
    assert one.overlaps(other) is both is other.overlaps(one)


def test_a_cover_shares_a_role_that_works_in_a_queue():
    assert can_take_over(staff("rn-colon"), staff("rn-rivera"))
    assert not can_take_over(staff("ic-santos"), staff("rn-rivera"))


def test_a_queue_that_nobody_knows_is_answered_with_those_that_there_are():
    refuse_unknown("nurse-review")
    with pytest.raises(Misuse, match=r"queue: known are .*nurse-review"):
        refuse_unknown("nowhere")


@pytest.mark.parametrize(
    ("cover", "to"), [("rn-colon", "rn-colon"), ("ic-santos", None), (None, None)], ids=str
)
def test_work_of_somebody_away_goes_to_a_cover_who_may_do_it_or_back_to_its_queue(cover, to):
    work = WorkInHand()
    work.add("nurse-review", "review", RECEIVED)
    work.change(work.open[0], assignee="rn-rivera")
    work.know_absences("rn-rivera", [away(cover)])
    [begins] = work.handovers(CALENDAR)

    said = work.pass_on(away(cover), date(2037, 3, 3))

    assert (begins.at, begins.occasion) == (at("2037-03-03 00:00 AST"), Occasion.ABSENCE_BEGINS)
    assert work.open[0].assignee == to
    assert ("put back" in said) == (to is None)
    assert not list(work.handovers(CALENDAR)), "nothing is left to pass on"


# Clocks


def clocks():
    made = Clocks()
    made.begin("decision", DECISION, Received(at=RECEIVED, recorded_at=RECEIVED), lines=(1,))
    made.begin("appeal", WINDOW, None)
    return made


def satisfied(made, event, when, *, complete=True, about=None):
    duties = {Duty.DECISION}
    return list(
        made.satisfy(event, duties, at=when, calendar=CALENDAR, is_complete=lambda *_: complete, about=about)
    )


def test_a_duty_governs_and_a_window_without_a_start_has_no_end():
    made = clocks()

    assert made.due_at(CALENDAR) == DUE
    assert made["appeal"].due_at(CALENDAR) is None
    assert [one.id for one in made.duties] == ["decision"]
    assert [*made] == ["decision", "appeal"], "a mapping by name"
    assert [(one.occasion, one.at) for one in made.ahead((), CALENDAR, ())] == [(Occasion.BREACH, MISSED)]


def test_a_clock_ends_with_what_satisfies_its_row_at_the_earliest_such_event():
    made = clocks()

    assert satisfied(made, Satisfaction.DETERMINATION, RECEIVED + hours(1)) == [], (
        "to decide is not to notify"
    )
    assert satisfied(made, Satisfaction.NOTICE, RECEIVED + hours(2), complete=False) == []
    assert satisfied(made, Satisfaction.NOTICE, RECEIVED + hours(2), about=[2]) == [], "another line"
    assert satisfied(made, Satisfaction.NOTICE, RECEIVED + hours(4), about=[1, 2]) == ["decision"]
    assert satisfied(made, Satisfaction.NOTICE, RECEIVED + hours(5)) == [], "a later one changes nothing"
    assert satisfied(made, Satisfaction.NOTICE, RECEIVED + hours(3)) == ["decision"]
    assert made["decision"].satisfied_at == RECEIVED + hours(3)
    assert made.due_at(CALENDAR) is None


@pytest.mark.parametrize(("told", "was_none"), [(DUE, True), (MISSED, False)], ids=["in time", "late"])
def test_a_breach_is_taken_back_only_where_an_earlier_event_shows_that_it_was_none(told, was_none):
    made = clocks()
    [breach] = made.ahead((), CALENDAR, ())
    made.kept.append(breach.key)
    made.change("decision", breached_at=breach.at)
    satisfied(made, Satisfaction.NOTICE, told)

    assert made.take_back_breach("decision", MISSED + hours(9), CALENDAR) is was_none
    assert made.was_late is not was_none
    assert (made.kept == []) is was_none


# Papers


def test_the_newest_paper_that_shows_a_fact_answers_for_it_and_a_paper_is_known_by_name_or_content():
    came_later = {"received_at": RECEIVED + hours(9), "sha256": "a" * 64}
    newer = a_document("study-2", weeks=8).model_copy(update=came_later)
    with_request = a_document("study-1", weeks=6, fever=False)
    papers = Papers(documents=[newer, with_request])

    facts = papers.facts(RECEIVED)

    assert {name: fact.value for name, fact in facts.items()} == {"weeks": 8, "fever": False}
    assert papers.holds(a_document("study-1"))
    assert papers.holds(a_document("another name").model_copy(update={"sha256": "a" * 64}))
    assert not papers.holds(a_document("study-3"))


# The state as it was kept before there were parts


def of_former_shape(case):
    """The state of a case with every field in the case itself, as closed ones lie in registers."""
    state = json.loads(case.model_dump_json())
    log, work, clocks_ = state.pop("log"), state.pop("work"), state.pop("clocks")
    letters, papers = state.pop("letters"), state.pop("papers")
    return state | {
        "events": log["events"],
        "flags": log["flags"],
        "work": work["pieces"],
        "absences": work["absences"],
        "clocks": clocks_["named"],
        "kept": clocks_["kept"],
        "notices": letters["notices"],
        "on_their_way": letters["on_their_way"],
        "holds": letters["holds"],
        "found_addresses": letters["found_addresses"],
        "found_numbers": letters["found_numbers"],
        "documents": papers["documents"],
    }


def test_a_case_of_the_former_shape_is_taken_up_into_its_parts():
    case = a_case()
    case.log.flag("breach", "late", MISSED)
    case.work.know_absences("rn-rivera", [away("rn-colon")])
    case.clocks.kept.append("decision/half@2037-03-06")
    case.letters.found_addresses["member Ana Rivera"] = "Calle Sol 8"
    denial = Deny(actor=staff("md-ortiz"), reason_id="criteria_not_met", criterion=criteria_of("72148")[0])
    denial.apply(case, RECEIVED + hours(1))
    case.settle(RECEIVED + hours(1))
    assert case.letters.notices

    older = of_former_shape(case)

    assert Precertification.model_validate(older) == case
    assert Precertification.model_validate_json(json.dumps(older)) == case
    assert in_parts(json.loads(case.model_dump_json())) == json.loads(case.model_dump_json())


def test_of_a_state_that_was_kept_before_a_field_was_there_the_field_begins_empty():
    older = of_former_shape(a_case())
    for newer in ("absences", "holds", "found_numbers"):
        del older[newer]

    case = Precertification.model_validate(older)

    assert (case.work.absences, case.letters.holds, case.letters.found_numbers) == ([], [], {})
    assert "holds" not in older, "what was read is left as it was"


@pytest.mark.parametrize(
    ("taken", "goes"),
    [
        ("2037-03-02 09:00", "2037-03-02 19:00"),
        ("2037-03-02 18:59", "2037-03-02 19:00"),
        ("2037-03-02 19:00", "2037-03-03 19:00"),
    ],
)
def test_what_somebody_has_goes_back_when_the_day_ends_if_the_plan_says_so(taken, goes):
    work, calendar = WorkInHand(), policy().calendar
    work.add("nurse-review", "review", RECEIVED)
    assert list(work.goings_back(time(19), calendar)) == []

    work.change(work.open[0], assignee="rn-rivera", taken_at=at(f"{taken} AST"))

    assert [one.at for one in work.goings_back(time(19), calendar)] == [at(f"{goes} AST")]
    assert list(work.goings_back(None, calendar)) == []


@pytest.mark.parametrize(
    ("row", "line", "takes"),
    [
        (Services.ANY, Services.LISTED, True),
        (Services.ANY, Services.POST_SERVICE, False),
        (Services.ANY, Services.POST_STABILIZATION, False),
        (Services.POST_SERVICE, Services.POST_SERVICE, True),
        (Services.LISTED, Services.LISTED, True),
        (Services.LISTED, Services.UNLISTED, False),
    ],
)
def test_a_row_times_its_own_lines_and_one_for_any_what_asks_for_leave_beforehand(row, line, takes):
    assert row.takes(line) is takes


def test_a_row_is_of_the_kinds_that_it_names_or_of_those_that_live_by_its_duty():
    rows = {row.id: row for row in pack().timeframe}
    named = next(row for row in rows.values() if row.kinds)

    assert kinds_of(named) == named.kinds
    assert {"precertification", "referral"} <= set(kinds_of(rows["ma-standard"]))
    assert not {"appeal", "dispute"} & set(kinds_of(rows["ma-standard"]))


def test_an_absence_that_is_known_better_replaces_itself_and_no_other():
    case, now = a_case(), at("2037-03-03 09:00 AST")
    first = away()
    later = first.model_copy(update={"from_day": date(2037, 3, 9), "until": date(2037, 3, 10)})
    others = first.model_copy(update={"who": "rn-colon"})
    longer = first.model_copy(update={"until": date(2037, 3, 5)})
    for one in (first, later, others, longer):
        Absent(actor=staff("sup-diaz"), absence=one).apply(case, now)
    assert sorted(map(str, case.work.absences)) == sorted(map(str, (later, others, longer)))

    claimed = a_case()
    case.need("nurse-review", "look", now)
    claimed.need("nurse-review", "look", now)
    Claim(actor=staff("rn-rivera"), absences=(later,)).apply(claimed, now)
    assert claimed.work.absences == [later]
