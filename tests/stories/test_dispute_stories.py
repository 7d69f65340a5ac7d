"""Payment disputes on the real engine: filed in time and late, incomplete, mixed, missed, and the second level."""

from datetime import timedelta

from domain.desk.desk import Attach, Claim, Withdraw
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve, TriageLine
from domain.dispute.level import SecondLevelAnswered, SecondLevelFiled
from domain.dispute.standing import Standing
from domain.parts.events import EventKind
from domain.rates.rates import Rate
from tests.builders import at
from tests.disputes import a_filing, a_line, a_paper, denied, noon, papers
from workflows.dispute import DisputeWorkflow

UPHELD = {"line": 1, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}
OVERTURNED = {"line": 1, "outcome": "overturned", "reason_id": "fee_schedule_misread"}
A_MOMENT = timedelta(minutes=1)  # of real time, on a busy machine


def told(day, received_on, **changes):
    return a_filing(remittance={"produced_on": day}, received_at=at(f"{received_on} PACIFIC"), **changes)


def letters(plan, case):
    return [notice.kind.value for notice in plan.post.sent if notice.key.startswith(case.number)]


async def review(case):
    return await case.handle.query(DisputeWorkflow.dispute_review)


async def stands(case):
    shown = (await case.sheet()).shown
    return shown.stage, shown.status.code


async def upheld_on_march_31(plan):
    """D5, in 2037: the time for the second level ends with Sunday, 27 September."""
    case = await plan.dispute(told("2037-03-02", "2037-03-20 10:00"))
    await case.let_pass(until=noon("2037-03-31"))
    await case.does("da-torres", Resolve, **UPHELD)
    assert await stands(case) == ("second_level_window", "UPHELD")
    return case


async def test_filed_on_day_120_it_is_decided_and_on_day_121_it_waits_for_a_good_cause(plan):
    in_time = await plan.dispute(told("2037-03-10", "2037-07-08 23:59:59"))
    late = await plan.dispute(told("2037-03-10", "2037-07-09 00:00"))
    assert (await stands(in_time))[0] == "dispute_review"
    assert (await stands(late))[0] == "good_cause"
    assert "came late" in await late.is_refused("da-torres", Resolve, **UPHELD)

    await late.let_pass(timedelta(days=15))
    assert (await stands(late)) == ("good_cause", "OPEN")
    assert "may not dismiss" in await late.is_refused("da-torres", Dismiss, ground="untimely", reason="late")
    await late.does("sup-diaz", Dismiss, ground="untimely", reason="no cause was stated")
    assert await late.closed_as() == "dismissed as untimely"
    assert letters(plan, late) == ["dispute_acknowledged", "good_cause_request", "dispute_dismissed"]


async def test_received_on_day_120_and_keyed_on_day_122_it_is_in_time(plan):
    filing = told("2026-03-10", "2026-07-08 22:00")  # months ago: the case begins today and counts from then
    case = await plan.dispute(filing)
    sheet = await review(case)
    assert (sheet.day_number, sheet.late_lines) == (120, ())
    [said] = await case.events(EventKind.TIMELINESS)
    assert said.words.startswith("received on day 120 of 120, in time")


async def test_completed_on_day_119_it_goes_to_the_analyst(plan):
    lacking = ("original_claim", "dispute_form")
    case = await plan.dispute(told("2037-01-15", "2037-05-10 09:00", documents=papers(*lacking)))
    assert (await stands(case))[0] == "awaiting_information"
    await case.let_pass(until=noon("2037-05-14"))
    for kind in lacking:
        await case.does("ic-santos", Attach, document=a_paper(kind))
    assert (await stands(case))[0] == "dispute_review"
    assert (await case.sheet()).missing == ()


async def test_a_window_that_closes_on_an_incomplete_filing_is_an_event_and_a_persons_work(plan):
    case = await plan.dispute(told("2037-01-15", "2037-04-20 09:00", documents=papers("dispute_form")))
    await case.let_pass(until=noon("2037-05-16"))
    assert (await stands(case))[1] == "OPEN"
    said = [event.words for event in await case.events(EventKind.TIMELINESS)]
    assert said[-1] == "the time to file ended and the dispute is incomplete: dispute form"
    assert letters(plan, case).count("dispute_reminder") == 1  # that of day 113; that of day 90 had passed
    await case.does("sup-diaz", Dismiss, ground="incomplete", reason="the form did not come")
    assert await case.closed_as() == "dismissed as incomplete"


