"""What supervisors see, in a real browser: columns, views, a case's page, the board; and that no button acts."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import pytest_asyncio

from config import views
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.terms.case_number import case_number
from records.database import database_at
from records.store import Store
from tests.edges.browser import Seen, a_browser, a_page, needs_a_browser
from tests.records import pages
from tests.sampling import PROVE, sampled
from tests.world import eventually

pytestmark = [pytest.mark.slow, needs_a_browser, pytest.mark.timeout(600)]

MANY = 200 if PROVE else 20


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser():
    async with a_browser() as one:
        yield one


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def case(installation):
    """A case that waits for a nurse."""
    number = await installation.opened("02", reference="SEEN-1")
    await installation.plazo("claim", number, as_="rn-rivera")
    await installation.at_rest(number)
    return number


@pytest_asyncio.fixture(loop_scope="session")
async def seen():
    """What is asked; after each test, nothing has left this machine."""
    one = Seen()
    yield one
    assert one.elsewhere == []


def where(installation):
    return installation.home.running().ui


async def a_page_of(installation, browser, seen, **look):
    """One that was let in."""
    page = await a_page(browser, seen, **look)
    await page.goto((await installation.answer("login", "--browser")).strip())
    return page


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(installation, browser):
    """One at which several look in turn: what the browser has of the Web UI it need not load again."""
    one = Seen()
    yield await a_page_of(installation, browser, one)
    assert one.elsewhere == []


async def set_up(page, installation):
    await page.goto(f"{where(installation)}/views?as=rn-rivera")
    await page.click("#set-up")
    await page.locator("#said", has_text="Done").wait_for()


async def test_one_click_sets_columns_and_views_and_a_second_changes_nothing(
    installation, case, browser, seen
):
    page = await a_page_of(installation, browser, seen)
    await set_up(page, installation)
    kept = await page.evaluate("JSON.stringify(localStorage)")
    await set_up(page, installation)

    assert await page.evaluate("JSON.stringify(localStorage)") == kept
    await page.goto(f"{where(installation)}/views/mine?as=rn-rivera")
    row = page.locator("tr", has_text=case)
    await row.wait_for()
    assert await page.locator("th", has_text="CaseStage").count() == 1
    assert "Nurse review" in await row.inner_text()
    assert await page.get_by_text("Mine", exact=True).count() > 0


@pytest.mark.parametrize("view", sampled([one.id for one in views.VIEWS], 2))
async def test_every_view_opens_filtered(installation, case, page, view):
    async with page.expect_response(lambda one: "/api/" in one.url and "/workflows?" in one.url) as listed:
        await page.goto(f"{where(installation)}/views/{view}?as=rn-rivera")
    answer = await listed.value

    assert answer.status == 200
    assert "query=" in answer.url


async def test_a_cases_details_are_readable_here_and_sealed_without_the_codec(
    installation, case, browser, seen
):
    run = (await (await installation.client()).get_workflow_handle(case).describe()).run_id
    page = await a_page_of(installation, browser, seen)
    metadata = f"{where(installation)}/namespaces/default/workflows/{case}/{run}/user-metadata"

    await page.goto(metadata)
    details = page.frame_locator("iframe").last
    await details.get_by_text("Who must act").wait_for()
    readable = await details.locator("body").inner_text()

    sealed = await a_page_of(installation, browser, seen)
    await sealed.route("**/codec/*", lambda route: route.abort())
    await sealed.goto(metadata)
    await sealed.get_by_text("Current Details").wait_for()
    await sealed.wait_for_timeout(2000)

    assert "rn-rivera" in readable
    assert "42 CFR" in readable
    assert not [frame for frame in sealed.frames if "Who must act" in await frame.content()]


@pytest.mark.parametrize("act", ["cancel", "terminate"])
async def test_no_page_ends_a_case(installation, case, page, act):
    await page.goto(f"{where(installation)}/views")

    answer = await page.evaluate(
        """async (path) => {
            const answer = await fetch(path, { method: "POST", body: "{}" });
            return [answer.status, await answer.text()];
        }""",
        f"/api/v1/namespaces/default/workflows/{case}/{act}",
    )

    assert answer[0] == 403
    assert "plazo withdraw" in answer[1]
    assert json.loads(await installation.answer("show", case, "--json"))["stage"] == "nurse_review"


async def test_the_button_that_cancelled_is_grey(installation, case, page):
    await page.goto(f"{where(installation)}/namespaces/default/workflows/{case}")

    button = page.get_by_role("button", name="Request Cancellation")
    await button.wait_for()

    assert await button.is_disabled()


@pytest.mark.parametrize("look", sampled(product(["/views", "/board"], [390, 1280], [False, True]), 3))
async def test_the_pages_fit_and_can_be_read_on_a_phone_and_at_a_desk_by_day_and_by_night(
    installation, case, browser, seen, look
):
    path, width, dark = look
    page = await a_page_of(installation, browser, seen, width=width, dark=dark)

    await page.goto(where(installation) + path)
    await page.locator("main h1").wait_for()
    widest = await page.evaluate("document.documentElement.scrollWidth")
    paper, ink = await page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )

    assert widest <= width
    assert (brightness(paper) < brightness(ink)) == dark
    assert abs(brightness(paper) - brightness(ink)) > 150


def brightness(colour):
    parts = [float(part) for part in colour.strip("rgba()").split(",")[:3]]
    return sum(parts) / 3


async def test_the_boards_numbers_are_the_registers_while_cases_change(installation, case, browser, seen):
    """Many cases come in, half of them are taken, all close; somebody looks all the time."""
    received = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    cases = [
        pages.a_case_in_review(case_number("PRE", bytes([count] * 8)), received_at=received)
        for count in range(1, MANY + 1)
    ]
    page = await a_page_of(installation, browser, seen)
    await page.goto(f"{where(installation)}/board")
    before = await agreed(page, installation)

    async with the_register(installation) as register:
        for one in cases:
            await register.write(pages.a_page(one))
        came = await agreed(page, installation)
        for one in cases[::2]:
            written = len(one.log.events)
            await register.write(pages.a_page(pages.taken(one, "rn-rivera"), written))
        halved = await agreed(page, installation)
        for one in cases:
            await register.write(pages.closed(pages.a_page(one, len(one.log.events))))
        gone = await agreed(page, installation)

    waiting, free = before
    assert came == (waiting + MANY, free + MANY)
    assert halved == (waiting + MANY, free + MANY // 2)
    assert gone == before


@asynccontextmanager
async def the_register(installation):
    """The register of an installation, as its worker writes it."""
    database = database_at(Settings(home=installation.home.folder).database_url)
    yield Store(database, KeyRing.load(installation.home.keyring))
    await database.dispose()


async def agreed(page, installation):
    """What waits for nurses in one plan, and what of it nobody has, once page and register say the same."""

    async def is_shown():
        counted = json.loads(await installation.answer("board", "--json"))["queues"]
        wanted = {(row["plan"], row["queue"]): numbers_of(row) for row in counted}
        if await shown(page) == wanted:
            return wanted
        await asyncio.sleep(
            0.5
        )  # the page asks anew every few seconds; to count all the while keeps it from that
        return None

    waiting, free, *_ = (await eventually(is_shown)).get(("mcs-classicare", "nurse-review"), (0, 0))
    return waiting, free


def numbers_of(row):
    return [row[name] for name in ("open", "unassigned", "today", "day", "overdue")]


async def shown(page):
    """The numbers on the page, by plan and queue."""
    rows = await page.evaluate(
        """[...document.querySelectorAll("#board .wide table")].flatMap((table) => {
            const plan = table.querySelector("thead th").textContent;
            const numbers = (row) => [...row.querySelectorAll("td")].map((cell) => +cell.textContent);
            return [...table.querySelectorAll("tbody tr")].map((row) => [
                plan, row.querySelector("th").textContent, numbers(row)
            ]);
        })"""
    )
    return {(plan, queue): numbers for plan, queue, numbers in rows}
