"""Referrals are cheap, and replay: steps are counted (`pytest -s`), and each kind of history is played again."""

from datetime import UTC, datetime, timedelta

from domain.desk.desk import RecordCall, Withdraw
from domain.determination.decisions import Approve
from domain.referral.acts import EndAuthorization, FindAvailability
from domain.referral.coordination_acts import (
    AgreeDates,
    Choose,
    Confirm,
    ProviderAnswer,
    Send,
    TellCoinsurance,
)
from tests.builders import at
from tests.referrals import ASKED, LAKESIDE, approved, coordinated, in_writing
from workflows.kinds import WORKFLOWS

NOW = datetime.now(UTC).replace(microsecond=0)
IN_TWO_MONTHS = (NOW + timedelta(days=60)).date()
ASKED_TODAY = tuple(inquiry | {"on": f"{NOW - timedelta(days=1):%Y-%m-%d}"} for inquiry in ASKED)


async def withdrawn_while_a_provider_thinks(plan):
    case = await approved(plan)
    await case.does("cm-reyes", Choose, npi=LAKESIDE)
    await case.does("ic-santos", Withdraw, by="member")
    return case


async def ended_by_coverage(plan):
    case = await approved(plan)
    await coordinated(case)
    plan.directory.not_covered["MCS-0001"] = "coverage ended"
    await case.let_pass(until=at("2037-07-07 10:00 AST"))
    await case.does("cov-matos", EndAuthorization)
    return case


async def test_every_kind_of_referral_replays(plan, replayer):
    for story in (withdrawn_while_a_provider_thinks, ended_by_coverage):
        case = await story(plan)
        await case.sheet()
        await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_a_referral_costs_little_more_than_its_letters_and_each_plain_step_at_most_14_events(plan):
    plan.directory.providers = tuple(
        one.model_copy(update={"since": NOW.date()}) for one in plan.directory.providers
    )
    case = await plan.submit(in_writing(received_at=NOW, from_day=IN_TWO_MONTHS.isoformat()), "referral")
    counts = {"received": await case.length()}
    for who, act, words in [
        ("cm-reyes", FindAvailability, {"available": False, "inquiries": ASKED_TODAY}),
        ("cm-reyes", Approve, {}),
        ("ic-santos", RecordCall, {"to": "member", "reached": True}),
        ("ic-santos", RecordCall, {"to": "provider", "reached": True}),
        ("cm-reyes", Choose, {"npi": LAKESIDE}),
        ("cm-reyes", ProviderAnswer, {"accepted": True}),
        ("cm-reyes", AgreeDates, {"on": IN_TWO_MONTHS}),
        ("cm-reyes", Send, {}),
        ("cm-reyes", TellCoinsurance, {}),
        ("cm-reyes", Confirm, {}),
    ]:
        before = await case.length()
        await case.does(who, act, **words)
        await case.sheet()
        counts[act.__name__] = await case.length() - before
    length = await case.length()
    print(f"a referral approved and coordinated: {length} events: {counts}")
    asks_or_writes = {"received", "FindAvailability", "Approve", "Send", "TellCoinsurance"}
    assert max(count for name, count in counts.items() if name not in asks_or_writes) <= 14
    assert max(counts.values()) <= 36
    assert length <= 190

    await case.let_pass(timedelta(days=20))
    assert await case.length() == length, "an idle case costs nothing"
