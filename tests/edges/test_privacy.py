"""What Temporal, the register and the logs keep is closed to whoever has no key ring."""

import json
import logging
import re
import stat
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from datetime import timedelta

import httpx
import psutil
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import RSAKey

from config.sealing.key_file import Keys
from config.settings import Settings
from config.temporal import connect
from tests.edges.guarded import Guarded
from tests.edges.installation import EXAMPLES, ago

pytestmark = pytest.mark.slow

ISSUER, THEIRS = "https://login.example.org", RSAKey.generate_key(2048)
FROM_THE_PROVIDER = jwt.encode(
    {"alg": "RS256"},
    {"iss": ISSUER, "aud": "plazo", "exp": int(time.time()) + 3600, "sub": "rn-rivera"},
    THEIRS,
)

TELLTALE = {
    "name": "Zebulon Quetzal",
    "contract": "MCS-100003",
    "birth date": "1951-12-02",
    "telephone": "787-555-0999",
    "diagnosis": "S72.001D",
    "justification": "Fell from a hammock in Vieques.",
    "reference": "TELLTALE-REFERENCE",
    "note": "Her neighbour says she dances.",
    "words": "The study of the hammock is not needed.",
    "words in Spanish": "El estudio de la hamaca no hace falta.",
    "paper": "An x-ray of the hammock.",
    "why somebody looks": "Zebulon's hammock was in the newspaper.",
    "other coverage": "Plan of the Hammock Makers",
    "token of the provider": FROM_THE_PROVIDER,
    "contract of other coverage": "LIFE-200002",
}

READABLE_TOKENS = ("eyJ0eXAiOiJKV1Qi", "ZXlKMGVYQWlPaUpLVjFRa")
"""How each begins, as it is and once more in base64."""


