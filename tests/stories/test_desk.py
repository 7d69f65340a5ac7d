"""Stories of what a department does all day: take, pass on, note, correct, take back."""

import pytest
from temporalio.service import RPCError

from domain.desk.desk import Assign, Claim, Note, RecordCall, Release, Withdraw
from domain.determination.clock_acts import CorrectReceipt, CorrectRequest
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from tests.builders import a_line, a_request, at, criteria_of, staff
from tests.world import eventually
from worker import assembly
from workflows.precertification import PrecertificationWorkflow

CLAUSE, *_ = criteria_of("72148")


async def held_by(case):
    return {work.queue: work.assignee for work in (await case.sheet()).shown.work}


async def test_work_is_taken_put_back_and_given_by_a_lead(plan):
    case = await plan.submit(a_request())
    await case.does("rn-rivera", Claim)
    assert await held_by(case) == {"nurse-review": "rn-rivera"}
    assert "already with rn-rivera" in await case.is_refused("rn-colon", Claim)
    assert "nothing waits for" in await case.is_refused("cov-matos", Claim)
    assert "may not assign" in await case.is_refused("rn-rivera", Assign, to=staff("rn-colon"))

    await case.does("rn-rivera", Release)
    assert "holds no work" in await case.is_refused("rn-rivera", Release)
    await case.does("sup-diaz", Assign, to=staff("rn-colon"))
    assert await held_by(case) == {"nurse-review": "rn-colon"}
    await case.does("rn-colon", Note, text="the office will send the study")
    kinds = [event.kind for event in await case.events()][-4:]
    assert kinds == [EventKind.CLAIMED, EventKind.RELEASED, EventKind.ASSIGNED, EventKind.NOTED]


async def test_a_request_may_be_taken_back_at_any_time_and_a_closed_case_hears_nothing_more(plan):
    case = await plan.submit(a_request())
    await case.does("ic-santos", Withdraw, by="member")
    assert await case.closed_as() == "cancelled"
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.work, sheet.shown.next) == ("C", (), ())
    assert [one.facts["by"] for one in plan.letters(case, "withdrawal")] == ["member", "member"]
    before = await case.length()
    with pytest.raises(RPCError, match="already completed"):
        await case.does("rn-rivera", Note, text="too late")
    assert await case.length() == before


async def test_taking_back_the_rest_leaves_a_denied_line_its_time_to_appeal(plan):
    lines = [a_line(1, "J9271"), a_line(2, "72148")]
    case = await plan.submit(a_request(lines=lines, received_at=at("2037-03-02 10:00 AST")))
    cited = {
        "criterion": "The label names the condition.",
        "criterion_source": "Label of the drug, section 1",
    }
    await case.does("md-vega", Deny, line=1, reason_id="experimental", **cited)
    await case.sheet()
    await case.does("ic-santos", Withdraw, by="physician")
    sheet = await case.sheet()
    assert sheet.shown.stage == "appeal_window"
    await case.let_pass(until=at("2037-05-07 00:00:05 AST"))
    assert await case.closed_as() == "appeal window ended"


