"""Stories of the telephone: a call back owed by a business day, an answer told by voice, words to translate."""

from domain.correction.reopening import CorrectAnswer
from domain.desk.calls import Spoken, TakeCall
from domain.desk.desk import Note, RecordCall
from domain.desk.notes import StrikeNote
from domain.determination.call_scripts import ScriptKind
from domain.determination.criteria_copy import CopyCriteria
from domain.determination.decisions import Deny
from domain.determination.translation import Translate
from domain.parts.events import EventKind
from domain.terms.people import Words
from tests.builders import a_request, at, criteria_of
from workflows.running.questions import ReviewQuestions

CLAUSE, *_ = criteria_of("72148")
VISITS, *_ = criteria_of("G0299")
CALLER = Spoken(name="Rosa Rivera", title="daughter", telephone="787-555-0100", asked="When will you decide?")
ON_NECESSITY = {"reason_id": "criteria_not_met", "criterion": CLAUSE}
PROMISED = "call the member back, as promised"


async def calls_of(case):
    """The calls that wait, by what they are, and by when each is owed."""
    page = await case.sheet()
    return {
        what: work.due_at for what, work in zip(page.waiting, page.shown.work, strict=True) if "calls" in what
    }


async def test_a_call_back_that_is_promised_on_friday_evening_is_due_on_monday_and_late_on_tuesday(plan):
    case = await plan.submit(a_request(plan="caresource", received_at=at("2037-03-02 10:00 EASTERN")))
    await case.let_pass(until=at("2037-03-06 18:00 EASTERN"))  # Friday, an hour after the last has gone
    said = await case.does("ic-santos", TakeCall, caller="member", spoken=CALLER, promised=True)
    assert "a call back is owed by Mon 9 Mar 2037" in said.sentence

    [(what, due_at)] = (await calls_of(case)).items()
    assert what.endswith(PROMISED)
    assert due_at == at("2037-03-09 17:00 EASTERN")
    page = plan.register.pages[case.number]
    assert [work.due_at for work in page.work if work.is_open and work.is_promised] == [due_at]

    await case.let_pass(until=at("2037-03-10 09:00 EASTERN"))
    [(what, due_at)] = (await calls_of(case)).items()
    assert due_at < await case.now(), "it is late, and it is owed all the same"
    await case.does("ic-santos", RecordCall, to="member", reached=True)
    assert await calls_of(case) == {}


