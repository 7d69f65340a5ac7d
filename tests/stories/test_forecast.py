"""The forecast is no opinion: it equals what then happens, event for event.

`PLAZO_PROVE=1` draws many more cases.
"""

from datetime import timedelta
from random import Random

import pytest
from temporalio.exceptions import ApplicationError

from domain.determination.clock_acts import CorrectReceipt, Downgrade, Expedite, Extend
from domain.determination.decisions import Deny, Refer
from tests.builders import COMPLETE, a_line, a_request, at, criteria_of, meeting
from tests.sampling import PROVE, sampled

A_MOMENT = timedelta(minutes=1)  # letters and pages take real time on a busy machine

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
    end = forecast[-1].at if forecast else await case.now()
    await case.let_pass(until=end + timedelta(hours=1))
    await case.sheet()
    happened = (await case.events())[so_far:]
    assert [(one.kind, one.words) for one in happened] == [(one.kind, one.words) for one in forecast]
    for true, foretold in zip(happened, forecast, strict=True):
        assert timedelta() <= true.at - foretold.at < A_MOMENT, foretold.words
        assert timedelta() <= true.recorded_at - foretold.recorded_at < A_MOMENT, foretold.words
    return forecast


@pytest.mark.parametrize("request_", [pytest.param(row, id=name) for name, row in sampled(CASES.items(), 3)])
async def test_what_the_forecast_says_happens_if_nobody_acts(plan, request_):
    assert await assert_it_comes_true(await plan.submit(request_))


async def test_the_forecast_of_a_denied_case_ends_with_its_appeal_window(plan):
    case = await plan.submit(a_request())
    clause, *_ = criteria_of("72148")
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=clause)
    await assert_it_comes_true(case)
    assert await case.closed_as() == "appeal window ended"


PLANS = ["mcs-classicare", "mcs-life", "mcs-life-accredited", "caresource", "procare", "self-funded-sample"]
GROUNDS = ["enrollee_asks", "beyond_control", "missing_information", "information_needed"]


def a_drawn_request(dice):
    """Any plan, service and urgency, complete or not, received at any second of nine months."""
    received_at = at("2037-03-01 00:00 AST") + timedelta(seconds=dice.randrange(275 * 24 * 3600))
    return a_request(
        plan=dice.choice(PLANS),
        service=dice.choice(["72148", "71260", "J9271", "99999"]),
        urgency=dice.choice(["standard", "expedited"]),
        requested_by=dice.choice(["member", "physician"]),
        documents=dice.choice([COMPLETE, ()]),
        from_day=f"{received_at + timedelta(days=30):%Y-%m-%d}",
        received_at=received_at,
    )


def a_drawn_act(dice, request):
    """Something that moves a clock. Not every case allows every act."""
    later = (request.received_at + timedelta(days=dice.randrange(8, 30))).date()
    earlier = request.received_at - timedelta(seconds=dice.randrange(1, 3 * 24 * 3600))
    return dice.choice(
        [
            ("sup-diaz", Extend, {"until": later, "ground": dice.choice(GROUNDS)}),
            ("ic-santos", Expedite, {"asked_by": dice.choice(["member", "physician"])}),
            ("rn-rivera", Downgrade, {}),
            ("rn-rivera", Refer, {}),
            ("sup-diaz", CorrectReceipt, {"received_at": earlier, "reason": "keyed wrong"}),
        ]
    )


@pytest.mark.parametrize("seed", range(60 if PROVE else 2))
async def test_whatever_happened_to_a_case_its_forecast_comes_true(plan, seed):
    dice = Random(seed)
    request = a_drawn_request(dice)
    case = await plan.submit(request)
    for _ in range(dice.randrange(4)):
        await case.let_pass(timedelta(seconds=dice.randrange(3 * 24 * 3600)))
        who, act, words = a_drawn_act(dice, request)
        try:
            await case.does(who, act, **words)
        except ApplicationError as refused:
            if refused.type != "Refused":
                raise
    await assert_it_comes_true(case)
