"""The login of the pages and the codec: where several people work, a browser shows a token that counts."""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import httpx
import pytest
import pytest_asyncio
from google.protobuf import json_format
from joserfc import jwt
from joserfc.jwk import RSAKey
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.client import Client

from config.access import staff
from config.access.login_link import LASTS, counts, login_link
from config.access.staff_keys import StaffKeys
from config.access.token_header import header
from config.access.tokens import NOBODY, bearer_of, sign
from config.audit import Audit
from config.home import Home
from config.sealing.codec import SealedPayloads
from config.sealing.keyring import KeyRing
from config.settings import Settings
from tests.builders import ROOT
from worker import ports
from worker.pages.application import Site, serving
from worker.pages.codec import WHOSE
from worker.pages.login import LINK
from worker.pages.proxy import SETTINGS, WALLED

THEIRS, OTHERS = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
RING = KeyRing.generate()
CASE = "PRE-7K2M-9QXD-4HBT"
SUPERVISOR = bearer_of(staff.row(ROOT / "policy", "sup-diaz"))
EVERYWHERE = ("/views", "/board", "/", "/namespaces/default/workflows", "/api/v1/settings", "/codec/decode")
A_PAGE = {"accept": "text/html"}


@pytest.fixture
def home(tmp_path):
    kept = Home(tmp_path)
    StaffKeys.load_or_generate(kept.staff_keys, of_one_user=False)
    return kept


@pytest_asyncio.fixture(loop_scope="session")
async def browser(home):
    """It looks at pages before a Web UI that is away."""
    client = await Client.connect("127.0.0.1:1", lazy=True)
    site = Site(
        "http://127.0.0.1:1",
        client,
        RING,
        Settings(home=home.folder, identity_provider=provider(home.folder)),
    )
    with ports.take(0, "the pages", "") as listening:
        here = f"http://127.0.0.1:{ports.number(listening)}"
        async with httpx.AsyncClient(base_url=here, trust_env=False) as browser, serving(site, listening):
            yield browser


def provider(folder):
    """One whose keys lie in a file."""
    (folder / "jwks.json").write_text(json.dumps({"keys": [THEIRS.as_dict(private=False)]}))
    path = folder / "provider.toml"
    path.write_text(f'issuer = "theirs"\nkeys = "{folder}/jwks.json"\nclaims = {{ id = "sub" }}\n')
    return path


def a_token(home, *plans, hours=1):
    bearer = SUPERVISOR.model_copy(update={"plans": frozenset(plans)}) if plans else SUPERVISOR
    return sign(bearer, StaffKeys.load(home.staff_keys), timedelta(hours=hours))


async def logs_in(browser, token):
    return await browser.post("/login", data={"token": token})


async def sealed():
    [payload] = await SealedPayloads(RING).encode([Payload(data=b"a denial")])
    return json_format.MessageToJson(Payloads(payloads=[payload]))


async def test_without_a_token_a_browser_is_shown_the_login_and_nothing_else(browser):
    for path in EVERYWHERE:
        for method in ("GET", "POST"):
            answer = await browser.request(method, path, content=await sealed())
            assert (answer.status_code, answer.text) == (403, NOBODY)
    to_a_person = await browser.get("/board", headers=A_PAGE)
    assert (to_a_person.status_code, to_a_person.headers["location"]) == (303, "/login")
    assert "Your staff token" in (await browser.get("/login")).text
    assert (await browser.get("/plazo/plazo.css")).status_code == 200


async def test_a_token_opens_the_pages_and_the_codec_until_it_is_revoked(browser, home):
    answer = await logs_in(browser, a_token(home))
    assert (answer.status_code, answer.headers["location"]) == (303, "/views")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert a_token(home)[:20].lower() not in cookie
    assert (await browser.get("/views")).status_code == 200
    on_its_page = {"referer": f"{browser.base_url}/namespaces/default/workflows/{CASE}/run/history"}
    opened = await browser.post("/codec/decode", content=await sealed(), headers=on_its_page)
    assert json_format.Parse(opened.text, Payloads()).payloads[0].data == b"a denial"
    rows = [(row.who, row.did, row.case) for row in Audit(home.audit, RING).rows()]
    assert rows == [("sup-diaz", "opened the pages", None), ("sup-diaz", "read", CASE)]

    StaffKeys.load(home.staff_keys).revoking("sup-diaz", datetime.now(UTC)).save(home.staff_keys)

    assert "revoked" in (await browser.get("/views")).text
    assert "revoked" in (await browser.post("/codec/decode", content=await sealed())).text


@pytest.mark.parametrize("how", ["forged", "expired", "nothing"])
async def test_a_token_that_does_not_count_opens_nothing(browser, home, how):
    others = StaffKeys.generate()
    token = {
        "forged": sign(SUPERVISOR, others, timedelta(hours=1)),
        "expired": a_token(home, hours=-1),
        "nothing": "",
    }[how]
    answer = await logs_in(browser, token)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert 'role="alert"' in answer.text
    assert not token or token not in answer.text
    decoded = await browser.post(
        "/codec/decode", content=await sealed(), headers={"authorization": f"Bearer {token or None}"}
    )
    assert decoded.status_code == 403


