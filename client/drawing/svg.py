"""Drawing a picture as SVG: shapes and hatchings that also tell apart in black and white.

Everything is written in ASCII, with other characters by their number, so that it survives any output.
"""

from collections.abc import Iterator

from client.drawing.bars import BarStretch, Piece
from client.drawing.ink import DEFS, FAINT, FILLS, INK, LINE, PAPER, RED, said, text
from client.drawing.labels import ROW, Flag
from client.drawing.legend import foot
from client.drawing.life import Lane, Mark
from client.drawing.picture import AXIS, BAR, LEADING, LIST_HEAD, MARGIN, Band, Picture
from client.drawing.scale import Column

SATURDAY = 5
ROOM_FOR_HOURS = 150.0


def draw(picture: Picture) -> str:
    """The whole file."""
    lines = "\n".join(
        [
            *_head(picture),
            *_columns(picture),
            *_now(picture),
            *_bands(picture),
            *_dates(picture),
            *foot(picture),
        ]
    )
    return f"{lines}\n</svg>\n".encode("ascii", "xmlcharrefreplace").decode()


def _head(picture: Picture) -> Iterator[str]:
    life = picture.life
    now = life.calendar.show(life.now)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width:.0f} {picture.height:.0f}" '
        'width="297mm" height="210mm" font-family="\'DejaVu Sans\', Verdana, Arial, sans-serif" role="img" '
        'aria-labelledby="title desc">'
    )
    yield f'<title id="title">{said(life.case)}: the life of a case</title>'
    yield f'<desc id="desc">{said(life.headline)} As of {said(now)}.</desc>'
    yield DEFS
    yield f'<rect width="{picture.width:.0f}" height="{picture.height:.0f}" fill="{PAPER}"/>'
    yield text(MARGIN, 38, life.case, 'font-weight="700"', size=20)
    yield text(picture.right, 38, life.headline, 'font-weight="700" text-anchor="end"', size=17)
    zone = f"Dates on the plan's own clock, {life.calendar.zone}."
    yield text(MARGIN, 60, f"As of {now}. {zone}", size=13, fill=FAINT)


def _columns(picture: Picture) -> Iterator[str]:
    """The days: shaded where people are away, named in the strip of dates."""
    top, height = picture.axis, picture.bottom - picture.axis
    for column in picture.scale.columns:
        x, width = column.left, column.width
        if column.is_folded:
            yield from _fold(column, top + AXIS, picture.bottom)
        elif holiday := picture.life.calendar.holidays.get(column.first):
            name = f"{column.first:%a} {column.first.day} {column.first:%b %Y}, {holiday}"
            yield (
                f'<rect class="holiday" x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
                f'fill="url(#holiday)"><title>{said(name)}</title></rect>'
            )
        elif column.first.weekday() >= SATURDAY:
            yield (
                f'<rect class="weekend" x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
                'fill="#e9ecf0"/>'
            )
        yield f'<path d="M{x:.1f} {top + 17:.1f} V{picture.bottom:.1f}" stroke="#d5dae0" stroke-width="0.8"/>'
        if width >= ROOM_FOR_HOURS and not column.is_folded:
            yield from _hours(column, top + AXIS)
    yield (
        f'<path d="M{picture.left:.1f} {top + AXIS:.1f} H{picture.right:.1f}" '
        f'stroke="{INK}" stroke-width="1.2"/>'
    )
    for x, words in picture.months:
        yield text(x, top + 14, words, 'font-weight="700"')
    for column, words in picture.days:
        middle = (column.left + column.right) / 2
        yield text(middle, top + AXIS - 7, words, 'text-anchor="middle"')


def _fold(column: Column, top: float, bottom: float) -> Iterator[str]:
    """Days that are left out: a tear through the paper."""
    for x in (column.left + 4, column.right - 4):
        teeth = " ".join(f"l{4 if n % 2 else -4} 8" for n in range(int((bottom - top) / 8)))
        yield f'<path d="M{x:.1f} {top:.1f} {teeth}" fill="none" stroke="{LINE}" stroke-width="1"/>'


def _hours(column: Column, y: float) -> Iterator[str]:
    for hour in (6, 12, 18):
        x = column.left + column.width * hour / 24
        yield f'<path d="M{x:.1f} {y:.1f} v-5" stroke="{INK}" stroke-width="1"/>'


