"""Stories of requests that lack something. A timer may pass them on to a person, and denies nothing."""

from datetime import date, timedelta

from domain.desk.desk import Attach, Note, RequestInformation
from domain.determination.clock_acts import CorrectRequest, Extend
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from tests.builders import a_document, a_request, at, criteria_facts, criteria_of

DAY = timedelta(days=1)


async def test_what_is_missing_is_asked_for_item_by_item_and_criteria_are_asked_again_when_it_comes(plan):
    case = await plan.submit(a_request(order=None, documents=[], member={"language": "es"}))
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A4", "awaiting_information")
    assert [work.queue for work in sheet.shown.work] == ["intake"]
    spanish, english = plan.letters(case, "information_request")
    assert english.facts["asked"] == list(sheet.missing)
    assert len(sheet.missing) == len(spanish.facts["asked"]) == 3
    assert "Orden médica" in spanish.facts["asked"]

    await case.let_pass(until=at("2037-03-03 09:00 AST"))
    await case.does("ic-santos", Attach, document=a_document("order-1", "medical_order"))
    await case.does("ic-santos", Attach, document=a_document("study-1", "previous_study"))
    sheet = await case.sheet()
    assert sheet.missing == ("Clinical justification of the order",)
    assert sheet.shown.stage == "awaiting_information"

    note = a_document("note-1", "clinical_note", **criteria_facts("72148"))
    await case.does("ic-santos", Attach, document=note)
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A1"
    assert sheet.shown.lines[0].reason == "every criterion is met"
    assert len(plan.letters(case, "information_request")) == 2  # asked once, to member and provider


async def test_what_only_a_correction_can_bring_ends_the_wait_too(plan):
    request = a_request(member={"contract_number": None})
    case = await plan.submit(request)
    assert (await case.sheet()).missing == ("Contract number",)

    await case.let_pass(until=at("2037-03-04 09:00 AST"))
    corrected = a_request()
    await case.does("ic-santos", CorrectRequest, request=corrected, reason="the number was on the card")
    sheet = await case.sheet()
    assert sheet.shown.stage == "nurse_review"
    assert [work.queue for work in sheet.shown.work] == ["nurse-review"]
    await case.let_pass(until=at("2037-03-06 09:00 AST"))  # the time to answer would have ended
    assert (await case.sheet()).shown.stage == "nurse_review"


