"""What the pages of our own have in common: their look, and what each answer says of itself."""

import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).parent
_POLICY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
"""Nothing on a page comes from elsewhere, and no script stands in it."""

_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)

STATIC = Mount("/plazo", StaticFiles(directory=_HERE / "static"))


def shown(request: Request, template: str, status: int = 200, **words: Any) -> Response:
    """A page, or 304 where the browser has this very one."""
    page = _environment.get_template(template).render(here=request.url.path, **words)
    tag = f'"{hashlib.sha256(page.encode()).hexdigest()[:20]}"'
    headers = _POLICY | {"ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(page, status, headers)
