"""What nobody does with an appeal as it stands; and what is added to one that is heard already."""

from datetime import timedelta

import pytest

from domain.appeal import standing
from domain.appeal.acts import (
    AcceptCause,
    DismissAppeal,
    GiveEffect,
    GoFurther,
    ReceiveForm,
    RecordReview,
    VacateDismissal,
)
from domain.appeal.appeal import AFTERWARDS
from domain.appeal.deciding import DecideAppeal
from domain.appeal.endings import pay
from domain.appeal.receiving import ReceiveAppeal
from domain.appeal.standing import CAUSE
from domain.case.keeping import come_to_rest
from domain.desk.delivery import LetterReturned, SendAgain
from domain.desk.desk import Withdraw
from domain.determination.decisions import Approve, Deny
from domain.request.line import Coverage
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM
from tests.appealing import NIECE, NOT_MET, an_appeal, appeal_of, denied, does, due, refusal, silent
from tests.builders import a_case, a_line, a_request, at, criteria_of, staff
from tests.retrospectives import a_review

DECIDED, RECEIVED, NOW = "2026-02-09", at("2026-03-02 09:00 AST"), at("2026-03-03 09:00 AST")
IN_PART = {"answer": "in_part", "reason_id": "criteria_not_met", "criterion": NOT_MET["criterion"]}


def heard(received_at=RECEIVED, **changes):
    return appeal_of(denied(DECIDED), received_at, **changes)


def of_silence():
    return appeal_of(silent(at("2026-02-09 10:00 AST"), RECEIVED), RECEIVED)


def of_nothing():
    """An approval that somebody appeals all the same; a person has dismissed it."""
    first = a_case(a_request(received_at=at("2026-02-09 09:00 AST")))
    does(first, at("2026-02-09 10:00 AST"), "rn-rivera", Approve)
    case = appeal_of(first, RECEIVED)
    assert "nothing in it can be appealed; a person decides" in {work.what for work in case.work.open}
    return does(case, NOW, "ap-soto", DismissAppeal, ground="no_valid_request")


def withdrawn():
    """Before the form came."""
    case = heard(**NIECE)
    case.withdraw("representative", NOW, NOW, SYSTEM)
    return case


def upheld():
    return does(heard(), NOW, "md-vega", DecideAppeal, answer="upheld")


def overturned():
    return does(heard(), NOW, "md-vega", DecideAppeal, answer="overturned")


REFUSALS = [
    # case, who, act, its words, the sentence
    (of_nothing, "sup-diaz", VacateDismissal, {"reason": "a mistake"}, "nothing in APP-2222-2222-2222 can"),
    (
        upheld,
        "ap-soto",
        RecordReview,
        {"outcome": "upheld", "lines": (2,)},
        "no answer is awaited for line 2",
    ),
    (overturned, "ap-soto", RecordReview, {"outcome": "upheld"}, "waits for the answer of a reviewer"),
    (overturned, "ap-soto", GiveEffect, {"line": 1}, "line 1 is authorized as "),
    (upheld, "ap-soto", GiveEffect, {"line": 1}, "line: nothing was reversed for line 1"),
    (heard, "md-vega", DecideAppeal, IN_PART, "in-part: name either the units or the service"),
    (heard, "md-vega", DecideAppeal, IN_PART | {"units": 1, "service": "72149"}, "in-part: name either the"),
    (heard, "md-vega", DecideAppeal, IN_PART | {"service": "72148"}, "in part names another service than"),
    (
        heard,
        "md-vega",
        DecideAppeal,
        {"answer": "upheld", "reason_id": "too_dear"},
        "gives its reason; the p",
    ),
    (of_silence, "md-vega", DecideAppeal, {"answer": "upheld"}, "gives its reason; the pack knows"),
    (
        of_silence,
        "md-vega",
        DecideAppeal,
        {"answer": "upheld", "reason_id": "criteria_not_met"},
        "criterion: an answer on medical necessity cites one",
    ),
    (of_nothing, "md-vega", DecideAppeal, {"answer": "upheld"}, "is dismissed; nothing is decided in it"),
    (withdrawn, "md-vega", DecideAppeal, {"answer": "upheld"}, "is withdrawn; nothing is decided in it"),
    (withdrawn, "ic-santos", ReceiveForm, {}, "APP-2222-2222-2222 is withdrawn; nothing is decided in it"),
    (heard, "ap-soto", AcceptCause, {}, "came in time; no good cause is needed"),
]


