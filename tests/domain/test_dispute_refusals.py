"""What nobody does with a dispute as it stands: one sentence each."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.dispute import receipt
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve, SendElsewhere, TriageLine
from domain.dispute.correcting import CorrectRemittance
from domain.dispute.level import SecondLevelAnswered, SecondLevelFiled
from domain.parts.happenings import LetterLeftAgain, NothingCame
from domain.policy.disputes import DisputeOutcome
from domain.remittance.notification import NoticeOfPayment
from domain.terms.refusals import Refused
from tests.builders import staff
from tests.disputes import a_dispute, a_filing, a_line, denied, does, noon, received

NOW, AFTER, LAST = noon("2037-05-05"), noon("2037-05-08"), noon("2037-05-10")
UPHELD = {"line": 1, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}
OVERTURNED = {"line": 1, "outcome": "overturned", "reason_id": "fee_schedule_misread"}
FILED = {"filed_on": "2037-05-08", "learned": "the plan's letter"}
ANSWERED = {"outcome": "partly", "amount": "40.00", "answered_on": "2037-05-09"}
DIRECTORY = {"line": 1, "route": "amount"}


def late():
    """Received and not at rest: nobody has been asked for a cause yet."""
    case = received(remittance={"produced_on": "2036-12-01"})
    case.ours = True
    return case


def unsorted():
    return a_dispute(lines=[denied(1, reason="XX")])


def looked_up():
    return received()


def elsewhere():
    """Sent to the contract's process, with its letter still to leave."""
    case = received()
    receipt.send_elsewhere(case, "contract", case.received_at)
    return case


def upheld():
    case = a_dispute()
    does(case, "da-torres", Resolve, NOW, **UPHELD)
    return case


def filed():
    case = upheld()
    does(case, "da-torres", SecondLevelFiled, AFTER, **FILED)
    return case


def answered():
    """The health plan gave money, which is still to be paid."""
    case = filed()
    case.second_level_answered(DisputeOutcome.PARTLY, Decimal("40.00"), LAST.date(), LAST)
    return case


REFUSALS = [
    # case, who, act, its words, the sentence
    (elsewhere, "da-torres", Resolve, UPHELD, "has nothing left to decide"),
    (looked_up, "da-torres", TriageLine, DIRECTORY, "is still being looked up; try again in a moment"),
    (a_dispute, "da-torres", TriageLine, DIRECTORY, "line 1 goes there already"),
    (unsorted, "da-torres", Resolve, UPHELD, "line 1 is not sorted yet; say first where it goes"),
    (a_dispute, "da-torres", SendElsewhere, {"where": "contract"}, "reason: say how this was found out"),
    (
        lambda: a_dispute(lines=[a_line(1), denied(2)]),
        "da-torres",
        SendElsewhere,
        {"where": "contract", "reason": "the contract was found"},
        "is answered here already, in part or in whole",
    ),
    (late, "sup-diaz", DecideGoodCause, {"accepted": True}, "reason: a decision on good cause says why"),
    (a_dispute, "sup-diaz", DecideGoodCause, {"accepted": True}, "there is no cause to decide"),
    (late, "sup-diaz", Dismiss, {"ground": "untimely"}, "reason: a dismissal says why"),
    (
        late,
        "sup-diaz",
        Dismiss,
        {"ground": "untimely", "reason": "late"},
        "the provider is still to be asked for a good cause",
    ),
    (
        a_dispute,
        "da-torres",
        CorrectRemittance,
        {"notice": NoticeOfPayment(produced_on="2037-03-02"), "lines": ()},
        "reason: a correction says why",
    ),
    (upheld, "da-torres", SecondLevelAnswered, ANSWERED, "record that first"),
    (filed, "da-torres", SecondLevelAnswered, ANSWERED | {"amount": None}, "say how much more the health"),
    (filed, "da-torres", SecondLevelAnswered, ANSWERED | {"amount": "0.00"}, "say how much more the health"),
    (filed, "da-torres", SecondLevelAnswered, ANSWERED | {"outcome": "upheld"}, "that upholds gives none"),
    (filed, "da-torres", SecondLevelAnswered, ANSWERED | {"answered_on": "2037-05-11"}, "answered-on: betw"),
    (filed, "da-torres", SecondLevelAnswered, ANSWERED | {"answered_on": "2037-05-07"}, "answered-on: betw"),
    (answered, "da-torres", SecondLevelAnswered, ANSWERED, "answer is recorded already: partly"),
    (answered, "da-torres", SecondLevelFiled, FILED, "answer is recorded already: partly"),
]


