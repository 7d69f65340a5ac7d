"""Where a disputed line goes: one denial is enough, and what no row names is for a person."""

from datetime import date

import pytest

from domain.dispute.filing import ContendedLine
from domain.dispute.triage import triage
from tests.builders import pack
from tests.disputes import a_filing, a_line, denied

DAY = date(2037, 5, 1)


def sorted_line(*codes, paid="300.00", contention=None, plan="procare", status="1"):
    """The route and the row of a line of 500 with these adjustments, each of one dollar but the last."""
    left = 500 - float(paid)
    amounts = [*(["1.00"] * (len(codes) - 1)), f"{left - (len(codes) - 1):.2f}"] if codes else []
    adjustments = [
        dict(zip(("group", "reason"), code.split("-"), strict=True)) | {"amount": amount}
        for code, amount in zip(codes, amounts, strict=True)
    ]
    line = ContendedLine.model_validate(
        a_line(1, paid=paid, expected="400.00", adjustments=adjustments, contention=contention)
    )
    found = triage(line, a_filing(claim={"status": status}).claim, pack().disputes_of(plan).triage, DAY)
    return found.route.value, found.row


@pytest.mark.parametrize(
    ("codes", "changes", "route", "row"),
    [
        (["CO-45"], {}, "amount", "fee-schedule"),
        (["PR-1"], {"paid": "0.00"}, "amount", "cost-share"),  # paid nothing because of the deductible
        (["CO-45", "PR-2"], {}, "amount", "fee-schedule"),
        (["CO-253", "CO-45"], {}, "amount", "sequestration"),
        (["CO-50"], {"paid": "0.00"}, "redirect", "not-necessary"),
        (["CO-97"], {"paid": "0.00"}, "redirect", "bundled"),
        (["CO-97"], {"paid": "0.00", "plan": "namm-sample"}, "amount", "bundled-namm-sample"),
        (["CO-45"], {"contention": "bundling"}, "redirect", "bundled"),
        (["CO-45"], {"contention": "bundling", "plan": "namm-sample"}, "amount", "fee-schedule"),
        (["CO-151"], {}, "redirect", "frequency"),
        (["CO-186"], {}, "redirect", "level-of-care"),
        (["CO-45"], {"contention": "level_of_care"}, "redirect", "level-of-care"),
        (["CO-45"], {"contention": "down_coding"}, "redirect", "down-coding"),
        (["PI-204"], {"paid": "0.00"}, "redirect", "not-covered"),
        (["CO-197"], {"paid": "0.00"}, "redirect", "not-authorized"),
        (["CO-16"], {"paid": "0.00"}, "redirect", "correct-and-send-again"),
        (["CO-29"], {"paid": "0.00"}, "redirect", "correct-and-send-again"),
        # the most protective route
        (["CO-45", "CO-50"], {}, "redirect", "not-necessary"),
        (["CO-59", "CO-50"], {}, "redirect", "not-necessary"),
        (["CO-50"], {"paid": "0.00", "contention": "amount"}, "redirect", "not-necessary"),
        # a person sorts
        (["CO-59"], {}, "analyst", None),
        (
            ["CO-1"],
            {},
            "analyst",
            None,
        ),  # a deductible is the member's; borne by the plan it is something else
        (["CO-45", "OA-23"], {}, "analyst", "other-payer"),
        (["CO-45"], {"status": "2"}, "analyst", None),
        (["CO-45"], {"contention": "denial"}, "analyst", None),  # it was paid: words and codes disagree
        ([], {"paid": "0.00"}, "analyst", None),
        ([], {"contention": "amount"}, "amount", "said-to-be-too-little"),
        ([], {}, "amount", None),
    ],
)
def test_each_line_takes_its_route(codes, changes, route, row):
    assert sorted_line(*codes, **changes) == (route, row)


@pytest.mark.parametrize(
    ("charge", "paid", "contention", "route"),
    [
        ("0.00", "0.00", None, "amount"),  # nothing was charged, and nothing is unexplained
        ("0.01", "0.00", None, "analyst"),
        ("-0.01", "0.00", None, "analyst"),  # taken back
        ("500.00", "0.00", "denial", "redirect"),
        ("500.00", "0.01", "denial", "analyst"),  # it was paid
    ],
)
def test_a_cent_more_or_less_takes_another_route(charge, paid, contention, route):
    assert routed(a_line(charge=charge, paid=paid, contention=contention, adjustments=[]))[0] == route


def test_an_unnamed_code_is_named_to_the_analyst_and_the_words_stand_in_both_languages():
    line = ContendedLine.model_validate(
        a_line(adjustments=[{"group": "CO", "reason": "59", "amount": "200.00"}])
    )
    found = triage(line, a_filing().claim, pack().disputes_of("procare").triage, DAY)
    assert found.why.en == "No row of the triage table names CO-59."
    assert "CO-59" in found.why.es


def routed(line=None, **claim):
    filing = a_filing(claim=claim)
    asked = ContendedLine.model_validate(line or a_line())
    found = triage(asked, filing.claim, pack().disputes_of("procare").triage, DAY)
    return found.route.value, found.row or found.why.en.split()[-1]


@pytest.mark.parametrize(
    ("claim", "route"),
    [
        ({"status": "1"}, "amount"),
        ({"status": "19"}, "amount"),  # as primary, and sent on
        ({"status": "3"}, "analyst"),
        ({"status": "21"}, "analyst"),
        ({"status": "4"}, "analyst"),  # it says denied, and the adjustments do not
        ({"status": "22"}, "analyst"),
        ({"status": "22", "corrects": True}, "amount"),  # the payer marked a correction as a reversal
        ({"status": "23"}, "analyst"),
        ({"status": "25"}, "analyst"),
        ({"status": "5"}, "analyst"),
        ({"status": "01"}, "analyst"),
    ],
)
def test_the_status_of_the_claim_is_a_sign_of_its_own(claim, route):
    assert routed(**claim)[0] == route


def test_a_denial_goes_to_the_health_plan_whatever_the_status_says():
    assert routed(denied(1), status="4") == routed(denied(1)) == ("redirect", "not-necessary")


@pytest.mark.parametrize(
    ("adjustment", "route"),
    [
        ({"group": "CO", "reason": "45", "amount": "80.00"}, ("amount", "fee-schedule")),
        ({"group": "CO", "reason": "50", "amount": "80.00"}, ("redirect", "not-necessary")),
        ({"group": "CO", "reason": "A2", "amount": "80.00"}, ("analyst", "CO-A2.")),
        # what adjusts nothing says nothing
        ({"group": "CO", "reason": "A2", "amount": "0.00"}, ("amount", "fee-schedule")),
        ({"group": "OA", "reason": "23", "amount": "0.00"}, ("amount", "fee-schedule")),
        ({"group": "CO", "reason": "50", "amount": "0.00"}, ("amount", "fee-schedule")),
    ],
)
def test_an_adjustment_counts_alike_on_the_whole_claim_and_on_a_line_and_only_if_it_adjusts(
    adjustment, route
):
    of_line = a_line()["adjustments"]
    charge = f"{500 + float(adjustment['amount']):.2f}"

    assert routed(adjustments=[adjustment]) == route
    assert routed(a_line(charge=charge, adjustments=[*of_line, adjustment])) == route


def test_amounts_below_zero_are_for_a_person():
    back = a_line(
        charge="-500.00", paid="-300.00", adjustments=[{"group": "CO", "reason": "50", "amount": "-200.00"}]
    )

    assert routed(back)[0] == "analyst"
