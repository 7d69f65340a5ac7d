"""A second look: who is asked, what they may see of it, and that it changes nothing but a figure."""

from datetime import timedelta

import pytest

from domain.appeal.appealed import appealed
from domain.correction.second_thoughts import TakeBack
from domain.desk.desk import Assign, Claim
from domain.determination.decisions import Approve, Deny
from domain.determination.second_look_acts import LookAtAgain
from domain.parts.events import EventKind
from domain.policy.second_look import SecondLookRule
from domain.request.determination import Outcome
from domain.review import second_look
from domain.review.second_look import QUEUE
from domain.terms.case_number import case_number
from domain.terms.kind import KINDS, Slice
from domain.terms.refusals import Refused
from tests.builders import a_case, at, criteria_of, pack, policy, staff

NOW = at("2037-03-03 09:00 AST")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": criteria_of("72148")[0]}
EVERY = SecondLookRule.model_validate(
    {
        "id": "every",
        "plans": ["mcs-classicare"],
        "answers": ["denied"],
        "percent": 100,
        "in_force_from": "2025-01-01",
        "source": "a test",
        "standing": "assumed",
    }
)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if Slice.REVIEWS in kind.takes])
def test_requests_of_the_plans_that_are_named_are_looked_at_again_and_no_appeal_is(kind):
    drawing = pack().model_copy(update={"second_look": (EVERY,)})

    def rows(plan):
        return drawing.for_case(pack().plan_named(plan), policy(plan).calendar, (), kind).second_look

    assert rows("mcs-classicare") == (() if kind == "appeal" else (EVERY,))
    assert rows("procare") == ()


def does(case, who, act, **words):
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, NOW)
    answer = said.apply(case, NOW)
    case.settle(NOW)
    return answer


def sampled(**facts):
    """A case whose policy has every denial looked at again."""
    case = a_case(**facts)
    case.policy = case.policy.model_copy(update={"second_look": (EVERY,)})
    return case


def denied():
    case = sampled()
    does(case, "md-ortiz", Deny, **NOT_MET)
    return case


def test_what_is_looked_at_already_or_was_judged_by_nobody_is_not_drawn():
    case = denied()
    [line] = case.lines
    first = case.second_looks[line.sequence]
    answer = line.determination
    second_look.sample(case, line, NOW)
    assert case.second_looks == {line.sequence: first}

    case.second_looks.clear()
    for nothing in (None, answer.model_copy(update={"by": None, "reason": None})):
        line.determination = nothing
        second_look.sample(case, line, NOW)
    assert case.second_looks == {}


def looks(case):
    kinds = (EventKind.SECOND_LOOK_AGREED, EventKind.SECOND_LOOK_DIFFERED)
    return [event for event in case.log.events if event.kind in kinds]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Outcome.DENIED, EventKind.SECOND_LOOK_AGREED),
        (Outcome.APPROVED, EventKind.SECOND_LOOK_DIFFERED),
        (Outcome.PARTIAL, EventKind.SECOND_LOOK_DIFFERED),
    ],
)
def test_another_physician_answers_once_more_and_the_first_answer_stands(answer, kind):
    case = denied()
    before = (case.lines, case.stage, case.letters, case.clocks)

    does(case, "md-vega", LookAtAgain, answer=answer)

    [look] = looks(case)
    assert (look.kind, look.by_id) == (kind, "md-vega")
    assert (case.lines, case.stage, case.letters, case.clocks) == before
    assert case.work.in_queue(QUEUE) is None


def test_what_waits_does_not_say_what_was_answered():
    work = denied().work.in_queue(QUEUE)

    assert not any(outcome.value in work.what for outcome in Outcome)


def test_nobody_looks_again_at_what_they_decided_themselves():
    case = denied()

    with pytest.raises(Refused, match="somebody else"):
        does(case, "md-ortiz", LookAtAgain, answer=Outcome.DENIED)
    with pytest.raises(Refused, match="nothing waits for Elena Ortiz"):
        does(case, "md-ortiz", Claim)
    with pytest.raises(Refused, match="suits Elena Ortiz"):
        does(case, "sup-diaz", Assign, to=staff("md-ortiz"))
    assert QUEUE in does(case, "md-vega", Claim)


def test_a_nurse_looks_at_no_denial_and_nobody_looks_twice():
    case = denied()
    with pytest.raises(Refused, match="may not take a second look"):
        does(case, "rn-rivera", LookAtAgain, answer=Outcome.DENIED)

    does(case, "md-vega", LookAtAgain, answer=Outcome.DENIED)

    with pytest.raises(Refused, match="waits for no second look"):
        does(case, "dir-luna", LookAtAgain, answer=Outcome.DENIED)


def test_only_what_a_person_judged_and_the_row_names_is_looked_at_again():
    approved, administrative, older = sampled(), sampled(), a_case()

    does(approved, "rn-rivera", Approve)
    does(administrative, "cov-matos", Deny, reason_id="not_eligible_on_date")
    does(older, "md-ortiz", Deny, **NOT_MET)

    assert [case.work.in_queue(QUEUE) for case in (approved, administrative, older)] == [None] * 3


def test_an_answer_that_is_taken_back_is_not_waited_for_and_the_next_one_is():
    case = denied()

    does(case, "md-ortiz", TakeBack, reason="read the wrong study")
    assert case.work.in_queue(QUEUE) is None

    does(case, "md-vega", Deny, **NOT_MET)
    does(case, "md-ortiz", LookAtAgain, answer=Outcome.DENIED)
    assert [look.by_id for look in looks(case)] == ["md-ortiz"]


def test_whoever_looked_again_does_not_decide_the_appeal():
    case = denied()
    does(case, "md-vega", LookAtAgain, answer=Outcome.APPROVED)

    assert appealed(case, NOW + timedelta(hours=1)).involved >= {"md-ortiz", "md-vega"}


def test_the_shipped_row_takes_about_its_share_and_always_the_same_cases():
    [row] = policy("mcs-life-accredited").second_look
    numbers = [case_number("PRE", count.to_bytes(8, "big")) for count in range(1000)]
    drawn = [number for number in numbers if row.takes(number, Outcome.DENIED, NOW.date())]

    assert 70 < len(drawn) < 130
    assert drawn == [number for number in numbers if row.takes(number, Outcome.DENIED, NOW.date())]
    shares = [row.model_copy(update={"percent": percent}) for percent in (0, 100)]
    taken = [sum(one.takes(number, Outcome.DENIED, NOW.date()) for number in numbers) for one in shares]
    assert taken == [0, len(numbers)]
    assert not row.takes(drawn[0], Outcome.APPROVED, NOW.date())
    assert not row.takes(drawn[0], Outcome.DENIED, row.in_force_from - timedelta(days=1))


def test_a_plan_without_a_row_and_an_appeal_have_no_second_look():
    assert {plan.id for plan in pack().plan if policy(plan.id).second_look} == {"mcs-life-accredited"}
    assert policy("mcs-life-accredited", kind="appeal").second_look == ()
