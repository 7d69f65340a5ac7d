"""Stories of the conversation that may come before a decision against a line."""

from datetime import timedelta

from domain.desk.desk import Attach
from domain.determination.clock_acts import Expedite
from domain.determination.decisions import Approve, Deny, Refer
from domain.determination.peer_to_peer import OfferPeerToPeer, RecordPeerToPeer
from domain.parts.events import EventKind
from domain.request.line import PeerOutcome
from tests.builders import a_document, a_request, at, criteria_of

WEEKS, *_ = criteria_of("72148")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": WEEKS}
HELD = {"outcome": PeerOutcome.HELD}


def work_of(sheet):
    return {(work.queue, work.assignee) for work in sheet.shown.work}


async def referred(plan, **facts):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST"), **facts))
    await case.does("rn-rivera", Refer)
    return case


async def test_a_conversation_that_is_held_brings_facts_to_the_same_physician_and_decides_nothing(plan):
    case = await referred(plan)
    assert "may not offer a peer-to-peer" in await case.is_refused("rn-rivera", OfferPeerToPeer)
    assert "no peer-to-peer was offered" in await case.is_refused("md-ortiz", RecordPeerToPeer, **HELD)
    await case.let_pass(until=at("2037-03-04 15:00 AST"))
    await case.does("md-ortiz", OfferPeerToPeer)
    assert "may not offer a peer-to-peer" in await case.is_refused("rn-rivera", RecordPeerToPeer, **HELD)

    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.status.code) == ("physician_review", "A4")
    assert sheet.shown.due_at == at("2037-03-09 23:59:59 AST"), "it never pauses the clock"
    assert {("calls", None), ("physician-review", "md-ortiz")} <= work_of(sheet)
    [letter] = plan.letters(case, "peer_to_peer")
    assert letter.recipient.value == "provider"
    assert (letter.facts["until"], letter.facts["until_time"]) == ("2037-03-05", "15:00 AST")
    assert "record first how it went" in await case.is_refused("md-ortiz", Deny, **NOT_MET)
    assert "offered already" in await case.is_refused("md-vega", OfferPeerToPeer)

    await case.does("md-ortiz", RecordPeerToPeer, **HELD, said="the office faxes a note")
    await case.does("ic-santos", Attach, document=a_document("note-1", red_flag=True))
    sheet = await case.sheet()
    assert sheet.shown.lines[0].outcome is None
    waiting = [work for work in sheet.waiting if "came for the peer-to-peer" in work]
    assert waiting == ["physician-review, with md-ortiz: line 1: look at what came for the peer-to-peer"]
    assert "calls" not in {queue for queue, _ in work_of(sheet)}
    await case.does("md-ortiz", Approve)
    assert (await case.sheet()).shown.status.code == "A1"


async def test_a_window_that_ends_in_silence_is_missed_and_the_physician_decides(plan):
    case = await referred(plan)
    await case.does("md-ortiz", OfferPeerToPeer)
    await case.let_pass(timedelta(hours=23))
    assert len(await case.events(EventKind.PEER_TO_PEER)) == 1
    await case.let_pass(timedelta(hours=2))
    sheet = await case.sheet()
    offered, missed = await case.events(EventKind.PEER_TO_PEER)
    assert missed.at - offered.at == timedelta(hours=24, seconds=1)
    assert "missed" in missed.words
    assert sheet.shown.lines[0].outcome is None
    assert ("physician-review", "md-ortiz") in work_of(sheet)

    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.sheet()
    refusal = await case.is_refused("md-ortiz", OfferPeerToPeer)
    assert "plazo appeal open" in refusal
    assert "reconsideration" in refusal


async def test_the_window_never_ends_after_the_due_date(plan):
    case = await referred(plan)
    await case.let_pass(until=at("2037-03-09 12:00 AST"))
    await case.does("md-ortiz", OfferPeerToPeer)
    await case.sheet()
    [letter] = plan.letters(case, "peer_to_peer")
    assert (letter.facts["until"], letter.facts["until_time"]) == ("2037-03-09", "23:59 AST")
    await case.let_pass(until=at("2037-03-10 00:00:05 AST"))
    await case.sheet()
    assert [event.at for event in await case.events(EventKind.PEER_TO_PEER)][1] == at(
        "2037-03-10 00:00:00 AST"
    )
    assert "due already" not in (await case.events(EventKind.BREACHED))[0].words


async def test_an_expedite_that_brings_the_due_date_nearer_shortens_the_window(plan):
    case = await plan.submit(a_request(plan="mcs-life", received_at=at("2037-03-02 10:00 AST")))
    await case.does("md-ortiz", OfferPeerToPeer)
    await case.does("ic-santos", Expedite, asked_by="physician", at=at("2037-03-02 10:00 AST"))
    due_at = (await case.sheet()).shown.due_at
    await case.let_pass(until=due_at + timedelta(seconds=5))
    await case.sheet()
    assert (await case.events(EventKind.PEER_TO_PEER))[1].at == due_at + timedelta(seconds=1)


async def test_an_expedited_request_waits_for_no_conversation_and_a_late_one_neither(plan):
    urgent = await referred(plan, urgency="expedited")
    assert "given to expedited requests" in await urgent.is_refused("md-ortiz", OfferPeerToPeer)
    late = await referred(plan)
    await late.let_pass(until=at("2037-03-11 09:00 AST"))
    assert "due already" in await late.is_refused("md-ortiz", OfferPeerToPeer)


async def test_a_conversation_that_is_declined_frees_the_physician_to_decide_at_once(plan):
    case = await referred(plan)
    await case.does("md-ortiz", OfferPeerToPeer)
    await case.does("ic-santos", RecordPeerToPeer, outcome=PeerOutcome.DECLINED)
    await case.does("md-ortiz", Deny, **NOT_MET)
    assert (await case.sheet()).shown.status.code == "A3"
