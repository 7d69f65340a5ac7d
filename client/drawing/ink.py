"""Colours, patterns and text of a picture. What differs also differs without colour."""

import html

from client.drawing.bars import BarStretch
from client.drawing.labels import SIZE

INK, FAINT, LINE, PAPER = "#1f2933", "#52606d", "#7b8794", "#ffffff"
BLUE, RED = "#2b6cb0", "#9b1c1c"

DEFS = """<defs>
<pattern id="paused" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="7" height="7" fill="#ffffff"/><rect width="2.6" height="7" fill="#1f2933"/></pattern>
<pattern id="added" width="6" height="6" patternUnits="userSpaceOnUse">\
<circle cx="3" cy="3" r="1.5" fill="#1f2933"/></pattern>
<pattern id="holiday" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">\
<rect width="6" height="6" fill="#e4e7eb"/><rect width="1.4" height="6" fill="#9aa5b1"/></pattern>
<pattern id="late" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="8" height="8" fill="#9b1c1c"/><path d="M0 4 H8 M4 0 V8" stroke="#ffffff" stroke-width="1.3"/></pattern>
</defs>"""

FILLS = {
    BarStretch.USED: f'fill="{BLUE}" stroke="{INK}"',
    BarStretch.AHEAD: f'fill="{PAPER}" stroke="{INK}" stroke-width="1.4"',
    BarStretch.UNUSED: f'fill="none" stroke="{LINE}" stroke-dasharray="3 3"',
    BarStretch.ADDED: f'fill="url(#added)" stroke="{INK}"',
    BarStretch.PAUSED: f'fill="url(#paused)" stroke="{INK}" stroke-width="1.4"',
    BarStretch.LATE: f'fill="url(#late)" stroke="{INK}"',
}


def said(text: str) -> str:
    """Text as XML carries it; what no XML may hold is left out."""
    return html.escape("".join(c for c in text if c.isprintable()))


def text(x: float, y: float, words: str, look: str = "", *, size: float = SIZE, fill: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" {look}>{said(words)}</text>'
