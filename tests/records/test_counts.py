"""What the register counts of cases that were really lived: each moves from figure to figure as its case does."""

from datetime import date, timedelta
from time import monotonic

import pytest
from sqlalchemy import insert, text, update

from activities.desk.reports import FloorQuestion, Reports, YearQuestion
from activities.ports.register import Counts
from domain.appeal.acts import RecordReview
from domain.appeal.deciding import DecideAppeal
from domain.correction.entered_in_error import EnterInError
from domain.correction.reopening import CorrectAnswer
from domain.correction.second_thoughts import TakeBack
from domain.desk.desk import Withdraw
from domain.determination.clock_acts import Expedite, Extend
from domain.determination.decisions import Approve, Deny, Reduce
from domain.determination.second_look_acts import LookAtAgain
from domain.report.figures import Share
from domain.report.floor import Subject
from domain.report.floor_rows import Arrival, LookedAtAgain, OwedAnswer
from domain.report.prior_auth import Reading
from domain.report.public import Published, Span
from domain.request.determination import Outcome
from domain.review.second_look import SecondLook
from domain.terms.case_number import case_number
from domain.terms.refusals import Refused
from records.counts import CountStore, decided_in
from records.floor import FOUND_BY
from records.tables import CaseRow, NoticeRow
from tests.appealing import NOT_MET, appeal_of, does, silent
from tests.builders import a_case, a_line, a_request, at, meeting, staff
from tests.fakes import FakeBinder, FakeDocuments
from tests.records.pages import a_page
from tests.world import PACK

MORNING, NOON = at("2037-03-03 09:00 AST"), at("2037-03-03 12:00 AST")
LATER = at("2037-03-04 09:00 AST")


@pytest.fixture
def counts(database) -> Counts:
    return CountStore(database)


@pytest.fixture
def reports(register, counts) -> Reports:
    return Reports(register, counts, PACK, FakeDocuments(), FakeBinder())


async def written(register, *cases):
    """The newest page of each, whole."""
    for case in cases:
        assert await register.write(a_page(case).model_copy(update={"position": position_of(case)}))


def position_of(case):
    return a_page(case).position.model_copy(update={"history_length": len(case.log.events)})


async def shares(reports, year=2037, plan="mcs-classicare", reading=Reading.AS_APPROVED) -> dict[str, Share]:
    [section] = (await reports.prior_auth(YearQuestion(year=year, plan=plan))).sections
    return {one.id: one.shares[reading] for one in section.figures.shares}


def numbered(case, count):
    case.number = case_number("PRE", count.to_bytes(8, "big"))
    return case


def denied(**facts):
    return does(a_case(**facts), MORNING, "md-ortiz", Deny, **NOT_MET)


async def test_an_answer_that_is_corrected_moves_and_the_time_that_it_took_stays(register, reports):
    case = denied()
    await written(register, case)
    before = await reports.prior_auth(YearQuestion(year=2037, plan="mcs-classicare"))
    assert (await shares(reports))["standard_denied"] == Share(count=1, of=1)

    does(case, LATER, "md-vega", CorrectAnswer, outcome=Outcome.APPROVED, reason="the study was on file")
    await written(register, case)

    assert (await shares(reports))["standard_approved"] == Share(count=1, of=1)
    assert times(before) == times(await reports.prior_auth(YearQuestion(year=2037, plan="mcs-classicare")))


def times(report: Published):
    return [time.mean for section in report.sections for time in section.figures.times]


async def test_a_decision_that_was_taken_back_is_none_until_it_is_decided_again(register, reports):
    case = a_case()
    deny = Deny(actor=staff("md-ortiz"), **NOT_MET)
    deny.apply(case, MORNING)
    case.settle(MORNING)
    back = TakeBack(actor=staff("md-ortiz"), reason="read the wrong study")
    back.apply(case, NOON)
    await written(register, case)
    assert (await shares(reports))["standard_denied"] == Share(count=0, of=0)

    does(case, LATER, "md-ortiz", Approve)
    await written(register, case)

    assert (await shares(reports))["standard_approved"] == Share(count=1, of=1)
    [row] = await reports.prior_auth_rows(YearQuestion(year=2037))
    assert row.decided_at == LATER


