"""What an instrument may move, row by row, and what it may not."""

from datetime import date

import pytest

from domain.case.keeping import come_to_rest
from domain.clock.duty import Duty
from domain.clock.instruments import Window
from domain.desk.tolls import TIME_TAKEN_BACK, Toll, UndoToll, lawful_rows
from domain.dispute.disputed import GOOD_CAUSE
from domain.parts.stage import Stage
from domain.terms.refusals import Refused
from tests.builders import a_case, at, pack, staff
from tests.disputes import a_dispute, a_filing, a_paper, papers

DISASTER, LETTER = "DR-2026-SAMPLE", "CN-2026-SAMPLE"
RECEIVED = at("2026-09-15 10:00 AST")  # a Tuesday; the instrument begins that day
NOW = at("2026-09-17 10:00 AST")


def instrument(name=DISASTER, **changes):
    row = next(one for one in pack().instrument if one.id == name)
    return row.model_copy(update=changes)


# plan, window, instrument, what it moves (None: refused)
MOVES = [
    ("mcs-classicare", Window.FILING, DISASTER, True),
    ("mcs-classicare", Window.APPEAL, DISASTER, True),
    ("mcs-classicare", Window.INFORMATION, DISASTER, True),
    ("mcs-classicare", Window.GOOD_CAUSE, DISASTER, False),
    ("mcs-classicare", Window.DECISION, DISASTER, False),
    ("mcs-classicare", Window.FILING, None, False),
    ("mcs-classicare", Window.FILING, LETTER, False),
    ("mcs-life", Window.FILING, DISASTER, False),
    ("mcs-life", Window.APPEAL, LETTER, True),
    ("mcs-life", Window.DECISION, LETTER, True),
    ("caresource", Window.DECISION, None, False),
]


@pytest.mark.parametrize(("plan", "window", "name", "moves"), MOVES)
def test_an_instrument_moves_what_it_names_for_the_plans_that_it_is_for(plan, window, name, moves):
    asked = (instrument(name) if name else None, window, pack().plan_named(plan), pack().timeframe)

    if moves:
        assert lawful_rows(*asked)
    else:
        with pytest.raises(Refused):
            lawful_rows(*asked)


@pytest.mark.parametrize(
    ("plan", "route"),
    [
        ("mcs-classicare", "42 CFR 422.568(b)(2)(i)(C)"),
        ("mcs-life", "26 LPRA 9429"),
        ("caresource", "42 CFR 438.210(d)(1)"),
        ("self-funded-sample", "29 CFR 2560.503-1(f)(2)(iii)(A)"),
    ],
)
def test_a_decision_clock_that_stays_names_the_lawful_route_of_its_regime(plan, route):
    with pytest.raises(Refused, match="the lawful route is an extension with notice") as refused:
        lawful_rows(None, Window.DECISION, pack().plan_named(plan), pack().timeframe)

    assert route in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_only_the_plan_owes_is_no_window_and_filing_is_whatever_others_file():
    for window in Window:
        if window is not Window.DECISION:
            assert all(duty.is_window for duty in window.duties)
    assert Duty.CALLS not in set().union(*(window.duties for window in Window))
    assert Window.FILING.duties == Window.DISPUTE.duties | Window.APPEAL.duties | Window.SECOND_LEVEL.duties


def a_toll(until=date(2026, 10, 6), window=Window.DECISION, **changes):
    named = instrument(LETTER, **changes)
    return Toll(actor=staff("sup-diaz"), instrument=named, window=window, until=until)


def a_commercial_case():
    return a_case(plan="mcs-life", received_at=RECEIVED)  # due on 30 September


# the toll, what it says, and until when the decision is due then
TOLLS = {
    "later than the due date": (a_toll(), "-> Tue 6 Oct 2026 23:59 AST", "2026-10-06"),
    "one day later": (a_toll(date(2026, 10, 1)), "-> Thu 1 Oct 2026 23:59 AST", "2026-10-01"),
    "on the due date": (a_toll(date(2026, 9, 30)), "which is later", "2026-09-30"),
    "before the due date": (a_toll(date(2026, 9, 20)), "which is later", "2026-09-30"),
    "an instrument that begins on the due date": (
        a_toll(in_force_from=date(2026, 9, 30)),
        "-> Tue 6 Oct",
        "2026-10-06",
    ),
    "an instrument that begins after the due date": (
        a_toll(in_force_from=date(2026, 10, 1)),
        "no decision clock is open",
        "2026-09-30",
    ),
    "a window that such cases never have": (a_toll(window=Window.DISPUTE), "no dispute window", "2026-09-30"),
    "a window that is not open": (a_toll(window=Window.APPEAL), "no appeal window is open", "2026-09-30"),
}


@pytest.mark.parametrize(("toll", "says", "due"), TOLLS.values(), ids=TOLLS)
def test_a_toll_only_ever_gives_time(toll, says, due):
    case = a_commercial_case()
    toll.refuse_unless_allowed(case, NOW)

    assert says in toll.apply(case, NOW)
    assert case.due_at == at(f"{due} 23:59:59 AST")


REFUSED = {
    "by nobody but a supervisor": (a_toll().model_copy(update={"actor": staff("rn-rivera")}), "may not toll"),
    "before it is issued": (a_toll(issued_on=date(2026, 9, 18)), "is issued on 2026-09-18"),
    "longer than it lasts": (a_toll(through=date(2026, 10, 5)), "until: CN-2026-SAMPLE holds open through"),
}