@pytest.fixture(scope="module")
def logged():
    """Every line that anything here logs while it lasts, at the level of debugging."""
    lines = []

    class Everything(logging.Handler):
        def emit(self, record):
            trouble = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
            lines.append(f"{record.getMessage()} {trouble}")

    handler, root = Everything(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


class TheyLogIn(Guarded):
    """Whoever types a command here has logged in."""

    async def plazo(self, *words, as_="", **more):
        kept = {"PLAZO_TOKEN_FILE": self.file(self.signed(as_), f"{as_}.token")} if as_ else {}
        return await super().plazo(*words, **kept | more)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installation(tmp_path_factory, logged):
    installation = TheyLogIn(tmp_path_factory.mktemp("private"))
    await installation.key()
    installation.takes_tokens_of(ISSUER, THEIRS)
    async with installation.here():
        yield installation


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def denied(installation, logged):
    """A denied case that is full of things nobody else should read, and that was looked at in every way."""
    request = installation.request("03", reference=TELLTALE["reference"])
    known = request["member"] | {"name": TELLTALE["name"], "telephone": TELLTALE["telephone"]}
    request["member"] = installation.somebody_like(known)
    request["order"]["justification"] = TELLTALE["justification"]
    request["lines"][0]["diagnoses"] = [TELLTALE["diagnosis"]]
    (installation.desk / "telltale.txt").write_text(TELLTALE["paper"])
    request["documents"][0]["file"] = "telltale.txt"
    case = await installation.opened("03", **request)

    await installation.plazo("note", case, "-", as_="rn-rivera", given=TELLTALE["note"])
    await installation.answer("refer", case, as_="rn-rivera")
    ground = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")
    words = ("--words", TELLTALE["words"], "--words-es", TELLTALE["words in Spanish"])
    await installation.answer("deny", case, *ground, *words, as_="md-vega")
    await installation.at_rest(case)
    for looked in ("show", "timeline", "explain", "notices", "review"):
        await installation.answer(looked, case, as_="rn-rivera")
    await installation.plazo("find", as_="rn-rivera", given=TELLTALE["name"])
    await installation.plazo("call", case, "--to", "member", as_="ic-santos")
    await installation.plazo("deny", case, *ground, *words, as_="rn-rivera")  # refused
    await installation.plazo(
        "casefile", case, "--out", str(installation.desk / "telltale.pdf"), as_="rn-rivera"
    )
    await in_the_newest_ways(installation, case)
    await installation.at_rest(case)
    return case


async def in_the_newest_ways(installation, case):
    """A login by the provider, broken glass, a sensitive case that is looked into, other coverage, and new keys."""
    theirs = str(installation.desk / "provider.token")
    told = await installation.does(theirs, "login", installation.file(FROM_THE_PROVIDER, "theirs.txt"))
    assert told.out.startswith("You are rn-rivera"), told

    elsewhere = installation.file(installation.signed("sup-diaz", "procare"), "elsewhere.token")
    for words in (("break-glass", case, "--reason", "complaint"), ("show", case), ("timeline", case)):
        assert (await installation.does(elsewhere, *words)).code == 0
    assert (await installation.does(elsewhere, "note", case, TELLTALE["note"])).code == 1

    standing = json.loads((EXAMPLES.parent / "standing" / "01-neurologist.json").read_text(encoding="utf-8"))
    standing["standing"]["condition"] = "hiv_aids"
    member = installation.somebody_like(standing["member"] | {"name": TELLTALE["name"]})
    asked = standing | {"documents": [], "member": member | {"telephone": TELLTALE["telephone"]}}
    received = ("--received", ago(timedelta(hours=1)))
    file = installation.file(asked, "sensitive.json")
    sensitive = (await installation.json("standing", "submit", file, *received, as_="ic-santos"))["case"]
    why = ("--because", TELLTALE["why somebody looks"])
    await installation.plazo("look-into", sensitive, *why, as_="rn-rivera")  # refused
    await installation.answer("look-into", sensitive, *why, as_="sup-diaz")
    await installation.answer("show", sensitive, as_="sup-diaz")

    covered = json.loads((EXAMPLES.parent / "cob" / "learned.json").read_text(encoding="utf-8"))
    covered["member"] |= {"name": TELLTALE["name"], "telephone": TELLTALE["telephone"]}
    covered["family"]["coverages"][1]["id"] = TELLTALE["other coverage"]
    covered["received_at"] = ago(timedelta(hours=1))
    opened = await installation.json("cob", "submit", installation.file(covered, "cob.json"), as_="ic-santos")
    await installation.answer("show", opened["case"], as_="ic-santos")

    for words in (("keys", "new"), ("keys", "list")):  # what is logged beside them is searched too
        assert (await installation.plazo(*words)).code == 0
    first, _ = (key.id for key in Keys.load(installation.home.keyring).keys)
    assert (await installation.plazo("keys", "retire", first)).code == 1, "cases need it"
    for number in (sensitive, opened["case"]):
        await installation.at_rest(number)


def told_in(text):
    return [what for what, words in TELLTALE.items() if words in text]


async def test_no_line_of_any_log_says_it_at_any_level(denied, logged):
    assert len(logged) > 100, "debugging is on"
    assert [(told, line[:300]) for line in logged if (told := told_in(line))] == []


async def test_no_history_and_no_search_says_it_to_whoever_has_no_ring(installation, denied):
    client = await connect(Settings(home=installation.home.folder), plain=True)
    seen = 0
    async for run in client.list_workflows(""):
        history = await client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
        seen += len(history.events)
        for said in (repr(run), history.to_json(), *map(str, history.events)):
            assert told_in(said) == []
            assert not any(token in said for token in READABLE_TOKENS)
    assert seen > 50


async def test_no_name_of_a_file_or_process_says_it(installation, denied):
    names = [str(path) for path in installation.home.folder.rglob("*")]
    commands = [" ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])]
    assert [name for name in (*names, *commands) if told_in(name)] == []


async def test_no_metrics_say_it(installation, denied):
    """Our own processes give none; the embedded server does, on a port of its own."""
    server = psutil.Process(installation.home.running().pid)
    ports = {one.laddr.port for one in server.net_connections("tcp") if one.status == psutil.CONN_LISTEN}
    pages = []
    async with httpx.AsyncClient(trust_env=False, timeout=5) as asking:
        for port in ports:
            with suppress(httpx.HTTPError):
                answer = await asking.get(f"http://127.0.0.1:{port}/metrics")
                pages += [answer.text] if "# TYPE" in answer.text else []

    assert any('operation="' in page for page in pages)
    assert [told for page in pages if (told := told_in(page))] == []


def test_a_process_that_breaks_down_leaves_no_picture_of_its_memory():
    said = "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))"  # PR_GET_DUMPABLE
    left = f"process_exit.run = lambda main, **_: (main.close(), {said})"
    imports = "import ctypes, resource, plazo; from config import process_exit"
    code = f"{imports}; {left}; plazo.main()"
    told = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)

    assert told.stdout.split(b")")[0] == b"(0, 0"
    if sys.platform == "linux":
        assert told.stdout.split()[-1] == b"0"


async def test_nothing_personal_lies_readable_in_the_home_but_the_letters(installation, denied):
    kept = [path for path in installation.home.folder.rglob("*") if path.is_file()]
    sealed = [path for path in kept if installation.home.spool not in path.parents]
    names = {path.name for path in sealed}
    assert {"server.db", "server.log", "register.db", "keyring.json"} <= names

    logs = [installation.log] if installation.log.exists() else []
    for path in [*sealed, *logs]:
        content = path.read_bytes()
        found = [what for what, text in TELLTALE.items() if text.encode() in content]
        assert not found, path


async def test_the_letters_say_it_in_plain_text(installation, denied):
    letters = [(installation.home.spool / name).read_text() for name in installation.letters(denied)]

    assert len(letters) == 2
    assert all(TELLTALE["name"] in letter for letter in letters)


async def test_search_attributes_and_numbers_name_nobody(installation, denied):
    client = await installation.client()

    cases = [case async for case in client.list_workflows("")]
    one = next(case for case in cases if case.id == denied)

    number = re.compile(r"[A-Z]{3}(-[2-9A-HJKMNP-Z]{4}){3}(-\d\d)?")
    assert [case.id for case in cases if not number.fullmatch(case.id)] == []
    values = {pair.key.name: pair.value for pair in one.typed_search_attributes}
    assert re.fullmatch(r"[0-9a-f]{20}", values.pop("CaseMember"))
    assert values.keys() <= {
        *("CaseStage", "CaseStatus", "CaseUrgency", "CasePlan", "CaseCategory", "CaseOutcome"),
        *("CaseQueues", "CaseAssignees", "CaseFlags"),
        *("CaseDueAt", "CaseNextAt", "CaseReceivedAt", "CaseOverdue"),
        *("BuildIds", "TemporalChangeVersion"),  # the engine's own: which worker, and which of its versions
    }
    assert values["CaseQueues"] == ["calls"]
    assert values["CaseAssignees"] == ["calls/-"]


def test_the_key_ring_and_the_home_are_closed_to_everybody_else(installation):
    assert stat.S_IMODE(installation.home.keyring.stat().st_mode) == 0o600
    assert stat.S_IMODE(installation.home.folder.stat().st_mode) == 0o700
