"""A committee's vote: its roll, its conflicts, its quorum, whether it is carried; who may vote on what."""

import pytest

from domain.deliberation.deliberated import TakeVote
from domain.guideline.draft import Audience
from domain.parts.stage import Stage
from domain.terms.refusals import Refused
from tests.committees import ALL_FOR, does, minutes, prepared, reviewed, roll, told

WHEN = "2026-07-16 09:00 PACIFIC"


def votes(case, name="guideline", **changes):
    return does(case, WHEN, "qa-marin", TakeVote, meeting=minutes(name, **changes))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (roll(luna="for", ibarra="for", quintana="for"), "3 were there and not recused; .* quorum with 4"),
        (roll(luna="for", ibarra="for", quintana="for", ferrer="recused"), "3 were there and not recused"),
        ([*ALL_FOR, {"member": "luna", "says": "for"}], "luna is on it twice"),
        ([*ALL_FOR, {"member": "rivera", "says": "for"}], "rivera does not sit"),
        ([*ALL_FOR, {"member": "vidal", "says": "recused"}], "say which interest of vidal"),
        ([*ALL_FOR, {"member": "vidal", "says": "for", "interest": "shares"}], "vidal has an interest"),
        (
            [*ALL_FOR, {"member": "vidal", "says": "for", "interest": "shares", "judged_by": "vidal"}],
            "judged by somebody else",
        ),
    ],
)
def test_what_is_wrong_with_a_roll_is_no_vote_and_is_not_kept(said, why):
    case = reviewed()
    with pytest.raises(Refused, match=why):
        votes(case, roll=said)
    assert (case.meetings, case.stage) == ([], Stage.COMMITTEE)


def test_an_interest_that_somebody_else_judged_to_be_no_conflict_votes():
    judged = {"member": "vidal", "says": "for", "interest": "a cousin's practice", "judged_by": "luna"}

    assert votes(reviewed(), roll=[*ALL_FOR, judged]).voted_for


def test_a_tie_is_not_carried_is_kept_and_can_be_brought_again():
    tie = roll(luna="for", ibarra="for", quintana="against", ferrer="against")
    case = votes(reviewed(), roll=tie, held_on="2026-07-10")

    assert [one.is_carried for one in case.meetings] == [False]
    assert case.meetings[0].words == "adopt not carried: 2 for, 2 against"
    assert (case.stage, case.voted_for) == (Stage.COMMITTEE, None)
    assert votes(case, roll=ALL_FOR, held_on="2026-07-15").voted_for
    assert "on 2026-07-15 (NUM-1)" in told(case, "2026-07-20", *Audience).row.source


def test_medicare_advantage_wants_a_utilization_management_committee_and_others_do_not():
    with pytest.raises(Refused, match="a utilization management committee votes on it"):
        votes(reviewed(), committee="quality")
    with pytest.raises(Refused, match="committee: the pack knows um, quality"):
        votes(reviewed(), committee="pharmacy")
    assert votes(prepared(), "technology", committee="quality").decided


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"motion": "covered"}, "motion: what can be voted on is adopt"),
        ({"held_on": "2026-07-17"}, "held_on"),
        ({"held_on": "2026-05-31"}, "held_on"),
        ({"in_force_on": None}, "in_force_on"),
        ({"in_force_on": "2026-07-15"}, "in_force_on"),
    ],
)
def test_a_vote_is_on_what_can_be_voted_on_a_day_that_was(changes, why):
    with pytest.raises(Refused, match=why):
        votes(reviewed(), **changes)


@pytest.mark.parametrize("held_on", ["2026-06-01", "2026-07-16"])
def test_a_vote_may_be_of_the_day_of_receipt_and_of_today(held_on):
    assert votes(reviewed(), held_on=held_on).voted_for


def test_who_records_a_vote_is_somebody_of_the_committees_office():
    with pytest.raises(Refused, match="may not record a committee's vote"):
        does(reviewed(), WHEN, "rn-rivera", TakeVote, meeting=minutes("guideline"))
