"""New technology: four bases, an opinion, a vote or a national rule; what it answers a member."""

import pytest

from domain.appeal.deciding import DecideAppeal
from domain.clock.duty import Duty
from domain.deliberation.deliberated import TakeVote
from domain.determination.decisions import Deny
from domain.parts.stage import Stage
from domain.technology.acts import AdviseOnTechnology, AnswerBases, Publish, ScopeTechnology
from domain.technology.answer import answer_for
from domain.technology.proposal import Evidence
from domain.terms.refusals import Refused
from tests.appealing import appeal_of, denied, refusal
from tests.builders import a_case, a_request, at, staff
from tests.committees import (
    EVIDENCE,
    a_technology,
    day,
    decided,
    does,
    minutes,
    passes,
    prepared,
    published,
)

LATER = "2026-06-20 09:00 EASTERN"


def waiting(case):
    return [(work.queue, work.what) for work in case.work.open]


def test_it_goes_from_basis_to_basis_and_none_is_answered_by_silence():
    case = a_technology()
    assert (case.stage, waiting(case)) == (Stage.RECEIVED, [("committee", "say which question is asked")])
    with pytest.raises(Refused, match="say first which question"):
        does(case, "2026-05-05 09:00 EASTERN", "qa-marin", AnswerBases, evidence=EVIDENCE)
    does(case, "2026-05-05 09:00 EASTERN", "qa-marin", ScopeTechnology, question="For whom?")

    does(case, "2026-05-06 09:00 EASTERN", "qa-marin", AnswerBases, evidence=EVIDENCE[:3])
    assert (case.stage, waiting(case)) == (
        Stage.EVIDENCE,
        [("committee", "answer each of the four bases; open: literature")],
    )
    with pytest.raises(Refused, match="no evidence yet on literature"):
        does(case, "2026-05-07 09:00 EASTERN", "md-ortiz", AdviseOnTechnology, says="For some.")
    with pytest.raises(Refused, match="not ready for a vote: answer each of the four bases"):
        does(case, LATER, "qa-marin", TakeVote, meeting=minutes("technology"))
    does(case, LATER, "qa-marin", AnswerBases, evidence=EVIDENCE[3:])
    assert case.stage is Stage.OPINION


def test_the_opinion_is_a_specialists_without_an_interest():
    case = a_technology()
    does(case, "2026-05-05 09:00 EASTERN", "qa-marin", ScopeTechnology, question="For whom?")
    does(case, "2026-05-06 09:00 EASTERN", "qa-marin", AnswerBases, evidence=EVIDENCE)
    with pytest.raises(Refused, match="no specialist of radiology"):
        does(case, LATER, "md-vega", AdviseOnTechnology, says="For some.")
    with pytest.raises(Refused, match="somebody without one gives the opinion"):
        does(case, LATER, "md-ortiz", AdviseOnTechnology, says="For all.", interest="holds the patent")
    assert does(case, LATER, "md-ortiz", AdviseOnTechnology, says="For some.").stage is Stage.COMMITTEE


@pytest.mark.parametrize("motion", ["covered", "not_covered", "case_by_case"])
def test_what_the_committee_decides_is_published_and_looked_at_again_after_a_year(motion):
    case = decided(motion)
    assert (case.status.code, waiting(case)) == (motion.upper(), [("committee", "publish what was decided")])
    does(case, "2026-06-15 09:00 EASTERN", "qa-marin", Publish, where="the policy page")
    assert (case.stage, waiting(case), case.look_again_on) == (Stage.PUBLISHED, [], day("2027-06-15"))
    with pytest.raises(Refused, match="nothing to publish"):
        does(case, "2026-06-16 09:00 EASTERN", "qa-marin", Publish, where="again")

    passes(case, "2027-06-15 00:00 EASTERN")
    assert waiting(case) == [("committee", "look at it again, and have the committee vote")]
    again = minutes("technology", motion="covered", held_on="2027-06-20")
    does(case, "2027-06-21 09:00 EASTERN", "qa-marin", TakeVote, meeting=again)
    assert (case.status.code, case.stage) == ("COVERED", Stage.UNPUBLISHED)


def test_without_a_quorum_nothing_is_decided():
    one = [{"member": "luna", "says": "for"}]
    case = prepared()
    with pytest.raises(Refused, match=r"1 were there and not recused; the Quality .* quorum with 2"):
        does(case, LATER, "qa-marin", TakeVote, meeting=minutes("technology", roll=one))
    assert case.is_undecided