@pytest.mark.parametrize(
    ("asked", "units", "sentence"),
    [
        (3, 3, "in part lies between 1 and 2"),
        (3, 0, "in part lies between 1 and 2"),
        (2, 2, "in part lies between 1 and 1"),
        (1, 1, "in part lies between two answers, and here nothing does"),
    ],
)
def test_in_part_lies_between_what_was_granted_and_what_was_asked_for(asked, units, sentence):
    case = appeal_of(denied(DECIDED, units=asked), RECEIVED)
    part = {"answer": "in_part", "reason_id": "criteria_not_met", "criterion": NOT_MET["criterion"]}
    assert sentence in refusal(case, NOW, "md-vega", DecideAppeal, **part, units=units)
    for granted in range(1, asked):
        DecideAppeal(actor=staff("md-vega"), **part, units=granted).check(case, NOW)


@pytest.mark.parametrize("urgency", ["standard", "expedited"])
def test_only_the_time_to_go_further_outlives_an_answer_against_the_member(urgency):
    against = does(heard(urgency=urgency), NOW, "md-vega", DecideAppeal, answer="upheld")
    in_favour = does(heard(urgency=urgency), NOW, "md-vega", DecideAppeal, answer="overturned")

    assert {one.id for one in against.clocks.values() if against.outlives_the_answer(one)} <= {*AFTERWARDS}
    assert not any(in_favour.outlives_the_answer(one) for one in in_favour.clocks.values())


@pytest.mark.parametrize(("a_new_case", "who", "act", "words", "sentence"), REFUSALS)
def test_what_does_not_fit_how_the_appeal_stands_is_refused(a_new_case, who, act, words, sentence):
    assert sentence in refusal(a_new_case(), NOW, who, act, **words)


def test_another_service_than_was_asked_for_is_granted_in_part_and_the_rest_goes_on():
    case = does(heard(), NOW, "md-vega", DecideAppeal, **IN_PART, service="72149")

    [line] = case.lines
    assert (line.determination.outcome.value, line.determination.service) == ("modified", "72149")
    assert case.status.code == "A6"
    assert case.forwarded == [1]


def test_what_was_received_already_is_paid_by_people_and_then_the_reversal_has_its_effect():
    first = a_review(lines=[a_line(n, "71260", from_day="2037-10-03") for n in (1, 2)])
    first.coverage_found(Coverage(eligible=True, covered=True, because="covered"), first.received_at)
    come_to_rest(first, first.received_at)
    necessity = {"reason_id": "criteria_not_met", "criterion": criteria_of("71260")[0]}
    for line in (1, 2):
        does(first, at("2037-11-21 10:00 AST"), "md-ortiz", Deny, **necessity, line=line)
    case = appeal_of(first, at("2037-12-02 09:00 AST"))
    for line in (1, 2):
        does(case, at("2037-12-03 09:00 AST"), "md-vega", DecideAppeal, answer="overturned", line=line)
    assert not case.lines[0].authorization
    assert [work.what for work in case.work.open if work.queue == "appeals"] == [
        pay(line) for line in case.lines
    ]
    paid = at("2037-12-04 09:00 AST")

    said = GiveEffect(actor=SYSTEM, line=1).apply(case.model_copy(deep=True), paid)
    does(case, paid, "ap-soto", GiveEffect, line=(1, 2))

    assert said == "line 1 has its effect"
    assert [one.satisfied_at for one in case.clocks.values() if one.id.startswith("effectuation")] == [
        paid,
        paid,
    ]
    assert not [work for work in case.work.open if work.queue == "appeals"]


def again(case, now, **changes):
    sent = an_appeal(case.original.case, now, **changes)
    act = ReceiveAppeal(actor=SYSTEM, receipt="APP-AGAIN", appeal=sent)
    act.refuse_unless_allowed(case, now)
    said = act.apply(case, now)
    come_to_rest(case, now)
    return said


