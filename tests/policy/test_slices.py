"""What a case takes along of the policy: the slices of its kind, and no others."""

import pytest

from domain.clock.timeframe import Regime
from domain.policy.case_policy import grievances_of, letters_of, stays_of
from domain.policy.letters import answer_times
from domain.terms.kind import KINDS, Slice
from tests.builders import pack, policy

HELD = {
    Slice.REVIEWS: lambda taken: taken.service and taken.reason and taken.letters,
    Slice.COORDINATION: lambda taken: taken.coordination_step and taken.follow_up,
    Slice.STAYS: lambda taken: taken.stay,
    Slice.STANDING: lambda taken: taken.standing,
    Slice.OWN_CRITERIA: lambda taken: any(table.judges for table in taken.criteria),
    Slice.APPEALS: lambda taken: taken.appeal,
    Slice.DISPUTES: lambda taken: taken.dispute,
    Slice.GRIEVANCES: lambda taken: taken.grievance,
    Slice.PAYERS: lambda taken: taken.payers,
    Slice.MESSAGES: lambda taken: taken.messages,
    Slice.CARE: lambda taken: taken.care,
    Slice.COMMITTEES: lambda taken: taken.committees,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_takes_along_the_slices_of_its_kind_and_no_others(kind):
    taken, takes = policy("procare", services=(), kind=kind), set(KINDS[kind].takes)

    assert {one for one, held in HELD.items() if held(taken)} == takes


def test_how_soon_appeals_are_answered_is_told_by_the_rows_of_appeals_that_have_no_end():
    rows = pack().timeframes_of(pack().plan_named("mcs-classicare"), "appeal")
    lasting = [row for row in rows if row.times == "appeal_decision" and row.in_force_through is None]

    assert len(lasting) < len(rows)
    assert [one.span for one in answer_times(rows)] == [row.span for row in lasting]


@pytest.mark.parametrize(
    "plan", ["mcs-classicare", "mcs-life-accredited", "caresource", "self-funded-sample"]
)
def test_a_letter_tells_the_times_of_the_law_and_not_of_an_accreditor(plan):
    row = pack().plan_named(plan)
    of_the_law = [one for one in pack().timeframes_of(row, "appeal") if one.regime is row.regimes[0]]

    assert policy(plan).letters.answered == answer_times(of_the_law) != ()


@pytest.mark.parametrize("plan", pack().plan, ids=lambda plan: plan.id)
def test_who_answers_for_quality_and_who_helps_are_of_medicare_and_of_the_plans_own_state(plan):
    named = [stays_of(pack(), plan).quality_organization, letters_of(pack(), plan).assistance]
    if any(row.regime is plan.regimes[0] for row in pack().grievance_terms):
        named.append(grievances_of(pack(), plan).quality_organization)
    state = plan.state if plan.regimes[0] is Regime.MEDICARE_ADVANTAGE else None
    assert {one.state if one else None for one in named} == {state}
