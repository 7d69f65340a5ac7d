"""A life as text: one line for each day that matters, past and to come, and how many days lie between."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from client.drawing.labels import counted
from client.drawing.life import Life
from config.tongue import spoken

NOW = "<- now"


def diary(life: Life) -> str:
    """The days in order, each with its times on the plan's own clock."""
    days: dict[date, dict[datetime, Counter[str]]] = {}
    for at, words in sorted(_entries(life), key=lambda one: one[0]):
        minutes = days.setdefault(life.calendar.day_of(at), {})
        minutes.setdefault(at.replace(second=0, microsecond=0), Counter())[words] += 1
    lines = [f"{life.case}  {spoken(life.headline)}"]
    before: date | None = None
    for day, minutes in days.items():
        if before and (quiet := (day - before).days - 1):
            lines.append(f"  {'...':15}  {spoken(f'{quiet} day' if quiet == 1 else f'{quiet} days')}")
        lines.append(f"{_day(life, day)}  {'; '.join(_said(life, minutes))}")
        before = day
    return "\n".join(lines)


def _day(life: Life, day: date) -> str:
    sign = "*" if day in life.calendar.holidays else " "
    return f"{sign} {spoken(f'{day:%a}')} {day.day:2} {spoken(f'{day:%b}')} {day.year}"


def _said(life: Life, minutes: dict[datetime, Counter[str]]) -> Iterator[str]:
    for at, words in minutes.items():
        yield f"{life.calendar.local(at):%H:%M} {', '.join(counted(words))}"
    if name := life.calendar.holidays.get(life.calendar.day_of(next(iter(minutes)))):
        yield f"({name})"


def _entries(life: Life) -> Iterator[tuple[datetime, str]]:
    yield life.now, spoken(NOW)
    for mark in (*life.happened, *life.coming):
        yield mark.at, spoken(mark.words)
    for lane in life.lanes:
        for mark in (*lane.entries, *lane.appointments):
            words = "due" if mark.words.startswith("due ") else mark.words
            yield mark.at, f"{spoken(lane.name)}: {spoken(words)}"
