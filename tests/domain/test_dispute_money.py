"""The money of a dispute: to the cent, within what was contended unless a reason is stated, by people who may."""

import functools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.desk.holds import PutOnHold
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve
from domain.dispute.level import SecondLevelAnswered, SecondLevelFiled
from domain.parts.hold import HoldKind
from domain.parts.payment import interest_on
from domain.terms.money import cents
from domain.terms.refusals import Refused
from tests.builders import pack, staff
from tests.disputes import a_dispute, a_filing, a_line, does, noon

NOW = noon("2037-05-05")
money = st.decimals(min_value="0.01", max_value="99999.99", places=2)


@functools.cache
def fresh():
    """One for all of them, each of which takes a copy."""
    return a_dispute(lines=[a_line(1, expected=None), a_line(2)])


def resolved(case, **words):
    """The case after this answer to line 2; the given one stays as it was."""
    after = case.model_copy(deep=True)
    act = Resolve(actor=staff("da-torres"), line=2, **words)
    act.refuse_unless_allowed(after, NOW)
    act.apply(after, NOW)
    return after.line(2).resolution


@settings(deadline=None)  # the first example builds the dispute
@given(
    expected=money,
    amount=st.none() | money,
    outcome=st.sampled_from(["upheld", "overturned", "partly"]),
    reason=st.sampled_from(["", "the published rate is higher"]),
)
def test_what_is_given_never_exceeds_what_is_contended_without_a_stated_reason(
    expected, amount, outcome, reason
):
    case = fresh().model_copy(deep=True)
    line = case.line(2)
    line.asked = line.asked.model_copy(update={"expected": expected})
    served = {"upheld": "paid_at_medicare_rate"}.get(outcome, "fee_schedule_misread")
    try:
        answer = resolved(case, outcome=outcome, amount=amount, reason_id=served, reason=reason)
    except Refused:
        return
    contended = expected - line.asked.paid
    assert answer.amount <= max(contended, Decimal(0)) or answer.because
    assert answer.amount == cents(answer.amount)
    assert (answer.amount > 0) == (outcome != "upheld")
    if outcome == "partly":
        assert answer.amount < contended


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ({"outcome": "upheld", "amount": "1.00", "reason_id": "paid_at_medicare_rate"}, "gives none"),
        ({"outcome": "partly", "reason_id": "shown_in_part"}, "say how much"),
        ({"outcome": "partly", "amount": "120.00", "reason_id": "shown_in_part"}, "else it is overturned"),
        ({"outcome": "overturned", "amount": "119.99", "reason_id": "units_miscounted"}, "overturned partly"),
        ({"outcome": "overturned", "amount": "120.01", "reason_id": "units_miscounted"}, "say why more"),
        ({"outcome": "overturned", "reason_id": "paid_at_medicare_rate"}, "for overturned the pack knows"),
        ({"outcome": "overturned", "reason_id": "because"}, "for overturned the pack knows"),
        ({"outcome": "overturned", "amount": "0.00", "reason_id": "units_miscounted"}, "more than nothing"),
        ({"outcome": "upheld", "reason_id": "paid_at_medicare_rate", "level": 2}, "second level"),
    ],
)
def test_an_answer_that_does_not_add_up_is_refused_in_one_line(words, because):
    act = Resolve(actor=staff("da-torres"), line=2, **words)
    with pytest.raises(Refused, match=because) as refused:
        act.refuse_unless_allowed(fresh(), NOW)
    assert "\n" not in str(refused.value)


def test_a_whole_difference_needs_an_amount_where_the_provider_named_none():
    case = fresh().model_copy(deep=True)
    act = Resolve(actor=staff("da-torres"), line=1, outcome="overturned", reason_id="units_miscounted")
    with pytest.raises(Refused, match="say how much"):
        act.refuse_unless_allowed(case, NOW)


def test_more_than_was_contended_is_given_with_a_stated_reason():
    said = {"outcome": "overturned", "amount": "150.00", "reason_id": "units_miscounted"}
    answer = resolved(fresh(), **said, reason="two units were billed and one was paid")
    assert (str(answer.amount), answer.because) == ("150.00", "two units were billed and one was paid")


MAY = {
    "da-torres": {"resolve"},
    "sup-diaz": {"resolve", "cause", "dismiss"},
    "rn-rivera": set(),
    "md-ortiz": set(),
    "ic-santos": set(),
}
ACTS = {
    "resolve": (Resolve, {"line": 2, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}),
    "cause": (DecideGoodCause, {"accepted": True, "reason": "fire"}),
    "dismiss": (Dismiss, {"ground": "untimely", "reason": "late"}),
    "level": (SecondLevelFiled, {"filed_on": "2037-05-04", "learned": "told"}),
}


@pytest.mark.parametrize("who", MAY)
@pytest.mark.parametrize("name", ["resolve", "cause", "dismiss"])
def test_an_analyst_decides_amounts_and_a_supervisor_good_cause_and_dismissals(who, name):
    act, words = ACTS[name]
    with pytest.raises(Refused) if name not in MAY[who] else _anything() as said:
        act(actor=staff(who), **words).refuse_unless_allowed(fresh(), NOW)
    if name not in MAY[who]:
        assert "may not" in str(said.value)


