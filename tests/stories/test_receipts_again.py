"""Appeals and disputes that are sent again while the first one is open: heard, each with its own instant."""

from datetime import timedelta

from domain.dispute.correcting import CorrectRemittance
from domain.parts.events import EventKind
from tests.appealing import NIECE, a_denial, an_appeal
from tests.builders import a_document, at
from tests.counter import brings, flagged_for, opens
from tests.disputes import a_filing, a_line, noon
from workflows.dispute import DisputeWorkflow

AN_HOUR = timedelta(hours=1)


async def test_an_appeal_that_comes_again_as_expedited_is_expedited_from_that_receipt(plan):
    original = await a_denial(plan)
    case = await opens(plan, an_appeal(original.number, at("2037-03-02 09:00 AST")), "appeal")
    later = at("2037-03-05 10:00 AST")
    await case.let_pass(until=later + AN_HOUR)

    urgent = {"by": "physician", "urgency": "expedited", "statement": "She cannot walk.", "documents": [NOTE]}
    told = await brings(plan, an_appeal(original.number, later, **urgent))

    assert (told.case, told.created) == (case.number, False)
    assert "expedited at the word of the physician" in told.said
    assert "1 paper attached" in told.said
    sheet = await case.sheet()
    assert (sheet.shown.urgency, sheet.shown.due_at) == ("expedited", at("2037-03-08 10:00 AST"))
    assert "appeals" in [work.queue for work in sheet.shown.work], "somebody looks who is written to"
    assert [event.words for event in await case.events(EventKind.NOTED)] == ["She cannot walk."]


async def test_the_member_appeals_too_and_nobody_waits_for_the_nieces_form_any_more(plan):
    original = await a_denial(plan, "2037-02-20")
    case = await opens(plan, an_appeal(original.number, at("2037-04-01 10:00 AST"), **NIECE), "appeal")
    assert (await case.sheet()).shown.stage == "awaiting_form"
    herself = at("2037-04-10 10:00 AST")
    await case.let_pass(until=herself + AN_HOUR)

    told = await brings(plan, an_appeal(original.number, herself))

    assert "needs no form" in told.said
    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.due_at) == ("appeal_review", at("2037-05-10 23:59:59 AST"))


async def test_a_dispute_of_a_later_remittance_is_work_for_its_analyst_with_the_two_side_by_side(plan):
    first = a_filing(reference="D-1")
    case = await opens(plan, first, "dispute")
    later = noon("2037-05-12")
    await case.let_pass(until=later + AN_HOUR)
    paid = a_line(paid="340.00", adjustments=[{"group": "CO", "reason": "45", "amount": "160.00"}])
    again = {"remittance": {"produced_on": "2037-05-02"}, "lines": [paid], "received_at": later}

    told = await brings(plan, a_filing(reference="D-1", **again))

    assert (told.case, told.created) == (case.number, False)
    assert "another payment, the remittance of 2037-05-02 beside that of 2037-03-02" in told.said
    assert "line 1: 300.00 was paid here, 340.00 as filed again" in told.look_at[0]
    sheet = await case.handle.query(DisputeWorkflow.dispute_review)
    assert sheet.lines[0].paid == first.lines[0].paid, "nothing is changed by software"
    taken = {"notice": sheet.later.notice, "lines": sheet.later.lines, "reason": "paid again"}
    await case.does("da-torres", CorrectRemittance, **taken)
    sheet = await case.handle.query(DisputeWorkflow.dispute_review)
    assert (str(sheet.lines[0].paid), sheet.later) == ("340.00", None)


async def test_a_second_filing_that_was_received_before_the_first_makes_it_timely(plan):
    told_on = {"remittance": {"produced_on": "2037-03-10"}, "reference": "D-2"}
    late = at("2037-07-09 09:00 PACIFIC")
    case = await opens(plan, a_filing(received_at=late, **told_on), "dispute")
    assert (await case.sheet()).shown.stage == "good_cause"
    in_time = at("2037-07-08 16:00 PACIFIC")

    told = await brings(plan, a_filing(received_at=in_time, **told_on))

    assert (told.case, told.created) == (case.number, False)
    [again] = await case.events(EventKind.RECEIVED_AGAIN)
    assert again.at == in_time
    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.received_at) == ("dispute_review", in_time)
    assert "supervisor" in [work.queue for work in sheet.shown.work], "what makes late timely is looked at"


async def test_a_dispute_of_another_provider_or_without_the_reference_is_flagged(plan):
    first = await opens(plan, a_filing(reference="D-3"), "dispute")
    other = {"name": "Dr. Other", "npi": "1000000053"}
    for changes in ({"reference": "D-3", "provider": other}, {"reference": "D-4"}):
        case = await opens(plan, a_filing(**changes), "dispute")
        await flagged_for(case, first)
        await flagged_for(first, case)


NOTE = a_document("note-9", "clinical_note")