async def test_a_receipt_that_was_keyed_wrong_is_corrected_and_a_breach_that_was_none_is_taken_back(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-10 00:00:05 AST"))
    assert len(await case.events(EventKind.BREACHED)) == 1

    true = {"received_at": at("2037-03-03 08:15 AST"), "reason": "the fax header says the 3rd"}
    assert "supervisor" in await case.is_refused("ic-santos", CorrectReceipt, **true)
    await case.does("sup-diaz", CorrectReceipt, **true)
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-10 23:59:59 AST")
    assert sheet.flags == ()
    assert [work.queue for work in sheet.shown.work if work.queue == "supervisor"] == []
    kinds = {event.kind for event in await case.events()}
    assert {EventKind.BREACHED, EventKind.BREACH_REMOVED, EventKind.CORRECTED} <= kinds
    [decision] = [one for one in (await case.explanation()).clocks if one.clock == "decision"]
    assert [step.words.split()[0] for step in decision.steps] == ["receipt", "receipt"]

    # the corrected date is kept like any other
    await case.let_pass(until=at("2037-03-11 00:00:05 AST"))
    assert [one.at for one in await case.events(EventKind.BREACHED)] == [
        at("2037-03-10 00:00:00 AST"),
        at("2037-03-11 00:00:00 AST"),
    ]


async def test_facts_that_were_keyed_wrong_are_corrected_and_coverage_is_asked_again(plan):
    plan.directory.not_covered["MCS-0001"] = "nobody has that number"
    case = await plan.submit(a_request())
    assert (await case.sheet()).shown.stage == "coverage_review"

    right = a_request(member={"contract_number": "MCS-0002"})
    assert "a correction says why" in await case.is_refused("ic-santos", CorrectRequest, request=right)
    await case.does("ic-santos", CorrectRequest, request=right, reason="two digits were swapped")
    sheet = await case.sheet()
    assert sheet.shown.stage == "nurse_review"
    assert [work.queue for work in sheet.shown.work] == ["nurse-review"]
    assert [one.words for one in await case.events(EventKind.COVERAGE_CHECKED)] == [
        "nobody has that number",
        "covered",
    ]
    await case.does("rn-rivera", Approve)
    assert (await case.sheet()).shown.status.code == "A1"


async def test_the_same_senders_number_with_other_content_is_opened_and_flagged_for_a_person(plan):
    first = await plan.submit(a_request(reference="4471"))
    again = await plan.submit(a_request(reference="4471", service="71260"))
    third = await plan.submit(a_request(reference="4471"))
    for case, others in [(first, [again, third]), (again, [first, third]), (third, [first, again])]:

        async def names_the_others(case=case, others=others):
            warnings = " ".join((await case.sheet()).warnings)
            return all(other.number in warnings for other in others) or None

        await eventually(names_the_others)
        assert (await case.sheet()).flags == ("possible_duplicate",)


async def test_who_only_asks_about_what_is_on_no_list_is_informed_and_the_case_closes(plan):
    visit = {"service": "99213", "documents": [], "wants_decision": False}
    role = {
        "name": "Luis Ortiz MD",
        "npi": "1234567893",
        "role": "ob_gyn",
        "address": "PO Box 1, San Juan PR 00902",
    }
    case = await plan.submit(a_request(**visit, requesting_provider=role))
    assert await case.closed_as() == "no action required"
    assert (await case.sheet()).shown.status.code == "NA"
    assert len(plan.letters(case, "not_required")) == 2

    decides = await plan.submit(a_request(**(visit | {"wants_decision": True}), requesting_provider=role))
    sheet = await decides.sheet()
    assert sheet.shown.clocks[0].timeframe == "ma-standard-unlisted"
    assert sheet.shown.stage == "nurse_review"


async def test_a_line_that_was_only_asked_about_is_told_so_alone_and_the_other_is_decided(plan, replayer):
    lines = [a_line(1, "72148"), a_line(2, "99213") | {"wants_decision": False}]
    case = await plan.submit(a_request(lines=lines))
    told = await case.sheet()
    assert [line.outcome for line in told.shown.lines] == [None, "not_required"]
    assert len(plan.letters(case, "not_required")) == 2

    await case.does("rn-rivera", Approve)
    assert (await case.sheet()).shown.status.code == "A1"
    [letter, *_] = plan.letters(case, "determination")
    assert [line["sequence"] for line in letter.facts["lines"]] == [1]
    await replayer(PrecertificationWorkflow, runner=assembly.RUNNER).replay_workflow(
        await case.handle.fetch_history()
    )


async def test_a_call_reached_before_the_letter_left_keeps_the_clock_at_its_own_instant(plan):
    """Rule 1: an expedited answer may be told by voice; its written confirmation is a clock of its own."""
    case = await plan.submit(a_request(urgency="expedited", received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-05 09:00 AST"))
    plan.post.down = True
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)
    await case.does("ic-santos", RecordCall, to="member", reached=True)
    clocks = {clock.timeframe: clock for clock in (await case.look()).shown.clocks}
    assert clocks["ma-expedited"].satisfied_at
    assert clocks["ma-written-confirmation"].due_at == at("2037-03-08 23:59:59 AST")
    assert clocks["ma-written-confirmation"].satisfied_at is None
    plan.post.down = False
    await case.let_pass(until=at("2037-03-05 10:00:05 AST"))
    clocks = {clock.timeframe: clock for clock in (await case.sheet()).shown.clocks}
    assert clocks["ma-written-confirmation"].satisfied_at
    assert not await case.events(EventKind.BREACHED)