async def test_mixed_lines_go_their_own_ways_and_what_is_given_is_paid_once(plan):
    lines = [
        a_line(1),
        denied(2),
        a_line(3, adjustments=[{"group": "CO", "reason": "59", "amount": "200.00"}]),
    ]
    case = await plan.dispute(a_filing(lines=lines))
    assert (await stands(case))[0] == "dispute_triage"
    assert letters(plan, case) == ["dispute_acknowledged", "redirect", "forwarded_to_plan"]
    await case.does("da-torres", TriageLine, line=3, route="amount", reason="multiple procedures")
    assert "redirected" in await case.is_refused("da-torres", Resolve, **(UPHELD | {"line": 2}))
    await case.does("da-torres", Resolve, **OVERTURNED)
    await case.does("da-torres", Resolve, line=3, outcome="partly", amount="20.55", reason_id="shown_in_part")

    assert await stands(case) == ("second_level_window", "PARTLY")
    [payment] = plan.payables.instructed
    assert [str(one.amount) for one in payment.lines] == ["120.00", "20.55"]
    assert str(payment.total) == "140.55"
    assert plan.payables.asked == 1
    assert plan.register.pages[case.number].payments[0].proof
    shown = (await case.sheet()).shown.lines
    assert [line.outcome for line in shown] == ["overturned", "redirected", "partly"]


async def test_redirected_before_and_after_its_own_window(plan):
    before = await plan.dispute(told("2037-03-02", "2037-05-01 10:00", lines=[denied(1)]))
    after = await plan.dispute(told("2037-02-01", "2037-05-01 10:00", lines=[denied(1)]))
    for case, until, passed in ((before, "2037-05-06", None), (after, None, "2037-04-07")):
        assert await case.closed_as() == "sent to the health plan's appeal"
        [redirect] = plan.letters(case, "redirect")
        assert (redirect.facts["until"], redirect.facts["passed"]) == (until, passed)


async def test_a_provider_with_a_contract_goes_to_its_process_and_another_coverage_is_not_ours(plan):
    plan.directory.standings["1000000137"] = Standing(
        in_medicare_advantage=True, has_contract=True, because="a contract since 2024"
    )
    contracted = await plan.dispute(a_filing(provider={"npi": "1000000137"}))
    medicaid = await plan.dispute(a_filing(claim={"filing_indicator": "MC"}))
    assert await contracted.closed_as() == "sent to the contract's process"
    assert await medicaid.closed_as() == "not a Medicare Advantage claim"
    assert letters(plan, contracted) == ["contract_process"]
    assert letters(plan, medicaid) == ["not_ours"]


async def test_a_second_level_request_on_day_180_is_recorded_and_nothing_closes(plan):
    case = await upheld_on_march_31(plan)
    await case.let_pass(until=noon("2037-09-27"))
    assert "second_level_reminder" in letters(plan, case)
    filed = {"filed_on": "2037-09-27", "learned": "it came to our box", "with_us": True}
    await case.does("da-torres", SecondLevelFiled, **filed)
    await case.let_pass(timedelta(days=60))
    assert (await stands(case))[0] == "second_level"
    [forwarded] = plan.letters(case, "forwarded_to_plan")
    assert forwarded.facts["received_on"] == "2037-09-27"

    answered = {"outcome": "overturned", "amount": "120.00", "answered_on": "2037-11-20"}
    await case.does("da-torres", SecondLevelAnswered, **answered)
    assert await case.closed_as() == "second level: overturned"
    assert [one.key for one in plan.payables.instructed] == [f"{case.number}-pay-2"]


async def test_on_day_181_it_has_closed_and_a_plan_that_asks_later_reopens_it(plan):
    """D5: filed with the plan without our knowing."""
    case = await upheld_on_march_31(plan)
    await case.let_pass(until=noon("2037-09-28"))
    assert await case.closed_as() == "window closed, no request known"
    written = len(plan.register.events_of(case.number))

    again = await plan.reopen(case)
    await again.let_pass(until=noon("2037-10-05"))
    filed = {"filed_on": "2037-09-18", "learned": "the plan's letter of today", "file_wanted": True}
    await again.does("da-torres", SecondLevelFiled, **filed)
    assert (await stands(again))[0] == "second_level"
    [file] = plan.letters(again, "forwarded_to_plan")
    assert len(file.facts["documents"]) == 4
    kinds = [event.kind for event in plan.register.events_of(case.number)]
    assert kinds[written:][:1] == [EventKind.REOPENED]
    await again.does("da-torres", SecondLevelAnswered, outcome="upheld", answered_on="2037-10-05")
    assert await again.closed_as() == "second level: upheld"


