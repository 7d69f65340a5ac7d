"""Stories of notices on their ways: one fails, one is uncertain, one is stuck, one is stopped too late."""

from datetime import timedelta

from domain.case.sending import Fate
from domain.correction.entered_in_error import EnterInError, RecordRecall
from domain.correction.second_thoughts import TakeBack
from domain.desk.dispatch import NumberFound, SendOnceMore, TakeAsSent
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from domain.parts.queues import ADDRESSES, POST
from domain.review.notified import APPEAL
from domain.terms.notice import SendBy
from tests.builders import a_request, at, criteria_of
from tests.world import eventually

OFFICE = {
    "name": "Luis Ortiz MD",
    "npi": "1234567893",
    "fax": "787-555-0104",
    "address": "Calle Sol 8, San Juan",
}
CLAUSE, *_ = criteria_of("72148")
A_WHILE = timedelta(minutes=2)


async def decided(plan, **facts):
    """A case that owes the member a letter and the office a fax; what happens to them is the story's."""
    case = await plan.submit(a_request(requesting_provider=OFFICE, **facts))
    await case.does("rn-rivera", Approve)
    return case


async def has(case, kind, count=1):
    """The events of a kind, once there are so many."""

    async def came():
        events = await case.events(kind)
        return events if len(events) >= count else None

    return await eventually(came)


def of_the_post(sheet):
    return [work.queue for work in sheet.shown.work if work.queue == POST]


def letters(plan, case):
    return [(one.recipient.value, one.by) for one in plan.letters(case, "determination")]


async def test_a_fax_that_fails_for_good_goes_as_a_letter_and_the_members_letter_kept_the_duty(plan):
    plan.post.answers = {SendBy.FAX: Fate.FAILED}
    case = await decided(plan)

    sheet = await case.sheet()
    assert sorted(letters(plan, case)) == [("member", SendBy.LETTER), ("provider", SendBy.LETTER)]
    assert len({one.key for one in plan.post.sent}) == 2
    [failed] = await case.events(EventKind.NOTICE_FAILED)
    assert failed.details["way"] == "fax"
    [member, provider] = await case.events(EventKind.NOTICE_SENT)
    assert "to member" in member.words
    [decision] = [one for one in sheet.shown.clocks if one.timeframe == "ma-standard"]
    assert (decision.satisfied_at, decision.breached) == (member.at, False)
    assert member.sequence < failed.sequence < provider.sequence
    assert of_the_post(sheet) == [POST]

    await case.does("ic-santos", NumberFound, notice=2, number="787-555-0199")
    assert of_the_post(await case.sheet()) == []


async def test_what_may_have_left_waits_for_a_person_and_goes_once_more_when_they_say_so(plan):
    plan.post.answers = {SendBy.FAX: Fate.UNKNOWN}
    case = await decided(plan)
    await has(case, EventKind.NOTICE_UNCERTAIN)
    await has(case, EventKind.NOTICE_SENT)
    asked = plan.post.asked

    await case.let_pass(timedelta(days=1))
    assert (plan.post.asked, letters(plan, case)) == (asked, [("member", SendBy.LETTER)])
    seen = await case.look()
    assert seen.shown.stage == "decided"
    assert of_the_post(seen) == [POST]

    plan.post.answers = {}
    await case.does("ic-santos", SendOnceMore, notice=2)
    sheet = await case.sheet()
    assert letters(plan, case) == [("member", SendBy.LETTER), ("provider", SendBy.FAX)]
    assert of_the_post(sheet) == []


async def test_a_members_letter_that_nobody_knows_of_keeps_no_duty_until_somebody_does(plan):
    plan.post.answers = {SendBy.LETTER: Fate.UNKNOWN}
    case = await decided(plan)
    [doubt] = await has(case, EventKind.NOTICE_UNCERTAIN)
    plan.post.answers = {}
    await case.let_pass(until=at("2037-03-10 08:00 AST"))
    [breach] = await case.events(EventKind.BREACHED)
    assert breach.at == at("2037-03-10 00:00:00 AST")

    shown = "the mail house printed it"
    await case.does("ic-santos", TakeAsSent, notice=1, reason=shown)

    sheet = await case.sheet()
    [decision] = [one for one in sheet.shown.clocks if one.timeframe == "ma-standard"]
    assert (decision.satisfied_at, decision.breached) == (doubt.at, False)
    assert "breach" not in sheet.flags


