"""The pages before the Web UI: what is passed on, what is refused, and what one click puts into a browser."""

import asyncio
import contextlib
import json
import signal
from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from temporalio.client import Client

from config import views
from config.access.login_link import login_link
from config.access.staff_keys import StaffKeys
from config.home import Home
from config.sealing.codec import data_converter
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.views import Asked
from tests.edges.installation import ago
from tests.world import eventually
from worker import ports
from worker.pages.application import Site, serving
from workflows.running.attributes import DUE_AT

EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
THEIRS = {
    "Codec": {"Endpoint": "", "PassAccessToken": False},
    "WorkflowTerminateDisabled": False,
    "Version": "2",
}


class FakeWebUI:
    """A Web UI that only remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def application(self):
        async def settings(_):
            return JSONResponse(THEIRS)

        async def anything(request):
            self.asked.append((request.method, request.scope["raw_path"].decode(), await request.body()))
            return Response("said", headers={"Access-Control-Allow-Origin": "*", "X-Theirs": "1"})

        return Starlette(
            routes=[Route("/api/v1/settings", settings), Route("/{path:path}", anything, methods=EVERY)]
        )


@contextlib.asynccontextmanager
async def served(application):
    """Any application on a free port of this machine."""
    with ports.take(0, "a fake", "") as listening:
        server = uvicorn.Server(uvicorn.Config(application, lifespan="off", ws="none", log_config=None))
        server.capture_signals = contextlib.nullcontext
        serving_it = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{ports.number(listening)}"
        server.should_exit = True
        await serving_it


@contextlib.asynccontextmanager
async def a_browser_at(web_ui, home):
    """It looks at pages before a Web UI, which close first; nobody answers for the cases."""
    site = await a_site(web_ui, home)
    with ports.take(0, "the pages", "") as listening:
        here = f"http://127.0.0.1:{ports.number(listening)}"
        async with httpx.AsyncClient(base_url=here, trust_env=False) as browser, serving(site, listening):
            await browser.get(login_link(here, site.ring))
            yield browser


async def a_site(web_ui, home):
    ring = KeyRing.generate()
    StaffKeys.load_or_generate(Home(home).staff_keys, of_one_user=True)
    client = await Client.connect(
        "127.0.0.1:1", namespace="cases", lazy=True, data_converter=data_converter(ring)
    )
    return Site(web_ui=web_ui, client=client, ring=ring, settings=Settings(home=home))


@pytest_asyncio.fixture(loop_scope="session")
async def web_ui():
    return FakeWebUI()


@pytest_asyncio.fixture(loop_scope="session")
async def pages(web_ui, tmp_path):
    async with served(web_ui.application()) as address, a_browser_at(address, tmp_path) as browser:
        yield browser


async def test_what_the_web_ui_shows_is_passed_on_and_nobody_else_may_read_it(pages, web_ui):
    answer = await pages.get("/namespaces/cases/workflows/PRE%2F1?query=a%20b")

    assert (answer.status_code, answer.text, answer.headers["x-theirs"]) == (200, "said", "1")
    assert "access-control-allow-origin" not in answer.headers
    assert web_ui.asked == [("GET", "/namespaces/cases/workflows/PRE%2F1", b"")]


async def test_the_details_of_a_large_case_are_passed_on_in_an_address(pages, web_ui):
    answer = await pages.get("/render", params={"content": "a line of a table | " * 1000})

    assert answer.status_code == 200


async def test_its_buttons_are_off_and_the_codec_is_here(pages):
    answer = (await pages.get("/api/v1/settings")).json()

    assert {name for name, off in answer.items() if off is False} == set()
    assert answer["WorkflowTerminateDisabled"] is True
    assert answer["Codec"] == {"Endpoint": f"{pages.base_url}/codec", "PassAccessToken": False}
    assert answer["Version"] == "2"


@pytest.mark.parametrize(
    ("method", "path", "command"),
    [
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/cancel", "plazo withdraw"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/terminate", "plazo withdraw"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/reset", "plazo withdraw"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/signal/x", "plazo --help"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/update/approve", "plazo --help"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1", "plazo precert submit"),
        ("POST", "/api/v1/namespaces/cases/schedules/sweep/patch", "plazo schedules"),
        ("DELETE", "/api/v1/namespaces/cases/schedules/sweep", "plazo schedules"),
        ("PUT", "/api/v1/namespaces/cases", "plazo --help"),
        ("PATCH", "/anything/else", "plazo --help"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/query/..", "plazo"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/query/%2E%2e", "plazo"),
        ("POST", "/x/../api/v1/namespaces/cases/workflows/PRE-1/terminate", "plazo withdraw"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1/query/x%2F..%2F..%2Fterminate", "plazo"),
        ("POST", "/api/v1/namespaces/cases/workflows/PRE-1%2Fterminate%3F/query/x", "plazo"),
        ("POST", "/api/v1/namespaces/../x/workflows/PRE-1/query/x", "plazo"),
    ],
)
async def test_what_writes_is_refused_with_the_command_that_does_it(pages, web_ui, method, path, command):
    asked = httpx.Request(
        method, pages.base_url.copy_with(raw_path=path.encode()), json={}, cookies=pages.cookies
    )

    answer = await pages.send(asked)

    assert answer.status_code == 403
    assert command in answer.json()["message"]
    assert web_ui.asked == []


@pytest.mark.parametrize("asked", ["PRE-2222-2222-2222", "supervision-sweep-2026-11-28T10%3A17%3A00Z"])
async def test_asking_a_case_changes_nothing_and_is_let_through(pages, web_ui, asked):
    path = f"/api/v1/namespaces/cases.a1b2/workflows/{asked}/query/__temporal_workflow_metadata"

    answer = await pages.post(path, content=b"{}")

    assert answer.status_code == 200
    assert web_ui.asked == [("POST", path, b"{}")]


@pytest.mark.parametrize("headers", [{"Host": "cases.example.com"}, {"Origin": "http://cases.example.com"}])
async def test_a_page_elsewhere_gets_nothing_whatever_it_asks(pages, web_ui, headers):
    for path in ("/views", "/board", "/api/v1/namespaces", "/"):
        assert (await pages.get(path, headers=headers)).status_code in {400, 403}
    assert web_ui.asked == []


async def test_pages_that_close_while_somebody_looks_complain_of_nothing(tmp_path, caplog):
    """The Temporal UI keeps a question open for as long as it shows a case."""
    asked, over = asyncio.Event(), asyncio.Event()

    async def answers_late(_):
        asked.set()
        await over.wait()
        return Response("late")

    async with served(Starlette(routes=[Route("/{path:path}", answers_late)])) as address:
        async with a_browser_at(address, tmp_path) as browser:
            looking = asyncio.create_task(browser.get("/namespaces"))
            await asked.wait()
        await asyncio.wait({looking})
        complaints = [record.getMessage() for record in caplog.records if record.name.startswith("uvicorn")]
        over.set()

    assert complaints == []


async def test_what_is_no_web_ui_is_said_in_one_line(tmp_path):
    """A log-in page, say."""
    log_in = Starlette(routes=[Route("/{path:path}", lambda _: Response("<h1>Log in</h1>"))])
    async with served(log_in) as address, a_browser_at(address, tmp_path) as browser:
        answer = await browser.get("/api/v1/settings")

    assert (answer.status_code, answer.text.count("\n")) == (502, 0)


async def test_a_web_ui_that_is_away_is_said_in_one_line(tmp_path):
    async with a_browser_at("http://127.0.0.1:1", tmp_path) as browser:
        for path in ("/namespaces", "/api/v1/settings"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.text.count("\n")) == (502, 0)


# Views and board


async def test_a_board_that_nobody_answers_for_says_so_and_stays_a_page(pages):
    answer = await pages.get("/board", timeout=30)

    assert answer.status_code == 503
    assert "is a worker running?" in answer.text


@pytest.mark.parametrize(
    ("where", "condition"),
    [
        ("queue?plan=mcs-classicare&queue=calls&what=open", 'CaseQueues = "calls"'),
        ("queue?plan=mcs-classicare&queue=calls&what=unassigned", 'CaseAssignees = "calls/-"'),
        ("queue?plan=mcs-classicare&queue=calls&what=overdue", "CaseOverdue = true"),
        ("queue?plan=mcs-classicare&queue=calls&what=day", "CaseDueAt < "),
        ("age?number=1", "CaseReceivedAt < "),
        ("hour?number=11", "CaseDueAt >= "),
    ],
)
async def test_each_number_of_the_board_leads_to_its_cases(pages, where, condition):
    answer = await pages.get(f"/board/{where}")

    assert condition in parse_qs(urlsplit(answer.headers["location"]).query)["query"][0]


@pytest.mark.parametrize(
    "where",
    [
        "queue?plan=nobody&queue=calls&what=open",
        "queue",
        "age?number=6",
        "age?number=-1",
        "hour?number=12",
        "hour",
    ],
)
async def test_a_number_that_the_board_has_not_is_refused_in_one_line(pages, where):
    answer = await pages.get(f"/board/{where}")

    assert (answer.status_code, answer.text.count("\n")) == (400, 0)


async def test_a_browser_is_given_columns_and_views_by_fixed_ids_and_none_that_grows_old(pages):
    given = (await pages.get("/views/browser.json?as=rn-rivera")).json()

    assert [column["label"] for column in given["columns"]] == list(views.COLUMNS)
    assert {view["id"].removeprefix(given["prefix"]) for view in given["views"]} == {
        one.id for one in views.VIEWS if not one.is_dated
    }
    assert "T23:59:59Z" not in json.dumps(given)
    assert given["namespace"] == "cases"


async def test_nobody_in_particular_has_no_view_of_their_own(pages):
    given = (await pages.get("/views/browser.json")).json()

    assert "plazo-mine" not in {view["id"] for view in given["views"]}
    assert (await pages.get("/views/mine")).headers["location"] == "/views"
    assert (await pages.get("/views/browser.json?as=somebody")).status_code == 400


@pytest.mark.parametrize("view", [one.id for one in views.VIEWS])
async def test_the_address_of_a_view_opens_its_list_as_of_the_click(pages, view):
    answer = await pages.get(f"/views/{view}?as=rn-rivera")

    where = urlsplit(answer.headers["location"])
    assert answer.status_code == 307
    assert where.path == "/namespaces/cases/workflows"
    assert parse_qs(where.query)["query"][0]


async def test_the_page_of_views_links_each_of_them_and_names_no_member(pages):
    answer = await pages.get("/views?as=rn-rivera")

    assert all(f'href="/views/{one.id}' in answer.text for one in views.VIEWS)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    again = await pages.get("/views?as=rn-rivera", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_today_ends_with_the_day_of_each_plan():
    """Puerto Rico's day ends three hours before California's in winter."""
    asked = Asked(
        now=datetime(2026, 12, 1, 20, tzinfo=UTC),
        zones={"island": "America/Puerto_Rico", "coast": "America/Los_Angeles"},
    )

    assert views.due_today(asked, ["island"]).endswith('CaseDueAt < "2026-12-02T04:00:00Z"')
    assert views.due_today(asked, ["coast"]).endswith('CaseDueAt < "2026-12-02T08:00:00Z"')
    assert views.due_today(asked).count(" OR ") == 1


@pytest.mark.slow
async def test_a_case_that_is_due_at_the_last_second_of_the_day_is_due_today(installation):
    a_week_ago = ago(timedelta(days=7))
    case = await installation.opened("02", reference="TODAY-1", received_at=a_week_ago)
    await installation.at_rest(case)
    client = await installation.client()
    asked = Asked(now=datetime.now(UTC), zones=views.zones(Settings().policy))
    due = (await installation.json("show", case))["due_at"]
    last = datetime.fromisoformat(due)

    async def is_listed():
        today = views.view("due-today").query(asked)
        return case in [one.id async for one in client.list_workflows(today)] or None

    assert last.astimezone(ZoneInfo("America/Puerto_Rico")).time() == time(23, 59, 59)
    assert await eventually(is_listed)
    for condition in (views.after(DUE_AT, last), views.until(DUE_AT, last - timedelta(seconds=1))):
        assert case not in [one.id async for one in client.list_workflows(condition)]


@pytest.mark.slow
async def test_pages_stand_before_a_web_ui_that_runs_elsewhere(installation, web_ui):
    async with served(web_ui.application()) as address:
        process = await installation.start("pages", address, "--ui-port", "0")
        said = (await process.stdout.readline()).decode()
        async with httpx.AsyncClient(
            base_url=said.split()[1].rstrip(","), trust_env=False, timeout=60
        ) as browser:
            await browser.get((await process.stdout.readline()).decode().split()[-1])
            seen = [(await browser.get(path)).status_code for path in ("/views", "/board", "/namespaces")]
        process.send_signal(signal.SIGINT)
        code = await process.wait()

    assert seen == [200, 200, 200]
    assert code == 0


async def test_pages_need_an_address_to_stand_before(installation):
    done = await installation.plazo("pages", "somewhere")

    assert done.code == 2
    assert "web_ui" in done.err
