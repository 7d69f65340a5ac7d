"""Who may speak to the worker: an installation where people log in, and nobody is believed for saying a name."""

import asyncio
import time

import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import RSAKey
from temporalio.client import WorkflowFailureError, WorkflowUpdateFailedError

from activities.desk.finding import Finding, FindQuestion
from activities.opening import Opening
from client.reach.cases import Cases
from config.access.staff_keys import StaffKeys
from config.house import house_of
from config.settings import Settings
from domain.desk.desk import Note
from domain.request.request import Request
from domain.terms.case_number import case_number
from domain.terms.refusals import Refused
from tests.builders import staff
from tests.edges.guarded import Guarded
from workflows.acts.updates import update_for
from workflows.kinds import WORKFLOWS
from workflows.running.questions import Questions

ISSUER, THEIRS = "https://login.example.org", RSAKey.generate_key(2048)
NOBODY = "nobody is logged in"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(tmp_path_factory):
    installation = Guarded(tmp_path_factory.mktemp("guarded"))
    await installation.key()
    installation.takes_tokens_of(ISSUER, THEIRS)
    async with installation.here():
        yield installation


async def test_without_a_token_every_command_says_so_and_nothing_happens(guarded):
    case = await guarded.submitted()
    length = await guarded.at_rest(case)
    file = guarded.file(guarded.request("02"))
    for words in (
        ("show", case),
        ("timeline", case),
        ("explain", case),
        ("worklist",),
        ("precert", "check", file),
        ("precert", "submit", file),
    ):
        done = await guarded.plazo(*words, PLAZO_TOKEN_FILE="/nobody")
        assert done.code in {1, 2}, (words, done)
        assert "log" in done.err, (words, done)
        assert done.err.count("\n") == 1, (words, done)
        assert done.out == ""
    assert await guarded.at_rest(case) == length


async def test_who_logs_in_with_a_token_of_the_identity_provider_works_as_with_one_of_ours(guarded):
    case = await guarded.submitted()
    said = {"iss": ISSUER, "aud": "plazo", "exp": int(time.time()) + 600, "sub": "rn-rivera"}
    kept = str(guarded.desk / "provider.token")
    theirs = jwt.encode({"alg": "RS256"}, said, THEIRS)

    done = await guarded.does(kept, "login", guarded.file(theirs, "theirs.txt"))
    forged = jwt.encode({"alg": "RS256"}, said, RSAKey.generate_key(2048))
    refused = await guarded.does(kept, "login", guarded.file(forged, "forged.txt"))

    assert done.out.startswith("You are rn-rivera: Carmen Rivera"), done
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "not signed with a key of the identity provider" in refused.err
    claimed = await guarded.does(kept, "claim", case)
    assert (claimed.code, claimed.err) == (0, ""), claimed
    assert "logged in" in (await guarded.plazo("audit", "export")).out


async def test_a_name_is_not_believed_where_people_log_in(guarded):
    case = await guarded.submitted()
    done = await guarded.plazo("claim", case, as_="rn-rivera")
    assert (done.code, "--as" in done.err) == (2, True), done


async def test_whoever_logged_in_acts_as_who_they_are(guarded):
    case = await guarded.submitted()
    nurse = await guarded.logged_in("rn-rivera")
    assert (guarded.desk / "rn-rivera.token").stat().st_mode & 0o777 == 0o600
    assert "rn-rivera" in (await guarded.does(nurse, "whoami")).out
    assert (await guarded.does(nurse, "claim", case)).code == 0
    assert "Carmen Rivera" in (await guarded.does(nurse, "timeline", case)).out
    assert (await guarded.does(nurse, "logout")).code == 0
    assert "plazo login" in (await guarded.does(nurse, "release", case)).err


