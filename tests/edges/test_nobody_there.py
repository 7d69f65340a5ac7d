"""Nobody there: no server, or a server without a worker. Each command says so within seconds, and exits 3."""

import asyncio
import re
import shlex
import signal
import sys
import time
from contextlib import suppress
from importlib import import_module
from inspect import getdoc
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

import plazo
from config.access.staff_keys import StaffKeys
from config.sealing.keyring import KeyRing
from domain.terms.case_number import authorization_number, case_number, kind_of
from tests.builders import ROOT
from tests.edges.installation import PATIENCE, Installation
from tests.sampling import PROVE, sampled
from worker import namespace
from worker.server import stop_left_over
from workflows.running.attributes import ATTRIBUTES

pytestmark = pytest.mark.slow

AN_UP = Path(__file__).with_name("an_up.py")
NOT_KNOWN = re.compile(r" It is not known whether (\S+) heard it: look with `plazo show \1`\.(?=\n$)")
WITHIN = 60.0  # seconds; alone each gives up after six to nine, but many of them share two busy cores
ABREAST = 25
INTERRUPTIONS = 20 if PROVE else 2

INSTEAD = {
    "casefile": "PRE-7K2M-9QXD-4HBT --out never-made.pdf",
    "intake": "",
    "unmatched keep": "examples/remittance-outpatient.835",
    "unmatched match": "3fa29c07 PRE-2222-2222-4HBR --kind laboratory --dated 2026-11-16",
    "misfiled": "PRE-7K2M-9QXD-4HBT 3fa29c07d1e2 PRE-2222-2222-4HBR --because 'of another member'",
    "correct received": "PRE-7K2M-9QXD-4HBT '2026-11-02 10:00' --because 'a slip'",
    "correct member": "PRE-7K2M-9QXD-4HBT --because 'a slip'",
    "correct provider": "PRE-7K2M-9QXD-4HBT --because 'a slip'",
    "correct code": "PRE-7K2M-9QXD-4HBT --service 72148 --because 'a slip'",
    "correct plan": "PRE-7K2M-9QXD-4HBT mcs-life --because 'a slip'",
    "correct request": "PRE-7K2M-9QXD-4HBT examples/referral/01-proton-therapy.json --because 'a slip'",
    "attach": "PRE-7K2M-9QXD-4HBT tests/edges/an_up.py --kind clinical_note --dated 2026-11-01",
    "note": "PRE-7K2M-9QXD-4HBT hello",
    "concern": "CON-7K2M-9QXD-4HBT 'a wound was not looked after'",
    "concern answer": "CON-7K2M-9QXD-4HBT 'no fault was found'",
    "notice again": "PRE-7K2M-9QXD-4HBT 1",
    "notice found": "PRE-7K2M-9QXD-4HBT 1",
    "translate": "PRE-7K2M-9QXD-4HBT --es tests/edges/an_up.py",
    "referral check": "examples/referral/01-proton-therapy.json",
    "referral submit": "examples/referral/01-proton-therapy.json",
    "referral availability": "REF-7K2M-9QXD-4HBT examples/referral/finding-not-available.json",
    "retrospective check": "examples/retrospective/01-emergency.json",
    "retrospective submit": "examples/retrospective/01-emergency.json",
    "standing check": "examples/standing/01-neurologist.json",
    "standing submit": "examples/standing/01-neurologist.json",
    "standing new-primary": "STA-7K2M-9QXD-4HBT -",
    "concurrent check": "examples/concurrent/01-nursing-facility.json",
    "concurrent submit": "examples/concurrent/01-nursing-facility.json",
    "dispute correct-remittance": "DIS-7K2M-9QXD-4HBT examples/remittance-outpatient.835 --reason 'paid again'",
    "rates load": "tests/edges/a_rate_table.csv",
    "appeal open": "PRE-7K2M-9QXD-4HBT examples/appeal.json --by member",
    "message request": "MSG-7K2M-9QXD-4HBT examples/message.json",
    "care contact": "CAR-7K2M-9QXD-4HBT",
    "technology scope": "TEC-7K2M-9QXD-4HBT --question examples/committee/question.txt",
    "technology opinion": "TEC-7K2M-9QXD-4HBT --says examples/committee/opinion.txt",
    "policy adopt": "GUI-7K2M-9QXD-4HBT",
    "grievance answer": "GRV-7K2M-9QXD-4HBT --found justified --says examples/grievance-answer.txt",
    "report universe": "OD --from 2026-01-01 --to 2026-03-31 --out never-made.csv",
    "report services": "determinations --year 2027 --quarter 1 --out never-made.csv",
    "policy correct": "ma-standard --pack policy --because misread",
}
"""What is typed where the example of the help names what is nowhere."""