async def test_whoever_is_kept_within_plans_is_shown_views_of_these_alone_and_no_temporal_ui(browser, home):
    await logs_in(browser, a_token(home, "procare"))
    page = (await browser.get("/views")).text
    kept = (await browser.get("/views/browser.json?as=rn-rivera")).json()
    opened = await browser.get("/views/overdue")
    hour = await browser.get("/board/hour?number=3")
    of_another = await browser.get("/board/queue?plan=mcs-classicare&queue=calls&what=open")

    assert "procare" in page
    assert "mcs-classicare" not in page
    lists = [unquote(link) for link in re.findall(r'href="(/namespaces/[^"]+)"', page)]
    lists += [unquote(answer.headers["location"]) for answer in (opened, hour)]
    assert all(
        'CasePlan IN ("procare")' in query for query in (*lists, *(one["query"] for one in kept["views"]))
    )
    assert (of_another.status_code, of_another.text.count("\n")) == (400, 0)
    for path in ("/namespaces/default/workflows", SETTINGS, "/views/../api/v1/x", "/views/%2e%2e/%2e%2e/api"):
        asked = httpx.Request(
            "GET", browser.base_url.copy_with(raw_path=path.encode()), cookies=browser.cookies
        )
        assert (await browser.send(asked)).text == WALLED


@pytest.mark.parametrize("how", ["nothing said", "a number that is none"])
async def test_whoever_is_kept_within_plans_is_opened_nothing_where_no_case_is_named(browser, home, how):
    await logs_in(browser, a_token(home, "procare"))
    path = {"nothing said": "/codec/decode", "a number that is none": "/codec/x y/decode"}[how]

    answer = await browser.post(path, content=await sealed())

    assert (answer.status_code, answer.text) == (403, WHOSE)
    assert [row.did for row in Audit(home.audit, RING).rows()] == ["opened the pages", "was refused"]


async def test_a_token_by_which_somebody_acted_is_opened_to_nobody(browser, home):
    await logs_in(browser, a_token(home))
    acted = await SealedPayloads(RING).encode(header("plazo-token", a_token(home)).values())

    body = json_format.MessageToJson(Payloads(payloads=acted))
    opened = json_format.Parse((await browser.post("/codec/decode", content=body)).text, Payloads())

    assert [one.data for one in opened.payloads] == [b"(not shown)"]


async def test_the_command_line_of_temporal_shows_its_token_to_the_codec_alone(browser, home):
    shown = {"authorization": f"Bearer {a_token(home)}"}
    assert (await browser.post("/codec/decode", content=await sealed(), headers=shown)).status_code == 200
    assert (await browser.get("/views", headers=shown)).status_code == 403


async def test_a_home_of_one_user_opens_by_a_link_that_counts_once(browser, home):
    StaffKeys.generate(of_one_user=True).save(home.staff_keys)
    for path in EVERYWHERE:
        for headers in ({}, A_PAGE):
            answer = await browser.post(path, content=await sealed(), headers=headers)
            assert (answer.status_code, answer.text) == (403, LINK)
    link = login_link(str(browser.base_url).rstrip("/"), RING)
    changed, foreign = link[:-1] + ("0" if link[-1] != "0" else "1"), login_link("", KeyRing.generate())
    for other in (changed, foreign, "/login", "/login?code=x"):
        assert (await browser.get(other)).text == LINK

    opened = await browser.get(link)
    cookie = opened.headers["set-cookie"].lower()
    assert (opened.status_code, opened.headers["location"]) == (303, "/views")
    assert ("httponly" in cookie, "samesite=strict" in cookie) == (True, True)
    assert (await browser.get("/views")).status_code == 200
    assert (await browser.post("/codec/decode", content=await sealed())).status_code == 200
    browser.cookies.clear()
    assert (await browser.get(link)).text == LINK
    assert (await browser.get("/views")).text == LINK


def test_a_login_link_lasts_ten_minutes():
    now = datetime.now(UTC)
    code = login_link("", RING).partition("code=")[2]

    assert counts(code, RING, now + LASTS - timedelta(seconds=2), now)
    assert not counts(code, RING, now + LASTS + timedelta(seconds=2), now)
    assert not counts(code, RING, now, now + timedelta(seconds=2)), (
        "pages that began later do not know if it was used"
    )


@pytest.mark.parametrize(("key", "status"), [(THEIRS, 303), (OTHERS, 403)])
async def test_a_token_of_the_identity_provider_opens_the_pages_too(browser, key, status):
    said = {"iss": "theirs", "aud": "plazo", "exp": int(time.time()) + 600, "sub": "sup-diaz"}

    answer = await logs_in(browser, jwt.encode({"alg": "RS256"}, said, key))

    assert answer.status_code == status
    assert (await browser.get("/views")).status_code == (200 if status == 303 else 403)