async def test_when_nobody_answers_a_physician_decides_on_what_is_there(plan):
    case = await plan.submit(a_request(documents=[], received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-06 00:00:05 AST"))
    sheet = await case.sheet()
    assert sheet.shown.stage == "physician_review"
    assert "physician-review" in [work.queue for work in sheet.shown.work]
    assert sheet.shown.lines[0].outcome is None
    assert "referred to a physician" in await case.is_refused("rn-rivera", Approve)

    await case.let_pass(until=at("2037-03-06 09:00 AST"))
    clause, *_ = criteria_of("72148")
    await case.does("md-ortiz", Deny, reason_id="insufficient_evidence", criterion=clause)
    assert (await case.sheet()).shown.status.code == "A3"


async def test_a_nurse_asks_for_more_and_waits_no_longer_than_the_window(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST"), member={"language": "es"}))
    refusal = await case.is_refused("rn-rivera", RequestInformation, items=("the nerve study",))
    assert "Spanish" in refusal
    items = {"items": ("the nerve study",), "items_es": ("el estudio de conducción",)}
    await case.does("rn-rivera", RequestInformation, **items)
    await case.sheet()
    spanish, english = plan.letters(case, "information_request")
    assert (spanish.facts["asked"], english.facts["asked"]) == (
        ["el estudio de conducción"],
        ["the nerve study"],
    )
    await case.let_pass(until=at("2037-03-06 00:00:05 AST"))
    sheet = await case.sheet()
    assert [work.queue for work in sheet.shown.work if work.queue.endswith("review")] == ["physician-review"]


async def an_erisa_case_that_waits(plan):
    """P7: nine of thirty days are used when the claimant is told what is missing."""
    request = a_request(plan="self-funded-sample", documents=[], received_at=at("2037-06-01 09:00 EASTERN"))
    case = await plan.submit(request)
    assert (await case.sheet()).shown.due_at == at("2037-06-16 23:59:59 EASTERN")
    await case.let_pass(until=at("2037-06-10 10:00 EASTERN"))
    more = {"until": date(2037, 7, 1), "ground": "missing_information"}
    await case.does("rn-rivera", Extend, **more)
    assert (await case.sheet()).shown.due_at == at("2037-08-15 23:59:59 EASTERN")
    return case


async def test_under_erisa_missing_information_stops_the_clock_and_the_answer_starts_it_again(plan):
    case = await an_erisa_case_that_waits(plan)
    await case.let_pass(until=at("2037-07-02 10:00 EASTERN"))
    await case.does("ic-santos", Attach, document=a_document("study-1", "previous_study"))
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-07-23 23:59:59 EASTERN")
    assert sheet.shown.stage == "nurse_review"
    [decision] = [one for one in (await case.explanation()).clocks if one.clock == "decision"]
    assert "9 of 30 days used" in decision.steps[-2].words
    assert "21 days left" in decision.steps[-1].words
    assert decision.steps[0].at + sum((step.moved for step in decision.steps), timedelta()) == decision.due_at


async def test_under_erisa_without_an_answer_the_clock_runs_on_and_a_physician_decides(plan):
    case = await an_erisa_case_that_waits(plan)
    await case.let_pass(until=at("2037-07-25 23:00 EASTERN"))
    sheet = await case.sheet()
    assert sheet.shown.stage == "awaiting_information"
    reminded = await case.events(EventKind.ESCALATED)
    assert not [rung for rung in reminded if rung.at > at("2037-06-10 10:00 EASTERN")]
    await case.let_pass(until=at("2037-07-26 00:00:05 EASTERN"))
    sheet = await case.sheet()
    assert sheet.shown.stage == "physician_review"
    assert sheet.shown.due_at == at("2037-08-15 23:59:59 EASTERN")

    await case.let_pass(until=at("2037-08-16 00:00:05 EASTERN"))
    assert (await case.sheet()).shown.lines[0].outcome is None
    [breach] = await case.events(EventKind.BREACHED)
    assert breach.details["effect"] == "deemed_exhausted"


async def test_an_urgent_claim_that_lacks_something_is_told_so_in_24_hours_and_decided_in_48_after(plan):
    request = a_request(
        plan="self-funded-sample",
        urgency="expedited",
        documents=[],
        received_at=at("2037-06-01 09:00 EASTERN"),
    )
    silent, answered = await plan.submit(request), await plan.submit(request)
    sheet = await silent.sheet()
    told = {clock.timeframe: clock for clock in sheet.shown.clocks}["erisa-urgent-incomplete-notice"]
    assert told.due_at == at("2037-06-02 09:00 EASTERN")
    assert told.satisfied_at - at("2037-06-01 09:00 EASTERN") < timedelta(minutes=1)
    assert sheet.shown.due_at == told.satisfied_at + timedelta(hours=48 + 48)

    await answered.let_pass(until=at("2037-06-02 09:00 EASTERN"))
    await answered.does("ic-santos", Note, text="called the office")
    await answered.does("ic-santos", Attach, document=a_document("study-1", "previous_study"))
    due_at = (await answered.sheet()).shown.due_at
    assert timedelta() <= due_at - at("2037-06-04 09:00 EASTERN") < timedelta(minutes=1)

    await silent.let_pass(until=at("2037-06-03 10:00 EASTERN"))
    sheet = await silent.sheet()
    assert sheet.shown.stage == "physician_review"
    assert sheet.shown.due_at == told.satisfied_at + timedelta(hours=48 + 48)
