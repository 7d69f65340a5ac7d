"""What happens seldom: a dismissal undone, a letter that somebody signed for, a provider with a contract."""

from domain.appeal.acts import DismissAppeal, GoFurther, RecordReview, VacateDismissal
from domain.appeal.deciding import DecideAppeal
from domain.desk.delivery import LetterDelivered
from domain.desk.desk import RecordCall
from domain.determination.decisions import Deny
from domain.dispute.acts import SendElsewhere
from domain.dispute.standing import Standing
from tests.appealing import NIECE, NOT_MET, appeal
from tests.builders import a_request, at
from tests.disputes import a_filing


async def denied(plan):
    """A denial in a commercial plan of Puerto Rico, and everybody told."""
    case = await plan.submit(a_request(plan="mcs-life", received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-04 15:00 AST"))
    await case.does("md-ortiz", Deny, **NOT_MET)
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    await case.sheet()
    return case


async def test_a_dismissal_is_undone_for_good_cause_and_the_appeal_is_heard_and_taken_further(plan):
    case = await appeal(plan, await denied(plan), at("2037-04-01 10:00 AST"), plan="mcs-life", **NIECE)
    await case.let_pass(until=at("2037-06-01 09:00 AST"))
    await case.does("ap-soto", DismissAppeal, ground="no_standing")
    assert (await case.sheet()).shown.stage == "next_level"

    await case.let_pass(until=at("2037-06-08 09:00 AST"))
    await case.does("sup-diaz", VacateDismissal, reason="the form was in another mailbox")
    sheet = await case.sheet()
    assert sheet.shown.stage == "appeal_review"
    told = {letter.recipient.value for letter in plan.letters(case, "appeal_vacated")}
    assert told == {"member", "representative", "provider"}

    await case.does("md-cruz", DecideAppeal, answer="upheld")
    await case.sheet()
    await case.let_pass(until=at("2037-08-03 09:00 AST"))
    await case.does("ap-soto", GoFurther)
    assert (await case.sheet()).shown.stage == "independent_review"
    await case.does("ap-soto", RecordReview, outcome="overturned")
    assert (await case.sheet()).shown.status.code == "A1"


async def test_a_letter_that_somebody_signed_for_gives_its_time_from_that_day(plan):
    case = await denied(plan)
    await case.let_pass(until=at("2037-03-20 09:00 AST"))
    signed = {"at": at("2037-03-06 11:00 AST"), "reason": "the receipt of the post"}
    await case.does("ic-santos", LetterDelivered, notice=1, **signed)

    sheet = await case.sheet()
    window = next(clock for clock in sheet.shown.clocks if clock.timeframe.startswith("pr-appeal"))
    assert window.due_at == at("2037-09-02 23:59:59 AST")
    assert "no time that runs" in await case.is_refused("ic-santos", LetterDelivered, notice=2)


async def test_an_analyst_who_knows_of_a_contract_sends_a_dispute_to_its_process(plan):
    filing = a_filing()
    unknown = Standing(in_medicare_advantage=None, has_contract=None, because="not in the directory")
    plan.directory.standings[filing.provider.npi] = unknown
    case = await plan.dispute(filing)
    await case.does("da-torres", SendElsewhere, where="contract", reason="the group's file")

    assert await case.closed_as() == "sent to the contract's process"
    assert plan.letters(case, "contract_process")
