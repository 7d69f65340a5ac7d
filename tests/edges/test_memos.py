"""Memos to the staff leave by the gateway: as an e-mail where there is an address, and they always lie on paper."""

from datetime import timedelta

import pytest
from temporalio.testing import ActivityEnvironment

from activities.desk.supervision import Occasion, Oversight
from config.calendars import calendar_for_case
from config.settings import Settings
from domain.view.memo import memos
from tests.builders import ROOT, at, pack
from tests.edges.mail_server import mail_server
from worker.adapters.post.gateway import ways_out
from worker.adapters.post.smtp import MailServerAway

NOW = at("2037-03-02 06:30 AST")
SUPERVISOR = next(one for one in pack().staff if one.id == "sup-diaz")
OTHER = SUPERVISOR.model_copy(update={"id": "sup-soto", "email": "sup-soto@plan.example"})
UNLISTED = SUPERVISOR.model_copy(update={"id": "sup-luna", "email": None})
LINES = ["mcs-life, nurse-review: 3 open, 1 unassigned", "PRE-2222-2222-2222 differs"]


def gateway(folder, server=None):
    mail = {"smtp_host": "127.0.0.1", "smtp_port": server.port} if server else {}
    sender = {"smtp_sender": "notices@plan.example", "smtp_tls": "none"}
    return ways_out(Settings(home=folder, policy=ROOT / "policy", **mail, **sender))


def a_memo(reader=SUPERVISOR):
    [memo] = memos("digest", "2037-03-02", [reader], "The morning of 2037-03-02", LINES)
    return memo


def paper_of(folder, memo):
    return (folder / "spool" / "staff" / f"{memo.key}.txt").read_text(encoding="utf-8")


async def test_a_supervisor_with_an_address_gets_the_memo_there_once(tmp_path):
    async with mail_server() as server:
        first = await gateway(tmp_path, server).give(a_memo())
        second = await gateway(tmp_path, server).give(a_memo())

    [(to, message)] = server.taken
    assert (to, message["Subject"]) == (SUPERVISOR.email, "The morning of 2037-03-02")
    assert message.get_content().splitlines() == LINES
    assert first == second
    assert first.startswith("250 OK queued as 4F2; digest-2037-03-02-sup-diaz.txt sha256:")
    assert SUPERVISOR.email not in first


async def test_what_was_laid_out_is_what_leaves_however_often_it_is_composed(tmp_path):
    """A digest that is made once more, because the mail server was away, says what it said of the morning."""
    async with mail_server() as server:
        server.to_recipients = ["451 later"]
        ways = gateway(tmp_path, server)
        with pytest.raises(MailServerAway):
            await ways.give(a_memo())
        await ways.give(a_memo().model_copy(update={"words": "by now nothing waits"}))

    [(_, message)] = server.taken
    assert message.get_content().splitlines() == LINES


@pytest.mark.usefixtures("a_slow_disk")
async def test_without_a_mail_server_it_lies_in_the_outbox_and_without_an_address_on_paper_alone(tmp_path):
    ways = gateway(tmp_path)

    proofs = [await ways.give(a_memo(reader)) for reader in (SUPERVISOR, UNLISTED)]

    outbox = [path.name for path in (tmp_path / "spool" / "outbox").iterdir()]
    assert outbox == ["digest-2037-03-02-sup-diaz.eml"]
    assert [proof.partition(" ")[0] for proof in proofs] == [
        "outbox/digest-2037-03-02-sup-diaz.eml",
        "staff/digest-2037-03-02-sup-luna.txt",
    ]
    assert paper_of(tmp_path, a_memo(UNLISTED)).splitlines()[-2:] == LINES


async def test_what_is_refused_for_good_lies_on_paper_and_says_why(tmp_path):
    async with mail_server() as server:
        server.to_recipients = ["550 no such user"]
        proof = await gateway(tmp_path, server).give(a_memo())

    assert proof.startswith("staff/digest-2037-03-02-sup-diaz.txt sha256:")
    assert proof.endswith("; the mail server refuses the recipient (550)")


class TwoSupervisors:
    def pack(self):
        return pack().model_copy(update={"staff": (SUPERVISOR, OTHER)})

    def calendar(self, plan, received):
        return calendar_for_case(plan, received)


async def test_one_that_cannot_go_yet_keeps_no_other_back_and_none_goes_twice(tmp_path):
    occasion = Occasion(scheduled_at=NOW, now=NOW + timedelta(hours=1))
    async with mail_server() as server:
        server.to_recipients = ["451 later"]
        oversight = Oversight(None, TwoSupervisors(), None, gateway(tmp_path, server), None)
        with pytest.raises(MailServerAway):
            await ActivityEnvironment().run(oversight.reviews, occasion)
        reached = [to for to, _ in server.taken]
        given = await ActivityEnvironment().run(oversight.reviews, occasion)

    assert len(reached) == 1
    assert sorted(to for to, _ in server.taken) == sorted([SUPERVISOR.email, OTHER.email])
    assert len(given) == 2
