"""The forecast is no opinion: it equals what then happens, event for event."""

from datetime import timedelta

import pytest

from domain.review import Deny
from tests.builders import a_line, a_request, at, criteria_of, meeting

A_MOMENT = timedelta(seconds=3)  # letters and pages take real time on a busy machine

CASES = {
    "a standard request that nobody looks at": a_request(received_at=at("2037-03-02 18:41 AST")),
    "an approved one that nobody calls about": a_request(documents=meeting("72148")),
    "an urgent one in Puerto Rico over a holiday": a_request(
        plan="mcs-life", service="71260", urgency="expedited", received_at=at("2037-07-24 16:50 AST")
    ),
    "a Medicaid request without its records": a_request(
        plan="caresource", service="G0299", order=None, received_at=at("2037-10-28 13:00 EASTERN")
    ),
    "an urgent claim under ERISA that lacks something": a_request(
        plan="self-funded-sample",
        urgency="expedited",
        documents=[],
        received_at=at("2037-06-01 09:00 EASTERN"),
    ),
    "law and accreditation side by side": a_request(
        plan="mcs-life-accredited", received_at=at("2037-09-10 10:00 AST")
    ),
    "a Part B drug beside an MRI": a_request(
        lines=[a_line(1, "72148"), a_line(2, "J9271")], received_at=at("2037-03-02 18:41 AST")
    ),
}


async def assert_it_comes_true(case):
    await case.sheet()
    so_far = len(await case.events())
    forecast = (await case.forecast()).events
    assert forecast
    await case.let_pass(until=forecast[-1].at + timedelta(hours=1))
    await case.sheet()
    happened = (await case.events())[so_far:]
    assert [(one.kind, one.words) for one in happened] == [(one.kind, one.words) for one in forecast]
    for true, foretold in zip(happened, forecast, strict=True):
        assert timedelta() <= true.at - foretold.at < A_MOMENT, foretold.words
        assert timedelta() <= true.recorded_at - foretold.recorded_at < A_MOMENT, foretold.words


@pytest.mark.parametrize("request_", CASES.values(), ids=CASES)
async def test_what_the_forecast_says_happens_if_nobody_acts(plan, request_):
    await assert_it_comes_true(await plan.submit(request_))


async def test_the_forecast_of_a_denied_case_ends_with_its_appeal_window(plan):
    case = await plan.submit(a_request())
    clause, *_ = criteria_of("72148")
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=clause)
    await assert_it_comes_true(case)
    assert await case.closed_as() == "appeal window ended"
