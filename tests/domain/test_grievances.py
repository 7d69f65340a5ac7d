"""Grievances: by when each law has them answered, in which form, and by whom."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.case import dispatch
from domain.case.keeping import keep_appointments
from domain.clock.timeframe import Urgency
from domain.desk.desk import RequestInformation
from domain.grievance.acts import AnswerGrievance, ExtendGrievance, ReceiveComplaint, SortGrievance
from domain.grievance.grievance import FILING, NOTICE
from domain.parts.events import EventKind
from domain.parts.stage import Stage
from domain.parts.status import GrievanceStatus
from domain.terms.refusals import Misuse, Refused
from tests.builders import a_document, at, pack, policy, staff
from tests.grievances import (
    RECEIVED,
    WORDS,
    a_complaint,
    a_grievance,
    answered,
    does,
    extended,
    sorted_,
    withdrawn,
)

REFUSED = {"about": "refused_expedite"}
MORE = {"until": date(2037, 4, 15), "ground": "information_needed"}


def letter_of(case, kind):
    [letter] = [one for one in case.letters.notices if one.kind.value == kind]
    return letter


def is_refused(case, when, who, act, **words):
    with pytest.raises(Refused) as refused:
        does(case, when, who, act, **words)
    return str(refused.value)


@pytest.mark.parametrize(
    ("plan", "about", "received", "due"),
    [
        ("mcs-classicare", "service", "2037-03-02 09:00 AST", "2037-04-01 23:59:59 AST"),
        ("mcs-classicare", "refused_expedite", "2026-10-16 17:30 AST", "2026-10-17 17:30 AST"),
        ("mcs-classicare", "extension", "2037-03-06 17:30 AST", "2037-03-07 17:30 AST"),
        ("mcs-life", "service", "2037-03-02 09:00 AST", "2037-04-01 23:59:59 AST"),
        ("mcs-life", "refused_expedite", "2037-03-02 09:00 AST", "2037-04-01 23:59:59 AST"),
        ("caresource", "service", "2037-03-02 09:00 EASTERN", "2037-05-31 23:59:59 EASTERN"),
        ("caresource", "extension", "2037-03-02 09:00 EASTERN", "2037-05-31 23:59:59 EASTERN"),
        ("caresource-indiana", "service", "2037-03-02 09:00 EASTERN", "2037-04-01 23:59:59 EASTERN"),
    ],
)
def test_a_grievance_is_answered_by_the_row_of_its_law(plan, about, received, due):
    case = a_grievance(plan=plan, about=about, received=received)
    [decision] = [clock for clock in case.clocks.values() if clock.id == "answer"]

    assert case.due_at_of(decision) == at(due)


@pytest.mark.parametrize(
    ("received", "in_time"), [("2037-05-01 23:59:59 AST", True), ("2037-05-02 00:00:00 AST", False)]
)
def test_it_is_filed_within_sixty_days_of_what_happened_and_received_later_too(received, in_time):
    case = a_grievance(received=received, happened_on=date(2037, 3, 2))

    assert case.is_untimely is not in_time
    late = "it came late: the last day was Fri 1 May 2037 23:59 AST; a person decides"
    assert case.warnings == ([] if in_time else [late])
    filing = case.clocks[FILING]
    assert (filing.satisfied_at, filing.ended_at)[not in_time] == case.received_at
    assert filing.is_late(case.received_at, case.policy.calendar) is not in_time
    assert case.is_undecided


def test_where_nobody_says_when_it_happened_it_is_taken_to_come_in_time():
    case = a_grievance(happened_on=None)

    assert not case.is_untimely
    assert case.warnings == []


def test_complaints_about_two_cases_are_two_and_one_about_none_is_another_still():
    about = [
        a_complaint(case=case).fingerprint for case in ("PRE-7K2M-9QXD-4HBT", "PRE-KR9B-NSQA-DDFZ", None)
    ]

    assert len(set(about)) == 3
    assert a_complaint().fingerprint == about[2]


@pytest.mark.parametrize(("came", "is_work"), [(RECEIVED, False), ("2037-03-01 09:00 AST", True)])
def test_a_copy_that_had_come_earlier_is_for_a_person(came, is_work):
    case = a_grievance()
    again = a_complaint(came, happened_on=date(2037, 2, 27))
    said = ReceiveComplaint(actor=staff("ic-santos"), receipt="GRV-2", complaint=again)

    said.apply(case, at("2037-03-02 10:00 AST"))

    assert any("see by when it is answered" in work.what for work in case.work.open) is is_work


def test_it_may_be_about_the_same_day_and_not_about_one_to_come():
    assert a_complaint(happened_on=date(2037, 3, 2)).happened_on == date(2037, 3, 2)
    with pytest.raises(ValidationError, match="happened_on"):
        a_complaint(happened_on=date(2037, 3, 3))


def test_in_medicaid_and_puerto_rico_it_is_filed_at_any_time():
    for plan in ("caresource", "mcs-life"):
        case = a_grievance(plan=plan, happened_on=date(2030, 1, 2))

        assert FILING not in case.clocks
        assert not case.is_untimely


@pytest.mark.parametrize(
    ("plan", "about", "urgency"),
    [
        ("mcs-classicare", "extension", "expedited"),
        ("mcs-classicare", "service", "standard"),
        ("caresource", "extension", "standard"),  # its law has no row for haste
    ],
)
def test_it_is_in_haste_where_its_law_has_a_row_for_that(plan, about, urgency):
    assert a_grievance(plan=plan, about=about).urgency == urgency


def test_what_came_late_may_be_left_alone_and_what_came_in_time_may_not():
    late = sorted_(a_grievance(happened_on=date(2036, 12, 31)))
    in_time = sorted_(a_grievance())

    assert "it came in time" in is_refused(
        in_time, RECEIVED, "ap-soto", AnswerGrievance, found="untimely", **WORDS
    )
    does(late, "2037-03-03 09:00 AST", "ap-soto", AnswerGrievance, found="untimely", **WORDS)
    assert late.status is GrievanceStatus.UNTIMELY
    assert late.is_closed


def test_a_plan_whose_law_has_no_grievances_takes_none():
    with pytest.raises(Misuse, match="times no grievances; those that do: medicaid, medicare_advantage"):
        policy("self-funded-sample", services=(), kind="grievance")
    with pytest.raises(Misuse, match="times no grievances"):
        pack().plan_on("self-funded-sample", date(2037, 3, 2), "grievance")


def test_it_waits_to_be_sorted_then_for_whoever_looks_into_it():
    case = a_grievance()
    assert case.stage is Stage.RECEIVED
    assert case.work.in_queue("intake")
    assert "sort it first" in is_refused(
        case, RECEIVED, "ap-soto", AnswerGrievance, found="justified", **WORDS
    )

    sorted_(case)

    assert case.stage is Stage.GRIEVANCE_REVIEW
    assert case.work.in_queue("grievances")
    assert "sorted already" in is_refused(
        case, "2037-03-02 11:00 AST", "ic-santos", SortGrievance, sort="both"
    )


def test_told_by_voice_on_the_telephone_it_is_over_with_that_call():
    case = sorted_(a_grievance())
    does(
        case, "2037-03-02 15:00 AST", "ap-soto", AnswerGrievance, found="unjustified", by_voice=True, **WORDS
    )

    assert case.closed_as == "found not justified"
    assert WORDS["says"] in case.log.events[-2].words
    assert case.clocks["answer"].satisfied_at == at("2037-03-02 15:00 AST")
    assert [one.kind.value for one in case.letters.notices] == ["grievance_received"]


@pytest.mark.parametrize(
    ("plan", "changes"),
    [
        ("mcs-classicare", {"channel": "fax"}),
        ("mcs-classicare", {"in_writing": True}),
        ("mcs-classicare", {"about": "quality_of_care"}),
        ("mcs-life", {}),
        ("caresource", {"channel": "mail"}),
    ],
)
def test_what_is_answered_in_writing_is_not_answered_by_voice(plan, changes):
    case = sorted_(a_grievance(plan=plan, **changes), reviewer=staff("md-cruz"))
    words = {"found": "justified", "by_voice": True, **WORDS}

    assert "answered in writing" in is_refused(
        case, "2037-03-03 09:00 AST", "md-cruz", AnswerGrievance, **words
    )
    does(case, "2037-03-03 09:00 AST", "md-cruz", AnswerGrievance, **(words | {"by_voice": False}))
    assert letter_of(case, "grievance_answered").facts["says"] == WORDS["says"]
    assert case.closed_as == "found justified"


def test_about_the_quality_of_care_the_letter_names_who_else_hears_it():
    care = letter_of(answered(about="quality_of_care"), "grievance_answered")
    other = letter_of(answered(), "grievance_answered")

    assert care.facts["quality_organization"]["name"] == "Livanta"
    assert other.facts["quality_organization"] is None


def test_whoever_reads_spanish_is_answered_in_spanish():
    case = sorted_(a_grievance(member={"language": "es"}))
    english = {"found": "justified", "says": "You are right."}

    assert "Spanish" in is_refused(case, RECEIVED, "ap-soto", AnswerGrievance, **english)
    assert letter_of(answered("es"), "grievance_answered").facts["says"] == WORDS["says_es"]


def test_in_puerto_rico_whoever_had_a_part_in_it_neither_looks_nor_answers():
    case = a_grievance(plan="mcs-life", involved=frozenset({"md-ortiz"}))
    because = is_refused(
        case, RECEIVED, "ic-santos", SortGrievance, sort="grievance", reviewer=staff("md-ortiz")
    )
    assert "had a part in what this is about" in because
    assert "26 LPRA 9398" in because
    assert "name them" in is_refused(case, RECEIVED, "ic-santos", SortGrievance, sort="grievance")

    sorted_(case, reviewer=staff("md-cruz"))

    assert letter_of(case, "grievance_received").facts["reviewer"] == staff("md-cruz").signed(
        case.complaint.member.language
    )
    because = is_refused(
        case, "2037-03-03 09:00 AST", "md-ortiz", AnswerGrievance, found="justified", **WORDS
    )
    assert "had a part in what this is about" in because


def test_in_puerto_rico_the_rights_are_told_within_three_business_days():
    case = a_grievance(plan="mcs-life", received="2037-03-05 16:00 AST")  # a Thursday

    assert case.due_at_of(case.clocks[NOTICE]) == at("2037-03-09 23:59:59 AST")
    sorted_(case, "2037-03-06 10:00 AST", reviewer=staff("ap-soto"))
    assert case.clocks[NOTICE].satisfied_at == at("2037-03-06 10:00 AST")


def test_in_medicaid_a_clinician_answers_what_is_about_a_refused_expedite():
    case = sorted_(a_grievance(plan="caresource", **REFUSED))

    assert case.work.in_queue("grievance-review")
    said = {"found": "justified", **WORDS}
    assert "is no clinician" in is_refused(case, "2037-03-03 09:00 AST", "ap-soto", AnswerGrievance, **said)
    does(case, "2037-03-03 09:00 AST", "md-cruz", AnswerGrievance, **said)
    assert case.is_closed


@pytest.mark.parametrize(
    ("keyed", "sorted_as"), [("service", REFUSED), ("refused_expedite", {}), ("extension", REFUSED)]
)
def test_what_it_is_about_as_it_is_sorted_or_else_as_it_was_keyed_says_who_may_look_into_it(keyed, sorted_as):
    case = a_grievance(plan="caresource", about=keyed)
    said = {"sort": "grievance"} | sorted_as

    because = is_refused(case, RECEIVED, "ic-santos", SortGrievance, reviewer=staff("ap-soto"), **said)
    assert "is no clinician; one answers what is about refused expedite" in because
    sorted_(case, reviewer=staff("md-cruz"), **said)
    assert (case.about, case.reviewer.id) == ("refused_expedite", "md-cruz")


def test_an_extension_stands_once_its_letter_has_left():
    case = extended()

    assert case.due_at == at("2037-04-15 23:59:59 AST")
    assert letter_of(case, "grievance_extended").facts["until"] == "2037-04-15"
    assert "once is all it allows" in is_refused(
        case, "2037-03-21 09:00 AST", "ap-soto", ExtendGrievance, **MORE
    )


@pytest.mark.parametrize(("until", "allowed"), [(date(2037, 4, 15), True), (date(2037, 4, 16), False)])
def test_an_extension_is_fourteen_days_at_most(until, allowed):
    case, words = sorted_(a_grievance()), MORE | {"until": until}
    if allowed:
        assert does(case, "2037-03-20 09:00 AST", "ap-soto", ExtendGrievance, **words).due_at == at(
            "2037-04-15 23:59:59 AST"
        )
    else:
        assert "at most" in is_refused(case, "2037-03-20 09:00 AST", "ap-soto", ExtendGrievance, **words)


@pytest.mark.parametrize(("plan", "about"), [("mcs-classicare", "refused_expedite"), ("mcs-life", "service")])
def test_what_is_urgent_and_what_is_puerto_ricos_has_no_extension(plan, about):
    case = sorted_(a_grievance(plan=plan, about=about), reviewer=staff("ap-soto"))

    assert "allows no extension" in is_refused(
        case, "2037-03-02 11:00 AST", "ap-soto", ExtendGrievance, **MORE
    )


def test_an_extension_whose_letter_left_on_paper_is_recorded_with_its_day():
    case = sorted_(a_grievance())
    does(
        case,
        "2037-03-20 09:00 AST",
        "ap-soto",
        ExtendGrievance,
        notice_sent_at=at("2037-03-19 09:00 AST"),
        **MORE,
    )

    assert case.due_at == at("2037-04-15 23:59:59 AST")
    assert not [one for one in case.letters.notices if one.kind.value == "grievance_extended"]


def test_a_breach_is_none_where_the_notice_of_an_extension_had_left_in_time():
    case = sorted_(a_grievance())
    after = case.due_at + timedelta(hours=1)
    keep_appointments(case, after)
    assert case.clocks["answer"].breached_at

    told = at("2037-03-19 09:00 AST")
    ExtendGrievance(actor=staff("sup-diaz"), notice_sent_at=told, reason="found", **MORE).apply(case, after)

    assert case.clocks["answer"].breached_at is None
    assert EventKind.BREACH_REMOVED in {event.kind for event in case.log.events}


def test_an_extension_is_told_of_in_time_through_the_last_second():
    case = sorted_(a_grievance())
    ExtendGrievance(actor=staff("ap-soto"), **MORE).apply(case, at("2037-03-20 09:00 AST"))
    letter = letter_of(case, "grievance_extended")
    assert not case.is_overtaken(letter, case.due_at)
    assert case.is_overtaken(letter, case.due_at + timedelta(seconds=1))


def test_an_extension_that_nobody_was_told_of_in_time_is_void():
    case, late = sorted_(a_grievance()), at("2037-04-02 09:00 AST")
    said = ExtendGrievance(actor=staff("ap-soto"), **MORE)
    said.apply(case, at("2037-03-20 09:00 AST"))
    dispatch.date_as_they_leave(case, {letter_of(case, "grievance_extended").key}, late)

    assert letter_of(case, "grievance_extended").stopped_at == late
    assert (case.extension, case.due_at) == (None, at("2037-04-01 23:59:59 AST"))
    assert case.log.events[-1].words.startswith("extension void")


def test_an_appeal_goes_its_own_way_and_what_is_both_goes_on_here_too():
    appeal = sorted_(a_grievance(), sort="appeal", appeal="APP-1")
    both = sorted_(a_grievance(), sort="both", appeal="APP-1")

    assert (appeal.closed_as, appeal.status) == ("taken as an appeal", GrievanceStatus.APPEAL)
    assert appeal.letters.notices == []
    assert both.is_undecided
    assert letter_of(both, "grievance_received").facts["appealed_too"]
    assert [one.linked for one in (appeal, both)] == [["APP-1"], ["APP-1"]]
    for words in (
        {"sort": "appeal"},
        {"sort": "grievance", "appeal": "APP-1"},
        {"sort": "both", "appeal": "PRE-1"},
    ):
        assert "opened as one" in is_refused(a_grievance(), RECEIVED, "ic-santos", SortGrievance, **words)


def test_what_was_keyed_as_something_else_takes_its_own_row_from_the_receipt():
    case = sorted_(a_grievance(), about="refused_expedite")
    assert case.urgency is Urgency.EXPEDITED
    assert case.due_at == at("2037-03-03 09:00 AST")

    late = a_grievance(**REFUSED)
    words = {"sort": "grievance", "about": "service"}
    assert "supervisor" in is_refused(late, "2037-03-04 09:00 AST", "ic-santos", SortGrievance, **words)
    does(late, "2037-03-04 09:00 AST", "sup-diaz", SortGrievance, **words)
    assert late.due_at == at("2037-04-01 23:59:59 AST")
    assert [one.kind for one in late.log.events].count(EventKind.BREACH_REMOVED) == 1


def test_nobody_answers_and_the_answer_stays_owed():
    case = sorted_(a_grievance())
    does(case, "2037-04-02 09:00 AST", "ap-soto", AnswerGrievance, found="justified", **WORDS)

    assert case.was_late
    assert [one.kind for one in case.log.events].count(EventKind.BREACHED) == 1
    assert case.closed_as == "found justified"


def test_the_same_complaint_again_brings_its_papers_and_another_is_a_case_of_its_own():
    case, paper = a_grievance(), a_document(kind="complaint")
    again = a_complaint("2037-03-03 09:00 AST", channel="fax", documents=[paper])
    does(case, "2037-03-03 09:00 AST", "ic-santos", ReceiveComplaint, receipt="GRV-2", complaint=again)

    assert case.is_answered_in_writing
    assert [one.id for one in case.papers.documents] == [paper.id]
    once_more = ReceiveComplaint(actor=staff("ic-santos"), receipt="GRV-4", complaint=again)
    assert "answered in writing" not in once_more.apply(case.model_copy(deep=True), again.received_at)
    other = again.model_copy(update={"says": "And the bill was wrong."})
    words = {"receipt": "GRV-3", "complaint": other}
    assert "other content" in is_refused(case, "2037-03-03 10:00 AST", "ic-santos", ReceiveComplaint, **words)
    earlier = a_complaint("2037-03-01 09:00 AST")
    does(case, "2037-03-03 10:00 AST", "ic-santos", ReceiveComplaint, receipt="GRV-4", complaint=earlier)
    assert case.work.in_queue("receipts")
    over = withdrawn()
    words = {"receipt": "GRV-2", "complaint": again}
    assert "closed" in is_refused(over, "2037-03-03 10:00 AST", "ic-santos", ReceiveComplaint, **words)


def test_what_is_needed_of_the_member_is_asked_by_telephone():
    case = does(
        sorted_(a_grievance()), "2037-03-03 09:00 AST", "ap-soto", RequestInformation, items=("the day",)
    )

    assert case.work.in_queue("calls").what == "ask the member for the day"


def test_nobody_complains_of_what_comes_later():
    with pytest.raises(ValidationError, match="nobody complains of what comes later"):
        a_complaint(happened_on=date(2037, 3, 3))