async def test_what_was_entered_in_error_or_withdrawn_counts_nowhere(register, reports):
    wrong, withdrawn = numbered(denied(), 1), numbered(a_case(), 2)
    await written(register, wrong)
    assert (await shares(reports))["standard_denied"].of == 1

    does(wrong, LATER, "sup-diaz", EnterInError, reason="another member")
    does(withdrawn, MORNING, "ic-santos", Withdraw)
    await written(register, wrong, withdrawn)

    assert {share.of for share in (await shares(reports)).values()} == {0}
    [section] = (await reports.prior_auth(YearQuestion(year=2037, plan="mcs-classicare"))).sections
    assert section.figures.left_out == {"entered in error": 1}


async def test_an_appeal_counts_once_it_is_decided_and_the_reviewers_answer_after_the_plans(
    register, reports
):
    case = denied()
    heard = at("2037-03-10 09:00 AST")
    appeal = appeal_of(case, heard)
    await written(register, case, appeal)
    assert (await shares(reports))["approved_after_appeal"] == Share(count=0, of=0)

    does(appeal, at("2037-03-11 09:00 AST"), "md-vega", DecideAppeal, answer="upheld")
    await written(register, appeal)
    assert (await shares(reports))["approved_after_appeal"] == Share(count=0, of=1)

    does(appeal, at("2037-03-20 09:00 AST"), "ap-soto", RecordReview, outcome="overturned")
    await written(register, appeal)

    assert (await shares(reports))["approved_after_appeal"] == Share(count=1, of=1)
    assert (await shares(reports))["standard_denied"] == Share(
        count=1, of=1
    )  # the first answer stays what it was


async def test_an_appeal_that_gives_a_part_is_told_in_both_readings(register, reports):
    case = denied(units=4)
    appeal = appeal_of(case, at("2037-03-10 09:00 AST"))
    does(appeal, LATER + timedelta(days=7), "md-vega", DecideAppeal, answer="in_part", units=2, **NOT_MET)
    await written(register, case, appeal)

    assert (await shares(reports))["approved_after_appeal"] == Share(count=1, of=1)
    assert (await shares(reports, reading=Reading.AS_DENIED))["approved_after_appeal"] == Share(count=0, of=1)


async def test_a_request_that_was_never_answered_and_is_appealed_counts_as_denied_by_silence(
    register, reports
):
    case = silent(at("2037-03-02 18:41 AST"), at("2037-03-11 09:00 AST"))
    await written(register, case)
    assert (await shares(reports))["standard_denied"] == Share(count=0, of=0)  # late, and still owed

    case.closed_as = "appealed"
    await written(register, case)

    assert (await shares(reports))["standard_denied"] == Share(count=1, of=1)
    [row] = await reports.prior_auth_rows(YearQuestion(year=2037))
    assert row.decided_at == at("2037-03-09 23:59:59 AST")


async def test_several_lines_make_one_request_and_drugs_none(register, reports):
    services = ("72148", "71250")
    lines = [a_line(count, service) for count, service in enumerate(services, start=1)]
    mixed = numbered(a_case(a_request(lines=lines, documents=meeting(*services))), 1)
    does(mixed, MORNING, "rn-rivera", Approve, line=1)
    await written(register, mixed)
    assert (await shares(reports))["standard_approved"].of == 0  # one line has no answer yet

    does(mixed, NOON, "md-ortiz", Deny, line=2, reason_id="not_covered_benefit")
    drug = numbered(does(a_case(service="J9271"), MORNING, "rn-rivera", Approve), 2)
    unlisted = numbered(does(a_case(service="97110"), MORNING, "rn-rivera", Approve), 3)
    await written(register, mixed, drug, unlisted)

    assert (await shares(reports))["standard_approved"] == Share(count=1, of=1)
    assert (await shares(reports, reading=Reading.AS_DENIED))["standard_denied"] == Share(count=1, of=1)


async def test_expedited_and_extended_are_as_the_case_was_decided(register, reports):
    fast = numbered(a_case(), 1)
    does(fast, at("2037-03-02 20:00 AST"), "rn-rivera", Expedite, asked_by="physician")
    does(fast, MORNING, "rn-rivera", Approve)
    longer = numbered(a_case(units=4), 2)
    does(longer, MORNING, "rn-rivera", Extend, until=date(2037, 3, 20), ground="enrollee_asks")
    does(longer, LATER, "md-ortiz", Reduce, units=2, **NOT_MET)
    await written(register, fast, longer)

    figures = await shares(reports)
    assert figures["expedited_approved"] == Share(count=1, of=1)
    assert figures["standard_approved"] == Share(count=1, of=1)
    assert figures["extended_approved"] == Share(count=1, of=2)
    assert (await shares(reports, reading=Reading.AS_DENIED))["extended_approved"] == Share(count=0, of=2)


