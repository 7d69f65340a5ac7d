"""Letters, faxes and e-mails behind one gateway: each notice leaves once, with proof, or a person is asked."""

import asyncio
import csv
import hashlib
import json
import os
import random
import signal
import sys
from functools import partial

import pytest
from pydantic import ValidationError
from temporalio.testing import ActivityEnvironment

from activities.post import LettersInHand, MailBag, Post
from config import files
from config.logging import configure
from config.settings import Settings, load
from domain.case.sending import Fate
from domain.terms.notice import Recipient, SendBy
from domain.terms.people import Language
from domain.terms.refusals import Misuse
from tests.builders import ROOT
from tests.edges import killed_while_sending
from tests.edges.mail_server import mail_server, nobody
from tests.request_letters import TEMPLATES, determination, letter_of
from tests.sampling import PROVE
from worker.adapters.post import smtp
from worker.adapters.post.gateway import ways_out
from worker.adapters.post.journal import BeingHandedOver, Journal
from worker.adapters.post.smtp import MailServerAway, MailServerRefusesUs

ENGLISH, SPANISH = Language
REACHED = {"fax": "(787) 555-0104", "email": "files@reviewer.example"}
SENDER = "notices@plan.example"
FAX_DOMAIN = "fax.example"


def a_notice(by, language=ENGLISH, **changes):
    notice = letter_of(determination(language), Recipient.PROVIDER)
    return notice.model_copy(update=REACHED | {"by": by} | changes)


def chosen(folder, server=None, **settings):
    mail = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_sender": SENDER} if server else {}
    return {"home": str(folder), "policy": str(ROOT / "policy")} | mail | {"smtp_tls": "none"} | settings


def gateway(folder, server=None, **settings):
    return ways_out(Settings(**chosen(folder, server, **settings)))


def paper_of(folder, notice):
    return (folder / "spool" / f"{notice.key}.pdf").read_bytes()


def listed(folder, name="manifest.csv"):
    path = folder / "spool" / name
    if not path.exists():
        return []
    with path.open(newline="") as file:
        return [line["key"] for line in csv.DictReader(file)]


# Any way


@pytest.mark.usefixtures("a_slow_disk")
@pytest.mark.parametrize("by", SendBy)
async def test_whichever_way_a_notice_goes_a_slow_disk_holds_up_no_case(by, tmp_path):
    assert (await gateway(tmp_path).send(a_notice(by))).proof


@pytest.mark.usefixtures("a_slow_disk")
async def test_nor_does_it_where_a_mail_server_takes_the_notice(tmp_path):
    async with mail_server() as server:
        assert (await gateway(tmp_path, server).send(a_notice(SendBy.EMAIL))).proof


async def test_who_is_told_to_stop_while_a_notice_goes_has_written_down_what_became_of_it(tmp_path):
    """The notice is with the mail server; its answer is being written down when the worker stops."""
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        sending = asyncio.create_task(gateway(tmp_path, server).send(notice))
        create = files.create

        def stopped_meanwhile(path, content):
            if path.suffix == ".sent":
                asyncio.run_coroutine_threadsafe(stop(), loop).result()
            return create(path, content)

        async def stop():
            sending.cancel()

        loop = asyncio.get_running_loop()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(files, "create", stopped_meanwhile)
            with pytest.raises(asyncio.CancelledError):
                await sending

        assert (await gateway(tmp_path, server).send(notice)).fate is Fate.SENT
    assert len(server.taken) == 1


# E-mail


@pytest.mark.parametrize("language", list(Language))
async def test_an_email_carries_the_notice_as_a_pdf_and_says_nothing_about_anybody_itself(tmp_path, language):
    notice = a_notice(SendBy.EMAIL, language)
    async with mail_server() as server:
        sending = await gateway(tmp_path, server).send(notice)

    [(to, message)] = server.taken
    [paper] = message.iter_attachments()
    assert to == REACHED["email"]
    assert paper.get_content() == paper_of(tmp_path, notice)
    assert (paper.get_content_type(), paper.get_filename()) == (
        "application/pdf",
        "PRE-2222-2222-2222-002.pdf",
    )
    assert message["Message-ID"] == f"<{notice.key}@plan.example>"
    assert message["Subject"] == notice.facts["case"]
    assert message["Content-Language"] == language.value
    words = message.get_body().get_content()
    assert ("attached document" if language is ENGLISH else "documento adjunto") in words
    outside = " ".join([str(message["Subject"]), words, paper.get_filename()])
    private = {notice.facts["member"], notice.name, notice.facts["contract_number"], "72148", "determination"}
    assert {word for word in private if word in outside} == set()
    digest = hashlib.sha256(paper.get_content()).hexdigest()
    assert sending.proof == f"250 OK queued as 4F2; {notice.key}.pdf sha256:{digest[:16]}"


