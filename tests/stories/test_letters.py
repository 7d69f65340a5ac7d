"""Stories of letters that do not leave at once: a hold, an address, the mail run, a post that is away."""

from datetime import UTC, datetime, time, timedelta

import pytest
from temporalio.exceptions import ApplicationError

from domain.case.sending import Fate
from domain.correction.second_thoughts import TakeBack
from domain.desk.delivery import SendAgain
from domain.desk.desk import RecordCall, Withdraw
from domain.desk.holds import LiftHold, PutOnHold
from domain.desk.stop_notice import StopNotice
from domain.determination.decisions import Approve, Deny
from domain.dispute.acts import TriageLine
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.policy.notices import MailRun
from domain.rehearsal.preview import Beforehand
from domain.terms.notice import SendBy
from tests.appealing import NOT_MET
from tests.builders import ROOT, a_request, at, staff
from tests.disputes import a_filing
from tests.world import PACK
from worker.adapters.tables import PackOnDisk
from workflows.running.questions import Questions

LEGAL = {"kind": HoldKind.LEGAL}
LATE_AT = at("2037-03-06 00:00:00 AST")  # three business days from Mon 2 Mar 2037 have ended
RUN = MailRun(
    id="afternoon",
    plans=("mcs-classicare",),
    at=("16:00",),
    in_force_from="2025-01-01",
    source="a test",
    standing="assumed",
)


async def work_of(case):
    return [work.queue for work in (await case.look()).shown.work]


async def test_under_a_hold_a_letter_becomes_late_and_says_so_when_it_leaves(plan):
    case = await plan.submit(a_request())
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")
    await case.does("ic-santos", Withdraw, by="physician")
    await case.let_pass(timedelta(minutes=1))
    assert LATE_AT in [one.at for one in (await case.look()).shown.next]

    await case.let_pass(until=LATE_AT + timedelta(minutes=1))
    [breach] = await case.events(EventKind.BREACHED)
    assert (breach.at, breach.details["lateness_seconds"]) == (LATE_AT, 0)
    assert "breach" in (await case.look()).flags
    assert await work_of(case) == ["on-call"]

    await case.let_pass(until=at("2037-03-06 10:00 AST"))
    await case.does("sup-diaz", LiftHold, **LEGAL)
    assert await case.closed_as() == "cancelled"
    sent = await case.events(EventKind.NOTICE_SENT)
    assert {one.details["lateness_seconds"] for one in sent} == {10 * 3600 + 1}


async def test_while_the_post_is_away_a_letter_becomes_late_all_the_same(plan):
    case = await plan.dispute(a_filing(received_at=at("2037-05-01 10:00 PACIFIC")))
    await case.let_pass(until=at("2037-05-01 23:58:00 PACIFIC"))
    plan.post.down = True
    await case.does("da-torres", TriageLine, line=1, route="redirect", reason="a denial")

    await case.let_pass(until=at("2037-05-02 00:00:30 PACIFIC"))
    [breach] = await case.events(EventKind.BREACHED)
    assert breach.at == at("2037-05-02 00:00:00 PACIFIC"), "what is the plan's own goes on the same day"
    assert breach.details["notice"] == "forwarded_to_plan"
    assert "on-call" in await work_of(case)

    plan.post.down = False
    await case.sheet()
    assert "on-call" not in await work_of(case)
    assert len(plan.letters(case, "forwarded_to_plan")) == 1


async def test_a_letter_without_an_address_waits_for_it_and_the_duty_with_it(plan):
    case = await plan.submit(a_request(member={"address": None}))
    await case.does("rn-rivera", Approve)
    await case.let_pass(timedelta(minutes=1))

    [letter] = plan.letters(case, "determination")
    assert letter.recipient == "provider"
    assert "find-address" in await work_of(case)
    assert (await case.look()).shown.due_at == at("2037-03-09 23:59:59 AST")

    await case.does("ic-santos", SendAgain, notice=1, address="Calle Sol 3, Ponce PR 00730")
    assert (await case.sheet()).shown.due_at is None
    assert plan.letters(case, "determination")[-1].address == "Calle Sol 3, Ponce PR 00730"
    for whom in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=whom, reached=True)
    assert await case.closed_as() == "certified in total"