@pytest.mark.parametrize(("toll", "why"), REFUSED.values(), ids=REFUSED)
def test_a_toll_is_refused(toll, why):
    with pytest.raises(Refused, match=why):
        toll.refuse_unless_allowed(a_commercial_case(), NOW)


def test_a_toll_has_one_last_day_under_one_instrument_and_can_be_given_another_once_undone():
    case = a_commercial_case()
    a_toll().apply(case, NOW)
    longer = a_toll(date(2026, 10, 20))

    with pytest.raises(Refused, match="undo that first"):
        longer.refuse_unless_allowed(case, NOW)
    UndoToll(actor=staff("sup-diaz"), authority=LETTER).apply(case, NOW)
    longer.refuse_unless_allowed(case, NOW)
    longer.apply(case, NOW)

    assert case.due_at == at("2026-10-20 23:59:59 AST")
    again = UndoToll(actor=staff("sup-diaz"), authority="another").apply(case, NOW)
    assert again == "nothing is tolled under another"


@pytest.mark.parametrize(
    ("undone", "says"),
    [
        ("2026-09-30 23:59:59 AST", "; due Wed 30 Sep 2026 23:59 AST"),
        ("2026-10-01 00:00:00 AST", "; LATE since Wed 30 Sep 2026 23:59 AST"),
    ],
)
def test_what_is_let_go_of_in_its_last_second_is_still_due_and_late_in_the_next(undone, says):
    case = a_commercial_case()
    a_toll().apply(case, NOW)

    assert UndoToll(actor=staff("sup-diaz"), authority=LETTER).apply(case, at(undone)).endswith(says)
    assert case.log.events[-1].words.endswith(says)
    assert case.work.open == [], "our own time was taken back, and nobody else's"


OF_JULY = {"issued_on": date(2037, 7, 2), "in_force_from": date(2037, 7, 1), "through": date(2037, 12, 31)}


def to_the_end_of_july():
    named = instrument(**OF_JULY)
    return Toll(actor=staff("sup-diaz"), instrument=named, window=Window.FILING, until=date(2037, 7, 31))


@pytest.mark.parametrize(
    ("undone", "says", "is_looked_at"),
    [
        ("2037-07-08 23:59:59 PACIFIC", "due Wed 8 Jul 2037 23:59 PDT", False),
        ("2037-07-09 00:00:00 PACIFIC", "ended Wed 8 Jul 2037 23:59 PDT", True),
    ],
)
def test_a_window_that_is_over_once_it_is_let_go_of_is_looked_at_and_one_that_still_runs_is_not(
    undone, says, is_looked_at
):
    filing = a_filing(remittance={"produced_on": "2037-03-10"}, documents=papers("original_claim"))
    case = a_dispute(filing)
    to_the_end_of_july().apply(case, at("2037-07-06 10:00 PACIFIC"))

    assert says in UndoToll(actor=staff("sup-diaz"), authority=DISASTER).apply(case, at(undone))
    assert (TIME_TAKEN_BACK in [work.what for work in case.work.open]) is is_looked_at


@pytest.mark.parametrize("is_stated", [False, True])
def test_a_dispute_that_came_after_day_120_in_a_disaster_is_in_time_once_the_filing_window_is_tolled(
    is_stated,
):
    """X2: 10 March plus 120 days is 8 July; the storm came on the first."""
    filing = a_filing(remittance={"produced_on": "2037-03-10"}, received_at=at("2037-07-10 10:00 PACIFIC"))
    case = a_dispute(filing)
    assert case.stage is Stage.GOOD_CAUSE
    if is_stated:
        case.attached(a_paper("good_cause_statement"), case.received_at)
        case.settle(case.received_at)
    assert [work.queue for work in case.work.open] == ["supervisor"] * is_stated
    now, supervisor, toll = at("2037-07-13 10:00 PACIFIC"), staff("sup-diaz"), to_the_end_of_july()

    toll.refuse_unless_allowed(case, now)
    assert "filing window held open under DR-2026-SAMPLE: Wed 8 Jul 2037" in toll.apply(case, now)
    come_to_rest(case, now)

    assert (case.late_lines, case.stage) == ([], Stage.DISPUTE_REVIEW)
    assert not case.clocks.is_open(GOOD_CAUSE), "nobody has to say why it came late"
    assert [work.queue for work in case.work.open] == ["dispute-review"]
    assert case.due_at == at("2037-08-09 23:59:59 PACIFIC"), "our own time to answer is not moved"
    undone = UndoToll(actor=supervisor, authority=DISASTER).apply(case, now)
    assert "ended Wed 8 Jul 2037 23:59 PDT" in undone
    assert case.late_lines
    assert "supervisor" in {work.queue for work in case.work.open}, "somebody looks at what came in between"


def test_a_window_that_was_made_use_of_in_time_is_not_held_open():
    filing = a_filing(remittance={"produced_on": "2037-03-10"}, received_at=at("2037-07-06 10:00 PACIFIC"))
    case = a_dispute(filing)

    said = to_the_end_of_july().apply(case, at("2037-07-13 10:00 PACIFIC"))

    assert said == f"no {Window.FILING.text} is open that {DISASTER} could move"