@pytest.mark.parametrize(("a_new_case", "who", "act", "words", "sentence"), REFUSALS)
def test_what_does_not_fit_how_the_dispute_stands_is_refused(a_new_case, who, act, words, sentence):
    case = a_new_case()
    now = LAST if act in {SecondLevelAnswered, SecondLevelFiled} else NOW

    with pytest.raises(Refused) as refused:
        act(actor=staff(who), **words).refuse_unless_allowed(case, now)

    assert sentence in str(refused.value)


def test_what_no_row_had_sorted_is_sorted_without_a_reason_and_again_by_whoever_did():
    case = unsorted()
    for route in ("amount", "redirect"):
        does(case, "da-torres", TriageLine, NOW, line=1, route=route)
        assert case.lines[0].triage.route == route


def test_only_a_line_that_is_open_in_time_and_about_its_amount_is_decided():
    assert [line.sequence for line in a_dispute().reviewable] == [1]
    assert [case().reviewable for case in (unsorted, late, upheld)] == [[], [], []]
    assert a_dispute(lines=[denied(1)]).reviewable == []


def test_a_letter_sent_again_gives_no_new_time_to_go_further_where_that_is_over():
    case = filed()
    [answer] = [one for one in case.letters.notices if one.kind.value == "dispute_determination"]
    case.clocks.change("second level window", ended_at=LAST)
    was = case.clocks["second level window"]

    case.follow(LetterLeftAgain(answer), LAST)

    assert case.clocks["second level window"] == was


def test_a_remittance_from_after_the_receipt_is_said():
    case = a_dispute(a_filing(remittance={"produced_on": "2037-05-02"}))
    assert "the remittance is dated after the receipt of the dispute" in case.warnings
    assert a_dispute(a_filing(remittance={"produced_on": "2037-05-01"})).warnings == []


@pytest.mark.parametrize(("seconds", "said"), [(0, ", in time: last day "), (1, ", late: last day ")])
def test_what_is_received_in_the_last_second_is_in_time(seconds, said):
    first = a_dispute()
    last_second = first.due_at_of(first.filing_clocks[0])

    case = a_dispute(a_filing(received_at=last_second + timedelta(seconds=seconds)))

    assert any(said in event.words for event in case.log.events)
    assert bool(case.filing_clocks[0].ended_at) is bool(seconds)


def test_what_is_odd_about_provider_or_claim_is_said_when_it_is_received():
    assert a_dispute(a_filing()).warnings == []
    case = a_dispute(
        a_filing(provider={"npi": "1234567890"}, claim={"said_elsewhere": ("PLB takes 40.00 back",)})
    )
    assert case.warnings == ["the check digit of NPI 1234567890 is wrong", "PLB takes 40.00 back"]


def test_a_pause_in_which_nothing_came_is_for_an_analyst_and_a_supervisor():
    case = a_dispute(a_filing())
    case.follow(NothingCame(), NOW)
    assert {"dispute-review", "supervisor"} <= {work.queue for work in case.work.open}


def test_where_the_filing_contends_no_amount_any_is_what_is_paid_more():
    case = a_dispute(lines=[denied(1, reason="XX") | {"expected": None}])
    does(case, "da-torres", TriageLine, NOW, **DIRECTORY)
    does(case, "da-torres", Resolve, NOW, **OVERTURNED, amount="7.00")

    [payment] = case.payments
    assert str(payment.amount) == "7.00"


def test_the_directory_is_asked_nothing_where_no_line_names_a_day():
    assert received().standing_question is not None
    assert received(lines=[a_line(1) | {"day": None}]).standing_question is None