async def test_a_letter_that_cannot_be_put_on_paper_waits_for_a_person_and_is_not_tried_meanwhile(plan):
    case = await plan.submit(a_request())
    plan.post.answers[SendBy.LETTER] = Fate.UNSET
    await case.does("rn-rivera", Approve)
    await case.let_pass(timedelta(days=1))
    assert (plan.letters(case, "determination"), plan.post.asked) == ([], 2)
    assert "post" in await work_of(case)

    plan.post.answers.clear()
    for number in (1, 2):
        await case.does("ic-santos", SendAgain, notice=number)
    assert (await case.sheet()).shown.due_at is None
    assert len(plan.letters(case, "determination")) == 2


async def test_before_the_mail_run_a_letter_is_stopped_and_goes_with_the_next_one_after_all(
    plan, monkeypatch
):
    runs = PACK.pack().model_copy(update={"mail_run": (RUN,)})
    monkeypatch.setattr(PACK, "pack", lambda: runs)
    case = await plan.submit(a_request(received_at=at("2037-03-02 09:00 AST")))
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.let_pass(timedelta(minutes=1))
    assert plan.post.sent == []
    with pytest.raises(ApplicationError, match="may not stop a letter"):
        await case.does("rn-rivera", StopNotice, notice=1, reason="wrong study")

    said = await case.does("md-ortiz", StopNotice, notice=1, reason="wrong study")
    assert "the duty stays open" in said.sentence
    await case.let_pass(until=at("2037-03-02 16:01 AST"))
    [left] = plan.letters(case, "determination")
    assert left.recipient == "provider"
    assert "supervisor" in await work_of(case)

    await case.does("sup-diaz", SendAgain, notice=1)
    await case.let_pass(until=at("2037-03-03 16:01 AST"))
    assert [one.recipient for one in plan.letters(case, "determination")] == ["provider", "member"]
    assert "supervisor" not in await work_of(case)
    sent = await case.events(EventKind.NOTICE_SENT)
    assert sent[-1].at - at("2037-03-03 16:00 AST") < timedelta(minutes=1)


async def test_where_the_house_has_a_mail_run_an_answer_is_taken_back_before_anything_of_it_left(
    plan, monkeypatch
):
    house = PackOnDisk(ROOT / "policy", time(16, 30))
    monkeypatch.setattr(PACK, "pack", house.pack)
    received, fax = (
        at("2037-03-02 09:00 AST"),
        {"name": "Luis Ortiz MD", "npi": "1234567893", "fax": "787-555-0104"},
    )
    case = await plan.submit(a_request(received_at=received, requesting_provider=fax))
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.let_pass(timedelta(minutes=1))
    waiting = await case.handle.query(Questions.notices, datetime.now(UTC))
    assert {one.waits_for for one in waiting.notices} == {"the mail run Mon 2 Mar 2037 16:30 AST"}
    assert {one.by for one in waiting.notices} == {SendBy.LETTER, SendBy.FAX}

    await case.does("md-ortiz", TakeBack, reason="the wrong study")
    await case.does("md-ortiz", Approve)
    await case.let_pass(until=at("2037-03-02 16:29 AST"))
    assert plan.post.sent == []
    await case.let_pass(until=at("2037-03-02 16:31 AST"))
    assert {one.facts["adverse"] for one in plan.letters(case, "determination")} == {False}

    urgent = await plan.submit(a_request(received_at=received, urgency="expedited"))
    await urgent.does("rn-rivera", Approve)
    await urgent.let_pass(timedelta(minutes=1))
    assert len(plan.letters(urgent, "determination")) == 2


async def test_looking_at_the_letters_of_a_decision_changes_nothing(plan):
    case = await plan.submit(a_request())
    before, length = await case.events(), await case.length()
    deny = Deny(actor=staff("md-ortiz"), **NOT_MET)

    seen = await case.handle.query(Questions.preview, Beforehand(act=deny, at=datetime.now(UTC)))

    assert [(one.kind, one.recipient) for one in seen.letters] == [
        ("determination", "member"),
        ("determination", "provider"),
    ]
    assert await case.events() == before
    assert await case.length() == length