async def test_the_last_second_of_the_year_is_this_years_and_the_next_one_is_not(register, reports):
    received = at("2037-12-30 09:00 AST")
    last = numbered(a_case(received_at=received), 1)
    next_year = numbered(a_case(received_at=received), 2)
    does(last, at("2037-12-31 23:59:59 AST"), "rn-rivera", Approve)
    does(next_year, at("2038-01-01 00:00:00 AST"), "rn-rivera", Approve)
    await written(register, last, next_year)

    assert (await shares(reports, 2037))["standard_approved"] == Share(count=1, of=1)
    assert (await shares(reports, 2038))["standard_approved"] == Share(count=1, of=1)
    [row] = await reports.prior_auth_rows(YearQuestion(year=2037))
    assert row.case == last.number


async def test_pages_that_are_older_than_all_counting_are_counted_when_a_report_is_asked_for(
    database, register, reports
):
    await written(register, denied())
    with database.engine.begin() as connection:
        connection.execute(
            update(CaseRow).values(is_counted=False, answer=None, decided_at=None, owed_by=None)
        )
    assert (await shares(reports))["standard_denied"].of == 0

    assert await reports.count_older_cases(200) == 1
    assert await reports.count_older_cases(200) == 0

    assert (await shares(reports))["standard_denied"] == Share(count=1, of=1)


# For the floor


async def bars(reports, subject, chart, first=date(2037, 3, 1), last=date(2037, 3, 31), **asked):
    question = FloorQuestion(subject=subject, first=first, last=last, plan="mcs-classicare", **asked)
    charts = {one.title: one for one in (await reports.floor(question)).charts}
    return {bar.label: (bar.share.count, bar.share.of, bar.note) for bar in charts[chart].bars}


async def test_an_answer_is_in_time_late_or_not_told_yet_and_stands_in_the_week_in_which_it_was_owed(
    register, reports
):
    in_time = numbered(denied(), 1)
    late = numbered(silent(at("2037-03-02 18:41 AST"), at("2037-03-11 09:00 AST")), 2)
    waits = numbered(a_case(received_at=at("2037-03-16 09:00 AST")), 3)
    await written(register, in_time, late, waits)

    assert await bars(reports, Subject.TIMELINESS, "By kind") == {
        "precertification, standard": (1, 2, "1 late, 1 not told yet")
    }
    assert await bars(reports, Subject.TIMELINESS, "By week") == {
        "week of 9 Mar 2037": (1, 2, "1 late"),
        "week of 23 Mar 2037": (0, 0, "1 not told yet"),
    }


async def test_work_is_counted_by_queue_and_what_criteria_approved_was_decided_at_once(register, reports):
    at_once = numbered(a_case(a_request(documents=meeting("72148"))), 1)
    at_once.criteria_checked({1: at_once.findings_now(at_once.lines[0])}, at_once.received_at)
    at_once.settle(at_once.received_at)
    reviewed = numbered(a_case(), 2)
    reviewed.criteria_checked({}, reviewed.received_at)
    does(reviewed, reviewed.received_at + timedelta(hours=3), "rn-rivera", Approve)
    waits = numbered(a_case(), 3)
    waits.criteria_checked({}, waits.received_at)
    await written(register, at_once, reviewed, waits)

    assert await bars(reports, Subject.WORKLOAD, "Received by week") == {
        "week of 2 Mar 2037": (3, 3, "3 precertification")
    }
    assert await bars(reports, Subject.WORKLOAD, "Decided at once") == {"precertification": (1, 2, "")}
    queues = await bars(reports, Subject.WORKLOAD, "Work by queue")
    assert queues["nurse-review"] == (1, 2, "median 3.0 hours")


async def test_overturns_are_told_by_service_and_by_reviewer_for_quality_alone(register, reports):
    case = denied()
    appeal = appeal_of(case, at("2037-03-10 09:00 AST"))
    does(appeal, at("2037-03-12 09:00 AST"), "md-vega", DecideAppeal, answer="overturned")
    await written(register, case, appeal)

    assert await bars(reports, Subject.OVERTURNS, "By service") == {"72148": (1, 1, "1 overturned")}
    by_whom = {"by_reviewer": True, "asker": staff("qa-marin")}
    reviewers = await bars(reports, Subject.OVERTURNS, "By first reviewer", **by_whom)
    assert reviewers == {"md-ortiz": (1, 1, "1 overturned")}
    for who in ("sup-diaz", "dir-luna"):
        with pytest.raises(Refused, match="for quality alone"):
            await bars(reports, Subject.OVERTURNS, "By service", by_reviewer=True, asker=staff(who))


