"""Post-stabilization care: an hour to answer a hospital, and silence that approves, in the laws that say so."""

from datetime import timedelta

import pytest

from domain.case.keeping import come_to_rest, keep_appointments
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from domain.terms.notice import NoticeKind
from tests.appealing import NOT_MET, appeal_of, carried, does, due, refusal
from tests.builders import a_case, a_request, at

SECOND = timedelta(seconds=1)
CALLED, AN_HOUR_LATER = at("2026-10-17 02:10 AST"), at("2026-10-17 03:10 AST")


def asked(plan="mcs-classicare", **facts):
    """The hospital in Orlando calls on a Saturday night."""
    called = {
        "channel": "telephone",
        "requested_by": "physician",
        "received_at": CALLED,
        "from_day": "2026-10-17",
    }
    case = a_case(a_request(plan=plan, post_stabilization=True, **(called | facts)))
    come_to_rest(case, CALLED)
    return case


@pytest.mark.parametrize(
    ("plan", "urgency", "last"),
    [
        ("mcs-classicare", "standard", "2026-10-17 03:10 AST"),
        ("mcs-classicare", "expedited", "2026-10-17 03:10 AST"),
        ("caresource", "standard", "2026-10-17 03:10 AST"),
        ("mcs-life", "expedited", "2026-10-18 02:10 AST"),  # no such row: an urgent request like others
    ],
)
def test_medicare_advantage_and_medicaid_answer_within_the_hour(plan, urgency, last):
    assert due(asked(plan, urgency=urgency), "decision") == at(last)


@pytest.mark.parametrize("plan", ["mcs-classicare", "caresource"])
def test_nobody_answers_and_the_plan_owes_it_until_something_ends_that(plan):
    case = carried(asked(plan), AN_HOUR_LATER)
    assert case.lines[0].determination is None

    carried(case, AN_HOUR_LATER + SECOND)

    line = case.lines[0]
    assert (case.status.code, line.is_adverse) == ("A1", False)
    assert line.authorization.through is None
    assert line.authorization.ends_when.en.startswith("until a physician of the plan takes over the care")
    assert case.clocks["decision"].breached_at == AN_HOUR_LATER + SECOND
    assert [one.kind for one in case.letters.notices] == [NoticeKind.DETERMINATION] * 2
    assert all(one.sent_at for one in case.letters.notices)
    [decided] = [one for one in case.log.events if one.kind is EventKind.DETERMINED]
    assert "approved by silence" in decided.words


def test_an_outage_makes_it_late_and_changes_nothing_else():
    case = asked()

    back = at("2026-10-18 09:00 AST")
    keep_appointments(case, back)
    come_to_rest(case, back)

    assert case.status.code == "A1"
    assert case.lines[0].determination.decided_at == AN_HOUR_LATER + SECOND


def test_an_answer_within_the_hour_is_an_answer_like_others():
    case = does(asked(), CALLED + timedelta(minutes=30), "rn-rivera", Approve, because="still unstable")

    carried(case, AN_HOUR_LATER + SECOND)

    assert case.clocks["decision"].breached_at is None
    assert case.lines[0].authorization.through


def test_whoever_refuses_within_the_hour_offers_a_plan_physician_and_the_refusal_may_be_appealed():
    case, now = asked(), CALLED + timedelta(minutes=30)
    assert "--physician-offered" in refusal(case, now, "md-ortiz", Deny, **NOT_MET)

    does(case, now, "md-ortiz", Deny, physician_offered=True, **NOT_MET)

    assert case.status.code == "A3"
    appeal = appeal_of(case, at("2026-10-20 09:00 AST"))
    assert appeal.clocks["appeal"].timeframe.id == "ma-appeal"