async def test_an_email_asked_for_twice_is_one_email_with_the_same_proof(tmp_path):
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        first = await gateway(tmp_path, server).send(notice)
        second = await gateway(tmp_path, server).send(notice)

    assert first == second == await gateway(tmp_path, server).left(notice)
    assert len(server.taken) == 1


async def test_what_the_server_answers_is_kept_without_the_address_that_it_repeats(tmp_path):
    async with mail_server() as server:
        server.to_messages = [f"250 taken for {REACHED['email']}"]
        sending = await gateway(tmp_path, server).send(a_notice(SendBy.EMAIL))

    assert sending.proof.startswith("250 taken for ...; ")


@pytest.mark.parametrize("answers", [{"to_recipients": ["550 no such user"]}, {"to_messages": ["554 no"]}])
async def test_what_is_refused_for_good_has_failed_and_goes_as_a_letter_under_the_same_key(tmp_path, answers):
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        vars(server).update(answers)
        ways = gateway(tmp_path, server)
        failed = await ways.send(notice)
        letter = await ways.send(notice.model_copy(update={"by": SendBy.LETTER, "failed_by": SendBy.EMAIL}))

    assert failed.fate is Fate.FAILED
    assert failed.why.startswith("the mail server refuses the ")
    assert REACHED["email"] not in str(failed)
    assert (letter.fate, server.taken, listed(tmp_path)) == (Fate.SENT, [], [notice.key])


@pytest.mark.parametrize("answers", [{"to_recipients": ["451 later"]}, {"to_messages": ["451 later"]}])
async def test_what_is_put_off_is_tried_again_and_leaves_once(tmp_path, answers):
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        vars(server).update(answers)
        ways = gateway(tmp_path, server)
        with pytest.raises(MailServerAway, match=r"puts the \w+ off \(451\)") as away:
            await ways.send(notice)
        assert await ways.left(notice) is None
        sending = await ways.send(notice)

    assert REACHED["email"] not in repr(away.value)
    assert (sending.fate, len(server.taken)) == (Fate.SENT, 1)


@pytest.mark.parametrize(("answer", "arrived"), [("gone", 1), ("lost", 0)])
async def test_what_may_have_left_is_not_sent_again_until_a_person_says_so(tmp_path, answer, arrived):
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        server.to_messages = [answer]
        ways = gateway(tmp_path, server)
        fates = [(await ways.send(notice)).fate for _ in range(2)]
        assert fates == [Fate.UNKNOWN] * 2
        assert (await ways.left(notice)).fate is Fate.UNKNOWN
        assert len(server.taken) == arrived

        again = await ways.send(notice.model_copy(update={"tries": 2}))

    assert again.fate is Fate.SENT
    assert len(server.taken) == arrived + 1
    assert {message["Message-ID"] for _, message in server.taken} == {f"<{notice.key}@plan.example>"}


async def test_a_server_that_never_answers_to_the_message_leaves_it_unknown(tmp_path, monkeypatch):
    monkeypatch.setattr(smtp, "HANDING_OVER", 0.5)
    async with mail_server() as server:
        server.may_answer.clear()
        sending = await gateway(tmp_path, server).send(a_notice(SendBy.EMAIL))

    assert (sending.fate, sending.why) == (
        Fate.UNKNOWN,
        "the connection was lost while the message was handed over",
    )


async def test_a_server_that_is_away_is_waited_for(tmp_path):
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        pass
    ways = gateway(tmp_path, server)
    for _ in range(2):
        with pytest.raises(MailServerAway, match="cannot be reached"):
            await ways.send(notice)

    async with mail_server(server.port) as back:
        assert (await ways.send(notice)).fate is Fate.SENT
    assert len(back.taken) == 1


async def test_what_another_worker_hands_over_at_this_moment_is_left_to_it(tmp_path):
    notice = a_notice(SendBy.EMAIL)
    async with mail_server() as server:
        server.may_answer.clear()
        first = asyncio.create_task(gateway(tmp_path, server).send(notice))
        await server.is_asked.wait()
        with pytest.raises(BeingHandedOver):
            await gateway(tmp_path, server).send(notice)
        server.may_answer.set()

        assert (await first).fate is Fate.SENT
        assert await gateway(tmp_path, server).send(notice) == await first
    assert len(server.taken) == 1


# Who we are there


