"""What holds for every clock, whatever happens to it. `PLAZO_PROVE=1` asks many more times."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.case.keeping import as_if_nobody_acts, come_to_rest, keep_appointments
from domain.clock.agenda import agenda
from domain.clock.clock import Clock
from domain.clock.ledger import Corrected, Extended, Paused, Received, Resumed, Retimed, Tolled, TollUndone
from domain.clock.span import Unit
from tests.builders import a_case
from tests.clock.ledgers import a_row_of, of, row_of
from tests.sampling import PROVE

often = settings(
    max_examples=3000 if PROVE else 60,
    derandomize=not PROVE,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
rarely = settings(often, max_examples=300 if PROVE else 8)

TIMED = [
    ("mcs-classicare", "ma-standard"),
    ("mcs-classicare", "ma-expedited"),
    ("mcs-life", "pr-standard"),
    ("caresource", "medicaid-standard"),
    ("procare", "ma-standard"),
    ("procare", "ma-expedited"),
    ("self-funded-sample", "erisa-pre-service"),
    ("self-funded-sample", "erisa-urgent"),
    (
        "self-funded-sample",
        a_row_of(5, Unit.BUSINESS_DAYS, like=("self-funded-sample", "erisa-pre-service")),
    ),
]
FIRST, LAST = datetime(2026, 1, 1, 12, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)

instants = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda s: FIRST + timedelta(seconds=s))
spans = st.integers(0, 40 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
timed = st.sampled_from(TIMED)


def a_new_clock(plan, row, start):
    received = Received(at=start, recorded_at=start)
    return Clock(id="decision", timeframe=row_of(of(plan), row), ledger=(received,))


@st.composite
def entries(draw, plan, row, start):
    """Anything that can happen, each thing later than the one before."""
    rules = of(plan)
    at, happened = start, []
    kinds = st.sampled_from(["extended", "paused", "resumed", "tolled", "undone", "retimed", "corrected"])
    for kind in draw(st.lists(kinds, max_size=6)):
        at += draw(spans) / 8
        at = at.replace(microsecond=0)
        noted = {"at": at, "recorded_at": at}
        until = at + draw(spans)
        other = draw(st.sampled_from([each for its_plan, each in TIMED if its_plan == plan]))
        match kind:
            case "extended":
                happened.append(
                    Extended(**noted, until=until, ground="any", asked_by="plan", notice_sent_at=at)
                )
            case "paused":
                happened.append(Paused(**noted, until=until))
            case "resumed":
                happened.append(Resumed(**noted))
            case "tolled":
                happened.append(Tolled(**noted, until=until, authority=draw(st.sampled_from("AB"))))
            case "undone":
                happened.append(TollUndone(**noted, authority=draw(st.sampled_from("AB"))))
            case "retimed":
                earlier = draw(st.booleans())
                new = row_of(rules, other)
                happened.append(Retimed(**noted, timeframe=new, counts_from=at, earlier_governs=earlier))
            case "corrected":
                true = start - draw(spans) / 20
                true = true.replace(microsecond=0)
                happened.append(Corrected(**noted, received_at=true, rows=(row_of(rules, row),)))
    return happened


@st.composite
def clocks(draw):
    """A clock to which anything has happened, with its calendar."""
    plan, row = draw(timed)
    start = draw(instants)
    clock = a_new_clock(plan, row, start)
    for entry in draw(entries(plan, row, start)):
        clock = clock.with_entry(entry)
    return clock, of(plan).calendar


@given(clocks())
@often
def test_no_due_date_lies_before_the_receipt(drawn):
    clock, calendar = drawn

    assert clock.due_at(calendar) > clock.reckon(calendar).started_at


@given(clocks())
@often
def test_the_moves_of_an_explanation_add_up_from_the_start_to_the_due_date(drawn):
    clock, calendar = drawn

    steps = clock.explain(calendar)

    assert len(steps) == len(clock.ledger)
    assert clock.ledger[0].at + sum((step.moved for step in steps), timedelta()) == clock.due_at(calendar)
    assert steps[-1].due_at == clock.due_at(calendar)


@given(clocks())
@often
def test_the_same_ledger_always_gives_the_same_date_and_survives_its_own_writing(drawn):
    clock, calendar = drawn

    again = Clock.model_validate_json(clock.model_dump_json())

    assert again == clock
    assert again.reckon(calendar) == clock.reckon(calendar)
    assert again.explain(calendar) == clock.explain(calendar)


@given(clocks(), st.data())
@often
def test_what_was_explained_is_never_told_otherwise_because_more_happened(drawn, data):
    clock, calendar = drawn
    so_far = data.draw(st.integers(0, len(clock.ledger)))

    then = clock.model_copy(update={"ledger": clock.ledger[:so_far]})

    assert then.explain(calendar) == clock.explain(calendar)[:so_far]


@given(clocks(), spans)
@often
def test_a_toll_that_was_undone_is_as_if_it_had_never_been(drawn, length):
    clock, calendar = drawn
    at = clock.ledger[-1].at
    toll = Tolled(at=at, recorded_at=at, until=at + length, authority="C")
    undone = TollUndone(at=at, recorded_at=at, authority="C")

    for place in range(1, len(clock.ledger) + 1):
        ledger = (*clock.ledger[:place], toll, *clock.ledger[place:], undone)
        tolled = clock.model_copy(update={"ledger": ledger})
        assert tolled.due_at(calendar) == clock.due_at(calendar)


@given(timed, instants, spans, spans)
@often
def test_an_extension_moves_the_due_date_once(timed, start, before, more):
    plan, row = timed
    calendar = of(plan).calendar
    clock = a_new_clock(plan, row, start)
    due = clock.due_at(calendar)
    noticed = min(start + before, due).replace(microsecond=0)
    extension = Extended(
        at=noticed,
        recorded_at=noticed,
        until=calendar.end_of(calendar.day_of(due + more)),
        ground="any",
        asked_by="plan",
        notice_sent_at=noticed,
    )

    once = clock.with_entry(extension)
    twice = once.with_entry(extension)

    assert once.due_at(calendar) >= due
    assert twice.due_at(calendar) == once.due_at(calendar)
    assert once.is_extended(calendar) is (clock.timeframe.extension is not None)


def more_time(kind, at, length):
    """What gives more time, and how much of it was asked for."""
    noted = {"at": at, "recorded_at": at}
    match kind:
        case "extended":
            return [Extended(**noted, until=at + length, ground="any", asked_by="plan", notice_sent_at=at)]
        case "paused":
            end = at + length
            return [Paused(**noted, until=at + spans_end), Resumed(at=end, recorded_at=end)]
        case "waiting":
            return [Paused(**noted, until=at + length)]
        case "tolled":
            return [Tolled(**noted, until=at + length, authority="C")]


@given(
    clocks(),
    spans,
    st.sampled_from(["extended", "paused", "waiting", "tolled"]),
    st.tuples(spans, spans, spans),
)
@often
def test_added_time_never_brings_the_due_date_nearer_and_more_of_it_never_gives_less(
    drawn, later, kind, lengths
):
    clock, calendar = drawn
    at = (clock.ledger[-1].at + later / 10).replace(microsecond=0)
    still = clock.with_entry(Resumed(at=at, recorded_at=at))

    dues = [
        still.model_copy(update={"ledger": (*still.ledger, *more_time(kind, at, length))}).due_at(calendar)
        for length in sorted(lengths)
    ]

    assert still.due_at(calendar) <= dues[0]
    assert dues == sorted(dues)


spans_end = timedelta(days=40)


@given(clocks(), spans)
@often
def test_pausing_and_resuming_at_one_instant_changes_nothing(drawn, later):
    clock, calendar = drawn
    at = (clock.ledger[-1].at + later).replace(microsecond=0)
    still = (
        clock if clock.reckon(calendar).pause is None else clock.with_entry(Resumed(at=at, recorded_at=at))
    )

    again = still.with_entry(Paused(at=at, recorded_at=at, until=at + spans_end)).with_entry(
        Resumed(at=at, recorded_at=at)
    )

    assert again.due_at(calendar) == still.due_at(calendar)


@given(timed, instants, spans, spans)
@often
def test_a_row_in_days_moves_by_whole_days_and_a_row_in_hours_to_the_second(timed, start, before, length):
    plan, row = timed
    calendar = of(plan).calendar
    at = (start + before / 10).replace(microsecond=0)
    clock = a_new_clock(plan, row, start)
    end = at + length

    paused = clock.with_entry(Paused(at=at, recorded_at=at, until=end))

    due, moved = clock.due_at(calendar), paused.due_at(calendar)
    days = calendar.day_of(end) - calendar.day_of(at)
    match clock.timeframe.span.unit:
        case Unit.HOURS:
            assert moved - due == length
        case Unit.CALENDAR_DAYS:
            assert moved == calendar.end_of(calendar.day_of(due) + days)
        case Unit.BUSINESS_DAYS:
            assert moved == calendar.end_of(calendar.day_of(moved))
            assert calendar.is_business_day(calendar.day_of(moved))
            assert calendar.day_of(due) <= calendar.day_of(moved)
            assert at > due or moved >= end.replace(microsecond=0)


@given(clocks(), st.data())
@often
def test_the_agenda_is_in_order_and_leaves_out_what_was_kept(drawn, data):
    clock, calendar = drawn
    ladder = of("mcs-life").rung

    every = agenda([clock], ladder, [], calendar)
    kept = data.draw(st.lists(st.sampled_from([one.key for one in every]))) if every else []
    ahead = agenda([clock], ladder, kept, calendar)

    assert [one.at for one in every] == sorted(one.at for one in every)
    assert len({one.key for one in every}) == len(every)
    assert ahead == [one for one in every if one.key not in kept]


@given(clocks())
@often
def test_every_rung_lies_between_the_receipt_and_the_due_date(drawn):
    clock, calendar = drawn
    due, start = clock.due_at(calendar), clock.reckon(calendar).started_at

    rungs = [one.at for one in agenda([clock], of("mcs-life").rung, [], calendar) if one.rung]

    assert all(start <= at <= due for at in rungs)


REQUESTS = st.fixed_dictionaries(
    {
        "plan": st.sampled_from(
            ["mcs-classicare", "mcs-life", "caresource", "procare", "self-funded-sample"]
        ),
        "service": st.sampled_from(["72148", "71260", "J0178", "99999"]),
        "urgency": st.sampled_from(["standard", "expedited"]),
        "received_at": instants,
    },
    optional={"documents": st.just(())},
)


def a_drawn_case(request):
    case = a_case(**request)
    if case.missing:
        case.ask_for_what_is_missing(case.received_at)
    come_to_rest(case, case.received_at)
    return case


@given(REQUESTS)
@rarely
def test_a_forecast_is_what_happens_when_nobody_acts(request):
    case = a_drawn_case(request)
    forecast = as_if_nobody_acts(case, case.received_at)

    while coming := case.next_appointment:
        keep_appointments(case, coming.at - SECOND)  # too early: nothing happens
        keep_appointments(case, coming.at)
        come_to_rest(case, coming.at)

    assert case.log.events == forecast.log.events
    assert case.clocks == forecast.clocks
    assert case.work.open == forecast.work.open


@given(REQUESTS, st.lists(spans, max_size=5))
@rarely
def test_whenever_the_machine_is_there_each_appointment_is_kept_once(request, outages):
    case = a_drawn_case(request)
    now = case.received_at

    for outage in [*outages, timedelta(days=400)]:
        was_there, now = now, now + outage
        missed = [one for one in case.agenda() if one.at <= now]
        assert all(was_there < one.at for one in missed)
        keep_appointments(case, now)
        come_to_rest(case, now)

    assert len(case.clocks.kept) == len(set(case.clocks.kept))
    assert not [one for one in case.agenda() if one.at <= now]
    assert [event.kind for event in case.log.events].count("breached") <= len(case.clocks.named)


@given(REQUESTS, spans)
@rarely
def test_looking_ahead_changes_nothing(request, later):
    case = a_drawn_case(request)
    before = case.model_copy(deep=True)

    as_if_nobody_acts(case, case.received_at + later)

    assert case == before