def _bands(picture: Picture) -> Iterator[str]:
    for band in (picture.happened, *picture.lanes, picture.coming):
        baseline = band.top + LEADING
        for count, words in enumerate(band.text):
            bold = count < band.titles
            look = 'font-weight="700"' if bold or "LATE" in words or words.startswith("MISSED") else ""
            yield text(MARGIN, baseline + count * LEADING, words, look, fill=INK if look else FAINT)
        if band is not picture.coming and band is not picture.happened:
            edge = f"M{MARGIN:.1f} {band.bottom:.1f} H{picture.right:.1f}"
            yield f'<path d="{edge}" stroke="{LINE}" stroke-width="0.8"/>'
        reach = BAR / 2 if band.lane else 0.0
        if not band.lane:
            yield (
                f'<path d="M{picture.left:.1f} {band.line:.1f} H{picture.right:.1f}" '
                f'stroke="{LINE}" stroke-width="1"/>'
            )
        yield from _poles(band, reach)
        if band.lane:
            yield from _bar(band.lane, band.line, picture)
        for x, mark in band.marks:
            yield _mark(x, mark, band, picture)
        for flag in (*band.above, *band.below):
            yield from _label(flag, band, reach)


def _row_y(flag: Flag, band: Band, reach: float) -> float:
    """The baseline of a label."""
    if flag in band.above:
        return band.line - reach - 7 - flag.row * ROW
    return band.line + reach + 15 + flag.row * ROW


def _poles(band: Band, reach: float) -> Iterator[str]:
    for flag in (*band.above, *band.below):
        y = _row_y(flag, band, reach) - (9 if flag in band.above else 0)
        yield f'<path d="M{flag.x:.1f} {band.line:.1f} V{y:.1f}" stroke="{FAINT}" stroke-width="1"/>'


def _label(flag: Flag, band: Band, reach: float) -> Iterator[str]:
    y = _row_y(flag, band, reach)
    look = "" if flag.is_past else 'font-style="italic"'
    halo = f'{look} paint-order="stroke" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round"'
    if flag.left < flag.x:
        yield text(flag.right, y, flag.words, f'{halo} text-anchor="end"')
    else:
        yield text(flag.left, y, flag.words, halo)


def _bar(lane: Lane, y: float, picture: Picture) -> Iterator[str]:
    height = BAR * (0.62 if lane.is_window else 1)
    for former in lane.former_dues:
        x = picture.scale.x(former)
        yield f'<path d="M{x:.1f} {y - BAR:.1f} v{2 * BAR:.1f}" stroke="{INK}" stroke-dasharray="2 3"/>'
    for piece in lane.pieces:
        yield _piece(piece, y, height, picture)
    if lane.due_at:
        x = picture.scale.x(lane.due_at)
        yield f'<path d="M{x:.1f} {y - BAR * 0.8:.1f} v{BAR * 1.6:.1f}" stroke="{INK}" stroke-width="3.5"/>'


def _piece(piece: Piece, y: float, height: float, picture: Picture) -> str:
    left, right = picture.scale.x(piece.begins_at), picture.scale.x(piece.ends_at)
    if piece.stretch is BarStretch.ENDLESS:
        return (
            f'<path d="M{left:.1f} {y:.1f} H{picture.right - 6:.1f} m-7 -5 l7 5 l-7 5" fill="none" '
            f'stroke="{INK}" stroke-width="2" stroke-dasharray="7 5"/>'
        )
    return (
        f'<rect class="{piece.stretch.value}" x="{left:.1f}" y="{y - height / 2:.1f}" '
        f'width="{max(right - left, 0.5):.1f}" height="{height:.1f}" {FILLS[piece.stretch]}/>'
    )


def _mark(x: float, mark: Mark, band: Band, picture: Picture) -> str:
    """Filled for what happened, hollow for what is to come; with its whole date for whoever points at it."""
    fill, edge = (INK, PAPER) if mark.is_past else (PAPER, INK)
    words = said(f"{picture.life.calendar.show(mark.at)}: {mark.words}")
    return (
        f'<g class="mark"><title>{words}</title><circle cx="{x:.1f}" cy="{band.line:.1f}" r="4.5" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1.6"/></g>'
    )


def _now(picture: Picture) -> Iterator[str]:
    x = picture.scale.x(picture.life.now)
    yield (
        f'<path class="now" d="M{x:.1f} {picture.axis + AXIS:.1f} V{picture.bottom:.1f}" stroke="{RED}" '
        'stroke-width="2" stroke-dasharray="9 3 2 3"/>'
    )
    y = picture.bottom + 14
    yield text(x, y, "now", 'font-weight="700" text-anchor="middle"', fill=RED)


def _dates(picture: Picture) -> Iterator[str]:
    """What is to come, with its exact instants, where the sheet has room for it."""
    if not picture.dates:
        return
    y = picture.bottom + LIST_HEAD - 6
    yield text(MARGIN, y, "To come, if nobody acts", 'font-weight="700"')
    for count, (day, words) in enumerate(picture.dates, start=1):
        yield text(MARGIN, y + count * LEADING, day, fill=FAINT)
        yield text(picture.left, y + count * LEADING, words)
