"""The foot of a picture: what its patterns mean."""

from collections.abc import Iterator

from client.drawing.bars import BarStretch
from client.drawing.ink import FAINT, FILLS, INK, PAPER, text
from client.drawing.labels import APART, width_of
from client.drawing.picture import FOOT, LEADING, MARGIN, Picture, wrapped

LINES = 2  # for the holidays
LEGEND = (
    (BarStretch.USED, "time used"),
    (BarStretch.AHEAD, "time left"),
    (BarStretch.UNUSED, "not needed"),
    (BarStretch.ADDED, "time added"),
    (BarStretch.PAUSED, "paused"),
    (BarStretch.LATE, "late"),
)


def foot(picture: Picture) -> Iterator[str]:
    """What the patterns mean, the holidays by name, the policy."""
    y, x = picture.height - FOOT + 28, MARGIN
    for stretch, words in LEGEND:
        yield f'<rect x="{x:.1f}" y="{y - 11:.1f}" width="26" height="13" {FILLS[stretch]}/>'
        yield text(x + 32, y, words)
        x += 112
    for is_past, words in ((True, "happened"), (False, "to come")):
        fill = INK if is_past else PAPER
        yield f'<circle cx="{x + 6:.1f}" cy="{y - 4:.1f}" r="4" fill="{fill}" stroke="{INK}" stroke-width="1.6"/>'
        yield text(x + 16, y, words)
        x += 96
    yield f'<path d="M{x + 4:.1f} {y - 12:.1f} v15" stroke="{INK}" stroke-width="3.5"/>'
    yield text(x + 12, y, "due")
    yield f'<path d="M{x + 52:.1f} {y - 12:.1f} v15" stroke="{INK}" stroke-dasharray="2 3"/>'
    yield text(x + 60, y, "was due")
    policy = f"policy {picture.life.policy[:12]}"
    for count, line in enumerate(holidays(picture, picture.right - MARGIN - width_of(policy) - APART)):
        yield text(MARGIN, y + 20 + count * LEADING, line, fill=FAINT)
    yield text(picture.right, y + 20, policy, 'text-anchor="end"', fill=FAINT)


def holidays(picture: Picture, width: float) -> list[str]:
    """The holidays by name, on two lines of this width; of more than fit, as many as do, and how many others."""
    known = picture.life.calendar.holidays
    days = [one.first for one in picture.scale.columns if not one.is_folded and one.first in known]
    names = [f"{day:%a} {day.day} {day:%b}, {known[day]}" for day in days]
    if not names:
        return ["Shaded: weekends."]
    for shown in range(len(names), -1, -1):
        more = [f"{len(names) - shown} more"] if shown < len(names) else []
        lines = wrapped(f"Shaded: weekends; hatched: holidays ({'; '.join([*names[:shown], *more])}).", width)
        if len(lines) <= LINES:
            break
    return lines
