"""Nobody there: no server, or a server without a worker. Each command says so within seconds, and exits 3."""

import asyncio
import re
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

import plazo
from config.access.staff_keys import StaffKeys
from config.pack import SHIPPED
from config.sealing.keyring import KeyRing
from domain.terms.case_number import authorization_number, case_number, kind_of
from tests.edges.installation import PATIENCE, Installation
from tests.sampling import PROVE, sampled
from worker import namespace
from worker.server import stop_left_over
from workflows.running.attributes import ATTRIBUTES

pytestmark = pytest.mark.slow

AN_UP = Path(__file__).with_name("an_up.py")
REFERRALS = Path(__file__).parents[2] / "examples" / "referral"
A_FINDING = REFERRALS / "finding-not-available.json"
A_REFERRAL = REFERRALS / "01-proton-therapy.json"
A_RETROSPECTIVE = REFERRALS.parent / "retrospective" / "01-emergency.json"
A_STAY = REFERRALS.parent / "concurrent" / "01-nursing-facility.json"
A_STANDING = REFERRALS.parent / "standing" / "01-neurologist.json"
AN_APPEAL = Path(__file__).parents[2] / "examples" / "appeal.json"
A_RATE_TABLE = Path(__file__).with_name("a_rate_table.csv")
A_REMITTANCE = Path(__file__).parents[2] / "examples" / "remittance-outpatient.835"
A_DISPUTE = A_REMITTANCE.with_name("dispute.json")
OTHER_COVERAGE = A_REMITTANCE.parent / "cob" / "learned.json"
A_CARE_REFERRAL = A_REMITTANCE.parent / "care" / "referral.json"
COMMITTEE = A_REMITTANCE.parent / "committee"
AN_ANSWER = OTHER_COVERAGE.with_name("answered.json")
A_MESSAGE = A_REMITTANCE.with_name("message.json")
A_GRIEVANCE = A_REMITTANCE.with_name("grievance.json")
NOT_KNOWN = re.compile(r" It is not known whether (\S+) heard it: look with `plazo show \1`\.(?=\n$)")
WITHIN = 60.0  # seconds; alone each gives up after six to nine, but many of them share two busy cores
ABREAST = 25
INTERRUPTIONS = 20 if PROVE else 2