class _anything:  # noqa: N801 - reads as a word beside pytest.raises
    """Whatever else the act's own rule says, it is not a matter of authority."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is None or (kind is Refused and "may not" not in str(error))


def test_interest_is_simple_by_the_day_and_to_the_cent():
    row = pack().disputes_of("namm-sample").interest
    assert str(interest_on(Decimal("1000.00"), row, date(2037, 5, 1), date(2037, 5, 31))) == "8.22"
    assert str(interest_on(Decimal("0.01"), row, date(2037, 5, 1), date(2037, 5, 2))) == "0.00"


@pytest.mark.parametrize(
    ("plan", "clean_since", "total", "rule"),
    [
        # told of the payment on 2037-03-02: thirty days after the claim was in, or one day later
        ("namm-sample", "2037-01-31", "120.00", None),
        ("namm-sample", "2037-01-30", "122.99", "namm-sample-interest"),
        ("namm-sample", None, "120.00", None),  # nobody knows that it was clean
        ("procare", "2037-01-30", "120.00", None),  # a plan without such a row
    ],
)
def test_interest_is_owed_on_a_clean_claim_that_was_paid_later_than_thirty_days(
    plan, clean_since, total, rule
):
    case = a_dispute(plan=plan, claim={"clean_since": clean_since})
    act = {"line": 1, "outcome": "overturned", "reason_id": "units_miscounted"}

    does(case, "da-torres", Resolve, noon("2037-05-31"), **act)

    [payment] = case.payments
    assert (str(payment.total), payment.interest_rule) == (total, rule)
    assert payment.total == payment.amount + payment.interest


@pytest.mark.parametrize(("counts_from", "total"), [("receipt", "120.99"), ("remittance_notice", "122.96")])
def test_from_when_interest_counts_is_the_rows_choice(counts_from, total):
    case = a_dispute(plan="namm-sample")
    row = case.disputes.interest.model_copy(update={"counts_from": counts_from})
    case.policy = case.policy.model_copy(
        update={"dispute": case.disputes.model_copy(update={"interest": row})}
    )
    does(
        case,
        "da-torres",
        Resolve,
        noon("2037-05-31"),
        line=1,
        outcome="overturned",
        reason_id="units_miscounted",
    )

    assert str(case.payments[0].total) == total


def test_what_is_to_be_paid_under_a_key_stays_as_it_is_whatever_is_said_meanwhile():
    case = a_dispute()
    does(case, "da-torres", Resolve, NOW, line=1, outcome="overturned", reason_id="units_miscounted")
    [owed] = case.payments

    does(case, "sup-diaz", PutOnHold, NOW, kind=HoldKind.LEGAL, reason="subpoena")
    does(case, "da-torres", SecondLevelFiled, NOW, filed_on=NOW.date(), learned="the plan called")
    answer = {"outcome": "overturned", "amount": "10.00", "answered_on": NOW.date()}
    does(case, "da-torres", SecondLevelAnswered, NOW, **answer)

    assert case.payments[0] == owed
    assert len({payment.key for payment in case.payments}) == 2


def test_the_member_bears_deductible_coinsurance_and_copayment_and_nothing_that_is_adjusted_otherwise():
    codes = {"PR-1": 40, "PR-2": 20, "PR-3": 10, "PR-96": 5, "CO-2": 25, "CO-45": 100}
    adjusted = [
        dict(zip(("group", "reason"), code.split("-"), strict=True)) | {"amount": f"{codes[code]}.00"}
        for code in codes
    ]

    [line] = a_filing(lines=[a_line(1, adjustments=adjusted)]).lines

    assert str(line.cost_share) == "70.00"


LIMIT = r"above 10000\.00"
LARGE = {
    "line": 2,
    "outcome": "overturned",
    "reason_id": "fee_schedule_misread",
    "reason": "the published rate",
}
FOUR_EYES = [
    # how much more, who confirms, the refusal
    ("10000.00", None, None),
    ("10000.01", None, LIMIT),
    ("10000.01", "sup-diaz", None),
    ("10000.01", "da-torres", LIMIT),
    ("10000.01", "md-ortiz", "may not confirm money above the limit"),
]


@pytest.mark.parametrize(("amount", "confirms", "refusal"), FOUR_EYES)
def test_above_the_limit_somebody_else_confirms_who_may(amount, confirms, refusal):
    second = staff(confirms) if confirms else None
    act = Resolve(actor=staff("da-torres"), amount=amount, confirmed_by=second, **LARGE)
    if refusal is None:
        act.refuse_unless_allowed(fresh(), NOW)
        return
    with pytest.raises(Refused, match=refusal):
        act.refuse_unless_allowed(fresh(), NOW)


def test_the_limit_is_of_a_dispute_and_not_of_one_answer():
    case = a_dispute(lines=[a_line(1), a_line(2)])
    does(case, "da-torres", Resolve, NOW, amount="6000.00", **LARGE | {"line": 1})

    with pytest.raises(Refused, match=r"12000\.00 more in all"):
        does(case, "da-torres", Resolve, NOW, amount="6000.00", **LARGE)


def test_nobody_confirms_what_gives_nothing_and_an_older_case_has_no_limit():
    case = a_dispute(lines=[a_line(1), a_line(2)])
    does(case, "da-torres", Resolve, NOW, line=1, outcome="upheld", reason_id="paid_at_medicare_rate")
    older = case.terms.model_copy(update={"second_person_above": None})
    disputes = case.disputes.model_copy(update={"terms": older})
    case.policy = case.policy.model_copy(update={"dispute": disputes})
    does(case, "da-torres", Resolve, NOW, amount="60000.00", **LARGE)