@pytest.mark.parametrize(("plan", "ends"), [("mcs-classicare", True), ("caresource", False)])
def test_a_national_rule_ends_the_question_for_medicare_advantage_alone(plan, ends):
    case = a_technology(plan=plan)
    does(case, "2026-05-05 09:00 EASTERN", "qa-marin", ScopeTechnology, question="For whom?")
    rule = EVIDENCE[0] | {"national": "not_covered", "cites": "a national coverage determination"}
    does(case, "2026-05-06 09:00 EASTERN", "qa-marin", AnswerBases, evidence=[rule])

    assert (case.status.code, bool(case.decided)) == (("NOT_COVERED", True) if ends else ("OPEN", False))
    if ends:
        with pytest.raises(Refused, match="a national rule ends the question"):
            does(case, LATER, "qa-marin", TakeVote, meeting=minutes("technology", committee="um"))
        assert waiting(case) == [("committee", "publish what was decided")]


def test_no_other_basis_decides_by_itself():
    with pytest.raises(ValueError, match="only the rules of Medicare decide it themselves"):
        Evidence.model_validate(EVIDENCE[2] | {"national": "covered"})


def test_what_nobody_asks_about_any_more_ends_by_a_vote():
    case = published("covered")
    retire = minutes("technology", motion="retire", held_on="2026-06-18")

    assert does(case, LATER, "qa-marin", TakeVote, meeting=retire).closed_as == "retired"
    with pytest.raises(Refused, match=r"what can be voted on is covered, not_covered, case_by_case$"):
        does(prepared(), LATER, "qa-marin", TakeVote, meeting=retire)


# A member's request for it


@pytest.mark.parametrize(
    ("made", "age", "said"),
    [
        (a_technology, 40, "nothing is decided: decide for this member alone"),
        (published, 40, "case by case: decide for this member alone"),
        (lambda: published("not_covered"), 20, "'not covered' answers nobody under 21"),
        (lambda: published("not_covered"), 21, "not covered: necessity is still decided for this member"),
        (lambda: published("covered"), 20, "covered: necessity is still decided"),
    ],
)
def test_what_it_answers_a_member(made, age, said):
    assert answer_for(made(), age).startswith(said)


def of_a_member(born):
    member = {"birth_date": born, "contract_number": "CS-1"}
    asked = {"plan": "caresource", "service": "0275T", "received_at": at("2026-05-04 10:00 EASTERN")}
    return a_case(a_request(**asked, member=member, from_day="2026-06-01"))


def test_the_members_own_request_runs_on_its_own_clock():
    request = of_a_member("1980-01-01")
    case = a_technology(request="PRE-7K2M-9QXD-4HBT")

    assert case.linked == ["PRE-7K2M-9QXD-4HBT"]
    assert request.policy.calendar.show_due(request.due_at).startswith("Mon 11 May 2026 23:59")
    assert request.clocks.open[0].timeframe.times is Duty.DECISION


@pytest.mark.parametrize(("born", "refused"), [("2005-05-05", True), ("2005-05-04", False)])
def test_not_covered_is_no_answer_to_a_medicaid_member_under_21(born, refused):
    """Who is 21 on the day of receipt is not under 21."""
    case = of_a_member(born)
    denial = Deny(actor=staff("cov-matos"), reason_id="not_covered_benefit")
    if refused:
        with pytest.raises(Refused, match="not_covered_benefit answers nobody under 21"):
            denial.refuse_unless_allowed(case, at("2026-05-05 10:00 EASTERN"))
    else:
        denial.refuse_unless_allowed(case, at("2026-05-05 10:00 EASTERN"))


def test_nor_is_it_one_on_appeal():
    child = {"birth_date": "2020-01-01", "contract_number": "CS-1"}
    first = denied("2037-02-09", zone="EASTERN", plan="caresource", member=child)
    received = at("2037-03-02 09:00 EASTERN")
    appeal = appeal_of(first, received, plan="caresource")

    upheld = {"answer": "upheld", "reason_id": "not_covered_benefit"}
    assert "answers nobody under 21" in refusal(appeal, received, "md-vega", DecideAppeal, **upheld)
