"""Stories of requests that are approved."""

from datetime import date

from domain.desk.desk import Claim, RecordCall
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from tests.builders import a_line, a_request, at, meeting


async def test_a_fax_after_hours_is_due_seven_days_after_its_own_day_and_a_nurse_approves_it(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-09 23:59:59 AST")
    assert sheet.shown.status.code == "A4"
    assert [work.queue for work in sheet.shown.work] == ["nurse-review"]

    await case.let_pass(until=at("2037-03-05 10:00 AST"))
    await case.does("rn-rivera", Claim)
    await case.does("rn-rivera", Approve, line=1)

    sheet = await case.sheet()
    assert sheet.shown.status.code == "A1"
    assert [work.queue for work in sheet.shown.work] == ["calls", "calls"]
    [clock] = [clock for clock in sheet.shown.clocks if clock.timeframe == "ma-standard"]
    assert clock.satisfied_at
    assert not clock.breached
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    assert await case.closed_as() == "certified in total"
    assert not await case.events(EventKind.ESCALATED, EventKind.BREACHED)


async def test_what_meets_every_criterion_is_approved_at_once_and_closes_when_the_time_for_calls_ends(plan):
    case = await plan.submit(a_request(documents=meeting("72148")))

    sheet = await case.sheet()
    [line] = sheet.shown.lines
    permit = line.authorization
    assert sheet.shown.status.code == "A1"
    assert line.outcome == "approved"
    assert permit.number == f"AUT-{case.number.removeprefix('PRE-')}-01"
    assert (permit.from_day, permit.through) == (date(2037, 4, 1), date(2037, 5, 31))
    [determined] = await case.events(EventKind.DETERMINED)
    assert determined.by_id == "plazo"
    letters = plan.letters(case, "determination")
    assert {letter.recipient.value: letter.facts["lines"][0]["number"] for letter in letters} == {
        "member": permit.number,
        "provider": permit.number,
    }

    await case.let_pass(until=at("2037-03-04 23:59 AST"))
    assert (await case.sheet()).outcome is None
    await case.let_pass(until=at("2037-03-05 00:00:05 AST"))
    assert await case.closed_as() == "certified in total"


async def test_equipment_lasts_as_long_as_it_is_needed_in_medicare_advantage_and_for_days_elsewhere(plan):
    permits = {}
    for line_of_business in ("mcs-classicare", "mcs-life"):
        case = await plan.submit(
            a_request(plan=line_of_business, service="E0250", documents=meeting("E0250"))
        )
        permits[line_of_business] = (await case.sheet()).shown.lines[0].authorization
    assert permits["mcs-classicare"].through is None
    assert "medically necessary" in permits["mcs-classicare"].ends_when
    assert (permits["mcs-life"].through, permits["mcs-life"].ends_when) == (date(2037, 6, 30), None)


async def test_a_line_met_by_criteria_waits_for_the_others_and_one_notice_tells_them_all(plan):
    lines = [a_line(1, "72148"), a_line(2, "78815")]
    case = await plan.submit(a_request(lines=lines, documents=meeting("72148", "78815")))
    sheet = await case.sheet()
    assert [line.outcome for line in sheet.shown.lines] == ["approved", None]
    assert sheet.shown.status.code == "A4"
    assert not plan.letters(case, "determination")

    await case.does("rn-rivera", Approve, line=2)
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A1"
    letters = plan.letters(case, "determination")
    assert [len(letter.facts["lines"]) for letter in letters] == [2, 2]
    assert [line.authorization.number[-2:] for line in sheet.shown.lines] == ["01", "02"]


async def test_a_part_b_drug_beside_an_mri_is_due_in_72_hours_and_told_on_its_own(plan):
    lines = [a_line(1, "72148"), a_line(2, "J9271")]
    case = await plan.submit(a_request(lines=lines, received_at=at("2037-03-02 18:41 AST")))
    assert (await case.sheet()).shown.due_at == at("2037-03-05 18:41 AST")

    await case.let_pass(until=at("2037-03-03 10:00 AST"))
    await case.does("rn-rivera", Approve, line=2)
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A4"
    assert sheet.shown.due_at == at("2037-03-09 23:59:59 AST")
    told = [[line["sequence"] for line in one.facts["lines"]] for one in plan.letters(case, "determination")]
    assert told == [[2], [2]]
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    assert (await case.sheet()).outcome is None

    await case.does("rn-rivera", Approve, line=1)
    assert (await case.sheet()).shown.due_at is None
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    assert await case.closed_as() == "certified in total"
    assert len(plan.letters(case, "determination")) == 4


async def test_of_four_lines_those_of_one_kind_share_a_clock_and_a_notice(plan):
    lines = [a_line(1, "72148"), a_line(2, "J1745"), a_line(3, "E0424"), a_line(4, "97110", units=8)]
    case = await plan.submit(
        a_request(lines=lines, documents=meeting("72148"), received_at=at("2037-03-02 18:41 AST"))
    )
    sheet = await case.sheet()
    due = {clock.line: (clock.timeframe, clock.due_at) for clock in sheet.shown.clocks}
    assert due == {
        1: ("ma-standard", at("2037-03-09 23:59:59 AST")),
        2: ("ma-part-b-drug", at("2037-03-05 18:41 AST")),
        3: ("ma-standard", at("2037-03-09 23:59:59 AST")),
        4: ("ma-standard-unlisted", at("2037-03-16 23:59:59 AST")),
    }
    assert [line.outcome for line in sheet.shown.lines] == ["approved", None, None, None]
    assert not plan.letters(case, "determination")  # the MRI waits for the oxygen, which runs on its clock

    told = []
    for line in (2, 3, 4):
        await case.does("rn-rivera", Approve, line=line)
        await case.sheet()
        member = plan.letters(case, "determination")[::2]
        told.append([[one["sequence"] for one in letter.facts["lines"]] for letter in member])
    assert told[-1] == [[2], [1, 3], [4]]
    assert [len(letters) for letters in told] == [1, 2, 3]
    assert (await case.sheet()).shown.status.code == "A1"
