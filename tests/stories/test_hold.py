"""Stories of holds: letters and calls wait for the lawyers, and the clock waits for nobody."""

from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from domain.desk.desk import RecordCall
from domain.desk.holds import LiftHold, PutOnHold
from domain.determination.decisions import Approve, Deny
from domain.determination.peer_to_peer import OfferPeerToPeer
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.review.notified import APPEAL
from tests.builders import a_request, at, criteria_of

CLAUSE, *_ = criteria_of("72148")
LEGAL, FRAUD = {"kind": HoldKind.LEGAL}, {"kind": HoldKind.FRAUD}
DUE = at("2037-03-09 23:59:59 AST")


async def test_during_a_hold_nothing_leaves_and_the_deadline_is_missed_all_the_same(plan):
    case = await plan.submit(a_request())
    assert "may not hold" in await case.is_refused("rn-rivera", PutOnHold, **LEGAL, reason="subpoena")
    assert "says why" in await case.is_refused("sup-diaz", PutOnHold, **LEGAL)
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")
    await case.does("sup-diaz", PutOnHold, **FRAUD, reason="inquiry")
    await case.does("rn-rivera", Approve)
    await case.let_pass(timedelta(minutes=1))

    seen = await case.look()
    assert seen.flags == ("legal_hold", "fraud_hold")
    assert seen.shown.stage == "decided"
    assert seen.why.startswith(
        "on legal and fraud hold: nothing leaves, and the clock runs; decided, not yet"
    )
    assert seen.shown.due_at == DUE
    assert [hold.split(" since")[0] for hold in (await case.explanation()).holds] == [
        "legal hold",
        "fraud hold",
    ]
    assert plan.post.sent == []
    forecast = [event.kind for event in (await case.forecast()).events]
    assert EventKind.BREACHED in forecast
    assert EventKind.NOTICE_SENT not in forecast
    with pytest.raises(ApplicationError, match="nobody is called during the legal hold"):
        await case.does("ic-santos", RecordCall, to="member", reached=True)

    await case.let_pass(until=at("2037-03-11 10:00 AST"))
    [breach] = await case.events(EventKind.BREACHED)
    assert breach.at == at("2037-03-10 00:00:00 AST")
    assert plan.post.sent == []
    await case.does("sup-diaz", LiftHold, **LEGAL)
    with pytest.raises(ApplicationError, match="no legal hold is on"):
        await case.does("sup-diaz", LiftHold, **LEGAL)
    assert plan.post.sent == [], "one hold is enough"

    said = await case.does("sup-diaz", LiftHold, **FRAUD, reason="cleared")

    assert "letters that waited may leave" in said.sentence
    sheet = await case.sheet()
    assert sheet.flags == ("breach",)
    assert len(plan.letters(case, "determination")) == 2
    assert plan.letters(case, "missed_deadline") == [], "beside the answer, nothing says that it is not ready"
    [decision] = [one for one in sheet.shown.clocks if one.timeframe == "ma-standard"]
    assert decision.breached
    for whom in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=whom, reached=True)
    assert await case.closed_as() == "certified in total"


async def test_a_letter_that_could_not_leave_yet_is_kept_back_by_a_hold_that_comes(plan):
    case = await plan.submit(a_request())
    plan.post.down = True
    await case.does("rn-rivera", Approve)
    await case.let_pass(timedelta(minutes=1))
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")
    plan.post.down = False

    await case.let_pass(timedelta(hours=1))
    assert plan.post.sent == []

    await case.does("sup-diaz", LiftHold, **LEGAL)
    await case.sheet()
    assert len(plan.letters(case, "determination")) == 2


async def test_calls_that_a_hold_kept_back_are_still_owed_after_their_time(plan):
    case = await plan.submit(a_request())
    await case.does("rn-rivera", Approve)
    await case.sheet()
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")

    await case.let_pass(timedelta(days=30))
    assert [work.queue for work in (await case.sheet()).shown.work] == ["calls", "calls"]

    await case.does("sup-diaz", LiftHold, **LEGAL)
    for whom in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=whom, reached=True)
    assert await case.closed_as() == "certified in total"


async def test_calls_that_a_hold_outlived_have_their_time_beside_the_letters_and_the_case_ends_by_itself(
    plan,
):
    case = await plan.submit(a_request())
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")
    await case.does("rn-rivera", Approve)
    await case.let_pass(timedelta(days=30))

    await case.does("sup-diaz", LiftHold, **LEGAL)

    sheet = await case.sheet()
    assert len(plan.letters(case, "determination")) == 2
    assert sheet.shown.stage == "telling"
    assert "the time ends" in sheet.shown.next[0].what
    await case.let_pass(timedelta(days=3))
    assert await case.closed_as() == "certified in total"


async def test_an_offer_to_talk_that_a_hold_outlived_does_not_leave_and_the_answer_does(plan):
    case = await plan.submit(a_request())
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")
    await case.does("md-ortiz", OfferPeerToPeer)
    await case.let_pass(timedelta(days=2))
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)

    await case.does("sup-diaz", LiftHold, **LEGAL)

    await case.sheet()
    assert plan.letters(case, "peer_to_peer") == []
    assert len(plan.letters(case, "determination")) == 2


async def test_a_denial_that_a_hold_kept_back_is_dated_as_it_leaves_and_says_the_last_day_to_appeal(plan):
    """What counts from the date of the letter counts from a day on which somebody could have it."""
    case = await plan.submit(a_request())
    await case.does("sup-diaz", PutOnHold, **LEGAL, reason="subpoena")
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)
    await case.let_pass(until=at("2037-03-06 10:00 AST"))

    await case.does("sup-diaz", LiftHold, **LEGAL, reason="cleared")

    await case.sheet()
    member, provider = plan.letters(case, "determination")
    assert member.facts["dated"] == provider.facts["dated"] == "2037-03-06"
    [window] = [one for one in (await case.explanation()).clocks if one.is_window and one.clock == APPEAL]
    assert window.due_at == at("2037-05-10 23:59:59 AST")
    assert member.facts["appeal"]["through"] == "2037-05-10"


async def test_a_denial_that_waits_for_its_letter_is_not_told_by_a_call(plan):
    """Rule 21: the call is extra. Only an expedited answer may be told by voice before it is written."""
    plan.post.down = True
    case = await plan.submit(a_request())
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)

    await case.does("ic-santos", RecordCall, to="member", reached=True)

    assert (await case.look()).shown.due_at == DUE
    plan.post.down = False