@pytest.mark.usefixtures("logging_as_it_was")
async def test_wrong_credentials_are_said_clearly_and_never_shown(tmp_path, capsys):
    configure()
    secret = {"smtp_user": "plan", "smtp_password": "swordfish"}
    async with mail_server(authenticator=nobody, auth_require_tls=False) as server:
        ways = gateway(tmp_path, server, **secret)
        with pytest.raises(MailServerRefusesUs) as refused:
            await ways.send(a_notice(SendBy.EMAIL))

    said = capsys.readouterr()
    for text in (str(refused.value), said.out + said.err):
        assert "the user or the password (PLAZO_SMTP_USER, PLAZO_SMTP_PASSWORD)" in text
        assert "swordfish" not in text
    assert "swordfish" not in repr(Settings(**chosen(tmp_path, server, **secret)))


async def test_a_server_without_tls_is_not_spoken_to_in_the_clear_unless_that_was_chosen(tmp_path):
    async with mail_server() as server:
        with pytest.raises(MailServerRefusesUs, match="PLAZO_SMTP_TLS"):
            await gateway(tmp_path, server, smtp_tls="starttls").send(a_notice(SendBy.EMAIL))
    assert server.taken == []


@pytest.mark.parametrize(
    ("settings", "field"),
    [({"smtp_host": "mail.example"}, "smtp_sender"), ({"fax_domain": "fax.example"}, "fax_domain")],
)
def test_settings_that_need_each_other_are_asked_for_by_name(settings, field, monkeypatch):
    for name, value in settings.items():
        monkeypatch.setenv(f"PLAZO_{name.upper()}", value)
    with pytest.raises(Misuse, match=f"PLAZO_{field.upper()}"):
        load()
    with pytest.raises(ValidationError):
        Settings(**settings)


# Fax


async def test_a_fax_goes_by_mail_to_the_number_at_the_domain_of_the_service(tmp_path):
    notice = a_notice(SendBy.FAX)
    async with mail_server() as server:
        sending = await gateway(tmp_path, server, fax_domain=FAX_DOMAIN).send(notice)

    [(to, message)] = server.taken
    [paper] = message.iter_attachments()
    assert to == f"7875550104@{FAX_DOMAIN}"
    assert paper.get_content() == paper_of(tmp_path, notice)
    assert "7875550104" not in sending.proof


async def test_without_a_mail_server_faxes_and_emails_lie_in_folders_once(tmp_path):
    fax, email = a_notice(SendBy.FAX), a_notice(SendBy.EMAIL, key="PRE-2222-2222-2222-003-other")
    ways = gateway(tmp_path)
    assert [await ways.left(one) for one in (fax, email)] == [None, None]

    proofs = [[(await ways.send(one)).proof for one in (fax, email)] for _ in range(2)]

    assert proofs[0] == proofs[1] == [(await ways.left(one)).proof for one in (fax, email)]
    assert (tmp_path / "spool" / "fax" / f"{fax.key}.pdf").read_bytes() == paper_of(tmp_path, fax)
    assert (tmp_path / "spool" / "fax" / "faxes.csv").read_text().splitlines() == [
        "key,number,pages",
        f"{fax.key},7875550104,3",
    ]
    assert [path.name for path in (tmp_path / "spool" / "outbox").iterdir()] == [f"{email.key}.eml"]
    assert listed(tmp_path) == [], "the mail house prints none of them"
    everything = (tmp_path / "spool").rglob("*")
    assert {path.stat().st_mode & 0o077 for path in everything} == {0}


@pytest.mark.parametrize(
    ("by", "reached"),
    [
        (SendBy.FAX, {"fax": "ask at the desk"}),
        (SendBy.FAX, {"fax": "787-555-0104 ext 12"}),
        (SendBy.FAX, {"fax": "555-0104"}),
        (SendBy.EMAIL, {"email": "nobody"}),
        (SendBy.EMAIL, {"email": "a@b.example\r\nBcc: c@d.example"}),
    ],
)
async def test_what_is_no_number_or_address_has_failed_without_a_try(tmp_path, by, reached):
    sending = await gateway(tmp_path).send(a_notice(by, **reached))

    assert sending.fate is Fate.FAILED
    assert next(iter(reached.values())) not in str(sending)


# One bag, several ways


class Owing:
    """A case that owes these notices."""

    def __init__(self, *notices):
        self.notices = notices

    async def letters(self, _case, _run, keys):
        return tuple(notice for notice in self.notices if notice.key in keys)


