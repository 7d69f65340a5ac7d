"""The system's Chromium, for the tests of the pages. Nothing that it asks may leave this machine."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 120_000  # milliseconds, on a slow and busy machine
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

if CHROMIUM is None and os.environ.get("PLAZO_NEEDS_BROWSER") == "1":
    raise RuntimeError("Chromium is missing, and here none of these tests may be skipped.")

needs_a_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: `apt-get install chromium` brings one"
)


class Seen:
    """What left the browser, and for where."""

    def __init__(self) -> None:
        self.elsewhere: list[str] = []

    def ask(self, url: str) -> None:
        if urlsplit(url).hostname not in {"127.0.0.1", "localhost", None}:
            self.elsewhere.append(url)


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


async def a_page(browser: Browser, seen: Seen, *, width: int = 1280, dark: bool = False) -> Page:
    """A fresh browser profile that looks at one page."""
    context = await browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    page.on("request", lambda request: seen.ask(request.url))
    return page