EXAMPLE = re.compile(r"For example:\n\s+plazo ((?:.*\\\n)*.*)")
A_CASE = re.compile(r"[A-Z]{3}(-\w{4}){3}(-\d\d)?")
HELP = {
    words: getdoc(getattr(import_module(module), plazo.function_of(words.split()[-1])))
    for _, module, words, _ in plazo.commands()
}


def typed(name, number):
    """A command as its help has it, of the case of this number, by nobody in particular."""
    example = INSTEAD.get(name)
    if example is None:
        example = EXAMPLE.search(HELP[name])[1].replace("\\\n", " ").removeprefix(name).split(" --as ")[0]
    words = [str(ROOT / one) if (ROOT / one).is_file() else one for one in shlex.split(example)]
    if words and A_CASE.fullmatch(words[0]):
        case = case_number(words[0][:3].replace("AUT", "PRE"), number.to_bytes(8, "big"))
        words[0] = authorization_number(case, 1) if words[0].startswith("AUT") else case
    return [*name.split(), *words]


SERVER_ALONE = {"schedules list", "schedules apply", "schedules run", "schedules pause"}
"""What the server keeps and answers by itself, whether anybody works or not."""

GIVEN = {  # on standard input
    "correct member": '{"name": "Ana Rivera"}',
    "correct provider": '{"npi": "1000000020"}',
    "find": "Ana Rivera",
    "standing new-primary": '{"name": "Nora Field", "npi": "1000000020"}',
    "intake": "plan: mcs-classicare",
    "where": '{"from": "member", "given": ["Ana Rivera"], "name": "Ana"}',
}

ALWAYS = {
    "approve",
    "dispute resolve",
    "appeal decide",
    "show",
    "explain",
    "forecast",
    "timeline",
    "worklist",
    "review",
}
ALONE = {
    *("login", "logout", "whoami", "audit verify", "audit show", "audit export"),
    *("keys new", "keys list", "keys wrap", "keys retire"),
    *("staff key", "staff add", "staff token", "staff revoke"),
    "up",
    "worker",
    "demo",
    "pages",
    "views",
    "required",
    "reasons",
    "completion",
    "policy show",
    "policy check",
    "policy diff",
    "dispute read",
    "cob order",
    "cob explain",
    "criteria show",
}
ALONE |= {name for name in HELP if name.endswith(" schema")}
OPENS = {"check", "submit", "take"}
OPENING = {name for name in HELP if name.split()[-1] in OPENS} - ALONE | {"care refer"}
NEEDS_SOMEBODY = sorted({*HELP} - ALONE - OPENING)
ASKED = {
    name: typed(name, number)
    for number, name in enumerate(NEEDS_SOMEBODY)
    if name in ALWAYS | {*sampled(NEEDS_SOMEBODY, 15)}
}
NUMBERS = {word for words in ASKED.values() for word in words[:3] if A_CASE.fullmatch(word)}


def test_what_is_said_of_commands_is_said_of_commands_that_are_there():
    assert ALONE | SERVER_ALONE | ALWAYS | {*INSTEAD} | {*GIVEN} <= {*HELP}


def an_installation(folder):
    installation = Installation(folder)
    installation.home.prepare()
    KeyRing.load_or_generate(installation.home.keyring)
    StaffKeys.load_or_generate(installation.home.staff_keys, of_one_user=True)
    return installation


async def answers(installation):
    """What each command says, each of a case of its own, many of them asked side by side."""
    gate = asyncio.Semaphore(ABREAST)

    async def ask(name):
        async with gate:
            asked = time.monotonic()
            answer = await installation.plazo(*ASKED[name], as_="sup-diaz", given=GIVEN.get(name, ""))
            return name, answer, time.monotonic() - asked

    return await asyncio.gather(*[ask(name) for name in ASKED])