async def test_a_token_is_good_for_its_bearer_alone_and_a_refusal_leaves_no_trace(guarded):
    case = await guarded.submitted()
    length = await guarded.at_rest(case)
    client = await guarded.speaking(await guarded.token("rn-rivera"))
    handle = client.get_workflow_handle(case)
    for act in (
        Note(actor=staff("md-ortiz"), text="read"),
        Note(actor=staff("rn-rivera").model_copy(update={"roles": staff("md-ortiz").roles}), text="read"),
        Note(actor=staff("rn-rivera"), text="read", confirmed_by=staff("sup-diaz")),
    ):
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await handle.execute_update(update_for(case, Note), act)
        assert "identity:" in str(refused.value.cause), refused.value.cause
    desk = Cases(client, "plazo", house_of(client, Settings(home=guarded.home.folder)))
    with pytest.raises(Refused, match="may not act as md-ortiz"):
        await desk.ask(Finding.find, FindQuestion(wanted=(), actor=staff("md-ortiz")))
    assert await guarded.at_rest(case) == length


async def test_a_raw_client_gets_nothing_but_refusals(guarded):
    case = await guarded.submitted()
    length = await guarded.at_rest(case)
    handle = (await guarded.speaking()).get_workflow_handle(case)
    for query in (Questions.sheet, Questions.timeline, Questions.whole, Questions.notices):
        with pytest.raises(Refused, match=NOBODY):
            await handle.query(query)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await handle.execute_update(update_for(case, Note), Note(actor=staff("rn-rivera"), text="read"))
    assert NOBODY in str(refused.value.cause)
    assert await handle.query("__temporal_workflow_metadata"), "the Web UI has no token"
    assert await guarded.at_rest(case) == length


async def test_a_start_without_a_token_ends_as_failed_before_any_record(guarded):
    asked = Request.model_validate(guarded.request("02", reference="nobody's"))
    for token, by in (("", None), (await guarded.token("ic-santos"), staff("md-ortiz"))):
        number = case_number("PRE", asked.reference.encode()[:7] + bool(by).to_bytes(1, "big"))
        opening = Opening(number=number, request=asked, keyed_by=by)
        client = await guarded.speaking(token)
        started = await client.start_workflow(
            WORKFLOWS["precertification"].run, opening, id=number, task_queue="plazo"
        )
        with pytest.raises(WorkflowFailureError) as failed:
            await asyncio.wait_for(started.result(), 30)
        assert "identity:" in str(failed.value.cause.cause), failed.value.cause
        desk = await guarded.does(await guarded.logged_in("rn-rivera"), "show", number)
        assert desk.code != 0


async def test_a_token_that_was_revoked_is_refused_from_the_next_word_on(guarded):
    case = await guarded.submitted()
    nurse = await guarded.logged_in("rn-colon")
    assert (await guarded.does(nurse, "show", case)).code == 0
    assert (await guarded.plazo("staff", "revoke", "rn-colon")).code == 0
    for words in (("show", case), ("claim", case), ("worklist",)):
        done = await guarded.does(nurse, *words)
        assert (done.code, done.err) == (1, "plazo: identity: the token was revoked\n"), (words, done)


async def test_a_second_person_confirms_with_a_token_of_their_own(guarded):
    case = await guarded.submitted()
    token = await guarded.token("ic-santos")
    lent = guarded.file(await guarded.token("sup-diaz"), "lent.txt")
    kept = guarded.file(token, "own.txt")
    words = ("withdraw", case, "--by", "physician", "--confirmed-by", "sup-diaz")
    alone = await guarded.plazo(*words, PLAZO_TOKEN_FILE=kept)
    assert NOBODY in alone.err
    both = await guarded.plazo(*words, PLAZO_TOKEN_FILE=kept, PLAZO_SECOND_TOKEN_FILE=lent)
    assert both.code == 0, both


async def test_a_key_is_retired_while_cases_are_open_and_they_go_on(tmp_path):
    installation = Guarded(tmp_path)
    await installation.key()
    async with installation.here():
        case = await installation.submitted()
        nurse = await installation.logged_in("rn-rivera")
        assert (await installation.does(nurse, "claim", case)).code == 0
        await installation.at_rest(case)
    old = StaffKeys.load(installation.home.staff_keys).newest.id
    await installation.key()
    assert (await installation.key("--retire", old)).code == 0
    async with installation.here():  # another worker: what was said with the old key replays
        done = await installation.does(nurse, "release", case)
        assert "not any more" in done.err, done
        nurse = await installation.logged_in("rn-rivera")
        assert (await installation.does(nurse, "release", case)).code == 0