async def test_one_notice_that_is_stuck_holds_back_no_other_of_its_bag(tmp_path):
    letter, fax = letter_of(determination(ENGLISH)), a_notice(SendBy.FAX)
    async with mail_server() as server:
        pass
    post = Post(gateway(tmp_path, server, fax_domain=FAX_DOMAIN), Owing(fax, letter))
    send = partial(ActivityEnvironment().run, post.send_notices)

    [sent] = await send(MailBag(case="", keys=(fax.key, letter.key)))

    assert (sent.key, sent.fate) == (letter.key, Fate.SENT)
    with pytest.raises(MailServerAway):
        await send(MailBag(case="", keys=(fax.key,)))
    assert [one.key for one in await post.what_left(LettersInHand(notices=(fax, letter)))] == [letter.key]


# What goes wrong on the way

IN_BETWEEN = 0  # not at a wait for the disk: the server has the message, and its answer never comes
BY_MAIL = (
    IN_BETWEEN,
    *range(1, 10),
)  # four for the paper, two for the journal, two for the answer; and afterwards
TO_FOLDER = range(1, 8)
STEPS = {
    "letter": (SendBy.LETTER, False, range(1, 7)),
    "email": (SendBy.EMAIL, True, BY_MAIL),
    "fax by mail": (SendBy.FAX, True, BY_MAIL),
    "email to a folder": (SendBy.EMAIL, False, TO_FOLDER),
    "fax to a folder": (SendBy.FAX, False, range(1, 9)),
}
REPETITIONS = 50 if PROVE else 1
PICKED = random.Random(2037)
EVERY_KILL = [
    pytest.param(way, step, id=f"{way}, step {step}, {count}")
    for way, (_, _, steps) in STEPS.items()
    for count, step in enumerate(
        (list(steps) * REPETITIONS)[:REPETITIONS] if PROVE else PICKED.sample(list(steps), REPETITIONS)
    )
]


async def killed(folder, notice, settings, step, server):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, killed_while_sending.__file__, folder, TEMPLATES),
        *(notice.model_dump_json(), str(step or 99), json.dumps(settings)),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    server.kills = None if step else process.pid
    assert await process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(("way", "step"), EVERY_KILL)
async def test_a_worker_killed_at_any_step_sends_once_or_a_person_is_asked_and_never_twice(
    tmp_path, way, step
):
    by, by_mail, _ = STEPS[way]
    notice = a_notice(by)
    async with mail_server() as server:
        settings = chosen(
            tmp_path, server if by_mail else None, **({"fax_domain": FAX_DOMAIN} if by_mail else {})
        )
        await killed(tmp_path, notice, settings, step, server)
        ways = ways_out(Settings(**settings))
        before = len(server.taken)
        answers = [await ways.send(notice) for _ in range(2)]

    left = len(server.taken) + len(listed(tmp_path)) + len(listed(tmp_path, "fax/faxes.csv"))
    left += len(list((tmp_path / "spool").glob("outbox/*.eml")))
    assert answers[0] == answers[1]
    assert hashlib.sha256(paper_of(tmp_path, notice)).hexdigest()
    if answers[0].fate is Fate.UNKNOWN:
        assert by_mail
        assert step in {IN_BETWEEN, 6, 7}, "only from the journal's name to the answer's"
        assert len(server.taken) == before <= 1
    else:
        assert (answers[0].fate, left) == (Fate.SENT, 1)


@pytest.mark.parametrize("step", range(1, 9))
async def test_a_disk_that_fills_at_any_step_is_waited_for_and_the_email_leaves_once(
    tmp_path, monkeypatch, step
):
    notice = a_notice(SendBy.EMAIL)
    waits = iter(range(1, step))

    def full(descriptor):
        if next(waits, None) is None:
            raise OSError(28, "No space left on device")

    async with mail_server() as server:
        ways = gateway(tmp_path, server)
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", full)
            if step < 7:
                with pytest.raises(OSError, match="No space"):
                    await ways.send(notice)
            else:  # the server has it: that its answer could not be written down changes nothing
                assert (await ways.send(notice)).fate is Fate.SENT
        if step < 7:
            assert (await ways.send(notice)).fate is Fate.SENT

    assert len(server.taken) == 1


async def test_a_journal_that_was_begun_and_never_ended_speaks_for_its_own_try_alone(tmp_path):
    notice = a_notice(SendBy.EMAIL)
    async with Journal(tmp_path, notice).handing_over():
        pass

    second = notice.model_copy(update={"tries": 2})
    assert Journal(tmp_path, second).answer() is None
    assert (tmp_path / f"{notice.key}.sending").exists()