def test_whoever_needs_no_form_makes_the_appeal_good_and_its_cause_is_asked_for():
    late = at("2026-05-04 09:00 AST")
    case = heard(late, **NIECE)
    assert case.stage.value == "awaiting_form"

    said = again(case, at("2026-05-05 09:00 AST"))

    assert "the member appeals too, and needs no form" in said
    assert case.stage.value == "good_cause"
    assert case.letters.notices[-1].kind is NoticeKind.APPEAL_CAUSE_ASKED


def test_a_copy_that_had_come_in_time_makes_the_appeal_timely_and_a_supervisor_looks():
    case = heard(at("2026-05-04 09:00 AST"))

    now = at("2026-05-05 09:00 AST")
    sent = an_appeal(case.original.case, at("2026-04-15 09:00 AST"))
    ReceiveAppeal(actor=SYSTEM, receipt="APP-AGAIN", appeal=sent).apply(case, now)

    looks = "an appeal that was keyed later makes it timely: look at its receipt"
    assert not case.is_late
    assert ("supervisor", looks) in [(work.queue, work.what) for work in case.work.open]


def test_what_comes_again_says_why_it_was_late():
    case = heard(at("2026-05-04 09:00 AST"))
    assert case.cause is None

    said = again(case, at("2026-05-05 09:00 AST"), good_cause="The hospital had kept me for six weeks.")

    assert said.endswith("why it is late was stated")
    assert case.cause == "The hospital had kept me for six weeks."
    assert again(case, at("2026-05-05 10:00 AST")) == "it was received before; nothing changed"


def test_the_next_level_begins_again_with_the_letter_that_is_sent_again():
    first = denied(DECIDED, plan="mcs-life")
    case = does(appeal_of(first, RECEIVED, plan="mcs-life"), NOW, "md-cruz", DecideAppeal, answer="upheld")
    first_end = due(case, "next level")
    number = 1 + next(
        place for place, one in enumerate(case.letters.notices) if one.kind is NoticeKind.APPEAL_DECISION
    )
    further = does(case.model_copy(deep=True), at("2026-03-09 09:00 AST"), "ap-soto", GoFurther)
    for one in (case, further):
        does(one, at("2026-03-10 09:00 AST"), "ic-santos", LetterReturned, notice=number)
        does(one, at("2026-03-12 09:00 AST"), "ic-santos", SendAgain, notice=number, address="Calle Mar 1")

    assert due(case, "next level") - first_end == timedelta(days=9)
    assert further.clocks["next level"].satisfied_at == at("2026-03-09 09:00 AST"), "it was made use of"


def test_what_was_answered_before_an_appeal_is_withdrawn_is_told_all_the_same():
    first = a_case(lines=[a_line(1, "72148"), a_line(2, "72148")], received_at=at("2026-02-09 09:00 AST"))
    does(first, at("2026-02-09 10:00 AST"), "md-ortiz", Deny, line=(1, 2), **NOT_MET)
    case = does(appeal_of(first, RECEIVED), NOW, "md-vega", DecideAppeal, line=1, answer="overturned")

    does(case, NOW, "ic-santos", Withdraw)

    told = {one.kind: one.lines for one in case.letters.notices}
    assert told[NoticeKind.APPEAL_DECISION] == [1]
    assert NoticeKind.APPEAL_WITHDRAWN in told


def stated(case, now):
    again(case, now, good_cause="The hospital had kept me for six weeks.")


def taken_back(case, now):
    does(case, now, "ic-santos", Withdraw)


@pytest.mark.parametrize("ended", [stated, taken_back])
def test_a_letter_that_was_kept_back_begins_no_time_for_what_has_come_or_is_waited_for_no_longer(ended):
    case = heard(at("2026-05-04 09:00 AST"))
    asked = {one.key for one in case.letters.notices if one.kind is NoticeKind.APPEAL_CAUSE_ASKED}
    ended(case, at("2026-05-05 09:00 AST"))
    window = case.clocks[CAUSE]

    standing.begin_as_they_leave(case, asked, at("2026-05-08 09:00 AST"))

    assert asked
    assert case.clocks[CAUSE] == window