UNDER = ("--authority", "DR-2026-SAMPLE")
GROUND = ("--reason", "criteria_not_met", "--criterion", "chest-ct.radiograph")
COMMANDS = {
    "doctor": [],
    "register rebuild": [],
    "fast-forward": ("1d",),
    "board": [],
    "break-glass": ("--reason", "emergency"),
    "report prior-auth": ["--year", "2026"],
    "report timeliness": ["--from", "2026-11-01", "--to", "2026-11-30"],
    "report workload": ["--from", "2026-11-01", "--to", "2026-11-30"],
    "report overturns": ["--from", "2026-11-01", "--to", "2026-11-30"],
    "report letters": ["--from", "2026-11-01", "--to", "2026-11-30"],
    "report month": ["2026-10"],
    "report universe": ["OD", "--from", "2026-01-01", "--to", "2026-03-31", "--out", "never-made.csv"],
    "report services": ["determinations", "--year", "2027", "--quarter", "1", "--out", "never-made.csv"],
    "schedules list": [],
    "schedules apply": [],
    "schedules run": ["sweep"],
    "schedules pause": ["sweep", "--because", "the register moves"],
    "show": (),
    "explain": (),
    "forecast": (),
    "timeline": (),
    "casefile": ("--out", "never-made.pdf"),
    "worklist": None,
    "next": None,
    "standing leaves": ("--on", "2027-01-31"),
    "standing new-primary": ("-",),
    "standing still-needed": (),
    "concurrent more": ("--through", "2026-12-30"),
    "concurrent end": ("--on", "2026-12-30", "--reason", "lower_level_suffices"),
    "concurrent go-on": ("--because", "got worse"),
    "concurrent notice": (),
    "concurrent qio": (),
    "concurrent qio-answer": ("--decided-for", "plan"),
    "concurrent continue-benefits": (),
    "concurrent discharge": (),
    "correct received": ("2026-11-02 10:00", "--because", "a slip"),
    "correct member": ("--because", "a slip"),
    "correct provider": ("--because", "a slip"),
    "correct code": ("--service", "72148", "--because", "a slip"),
    "correct request": (str(A_REFERRAL), "--because", "a slip"),
    "correct plan": ("mcs-life", "--because", "a slip"),
    "find": None,
    "late": None,
    "handover": None,
    "where": None,
    "intake": None,
    "unmatched": None,
    "unmatched keep": [str(A_REMITTANCE)],
    "unmatched match": ["3fa29c07", "PRE-2222-2222-4HBR", "--kind", "laboratory", "--dated", "2026-11-16"],
    "papers": (),
    "misfiled": ("3fa29c07d1e2", "PRE-2222-2222-4HBR", "--because", "of another member"),
    "claim": (),
    "release": (),
    "assign": ("rn-colon",),
    "note": ("hello",),
    "note strike": ("1", "--because", "of another case"),
    "attach": (str(AN_UP), "--kind", "clinical_note", "--dated", "2026-11-01"),
    "request-info": ("the last study",),
    "notices": (),
    "notice delivered": ("1",),
    "notice returned": ("1",),
    "notice again": ("1",),
    "notice stop": ("1", "--because", "the wrong study"),
    "notice sent": ("1", "--because", "the fax log"),
    "notice resend": ("1",),
    "notice found": ("1",),
    "call": ("--to", "member"),
    "call script": ("--to", "member"),
    "concern": ("a wound was not looked after",),
    "concern answer": ("no fault was found",),
    "look-into": ("--because", "a complaint"),
    "criteria copy": ("--for", "member"),
    "translate": ("--es", str(AN_UP)),
    "tell-apart": ("--because", "left and right"),
    "confirm-member": ("--because", "the card shows it"),
    "withdraw": (),
    "review": (),
    "approve": (),
    "refer": (),
    "deny": GROUND,
    "reduce": ("--units", "1", *GROUND),
    "modify": ("--service", "71250", *GROUND),
    "emergency": ("--confirmed",),
    "p2p offer": (),
    "p2p held": (),
    "p2p missed": (),
    "p2p declined": (),
    "reconsider": ("--because", "read the wrong study"),
    "second-look": ("--answer", "denied"),
    "correct-answer": ("--to", "approved", "--because", "the study was on file"),
    "enter-in-error": ("--because", "keyed for another member"),
    "recalled": ("--because", "they came back"),
    "reopen": ("--because", "another case was meant"),
    "clock extend": ("--until", "2026-12-30", "--ground", "enrollee_asks"),
    "expedite": ("--asked-by", "physician"),
    "downgrade": (),
    "hold": ("--kind", "legal", "--because", "a subpoena"),
    "unhold": ("--kind", "legal"),
    "toll": ["--window", "filing", *UNDER, "--plan", "mcs-classicare", "--until", "2026-12-31"],
    "batch assign": ["--queue", "nurse-review", "--to", "rn-colon"],
    "batch note": ["--queue", "nurse-review", "--text", "hello"],
    "staff list": [],
    "staff attest": ["--signed"],
    "staff attestations": [],
    "staff absent": ["rn-rivera", "--from", "2099-12-21", "--until", "2099-12-31"],
    "staff back": ["rn-rivera"],
    "policy correct": ["ma-standard", "--pack", str(SHIPPED), "--because", "misread"],
    "referral availability": (str(A_FINDING),),
    "referral providers": (),
    "referral place": ("Orlando", "FL"),
    "referral choose": ("1000000210",),
    "referral provider-answer": ("--accepted",),
    "referral dates": ("2029-03-12",),
    "referral send": (),
    "referral coinsurance": (),
    "referral confirm": (),
    "referral return": (),
    "referral recheck": (),
    "referral end": (),
    "dispute review": (),
    "dispute triage": ("--line", "1", "--route", "amount"),
    "dispute elsewhere": ("--where", "contract", "--reason", "a contract was found"),
    "dispute good-cause": ("--accept", "--reason", "a flood"),
    "dispute resolve": ("--line", "1", "--outcome", "upheld", "--why", "paid_at_medicare_rate"),
    "dispute dismiss": ("--ground", "incomplete", "--reason", "nothing came"),
    "dispute correct-remittance": (str(A_REMITTANCE), "--reason", "paid again"),
    "dispute second-level": ("--filed-on", "2026-11-01", "--learned", "the plan called"),
    "dispute plan-answer": ("--outcome", "upheld", "--on", "2026-11-01"),
    "appeal open": (str(AN_APPEAL), "--by", "member"),
    "appeal form": (),
    "appeal good-cause": ("--accept",),
    "appeal decide": ("--answer", "upheld"),
    "appeal dismiss": ("--ground", "no_standing"),
    "appeal vacate": ("--because", "a flood"),
    "appeal further": (),
    "appeal answer": ("--outcome", "overturned"),
    "appeal effect": ("--line", "1"),
    "cob facts": (str(AN_ANSWER),),
    "cob leave": ("--because", "nobody knows"),
    "cob of": (),
    "message show": (),
    "message call-back": (),
    "message request": (str(A_MESSAGE),),
    "message tie": ("PRE-7K2M-9QXD-4HBT",),
    "message give-up": ("--because", "nobody answers"),
    "care suggest": (),
    "care eligible": ("--risk", "high"),
    "care offer": (),
    "care consent": ("--recording", "line 4", "--language", "spanish"),
    "care assess": (),
    "care goal": ("--met", "ulcer"),
    "care contact": (),
    "care opt-out": (),
    "care close": ("goals_met",),
    "technology scope": ("--question", str(COMMITTEE / "question.txt")),
    "technology evidence": (str(COMMITTEE / "evidence.json"),),
    "technology opinion": ("--says", str(COMMITTEE / "opinion.txt")),
    "technology vote": (str(COMMITTEE / "technology-vote.json"),),
    "technology publish": ("--where", "the policy page"),
    "technology answer": ("--age", "19"),
    "guideline review": (str(COMMITTEE / "works.json"),),
    "guideline vote": (str(COMMITTEE / "guideline-vote.json"),),
    "guideline notice": ("--to", "members", "--proof", "mailing 12"),
    "policy adopt": (),
    "grievance sort": ("grievance",),
    "grievance answer": (
        "--found",
        "justified",
        "--says",
        str(A_GRIEVANCE.with_name("grievance-answer.txt")),
    ),
    "auth show": (),
    "auth used": ("--units", "1", "--on", "2026-11-01", "--reported-by", "the center"),
    "auth extend": (),
    "auth cancel": (),
    "auth end": ("--by", "coverage"),
    "auth void": ("--ground", "fraud", "--because", "a forged order"),
    "rates show": ["A2001"],
    "rates load": [str(A_RATE_TABLE)],
}
"""What stands after the case number; a list, or None, where there is none."""

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

