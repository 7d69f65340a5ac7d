"""A life laid out on a sheet of A4: where each lane, bar and label stands. `svg.py` draws it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from client.drawing.labels import ROW, SIZE, Flag, counted, flags, rows, width_of
from client.drawing.life import Lane, Life, Mark
from client.drawing.scale import Column, Scale, scale

A4 = (1123.0, 794.0)  # landscape, in pixels of 96 to the inch
MARGIN, GUTTER = 28.0, 258.0  # the gutter holds the names of the lanes
HEAD, AXIS, FOOT = 78.0, 38.0, 70.0
LIST_HEAD = 46.0  # above the list of dates
BAR, PAD, LEADING = 18.0, 9.0, 15.5
NARROWEST_DAY = 12.0
MOST_AIR = 40.0  # what a sheet with room to spare gives to each lane


@dataclass(frozen=True)
class Band:
    """A strip of the sheet across all days: what happened, a clock, what comes."""

    top: float
    height: float
    line: float  # where the bar, or the line of marks, has its middle
    text: tuple[str, ...]  # the gutter's; the first lines are the title
    titles: int
    marks: tuple[tuple[float, Mark], ...]
    above: tuple[Flag, ...] = ()
    below: tuple[Flag, ...] = ()
    lane: Lane | None = None

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    life: Life
    scale: Scale
    happened: Band
    axis: float  # the top of the strip of dates
    lanes: tuple[Band, ...]
    coming: Band
    days: tuple[tuple[Column, str], ...]
    months: tuple[tuple[float, str], ...]
    dates: tuple[tuple[str, str], ...]  # what is to come, in words, where the sheet has room for it

    @property
    def left(self) -> float:
        return MARGIN + GUTTER

    @property
    def right(self) -> float:
        return self.width - MARGIN

    @property
    def bottom(self) -> float:
        return self.coming.bottom


def lay_out(life: Life) -> Picture:
    """On one sheet: a life with more lanes or days than fit is drawn on a larger one of the same shape."""
    for step in count():
        growth = 1.15**step
        drawn = _laid_out(life, A4[0] * growth, A4[1] * growth, air=0.0)
        spare = drawn.height - FOOT - drawn.bottom
        if spare >= 0 and min(one.width for one in drawn.scale.columns) >= NARROWEST_DAY:
            return _laid_out(
                life, drawn.width, drawn.height, air=min(MOST_AIR, spare / (len(life.lanes) + 2))
            )
    raise AssertionError("a sheet that grows without end is large enough")


def _laid_out(life: Life, width: float, height: float, *, air: float) -> Picture:
    left, right = MARGIN + GUTTER, width - MARGIN
    days = scale(life.calendar, life.instants, left, right)
    happened = _happened(life.happened, days, HEAD, right)
    axis = happened.bottom
    lanes: list[Band] = []
    for lane in life.lanes:
        top = lanes[-1].bottom if lanes else axis + AXIS
        lanes.append(_lane(lane, days, top, right, air))
    coming = _coming(life, days, lanes[-1].bottom if lanes else axis + AXIS, right, air)
    dates, room = _dates(life), (height - FOOT - coming.bottom - LIST_HEAD + 1) / LEADING
    return Picture(
        width=width,
        height=height,
        life=life,
        scale=days,
        happened=happened,
        axis=axis,
        lanes=tuple(lanes),
        coming=coming,
        days=tuple(_days(days.columns)),
        months=tuple(_months(days.columns)),
        dates=tuple(dates) if len(dates) <= room else (),
    )


def _happened(marks: Iterable[Mark], days: Scale, top: float, right: float) -> Band:
    placed = _at(marks, days)
    labels = flags(placed, days.columns[0].left, right, upward=True)
    height = rows(labels) * ROW + PAD + 8
    text = ("What happened", "acts and letters")
    height = max(height, len(text) * LEADING + PAD)
    return Band(top, height, top + height - 5, text, 1, placed, above=labels)


def _lane(lane: Lane, days: Scale, top: float, right: float, air: float) -> Band:
    entries, appointments = _at(lane.entries, days), _at(lane.appointments, days)
    leftmost = days.columns[0].left
    above = flags(entries, leftmost, right, upward=True)
    below = flags(appointments, leftmost, right)
    titles = wrapped(lane.title, GUTTER - 14, bold=True)
    text = (*titles, *(line for words in lane.state for line in wrapped(words, GUTTER - 14)))
    upper, lower = rows(above) * ROW + BAR / 2 + PAD, rows(below) * ROW + BAR / 2 + PAD
    height = max(upper + lower, len(text) * LEADING + PAD) + air
    line = top + upper + (height - upper - lower) / 2
    return Band(top, height, line, text, len(titles), (*entries, *appointments), above, below, lane)


def _coming(life: Life, days: Scale, top: float, right: float, air: float) -> Band:
    placed = _at(life.coming, days)
    labels = flags(placed, days.columns[0].left, right)
    nothing = not any(not mark.is_past for lane in life.lanes for mark in lane.appointments) and not placed
    text = ("If nobody acts", "nothing happens by itself" if nothing else "letters, work and the end")
    height = max(rows(labels) * ROW + PAD + 12, len(text) * LEADING + PAD) + air
    return Band(top, height, top + 9 + air / 2, text, 1, placed, below=labels)


def _dates(life: Life) -> list[tuple[str, str]]:
    """Each instant to come, with what happens then to each clock and to the case."""
    found: dict[tuple[datetime, str], Counter[str]] = {}
    named = [(lane.name, mark) for lane in life.lanes for mark in lane.appointments if not mark.is_past]
    for name, mark in [*named, *(("", mark) for mark in life.coming)]:
        found.setdefault((mark.at, name), Counter())[mark.words] += 1
    return [
        (life.calendar.show(at), f"{name}: {words}" if name else words)
        for (at, name), counts in sorted(found.items(), key=lambda one: one[0][0])
        for words in [", ".join(counted(counts))]
    ]


def _at(marks: Iterable[Mark], days: Scale) -> tuple[tuple[float, Mark], ...]:
    return tuple((days.x(mark.at), mark) for mark in marks)


def wrapped(text: str, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than this."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, SIZE * (1.06 if bold else 1)) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _days(columns: tuple[Column, ...]) -> Iterable[tuple[Column, str]]:
    """The names of the days, as long as all their columns hold; of the shortest, as many as there is room for."""
    single = [column for column in columns if not column.is_folded]
    days = [one.first for one in single]
    forms = [
        [f"{day:%A} {day.day}" for day in days],
        [f"{day:%a} {day.day}" for day in days],
        [f"{day:%a}"[:2] + f" {day.day}" for day in days],
        [f"{day.day}" for day in days],
    ]
    room = min(one.width for one in single) - 4
    names = next((form for form in forms if max(map(width_of, form)) <= room), forms[-1])
    named = dict(zip(single, names, strict=True))
    widest, free = max(map(width_of, names)), 0.0
    for column in columns:
        name = named.get(column, f"{column.days} days")
        half = (width_of(name) if column.is_folded else widest) / 2
        middle = (column.left + column.right) / 2
        if middle - half >= free:
            free = middle + half + 3
            yield column, name


def _months(columns: tuple[Column, ...]) -> Iterable[tuple[float, str]]:
    """The month above its first day that is drawn."""
    shown, free = None, 0.0
    for column in columns:
        day = column.first
        if column.is_folded or (day.year, day.month) == shown:
            continue
        words = f"{day:%B %Y}" if width_of(f"{day:%B %Y}") + column.left <= columns[-1].right else f"{day:%b}"
        if column.left >= free:
            shown, free = (day.year, day.month), column.left + width_of(words) + 6
            yield column.left + 3, words
