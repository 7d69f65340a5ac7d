"""The story of a letter that came back: found, sent again, and appealed in the time that the second one gave."""

from domain.desk.delivery import LetterReturned, SendAgain
from domain.desk.desk import Claim, RecordCall
from domain.determination.decisions import Deny
from tests.builders import a_request, at, criteria_of

WEEKS, *_ = criteria_of("72148")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": WEEKS}


async def test_a_returned_denial_starts_no_time_and_the_one_sent_again_gives_all_180_days(plan):
    case = await plan.submit(a_request(plan="mcs-life", received_at=at("2037-03-02 10:00 AST")))
    await case.let_pass(until=at("2037-03-04 15:00 AST"))
    await case.does("md-ortiz", Deny, **NOT_MET)
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    await case.sheet()
    first, _ = plan.letters(case, "determination")

    await case.let_pass(until=at("2037-03-20 09:00 AST"))
    await case.does("ic-santos", LetterReturned, notice=1)
    sheet = await case.sheet()
    assert [work.queue for work in sheet.shown.work] == ["find-address"]
    assert await case.is_refused("rn-rivera", Claim), "it waits for intake"
    window = next(clock for clock in sheet.shown.clocks if clock.timeframe.startswith("pr-appeal"))
    assert window.due_at is None

    await case.let_pass(until=at("2037-03-24 09:00 AST"))
    await case.does("ic-santos", SendAgain, notice=1, address="Calle Sol 3, Ponce PR 00730")
    sheet = await case.sheet()
    again = plan.letters(case, "determination")[-1]
    assert (again.address, again.facts["dated"]) == ("Calle Sol 3, Ponce PR 00730", "2037-03-24")
    assert again.key != first.key
    assert len(plan.letters(case, "determination")) == 3
    assert not sheet.shown.work
    window = next(clock for clock in sheet.shown.clocks if clock.timeframe.startswith("pr-appeal"))
    assert window.due_at == at("2037-09-25 23:59:59 AST"), "five days on its way are presumed, then 180"

    await case.let_pass(until=at("2037-09-26 00:00:05 AST"))
    assert await case.closed_as() == "appeal window ended"
