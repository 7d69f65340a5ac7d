"""The largest dispute that a remittance can bring: 999 lines of 18 adjustments, opened, worked on and answered."""

from domain.desk.desk import Claim, Note
from domain.dispute.acts import Resolve
from domain.rates.rates import Rate
from tests.builders import staff
from tests.disputes import a_filing, many_lines
from tests.world import kinds
from workflows.dispute import DisputeWorkflow

AN_ACT = 5_000  # bytes of history, at most

A_RATE = {"schedule": "opps-addendum-b", "setting": "hospital outpatient", "status_indicator": "S"}


async def bytes_of(case):
    history = await case.handle.fetch_history()
    return sum(event.ByteSize() for event in history.events)


async def test_999_lines_are_opened_priced_and_answered_and_each_act_adds_little(plan):
    lines = many_lines(999)
    quarter = [Rate(**A_RATE, quarter="2037-01", code=one["service"], amount="450.00") for one in lines]
    plan.rates.kept += quarter
    case = await plan.dispute(a_filing(lines=lines, claim={"facility_code": "13"}))
    assert plan.rates.asked == 1
    assert not [name for name in await kinds(case) if "FAILED" in name or "TIMED_OUT" in name]

    costs = {}
    for act, words in ((Note, {"text": "the table is loaded"}), (Claim, {}), (Resolve, answer(1, 2))):
        before = await bytes_of(case)
        await case.does("da-torres", act, **words)
        await case.sheet()
        costs[act.__name__] = await bytes_of(case) - before
    print(f"bytes of history that each act adds: {costs}")
    assert max(costs.values()) <= AN_ACT
    assert plan.rates.asked == 2, "when the review began, and when somebody took it up"

    much = answer(*range(3, 1000)) | {"confirmed_by": staff("sup-diaz")}
    said = await case.does("da-torres", Resolve, **much)
    assert said.sentence.startswith("lines 3-999 overturned")
    assert (await case.sheet()).shown.status.code == "OVERTURNED"
    seen = await case.handle.query(DisputeWorkflow.dispute_review)
    assert all(line.outcome == "overturned" and line.would_have_paid for line in seen.lines)


def answer(*lines):
    return {"line": lines, "outcome": "overturned", "reason_id": "fee_schedule_misread"}