async def test_second_looks_are_told_by_plan_and_those_of_cases_entered_in_error_nowhere(register, reports):
    cases = [numbered(denied(), count) for count in range(3)]
    for case in cases:
        case.second_looks[1] = SecondLook(first=Outcome.DENIED, first_by="md-ortiz")
    does(cases[0], LATER, "md-vega", LookAtAgain, answer=Outcome.DENIED)
    does(cases[1], LATER, "md-vega", LookAtAgain, answer=Outcome.APPROVED)
    await written(register, *cases)
    assert await bars(reports, Subject.OVERTURNS, "Second looks") == {"mcs-classicare": (1, 2, "")}

    does(cases[1], LATER, "sup-diaz", EnterInError, reason="keyed twice")
    await written(register, cases[1])

    assert await bars(reports, Subject.OVERTURNS, "Second looks") == {"mcs-classicare": (1, 1, "")}
    assert await bars(reports, Subject.OVERTURNS, "Second looks", last=date(2037, 3, 3)) == {}


async def test_letters_are_told_by_way_with_what_became_of_them(register, reports):
    await written(register, denied())

    assert await bars(reports, Subject.LETTERS, "By way") == {"letter": (2, 2, "")}
    assert await bars(reports, Subject.LETTERS, "By kind") == {"determination": (2, 2, "")}
    assert await bars(reports, Subject.LETTERS, "By way", last=date(2037, 3, 2)) == {}


async def test_older_pages_are_counted_for_the_floor_too(database, register, reports):
    await written(register, denied())
    with database.engine.begin() as connection:
        connection.execute(update(CaseRow).values(is_counted=False, owed_by=None))
        connection.execute(update(NoticeRow).values(way="", state=""))

    await reports.count_older_cases(200)

    assert await bars(reports, Subject.LETTERS, "By way") == {"letter": (2, 2, "")}
    assert await bars(reports, Subject.TIMELINESS, "By week") == {"week of 9 Mar 2037": (1, 1, "")}


# At size


def many(count: int, plan: str = "mcs-classicare"):
    received = at("2037-03-02 09:00 AST")
    return [
        {
            "number": f"{plan}-{number:06}",
            "kind": "precertification",
            "plan": plan,
            "member_hash": "m",
            "received_at": received + timedelta(minutes=number),
            "owed_by": received + timedelta(days=7, minutes=number),
            "urgency": "standard",
            "is_counted": True,
            "answer": "denied" if number % 10 == 0 else "approved",
            "decided_at": received + timedelta(days=1, minutes=number),
        }
        for number in range(count)
    ]


async def test_ten_thousand_cases_are_counted_by_an_index_in_less_than_ten_seconds(database, reports):
    with database.engine.begin() as connection:
        for plan in ("mcs-classicare", "caresource"):
            connection.execute(insert(CaseRow), many(10_000, plan))
        connection.execute(text("ANALYZE"))
    begun = monotonic()

    assert (await shares(reports))["standard_denied"] == Share(count=1000, of=10_000)

    assert monotonic() - begun < 10
    day = Span(plan="mcs-classicare", begins_at=MORNING, ends_before=NOON)
    for asked in (decided_in(day), *(FOUND_BY[kind](day) for kind in (OwedAnswer, Arrival))):
        assert await uses_an_index(database, asked)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_second_looks_are_found_among_events_by_their_kind(register, database):
    day = Span(plan="mcs-classicare", begins_at=MORNING, ends_before=NOON)

    assert await uses_an_index(database, FOUND_BY[LookedAtAgain](day), "ix_events_kind_at")


async def uses_an_index(database, query, name="ix_cases_plan_") -> bool:
    asked = query.compile(database.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if database.engine.dialect.name == "sqlite" else "EXPLAIN"
    with database.engine.connect() as connection:
        plan = "\n".join(str(row) for row in connection.execute(text(f"{explain} {asked}")))
    return name in plan and "SCAN cases" not in plan and "Seq Scan on cases" not in plan
