"""Cases are cheap when their histories are short. Event counts are printed (`pytest -s`) and bounded."""

from datetime import UTC, datetime, timedelta

from domain.desk.desk import Assign, Attach, Claim, Note, RecordCall, Release
from domain.determination.clock_acts import CorrectReceipt
from domain.determination.decisions import Approve, Deny, Refer
from domain.dispute.acts import Resolve
from domain.parts.events import EventKind
from tests.builders import a_document, a_line, a_request, criteria_of, meeting, staff
from tests.disputes import a_filing

CLAUSE, *_ = criteria_of("72148")


def received_just_now(**facts):
    """A case of today costs nothing to be carried to its receipt."""
    now = datetime.now(UTC).replace(microsecond=0)
    return a_request(received_at=now, **({"from_day": f"{now:%Y-%m-%d}"} | facts))


async def test_an_approval_on_criteria_costs_at_most_40_events(plan):
    case = await plan.submit(received_just_now(documents=meeting("72148")))
    assert (await case.sheet()).shown.stage == "telling"
    length = await case.length()
    print(f"approved on criteria, letters sent: {length} events")
    assert length <= 40


async def test_a_denial_after_nurse_and_physician_costs_at_most_96_events_and_each_act_at_most_14(plan):
    case = await plan.submit(received_just_now())
    counts = {"received": await case.length()}
    for who, act, words in [
        ("rn-rivera", Claim, {}),
        ("rn-rivera", Note, {"text": "the record is thin"}),
        ("rn-rivera", Refer, {}),
        ("md-ortiz", Claim, {}),
        ("md-ortiz", Deny, {"reason_id": "criteria_not_met", "criterion": CLAUSE}),
    ]:
        before = await case.length()
        await case.does(who, act, **words)
        await case.sheet()
        counts[f"{who} {act.__name__}"] = await case.length() - before
    length = await case.length()
    print(f"denied after nurse and physician, letters sent: {length} events: {counts}")
    assert length <= 96


async def test_each_act_of_a_person_costs_at_most_14_events(plan):
    lines = [a_line(line, "72148", from_day=f"{datetime.now(UTC):%Y-%m-%d}") for line in (1, 2)]
    case = await plan.submit(received_just_now(lines=lines))
    received_at = (await case.sheet()).shown.received_at
    counts = {}
    for who, act, words in [
        ("rn-rivera", Claim, {}),
        ("rn-rivera", Release, {}),
        ("sup-diaz", Assign, {"to": staff("rn-colon")}),
        ("rn-colon", Note, {"text": "the office sends the study"}),
        ("ic-santos", Attach, {"document": a_document("note-1", "clinical_note", red_flag=False)}),
        ("ic-santos", RecordCall, {"to": "provider", "reached": False}),
        ("sup-diaz", CorrectReceipt, {"received_at": received_at - timedelta(days=1), "reason": "stamp"}),
        ("rn-rivera", Refer, {"line": 1}),
        ("rn-colon", Approve, {"line": 2}),
    ]:
        before = await case.length()
        await case.does(who, act, **words)
        await case.sheet()
        counts[act.__name__] = await case.length() - before
    print(f"each act: {counts}")
    assert max(counts.values()) <= 14


async def test_each_rung_costs_at_most_12_events_and_an_idle_case_nothing(plan):
    case = await plan.submit(received_just_now())
    due_at = (await case.sheet()).shown.due_at
    idle = await case.length()
    half = (await case.forecast()).events[0].at
    await case.let_pass(until=half - timedelta(minutes=1))
    assert await case.length() == idle

    counts = []
    for rung in [one.at for one in (await case.forecast()).events if one.kind is EventKind.ESCALATED]:
        before = await case.length()
        await case.let_pass(until=rung + timedelta(seconds=5))
        await case.sheet()
        counts.append(await case.length() - before)
    print(f"each rung: {counts} events")
    assert len(counts) == 3
    assert max(counts) <= 12

    before = await case.length()
    await case.let_pass(until=due_at + timedelta(seconds=30))
    await case.sheet()
    breach = await case.length()
    print(f"a breach with its letters: {breach - before} events")
    assert breach - before <= 23  # three less where the answers of letters and register share a task
    await case.let_pass(timedelta(days=200))
    assert await case.length() == breach


async def test_a_dispute_costs_about_what_a_precertification_costs(plan):
    now = datetime.now(UTC).replace(microsecond=0)
    told = (now - timedelta(days=20)).date().isoformat()
    case = await plan.dispute(a_filing(received_at=now, remittance={"produced_on": told}))
    counts = {"received": await case.length()}
    for who, act, words in [
        ("da-torres", Claim, {}),
        ("da-torres", Note, {"text": "the table of the quarter is loaded"}),
        ("da-torres", Resolve, {"line": 1, "outcome": "overturned", "reason_id": "units_miscounted"}),
    ]:
        before = await case.length()
        await case.does(who, act, **words)
        await case.sheet()
        counts[act.__name__] = await case.length() - before
    length = await case.length()
    print(f"a dispute decided, paid and told: {length} events: {counts}")
    assert length <= 98  # three of them only where the story went on while its page was written
    assert counts["Claim"] <= 14
    assert counts["Note"] <= 14

    forecast = [one.at for one in (await case.forecast()).events if one.kind is EventKind.REMINDED]
    await case.let_pass(until=forecast[0] - timedelta(minutes=1))
    assert await case.length() == length
