"""The life of a case as a picture and as a diary: everything is on it, nothing covers anything, nobody is named."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise

import pytest

from client.drawing.bars import BarStretch
from client.drawing.diary import diary
from client.drawing.labels import ROW, Flag, flags, width_of
from client.drawing.legend import holidays
from client.drawing.life import Life, Mark, life_of
from client.drawing.picture import A4, lay_out
from client.drawing.svg import draw
from client.drawing.words import WORDS, step_words
from domain.clock.clock import Clock
from domain.desk.desk import Withdraw
from domain.parts.events import EventKind
from domain.view import showing
from domain.view.view import Timeline
from tests.builders import at, staff
from tests.clock import ledgers
from tests.edges import lives

SVG = "{http://www.w3.org/2000/svg}"
EVERY = pytest.mark.parametrize("made", lives.LIVES.values(), ids=lives.LIVES.keys())


def drawn(made):
    return ET.fromstring(draw(lay_out(lives.life(made()))))


def texts(svg):
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def shapes(svg, kind):
    return [shape for shape in svg.iter() if shape.get("class") == kind]


@EVERY
def test_it_is_well_formed_and_fits_a_sheet_of_a4_in_readable_type(made):
    svg = drawn(made)

    _, _, width, height = map(float, svg.get("viewBox").split())

    assert (svg.get("width"), svg.get("height")) == ("297mm", "210mm")
    assert width / height == pytest.approx(A4[0] / A4[1], rel=0.002)
    for text in svg.iter(f"{SVG}text"):
        assert float(text.get("font-size")) >= 12
        assert 0 <= float(text.get("x")) <= width
        assert 0 <= float(text.get("y")) <= height


@EVERY
def test_every_clock_of_the_case_has_its_lane(made):
    case, now = made()

    words = " ".join(texts(drawn(made)))

    for clock in showing.explain(case, now).clocks:
        assert clock.title in words
        assert clock.timeframe in words


@EVERY
def test_every_appointment_and_everything_foreseen_has_its_mark(made):
    case, now = made()
    calendar = case.policy.calendar
    foreseen = [event.at for event in showing.forecast(case, now).events]

    titles = [title.text for mark in shapes(drawn(made), "mark") for title in mark.iter(f"{SVG}title")]

    for instant in [*foreseen, *(one.at for one in case.agenda() if one.at > now)]:
        assert any(title.startswith(calendar.show(instant)) for title in titles)


@EVERY
def test_no_label_covers_another(made):
    picture = lay_out(lives.life(made()))

    for band in (picture.happened, *picture.lanes, picture.coming):
        for side in (band.above, band.below):
            for one, other in combinations(side, 2):
                apart = one.right <= other.left or other.right <= one.left
                assert one.row != other.row or apart, (one.words, other.words)
        lowest = band.line + (max((flag.row for flag in band.below), default=-1) + 1) * ROW
        highest = band.line - (max((flag.row for flag in band.above), default=-1) + 1) * ROW
        assert band.top <= highest
        assert lowest <= band.bottom


@EVERY
def test_no_label_leaves_the_sheet(made):
    picture = lay_out(lives.life(made()))

    for band in (picture.happened, *picture.lanes, picture.coming):
        for flag in (*band.above, *band.below):
            assert picture.left <= flag.left
            assert flag.right <= picture.right + 1


@EVERY
def test_the_days_are_named_without_touching(made):
    picture = lay_out(lives.life(made()))

    named = [((day.left + day.right) / 2, width_of(words) / 2) for day, words in picture.days]

    assert all(a + wide <= b - next_wide for (a, wide), (b, next_wide) in pairwise(named))


@EVERY
def test_it_repeats_no_words_that_people_wrote(made):
    case, now = made()
    written = ET.fromstring(draw(lay_out(lives.life((case, now))))).itertext()
    page = " ".join(written) + diary(lives.life((case, now)))

    for private in (
        "Rivera",
        "Ortiz",
        "Luna 12",
        "MCS-0001",
        "M54",
        "72148",
        "radicular",
        "wept",
        "own words",
    ):
        assert private not in page


def test_marks_that_crowd_at_the_edge_of_the_sheet_still_have_labels_apart():
    crowd = [
        (760.0 + 4 * count, Mark(at("2026-03-02 18:41 AST"), "a rather long label", False))
        for count in range(9)
    ]

    placed = flags(crowd, 0, 800)

    assert len(placed) == 9
    assert not any(one.clashes(other) for one, other in combinations(placed, 2))


def test_a_line_through_nearer_words_is_a_clash():
    near, far = Flag(10, 14, 0, "words of some length", True), Flag(60, 64, 1, "far", True)

    assert near.clashes(far)
    assert not far.clashes(Flag(10, 14, 2, "words of some length", True))


def test_a_holiday_is_shaded_and_named():
    svg = drawn(lives.denied)

    (holiday,) = shapes(svg, "holiday")

    assert "Fri 3 Apr 2026, Good Friday" in holiday[0].text
    assert any("Good Friday" in text for text in texts(svg))
    assert len(shapes(svg, "weekend")) >= 4


def test_however_many_holidays_there_are_their_names_keep_to_the_left_of_the_hash():
    life = lives.life(lives.of_many_lines())
    days = [one.first for one in lay_out(life).scale.columns if not one.is_folded]
    many = life.calendar.model_copy(update={"holidays": dict.fromkeys(days, "A Day with a Long Name")})
    picture = lay_out(replace(life, calendar=many))

    lines = holidays(picture, 700)

    assert len(lines) == 2
    assert all(width_of(line) <= 700 for line in lines)
    assert re.search(r"; \d+ more\)\.$", lines[-1])


def test_a_window_that_never_began_to_run_is_drawn_up_to_where_it_was_over():
    case, _ = lives.breached()
    (window,) = [lane for lane in lives.life((case, at("2026-03-12 11:00 AST"))).lanes if lane.is_window]
    assert [piece.stretch for piece in window.pieces] == [BarStretch.ENDLESS]

    withdrawn = Withdraw(actor=staff("ic-santos"), reason="the doctor takes it back")
    lives.do(case, withdrawn, "2026-03-12 12:00 AST")
    life = lives.life((case, at("2026-03-20 12:00 AST")))

    (window,) = [lane for lane in life.lanes if lane.is_window]
    assert [(piece.stretch, piece.ends_at) for piece in window.pieces] == [
        (BarStretch.UNUSED, at("2026-03-12 12:00 AST"))
    ]


def test_a_long_quiet_stretch_is_folded_and_says_how_long_it_is():
    assert "60 days" in texts(drawn(lives.denied))


def test_a_pause_is_hatched_from_its_beginning_to_where_the_forecast_ends_it():
    life = lives.life(lives.paused())

    pauses = [piece for lane in life.lanes for piece in lane.pieces if piece.stretch == "paused"]

    (pause,) = pauses
    assert pause.begins_at == at("2026-05-18 15:30 EASTERN")
    assert life.calendar.show(pause.ends_at) == "Thu 2 Jul 2026 23:59 EDT"
    assert shapes(drawn(lives.paused), "paused")


def test_a_pause_that_ended_is_hatched_up_to_the_answer():
    (lane,) = lives.life(lives.resumed()).lanes

    (pause,) = (piece for piece in lane.pieces if piece.stretch == "paused")

    assert pause.ends_at == at("2026-06-02 11:00 EASTERN")


def test_added_time_ends_at_the_due_instant():
    lane = lives.life(lives.extended()).lanes[0]

    (added,) = (piece for piece in lane.pieces if piece.stretch == "added")

    assert added.ends_at == lane.due_at
    assert added.ends_at - added.begins_at == timedelta(days=11)


def test_a_missed_answer_is_late_up_to_now_and_says_so():
    life = lives.life(lives.breached())

    (late,) = (piece for lane in life.lanes for piece in lane.pieces if piece.stretch == "late")

    assert late.ends_at == life.now
    assert life.headline == "Due Mon 9 Mar 2026 23:59 AST: 2 d 10 h LATE"
    assert "MISSED Mon 9 Mar 2026 23:59 AST" in texts(drawn(lives.breached))


def test_a_window_that_silence_would_open_has_a_lane_of_its_own():
    life = lives.life(lives.medicaid())

    assert [lane.title for lane in life.lanes][-1] == "Appeal window, if nobody acts"


def test_a_case_with_nothing_to_come_is_drawn_too():
    svg = drawn(lives.closed)

    assert "nothing happens by itself" in texts(svg)
    assert "To come, if nobody acts" not in texts(svg)
    assert "No answer is owed." in texts(svg)


def test_a_case_without_any_clock_is_drawn_too():
    case, now = lives.fresh()
    told = showing.explain(case, now).model_copy(update={"clocks": ()})
    nothing = Timeline(case=case.number, calendar=told.calendar, events=())

    life = life_of(told, nothing, nothing, now)

    assert case.number in texts(ET.fromstring(draw(lay_out(life))))
    assert "<- now" in diary(life)


def test_more_lanes_than_fit_are_drawn_on_a_larger_sheet_of_the_same_shape():
    case, now = lives.breached()
    told = showing.explain(case, now)
    many = told.model_copy(update={"clocks": told.clocks * 7})

    picture = lay_out(life_of(many, showing.timeline(case), showing.forecast(case, now), now))

    assert picture.width > A4[0]
    assert picture.width / picture.height == pytest.approx(A4[0] / A4[1])
    assert picture.bottom < picture.height
    assert len(picture.lanes) == 14


def test_special_characters_stay_what_they_are():
    case, now = lives.fresh()
    told = showing.explain(case, now)
    title = '"A & B" <b>\'s</b> añejo\x00'
    (clock,) = told.clocks
    odd = told.model_copy(update={"clocks": (clock.model_copy(update={"title": title}),)})

    page = draw(lay_out(life_of(odd, showing.timeline(case), showing.forecast(case, now), now)))

    assert page.isascii()
    assert title.removesuffix("\x00") in " ".join(texts(ET.fromstring(page)))


def test_now_is_the_case_s_own_where_time_is_virtual():
    case, _ = lives.breached()
    before = at("2026-03-03 10:00 AST")

    life = lives.life((case, before))

    assert life.now == at("2026-03-10 00:00 AST")


def test_there_are_words_for_every_kind_of_event():
    assert set(WORDS) == set(EventKind)


ENTRIES = {
    "extended": ledgers.extended("2026-06-20 eod", noticed="2026-06-03 10:00"),
    "extension void": ledgers.extended("2026-06-20 eod", noticed="2026-07-03 10:00"),
    "paused": ledgers.paused("2026-06-03 10:00", until="2026-06-20 eod"),
    "runs again": ledgers.resumed("2026-06-03 10:00"),
    "held open": ledgers.tolled("2026-07-20 eod", at="2026-06-03 10:00"),
    "toll undone": ledgers.toll_undone(at="2026-06-03 10:00"),
    "retimed": ledgers.retimed("erisa-urgent", counts_from="2026-06-03 10:00"),
    "receipt corrected": ledgers.corrected("2026-05-30 09:00", at="2026-06-03 10:00"),
}


@pytest.mark.parametrize("words", ENTRIES)
def test_each_entry_of_a_ledger_is_known_by_its_explanation(words):
    plan = "self-funded-sample"
    clock: Clock = ledgers.a_clock(
        plan, "erisa-pre-service", ledgers.received("2026-06-01 09:00"), ENTRIES[words]
    )

    _, step = clock.explain(ledgers.of(plan).calendar)

    assert step_words(step) == words


# The diary


@EVERY
def test_the_diary_has_one_line_for_each_day_that_matters(made):
    life: Life = lives.life(made())
    days = {life.calendar.day_of(mark.at) for mark in (*life.happened, *life.coming)}

    lines = diary(life).splitlines()

    assert lines[0].startswith(f"{life.case}  ")
    for day in days:
        assert sum(f"{day:%a} {day.day:2} {day:%b %Y}" in line for line in lines[1:]) == 1
    assert sum("<- now" in line for line in lines) == 1


def test_the_diary_counts_the_days_on_which_nothing_happens():
    assert re.search(r"\.\.\. +62 days\n  Sat  6 Jun 2026  00:00 closed", diary(lives.life(lives.denied())))


# The command


@pytest.mark.slow
async def test_the_command_draws_a_live_case(installation):
    case = await installation.opened("03", reference="PICTURE-1")
    file = installation.desk / "life.svg"

    written = await installation.plazo("forecast", case, "--picture", str(file))
    printed = await installation.plazo("forecast", case, "--picture", "-")
    told = await installation.plazo("forecast", case, "--text")

    assert (written.code, written.out, written.err) == (0, "", "")
    again = await installation.plazo("forecast", case, "--picture", str(file))
    assert (again.code, again.err) == (
        2,
        "plazo: picture: life.svg is there already; --force writes over it.\n",
    )
    assert (await installation.plazo("forecast", case, "--picture", str(file), "--force")).code == 0
    assert case in texts(ET.fromstring(file.read_text(encoding="ascii")))
    assert case in texts(ET.fromstring(printed.out))
    assert told.out.startswith(f"{case}  ")


@pytest.mark.slow
async def test_a_picture_that_cannot_be_written_is_misuse_in_one_line(installation):
    case = await installation.opened("03", reference="PICTURE-2")

    answer = await installation.plazo(
        "forecast", case, "--picture", str(installation.desk / "no" / "life.svg")
    )

    assert answer.code == 2
    assert answer.err.startswith("plazo: picture: life.svg cannot be written")


# The docs


def test_the_example_in_the_docs_is_current():
    """But for the policy's hash: a pack that grows draws the same picture."""
    kept = lives.EXAMPLE.read_text(encoding="ascii")

    assert _without_policy(kept) == _without_policy(lives.example()), "run `python -m tests.edges.lives`"


def _without_policy(page):
    return re.sub(r"policy [0-9a-f]{12}", "policy", page)
