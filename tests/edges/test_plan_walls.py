"""Plans are walls: a token for one plan sees and touches no case, number, count or search of another."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from google.protobuf import json_format
from pydantic import ValidationError
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.client import WorkflowFailureError, WorkflowUpdateFailedError
from temporalio.workflow import _Definition

from activities.opening import Opening
from config.access import staff as staff_file
from config.access.staff_keys import StaffKeys
from config.access.tokens import ASKING, Verifier, bearer_of, sign
from config.sealing.codec import SealedPayloads
from config.sealing.keyring import KeyRing
from domain.case.authority import TABLE
from domain.desk.glass import LASTS, GlassReason
from domain.request.request import Request
from domain.terms.case_number import case_number
from domain.terms.refusals import Refused
from tests.builders import ROOT, staff
from tests.edges.guarded import Guarded
from tests.sampling import sampled
from worker.adapters.lender import GlassLender
from workflows.acts.updates import updates_of
from workflows.kinds import WORKFLOWS

OWN, OTHER = "mcs-classicare", "procare"
KIND = "precertification"
WALL = "plans are walls"
PEOPLE = (
    *("ic-santos", "rn-rivera", "md-ortiz", "dir-luna", "cov-matos"),
    *("cm-reyes", "da-torres", "ap-soto", "qa-marin", "sup-diaz"),
)
SUPERVISOR = staff_file.row(ROOT / "policy", "sup-diaz").model_copy(update={"plans": frozenset({OTHER})})
USUAL = json.loads((ROOT / "tests" / "histories" / "kept" / "said.json").read_text(encoding="utf-8"))["words"]
"""How stories say each act."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(tmp_path_factory):
    installation = Guarded(tmp_path_factory.mktemp("walled"))
    await installation.key()
    async with installation.here():
        yield installation


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def case(guarded):
    number = await guarded.submitted("02", reference="WALLED")
    await guarded.at_rest(number)
    return number


def acts():
    """Each act of the kind, with words that somebody would say it in."""
    for update in sorted(updates_of(KIND).values(), key=lambda one: one.__name__):
        for words in USUAL.get(update.__name__, [{}])[:1]:
            yield update, words


def said(update, words, who):
    kind = update._defn.arg_types[0]
    try:
        return kind.model_validate_json(json.dumps(words | {"actor": staff(who).model_dump(mode="json")}))
    except ValidationError:
        return None


async def answer(handle, update, act):
    """The one line of a refusal; empty where the act was heard."""
    try:
        await handle.execute_update(update, act)
    except WorkflowUpdateFailedError as refused:
        return str(refused.cause)
    return ""


async def test_every_act_by_every_role_is_refused_beyond_the_wall_and_within_it_by_the_table(guarded, case):
    length, tried, by_the_table = await guarded.at_rest(case), set(), 0
    for who in PEOPLE:
        beyond = (await guarded.speaking(guarded.signed(who, OTHER))).get_workflow_handle(case)
        within = (await guarded.speaking(guarded.signed(who, OWN))).get_workflow_handle(case)
        for update, words in acts():
            act = said(update, words, who)
            if act is None or who not in sampled(PEOPLE, 3, seed=update.__name__):
                continue
            tried.add(update.__name__)
            assert WALL in await answer(beyond, update, act), (who, update.__name__)
            if act.act_name in TABLE and not staff(who).is_any(*TABLE[act.act_name].roles):
                refusal = await answer(within, update, act)
                assert WALL not in refusal
                assert refusal, (who, update.__name__)
                by_the_table += 1
    assert await guarded.at_rest(case) == length, "a refusal left something in the history"
    untried = {update.__name__ for update, _ in acts()} - tried
    assert not untried & set(USUAL), "what somebody says in a story is tried here"
    assert len(tried) > len(untried)
    assert by_the_table > 50


async def test_every_question_is_refused_beyond_the_wall(guarded, case):
    questions = sorted(name for name in _Definition.must_from_class(WORKFLOWS[KIND]).queries if name)
    assert len(questions) > 10
    for who in PEOPLE:
        beyond = (await guarded.speaking(guarded.signed(who, OTHER))).get_workflow_handle(case)
        for question in questions:
            with pytest.raises(Refused, match=WALL):
                await beyond.query(question)


async def test_commands_tell_nothing_of_a_case_beyond_the_wall(guarded, case):
    nurse = guarded.file(guarded.signed("rn-rivera", OTHER), "other.token")
    clerk = guarded.file(guarded.signed("ic-santos", OTHER), "clerk.token")
    file = guarded.file(guarded.request("02"))
    own = guarded.file(guarded.signed("rn-rivera", OWN), "own.token")
    for words, given in (
        (("show", case), ""),
        (("timeline", case), ""),
        (("explain", case), ""),
        (("forecast", case), ""),
        (("notices", case), ""),
        (("review", case), ""),
        (("where",), f"{case}\n"),
        (("claim", case), ""),
        (("casefile", case, "--out", str(guarded.desk / "file.pdf"), "--for", "reviewer"), ""),
        (("find",), "WALLED\n"),
        (("find",), f"{case}\n"),
        (("worklist",), ""),
        (("late",), ""),
        (("handover",), ""),
        (("board", "--json"), ""),
        (("next",), ""),
        (("precert", "check", file), ""),
        (("batch", "note", "seen", "--dry-run"), ""),
    ):
        done = await guarded.does(nurse, *words, given=given)
        told = (done.out + done.err).replace(given.strip() or case, "")
        assert case not in told or done.code == 1, (words, done)
        assert OWN not in told, (words, done)
        assert "Rivera Santiago" not in told
    submitted = await guarded.does(clerk, "precert", "submit", file)
    assert (submitted.code, WALL in submitted.err) == (1, True), submitted
    within = await guarded.does(own, "find", given="WALLED\n")
    assert case in within.out, within