async def test_a_fax_that_is_stuck_holds_back_neither_the_members_letter_nor_what_is_owed_later(plan):
    plan.post.stuck = {SendBy.FAX}
    case = await decided(plan)
    await case.let_pass(A_WHILE)
    assert letters(plan, case) == [("member", SendBy.LETTER)]
    assert plan.post.asked > 3, "it is tried on and on"

    plan.post.stuck = set()
    await case.let_pass(A_WHILE)
    await case.sheet()
    assert letters(plan, case) == [("member", SendBy.LETTER), ("provider", SendBy.FAX)]


async def test_a_letter_that_was_stopped_while_it_left_is_known_to_have_left(plan):
    plan.post.open.clear()
    case = await decided(plan)
    await eventually(lambda: _asked(plan, 2))
    await case.does("rn-rivera", TakeBack, reason="read the wrong study")

    plan.post.open.set()
    sent = await has(case, EventKind.NOTICE_SENT, 2)

    assert "stopped_letter_left" in (await case.look()).flags
    assert len(sent) == len(plan.post.sent) == 2


async def test_a_letter_whose_sender_was_lost_is_asked_for_when_it_is_stopped(plan):
    plan.post.forgetful = True
    case = await decided(plan)
    await eventually(lambda: _asked(plan, 2))
    await case.does("rn-rivera", TakeBack, reason="read the wrong study")

    sent = await has(case, EventKind.NOTICE_SENT, 2)

    assert "stopped_letter_left" in (await case.look()).flags
    assert len(sent) == len(plan.post.sent) == 2


async def test_the_number_that_was_found_serves_the_notice_that_could_not_go_by_post_either(plan):
    """Who is known by fax alone, and by a wrong number, is not waited for by an address."""
    plan.post.answers = {SendBy.FAX: Fate.FAILED}
    case = await plan.submit(a_request(requesting_provider=OFFICE | {"address": None}))
    await case.does("rn-rivera", Approve)
    await has(case, EventKind.NOTICE_FAILED)
    assert {work.queue for work in (await case.look()).shown.work} >= {POST, ADDRESSES}

    plan.post.answers = {}
    await case.does("ic-santos", NumberFound, notice=2, number="787-555-0199")

    sheet = await case.sheet()
    assert letters(plan, case) == [("member", SendBy.LETTER), ("provider", SendBy.FAX)]
    assert plan.letters(case, "determination")[1].fax == "787-555-0199"
    assert not {work.queue for work in sheet.shown.work} & {POST, ADDRESSES}


async def test_a_denial_that_is_known_late_to_have_left_gives_its_time_from_the_day_it_left(plan):
    """Three instants: when it left counts, and not when somebody found that out."""
    plan.post.answers = {SendBy.LETTER: Fate.UNKNOWN}
    case = await plan.submit(a_request(requesting_provider=OFFICE))
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)
    [doubt] = await has(case, EventKind.NOTICE_UNCERTAIN)
    seen = await case.look()
    assert [work.due_at for work in seen.shown.work if work.queue == POST] == [seen.shown.due_at]
    await case.let_pass(timedelta(days=20))

    await case.does("ic-santos", TakeAsSent, notice=1, reason="the mail house printed it")

    [window] = [one for one in (await case.explanation()).clocks if one.is_window and one.clock == APPEAL]
    assert window.due_at.date() == (doubt.at + timedelta(days=66)).date(), "65 days, to the end of the last"
    [letter] = [one for one in (await case.handle.query("notices", None))["notices"] if one["number"] == 1]
    assert letter["state"] == "sent"


async def test_what_leaves_of_a_case_entered_in_error_while_it_is_stopped_is_called_back(plan):
    plan.post.open.clear()
    case = await decided(plan)
    await eventually(lambda: _asked(plan, 2))
    await case.does("sup-diaz", EnterInError, reason="keyed for another member")
    assert (await case.look()).outcome is None, "it waits until it is known what left"

    plan.post.open.set()
    await has(case, EventKind.RECALL_OWED)

    await case.does("sup-diaz", RecordRecall, reason="both came back unopened")
    assert await case.closed_as() == "entered in error"


async def _asked(plan, count):
    return plan.post.asked >= count or None
