"""Stories of requests that are approved."""

from domain.desk import Claim, RecordCall
from domain.review import Approve
from tests.builders import a_document, a_request, at


async def test_a_fax_after_hours_is_due_seven_days_after_its_own_day_and_a_nurse_approves_it(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-09 23:59:59 AST")
    assert [work.queue for work in sheet.shown.work] == ["nurse-review"]

    await case.let_pass(until=at("2037-03-05 10:00 AST"))
    await case.does("rn-rivera", Claim)
    await case.does("rn-rivera", Approve, line=1)

    sheet = await case.sheet()
    print(sheet.shown.model_dump_json(indent=1, by_alias=True))
    assert sheet.shown.status.code == "A1"
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    assert await case.closed_as() == "certified in total"
