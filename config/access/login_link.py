"""Login links: whoever reads a home of one user opens its pages in a browser, by a code that counts once."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

from config.sealing.keyring import KeyRing

LASTS = timedelta(minutes=10)


def login_link(pages: str, ring: KeyRing) -> str:
    """The address that opens the pages at `pages`, from now on and for as long as it lasts."""
    until = int((datetime.now(UTC) + LASTS).timestamp())
    said = f"{until}-{secrets.token_hex(8)}"
    return f"{pages}/login?code={said}-{_mark(said, ring)}"


def counts(code: str, ring: KeyRing, now: datetime, since: datetime) -> bool:
    """Was it made with this ring, and since then, and is its time not over? Its taker knows which were used."""
    said, _, mark = code.rpartition("-")
    if not hmac.compare_digest(mark.encode(), _mark(said, ring).encode()):
        return False
    until = int(said.partition("-")[0])
    return now.timestamp() < until and int(since.timestamp()) <= until - LASTS.total_seconds()


def _mark(said: str, ring: KeyRing) -> str:
    return ring.pseudonym(f"login link|{said}")
