"""Cases are cheap when their histories are short. These counts are printed, and bounded."""

from domain.desk import Claim, RecordCall
from domain.review import Approve, Deny, Refer
from tests.builders import a_document, a_request, at, criteria_facts, pack
from tests.world import kinds


async def test_cost(plan):
    facts = criteria_facts("72148")
    case = await plan.submit(a_request(documents=[a_document("study-1", "previous_study", **facts)]))
    sheet = await case.sheet()
    print(sheet.shown.status, await case.length())
    for line in await kinds(case):
        print(line)
    for e in await case.events():
        print(e.sequence, e.kind, e.words)
    case = await plan.submit(a_request())
    print(await case.length())
    await case.does("rn-rivera", Claim)
    print("claim", await case.length())
    await case.does("rn-rivera", Refer)
    await case.sheet()
    print("refer", await case.length())
    await case.does("md-ortiz", Claim)
    await case.sheet()
    print("claim", await case.length())
    ids = [c.id for t in pack().criteria if "72148" in t.services for c in t.criterion]
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=ids[0])
    s = await case.sheet()
    print("deny", await case.length(), s.shown.status)
    for line in await kinds(case):
        print(line)
    for e in await case.events():
        print(e.sequence, e.kind, e.words)
    print(await case.forecast())
    assert 0