PREFIXES = {
    "concurrent": "CON",
    "standing": "STA",
    "referral": "REF",
    "dispute": "DIS",
    "appeal": "APP",
    "grievance": "GRV",
    "cob": "COB",
    "message": "MSG",
    "care": "CAR",
    "technology": "TEC",
    "guideline": "GUI",
}


def a_number(group, number):
    case = case_number(PREFIXES.get(group, "PRE"), number.to_bytes(8, "big"))
    return authorization_number(case, 1) if group == "auth" else case


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
SAMPLE = ALWAYS | set(sampled(sorted(COMMANDS), 30))
ASKED = {name: rest for name, rest in COMMANDS.items() if name in SAMPLE}
NUMBERS = [
    a_number("guideline" if name == "policy adopt" else name.split()[0], number)
    for number, name in enumerate(ASKED)
]
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
    "precert schema",
    "referral schema",
    "dispute read",
    "dispute schema",
    "appeal schema",
    "grievance schema",
    "cob order",
    "cob explain",
    "cob schema",
    "message schema",
    "care schema",
    "criteria show",
}
OPENING = {"precert check", "precert submit", "referral check", "referral submit"}
OPENING |= {"dispute check", "dispute submit", "grievance submit", "cob submit", "message take", "care refer"}
OPENING |= {"technology submit", "guideline submit"}
OPENING |= {"retrospective check", "retrospective submit", "concurrent check", "concurrent submit"}
OPENING |= {"standing check", "standing submit"}


def test_the_table_names_every_command_that_needs_somebody():
    every = {words for _, _, words, _ in plazo.commands()}

    assert set(COMMANDS) == every - ALONE - OPENING


def an_installation(folder):
    installation = Installation(folder)
    installation.home.prepare()
    KeyRing.load_or_generate(installation.home.keyring)
    StaffKeys.load_or_generate(installation.home.staff_keys, of_one_user=True)
    return installation


async def answers(installation, numbers):
    """What each command says, each of a case of its own, many of them asked side by side."""
    gate = asyncio.Semaphore(ABREAST)

    async def ask(name, number):
        rest = ASKED[name]
        words = [*name.split(), *([number, *rest] if isinstance(rest, tuple) else rest or [])]
        async with gate:
            asked = time.monotonic()
            answer = await installation.plazo(*words, as_="sup-diaz", given=GIVEN.get(name, ""))
            return name, answer, time.monotonic() - asked

    return await asyncio.gather(*[ask(*row) for row in zip(ASKED, numbers, strict=True)])


def said_that_nobody_is_there(told, words):
    for name, answer, took in told:
        assert (name, answer.code, answer.out) == (name, 3, "")
        assert NOT_KNOWN.sub("", answer.err) == f"plazo: {words}\n", name
        assert took < WITHIN, name


async def test_without_a_server_each_command_says_how_to_start_one(tmp_path):
    installation = an_installation(tmp_path)
    installation.environment["TEMPORAL_ADDRESS"] = "127.0.0.1:1"
    file = installation.file(installation.request("02"))

    told = await answers(installation, NUMBERS)
    of_group = {
        "precert": file,
        "referral": str(A_REFERRAL),
        "dispute": str(A_DISPUTE),
        "grievance": str(A_GRIEVANCE),
        "cob": str(OTHER_COVERAGE),
        "message": str(A_MESSAGE),
        "care": str(A_CARE_REFERRAL),
        "technology": str(COMMITTEE / "technology.json"),
        "guideline": str(COMMITTEE / "guideline.json"),
        "retrospective": str(A_RETROSPECTIVE),
        "concurrent": str(A_STAY),
        "standing": str(A_STANDING),
    }
    files = {name: of_group[name.split()[0]] for name in sorted(OPENING)}
    opening = await asyncio.gather(*[installation.plazo(*name.split(), of) for name, of in files.items()])

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

    told = [row for row in await answers(without_worker, NUMBERS) if row[0] not in SERVER_ALONE]

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