def said_that_nobody_is_there(told, words):
    for name, answer, took in told:
        assert (name, answer.code, answer.out) == (name, 3, "")
        assert NOT_KNOWN.sub("", answer.err) == f"plazo: {words}\n", name
        assert took < WITHIN, name


async def test_without_a_server_each_command_says_how_to_start_one(tmp_path):
    installation = an_installation(tmp_path)
    installation.environment["TEMPORAL_ADDRESS"] = "127.0.0.1:1"
    file = installation.file(installation.request("02"))

    told = await answers(installation)
    typing = [["precert", name.split()[1], file] if "precert" in name else typed(name, 0) for name in OPENING]
    opening = await asyncio.gather(*[installation.plazo(*words) for words in typing])

    words = (
        "No Temporal server answers at 127.0.0.1:1; start one with `plazo up`, "
        "or name yours in temporal.toml or TEMPORAL_ADDRESS."
    )
    said_that_nobody_is_there(told, words)
    assert opening == [(3, "", f"plazo: {words}\n")] * len(OPENING)
    assert not any(installation.home.documents.iterdir()), "nothing is kept of what went nowhere"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def without_worker(tmp_path_factory):
    """A home whose server runs, and nobody else."""
    installation = an_installation(tmp_path_factory.mktemp("without worker"))
    up = await asyncio.create_subprocess_exec(
        *(sys.executable, AN_UP, str(installation.home.folder), "0"),
        env=installation.environment,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert await asyncio.wait_for(up.stdout.readline(), PATIENCE) == b"up\n"
        await namespace.register(await installation.client(), ATTRIBUTES)
        yield installation
    finally:
        with suppress(ProcessLookupError):
            up.terminate()
        await up.wait()
        await stop_left_over(installation.home)


async def test_without_a_worker_each_command_says_so(without_worker):
    client = await without_worker.client()
    for number in NUMBERS:
        await client.start_workflow(kind_of(number).capitalize(), id=number, task_queue="plazo")

    told = [row for row in await answers(without_worker) if row[0] not in SERVER_ALONE]

    said_that_nobody_is_there(told, "No worker answers; start one with `plazo up` or `plazo worker`.")
    acts = {name for name, answer, _ in told if NOT_KNOWN.search(answer.err)}
    assert {"approve", "dispute resolve", "appeal decide"} <= acts
    assert not acts & {"show", "explain", "forecast", "timeline", "worklist", "review"}
    for number in NUMBERS:
        assert await without_worker.history_length(number) == 2, (
            "started and scheduled, and nothing half-done"
        )


async def test_without_a_worker_a_request_is_received_and_cannot_be_checked(without_worker):
    file = without_worker.file(without_worker.request("02", documents=[]))

    submitted, checked = await asyncio.gather(
        without_worker.plazo("precert", "submit", file), without_worker.plazo("precert", "check", file)
    )

    assert (submitted.code, submitted.out) == (3, "")
    assert "was received and its clock runs, but it is not admitted yet" in submitted.err
    case = re.search(r"PRE(-\w{4}){3}", submitted.err).group()
    assert await without_worker.history_length(case) == 2
    again = await without_worker.plazo("precert", "submit", file)
    assert again.code == 3
    assert f"{case} was received and its clock runs" in again.err, "the very same, and no second case"
    assert checked == (3, "", "plazo: No worker answers; start one with `plazo up` or `plazo worker`.\n")


async def test_ctrl_c_ends_a_command_that_waits_for_an_answer_at_once(without_worker):
    for _ in range(INTERRUPTIONS):
        command = await without_worker.start("worklist", "--all")
        await until_it_talks(command.pid, without_worker.home.running().address)

        command.send_signal(signal.SIGINT)
        asked = time.monotonic()
        out, err = await asyncio.wait_for(command.communicate(), PATIENCE)

        assert (command.returncode, out, err) == (130, b"", b"")
        assert time.monotonic() - asked < 5, "its own patience would have been longer"


async def until_it_talks(pid, address):
    """A command that has reached the server waits for its answer."""
    port = int(address.rpartition(":")[2])
    process = psutil.Process(pid)
    async with asyncio.timeout(PATIENCE):
        while not any(link.raddr and link.raddr.port == port for link in process.net_connections()):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)  # from the connection to the question