async def test_thirty_days_missed_open_the_second_level_and_the_answer_stays_owed(plan):
    """D6: received Fri 1 May, missed Sun 31 May, overturned Thu 4 June."""
    case = await plan.dispute(a_filing())
    await case.let_pass(until=noon("2037-06-03"))
    sheet = await case.sheet()
    assert "breach" in sheet.flags
    assert "dispute_missed" in letters(plan, case)
    [missed] = plan.letters(case, "dispute_missed")
    assert missed.facts["second_level"]["until"] == "2037-11-27"
    await case.let_pass(until=noon("2037-06-04"))
    await case.does("da-torres", Resolve, **OVERTURNED)
    clocks = {clock.timeframe: clock for clock in (await case.sheet()).shown.clocks}
    assert clocks["dispute-decision"].breached
    assert clocks["second-level"].due_at == at("2037-12-01 23:59:59 PACIFIC")
    assert len(plan.payables.instructed) == 1
    await case.let_pass(until=noon("2037-12-02"))
    assert await case.closed_as() == "window closed, no request known"
    assert len(plan.payables.instructed) == plan.payables.asked == 1


async def test_withdrawn_it_is_over(plan):
    case = await plan.dispute(a_filing())
    await case.does("ic-santos", Withdraw, by="provider")
    assert await case.closed_as() == "withdrawn by the provider"
    assert letters(plan, case)[-1] == "dispute_withdrawn"


async def test_a_payment_waits_for_a_claims_system_that_is_away(plan):
    case = await plan.dispute(a_filing())
    plan.payables.down = True
    await case.does("da-torres", Resolve, **OVERTURNED)
    assert not (await case.look()).outcome
    plan.payables.down = False
    await case.let_pass(timedelta(minutes=5))
    await case.sheet()
    assert len(plan.payables.instructed) == 1


async def test_a_good_cause_that_is_accepted_leads_to_the_answer(plan):
    case = await plan.dispute(told("2037-03-10", "2037-07-20 09:00", good_cause="A flood closed the office."))
    assert letters(plan, case) == ["dispute_acknowledged"]
    await case.does("sup-diaz", DecideGoodCause, accepted=True, reason="the flood is on record")
    await case.does("da-torres", Resolve, **UPHELD)
    assert await stands(case) == ("second_level_window", "UPHELD")


async def test_the_analyst_sees_a_reference_and_sees_a_rate_that_came_later(plan):
    line = a_line(1, service="99213", day="2037-01-10")
    case = await plan.dispute(a_filing(lines=[line], claim={"facility_code": "13"}))
    await case.sheet()
    [before] = (await review(case)).lines
    assert "unknown" in before.reference
    assert before.would_have_paid is None
    plan.rates.kept.append(
        Rate(
            schedule="opps-addendum-b",
            setting="hospital outpatient",
            quarter="2037-01",
            code="99213",
            status_indicator="V",
            amount="400.0000",
        )
    )
    await case.does("da-torres", Claim)
    await case.sheet()
    [after] = (await review(case)).lines
    assert str(after.would_have_paid) == "392.00"
    assert "never the amount owed" in after.reference


async def test_the_forecast_of_a_fresh_dispute_is_the_whole_chain_and_comes_true(plan):
    case = await plan.dispute(a_filing())
    await case.sheet()
    so_far = len(await case.events())
    forecast = (await case.forecast()).events
    days = {}
    for event in forecast:
        days.setdefault(event.kind, []).append(f"{event.at:%Y-%m-%d}")
    assert len(days[EventKind.ESCALATED]) == 3
    assert days[EventKind.BREACHED] == ["2037-06-01"]
    assert days[EventKind.REMINDED] == ["2037-10-28"]
    assert days[EventKind.WINDOW_ENDED] == ["2037-11-28"]

    await case.let_pass(until=forecast[-1].at + timedelta(hours=1))
    await case.sheet()
    happened = (await case.events())[so_far:]
    assert [(one.kind, one.words) for one in happened] == [(one.kind, one.words) for one in forecast]
    for true, foretold in zip(happened, forecast, strict=True):
        assert timedelta() <= true.at - foretold.at < A_MOMENT, foretold.words