async def test_the_board_counts_and_the_codec_opens_what_is_of_the_plan_alone(guarded, case):
    """The history of a case is sealed, and whoever reaches the service has it."""
    client = await guarded.speaking()
    history = await client.get_workflow_handle(case).fetch_history()
    sealed = history.events[0].workflow_execution_started_event_attributes.input
    body = json_format.MessageToJson(sealed)
    [foreign] = await SealedPayloads(KeyRing.load(guarded.home.keyring)).encode([Payload(data=b"another's")])
    of_another = json_format.MessageToJson(Payloads(payloads=[foreign]))
    seen = {}
    for plan in (OWN, OTHER):
        async with httpx.AsyncClient(
            base_url=guarded.home.running().ui, trust_env=False, timeout=30
        ) as browser:
            await browser.post("/login", data={"token": guarded.signed("sup-diaz", plan)})
            board = await browser.get("/board")
            opened = await browser.post(f"/codec/{case}/decode", content=body)
            forged = await browser.post(f"/codec/{case}/decode", content=of_another)
            unknown = await browser.post("/codec/PRE-2222-2222-2222/decode", content=body)
            seen[plan] = (board.status_code, OWN in board.text, opened, forged)
            assert (unknown.status_code, "cannot be asked" in unknown.text) == (503, True)

    status, listed, opened, forged = seen[OWN]
    assert (status, listed, opened.status_code) == (200, True, 200)
    assert case.encode() in json_format.Parse(opened.text, Payloads()).payloads[0].data
    assert (forged.status_code, "not in the history" in forged.text) == (403, True)
    status, listed, opened, forged = seen[OTHER]
    assert (status, listed, opened.status_code, forged.status_code) == (200, False, 403, 403)
    assert opened.text == forged.text
    assert WALL in opened.text


async def test_a_start_in_another_plan_fails_before_any_record(guarded):
    asked = Request.model_validate(guarded.request("02", reference="beyond"))
    client = await guarded.speaking(guarded.signed("ic-santos", OTHER))
    number = case_number("PRE", b"beyond--")
    run, opening = WORKFLOWS[KIND].run, Opening(number=number, request=asked)
    started = await client.start_workflow(run, opening, id=number, task_queue="plazo")
    with pytest.raises(WorkflowFailureError) as failed:
        await asyncio.wait_for(started.result(), 30)
    assert WALL in str(failed.value.cause.__cause__)
    with closing(sqlite3.connect(guarded.home.register_db)) as register:
        assert not register.execute("SELECT 1 FROM cases WHERE number = ?", (number,)).fetchall()


async def test_a_supervisor_reads_one_case_beyond_the_wall_for_a_reason_and_acts_on_none(guarded, case):
    kept = guarded.file(guarded.signed("sup-diaz", OTHER), "sup.token")
    nurse = guarded.file(guarded.signed("rn-rivera", OTHER), "rn.token")
    within = guarded.file(guarded.signed("sup-diaz"), "all.token")
    another = await guarded.submitted("02", reference="ANOTHER")
    opened = ("break-glass", case, "--reason", "complaint")
    length = await guarded.at_rest(case)

    assert WALL in (await guarded.does(kept, "show", case)).err
    assert "may not break the glass" in (await guarded.does(nurse, *opened)).err
    assert "works for all plans" in (await guarded.does(within, *opened)).err
    done = await guarded.does(kept, *opened)

    assert done.out.startswith(f"You may read {case} until "), done
    for asked in ("show", "timeline", "explain", "forecast", "notices", "papers"):
        read = await guarded.does(kept, asked, case)
        assert (read.code, read.err) == (0, ""), (asked, read)
    for act in (("note", case, "seen"), ("assign", case, "rn-rivera"), ("release", case)):
        assert WALL in (await guarded.does(kept, *act)).err, act
    assert WALL in (await guarded.does(kept, "show", another)).err
    assert WALL in (await guarded.does(nurse, "show", case)).err
    assert await guarded.at_rest(case) == length

    told = (await guarded.plazo("audit", "show", case)).out
    assert told.count("broke the glass") == 1, "who was refused broke none"
    assert told.count("complaint") > len(("show", "timeline", "explain"))
    await guarded.plazo("schedules", "run", "digest")
    memo = await eventually(lambda: next((guarded.home.spool / "staff").glob("privacy-*-po-vidal.txt"), None))
    assert f"sup-diaz, {case}: a complaint about it is looked into" in memo.read_text(encoding="utf-8")


async def eventually(look):
    async with asyncio.timeout(60):
        while not (found := look()):  # noqa: ASYNC110 - nobody tells when a memo was laid out
            await asyncio.sleep(0.1)
    return found


async def test_what_was_lent_ends_with_its_hour_and_with_the_token_of_whoever_borrowed_it():
    keys = StaffKeys.generate()
    verifier, now = Verifier(lambda: keys), datetime.now(UTC)
    for hours, ends_after in ((12, LASTS), (0.5, LASTS / 2)):
        own = sign(bearer_of(SUPERVISOR), keys, timedelta(hours=hours))
        before = ASKING.set(verifier.verify(own, now))
        lent = GlassLender(lambda: keys).lend("PRE-2222-2222-2222", GlassReason.EMERGENCY)
        ASKING.reset(before)

        assert abs(lent.glass.until - now - ends_after) < timedelta(minutes=1)
        assert verifier.verify(lent.token, now).beyond == {"PRE-2222-2222-2222": "emergency"}
        with pytest.raises(Refused, match="expired"):
            verifier.verify(lent.token, now + ends_after + timedelta(minutes=1))
