"""The pictures of docs/dashboards.md, taken anew: `make pictures`. They need the system's Chromium.

Sample cases of different ages stand as they would in a department; everybody in them is fictional.
"""

import asyncio
import base64
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page, async_playwright

from config import settings, views
from config.access.login_link import login_link
from worker.typist import Typist
from worker.up import Stack, stack

FOLDER = Path(__file__).parent / "pictures"
EXAMPLES = Path(__file__).parent.parent / "examples" / "precert"
LOOKER = "rn-rivera"
WIDTH, HEIGHT = 1480, 1100
BESIDE = 256  # pixels that the Temporal UI's own menu takes
PAGE, LIST, CASE = (150, 0, 1180, 880), (BESIDE, 60, WIDTH - BESIDE, 480), (BESIDE, 60, WIDTH - BESIDE, 1000)
"""What is taken of a page of our own, of a list and of a case: from where, and how wide and high, in pixels."""
QUALITY = 55  # of WebP; a page of text stays readable, in some twenty kilobytes
PATIENCE = 60_000  # milliseconds
DRAWN = 1500  # milliseconds that the Temporal UI is given after its rows are there

Step = tuple[str, ...]
TO_NURSE: Step = ("claim", "CASE", "--as", LOOKER)
REFER: Step = ("refer", "CASE", "--as", "rn-colon")
TOLD: tuple[Step, ...] = tuple(
    ("call", "CASE", "--to", who, "--as", "ic-santos") for who in ("member", "provider")
)


@dataclass(frozen=True)
class Sample:
    """An example that reached the plan so many hours ago, and what staff have done since."""

    file: str
    hours: int
    steps: tuple[Step, ...] = ()
    is_ended: bool = False  # in Temporal, by somebody who should not have


SAMPLES = (
    Sample("01-approved-by-criteria", 1),
    Sample("02-nurse-approval", 2, (TO_NURSE,)),
    Sample(
        "03-physician-denial",
        30,
        (
            REFER,
            (
                *("deny", "CASE", "--line", "1", "--as", "md-vega"),
                *("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose"),
            ),
            *TOLD,
        ),
    ),
    Sample("04-partial-fewer-visits", 165, (TO_NURSE,)),
    Sample("05-modified-other-code", 3, (REFER,)),
    Sample("06-incomplete-no-order", 26),
    Sample("09-not-covered", 5, (("claim", "CASE", "--as", "cov-matos"),)),
    Sample("10-expedited-puerto-rico", 20),
    Sample("11-four-lines-of-different-kinds", 190),
    Sample("12-spanish-speaking-member", 4, is_ended=True),
    Sample("13-part-b-drug", 60, (TO_NURSE,)),
    Sample("14-member-asks-to-expedite", 6),
    Sample(
        "15-self-funded-missing-information",
        8,
        (("hold", "CASE", "--kind", "legal", "--because", "Subpoena of this week", "--as", "sup-diaz"),),
    ),
)


class Department:
    """The sample cases in an installation of their own."""

    def __init__(self, home: Path, running: Stack) -> None:
        self.typist = Typist({"PLAZO_HOME": str(home), "PLAZO_STAFF": "", "NO_COLOR": "1", "COLUMNS": "160"})
        self.client = running.client

    async def fill(self) -> str:
        """Open every sample and walk it on; the number of the one that is shown as a page."""
        numbers = [await self._opened(one) for one in SAMPLES]
        return numbers[1]

    async def _opened(self, sample: Sample) -> str:
        received = (datetime.now(UTC) - timedelta(hours=sample.hours)).isoformat(timespec="seconds")
        file = str(EXAMPLES / f"{sample.file}.json")
        answer = await self._typed(
            "precert", "submit", file, "--received", received, "--as", "ic-santos", "--json"
        )
        number = str(json.loads(answer)["case"])
        for step in sample.steps:
            await self._typed(*[word.replace("CASE", number) for word in step])
        if sample.is_ended:
            await self.client.get_workflow_handle(number).terminate()
        return number

    async def _typed(self, *words: str) -> str:
        code, printed, complaint = await self.typist.types(*words)
        if code:
            raise SystemExit(f"`plazo {' '.join(words)}` failed: {complaint}")
        return printed


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="plazo-pictures-", ignore_cleanup_errors=True) as folder:
        chosen = settings.load(home=Path(folder))
        async with stack(chosen, port=None, ui_port=None) as running:
            case = await Department(chosen.home, running).fill()
            site, namespace = running.server.ui, running.server.namespace
            async with a_page() as page:
                await page.goto(login_link(site, running.ring))
                await page.goto(f"{site}/views?as={LOOKER}")
                await page.click("#set-up")
                await page.locator("#said", has_text="Done").wait_for()
                await taken(page, "views", PAGE)
                await page.goto(f"{site}/board")
                await page.locator("#as-of", has_text="as of").wait_for()
                await taken(page, "board", PAGE)
                for view in views.VIEWS:
                    await page.goto(f"{site}/views/{view.id}?as={LOOKER}")
                    await page.locator("tbody tr", has_text="PRE-").first.wait_for()
                    await taken(page, f"view-{view.id}", LIST)
                await page.goto(f"{site}{views.case_path(namespace, case)}")
                await page.get_by_text("User Metadata").first.click()
                await page.frame_locator("iframe").last.get_by_text("Who must act").wait_for()
                await taken(page, "case", CASE)


@asynccontextmanager
async def a_page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(PATIENCE)
        yield page
        await browser.close()


async def taken(page: Page, name: str, part: tuple[int, int, int, int]) -> None:
    """A part of what stands on the page, as a WebP that the browser itself makes."""
    await page.wait_for_timeout(DRAWN)
    browser = await page.context.new_cdp_session(page)
    clip = dict(zip(("x", "y", "width", "height"), part, strict=True)) | {"scale": 1}
    shot = await browser.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip})
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    asyncio.run(main())