async def test_an_expedited_answer_told_to_the_member_who_calls_owes_its_written_confirmation(plan):
    case = await plan.submit(a_request(urgency="expedited", received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-05 09:00 AST"))
    plan.post.down = True
    await case.does("md-ortiz", Deny, **ON_NECESSITY)
    await case.does("ic-santos", TakeCall, caller="member", spoken=CALLER, told_answer=True)
    clocks = {clock.timeframe: clock for clock in (await case.look()).shown.clocks}
    assert clocks["ma-expedited"].satisfied_at
    assert clocks["ma-written-confirmation"].due_at == at("2037-03-08 23:59:59 AST")
    assert clocks["ma-written-confirmation"].satisfied_at is None
    plan.post.down = False
    await case.let_pass(until=at("2037-03-05 10:00:05 AST"))
    clocks = {clock.timeframe: clock for clock in (await case.sheet()).shown.clocks}
    assert clocks["ma-written-confirmation"].satisfied_at
    assert not await case.events(EventKind.BREACHED)


async def test_words_in_english_alone_wait_inside_the_clock_and_then_everything_leaves_together(plan):
    case = await plan.submit(a_request(member={"language": "es"}, received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-04 10:00 AST"))
    own = Words(en="Your note shows two weeks of pain.")
    assert "translated" in await case.is_refused("md-ortiz", Deny, **ON_NECESSITY, words=own)
    await case.does("md-ortiz", Deny, **ON_NECESSITY, words=own, translate=True)
    page = await case.sheet()
    assert page.why.startswith("decided, not yet told: 5 d")
    assert [(work.queue, work.due_at) for work in page.shown.work] == [("translation", page.shown.due_at)]
    assert plan.letters(case, "determination") == []

    await case.let_pass(until=at("2037-03-05 10:00 AST"))
    await case.does("ic-santos", Translate, words="Su nota muestra dos semanas de dolor.")
    page = await case.sheet()
    assert [work.queue for work in page.shown.work] == ["calls", "calls"]
    spanish, english = plan.letters(case, "determination")
    assert spanish.facts["lines"][0]["reason"] == "Su nota muestra dos semanas de dolor."
    assert english.facts["lines"][0]["reason"] == own.en
    assert spanish.facts["dated"] == english.facts["dated"] == "2037-03-05"


async def test_the_criteria_are_copied_for_whoever_asks_even_after_the_case_has_closed(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.does("md-ortiz", Deny, **ON_NECESSITY)
    await case.does("ic-santos", CopyCriteria, to="provider")
    await case.let_pass(until=at("2037-05-12 00:00 AST"))
    assert await case.closed_as() == "appeal window ended"
    [letter] = plan.letters(case, "criteria_copy")
    assert letter.recipient.value == "provider"

    again = await plan.take_up(case, "ic-santos", CopyCriteria, to="member")
    assert await again.closed_as() == "appeal window ended"
    assert [one.recipient.value for one in plan.letters(case, "criteria_copy")] == ["provider", "member"]
    asked = plan.register.events_of(case.number)
    assert [one.words for one in asked if one.kind is EventKind.CRITERIA_ASKED][-1] == (
        "the member asked for the criteria"
    )


async def test_a_note_is_struck_through_and_kept(plan):
    case = await plan.submit(a_request())
    await case.does("rn-rivera", Note, text="the office sends the study")
    await case.does("rn-rivera", StrikeNote, note=1, reason="another case")
    assert "struck through already" in await case.is_refused("rn-rivera", StrikeNote, note=1, reason="again")
    kinds = [event.kind for event in await case.events()][-2:]
    assert kinds == [EventKind.NOTED, EventKind.NOTE_STRUCK]


async def test_each_party_has_a_script_as_the_case_stands(plan):
    case = await plan.submit(a_request(member={"language": "es"}))
    assert [one.kind for one in await case.handle.query(ReviewQuestions.scripts, None)] == [
        ScriptKind.PENDING
    ] * 2
    await case.does("md-ortiz", Deny, **ON_NECESSITY)
    await case.sheet()
    member, provider = await case.handle.query(ReviewQuestions.scripts, None)
    assert (member.language.value, provider.language.value) == ("es", "en")
    assert member.facts["until"] == provider.facts["until"] == "2037-05-06"
    assert member.kind is provider.kind is ScriptKind.DECIDED


async def test_a_case_that_has_closed_takes_a_note_and_a_call_and_closes_again_as_it_was(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.does("md-ortiz", Deny, **ON_NECESSITY)
    await case.let_pass(until=at("2037-05-12 00:00 AST"))
    assert await case.closed_as() == "appeal window ended"

    noted = await plan.take_up(case, "rn-rivera", Note, text="the office asked for the file")
    assert await noted.closed_as() == "appeal window ended"
    struck = await plan.take_up(case, "rn-rivera", StrikeNote, note=1, reason="another case")
    assert await struck.closed_as() == "appeal window ended"
    called = await plan.take_up(case, "ic-santos", RecordCall, to="member", reached=True)
    assert await called.closed_as() == "appeal window ended"

    kinds = [event.kind for event in plan.register.events_of(case.number)]
    assert {EventKind.NOTED, EventKind.NOTE_STRUCK, EventKind.CALL_RECORDED} <= set(kinds)
    assert kinds.count(EventKind.NOTICE_OWED) == 1, "nothing is told twice"


async def test_a_correction_waits_for_its_words_in_spanish_and_then_takes_the_place_of_the_first_letter(plan):
    visits = {"sequence": 1, "service": "G0299", "units": 9, "from_day": "2037-04-01"}
    case = await plan.submit(a_request(member={"language": "es"}, lines=[visits]))
    await case.does("md-ortiz", Deny, reason_id="not_covered_benefit")
    await case.sheet()
    own = {"words": Words(en="Four visits meet the need."), "translate": True}
    said = {"outcome": "partial", "units": 4, "reason_id": "fewer_units_suffice", "criterion": VISITS}
    await case.does("md-ortiz", CorrectAnswer, reason="the plan of care came", **said, **own)
    assert len(plan.letters(case, "determination")) == 2

    await case.does("ic-santos", Translate, words="Cuatro visitas cubren la necesidad.")

    await case.sheet()
    *_, spanish, english = plan.letters(case, "determination")
    assert spanish.facts["lines"][0]["reason"] == "Cuatro visitas cubren la necesidad."
    assert english.facts["instead_of"] is not None
