"""Stories of answers that give less than was asked for."""

from domain.desk.desk import RecordCall
from domain.determination.decisions import Approve, Deny, Modify, Reduce, Refer
from domain.terms.people import Words
from tests.builders import COMPLETE, a_line, a_request, at, criteria_of

WEEKS, *_ = criteria_of("72148")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": WEEKS}


async def test_a_denial_gives_its_reasons_and_lapses_when_its_65_days_to_appeal_have_run(plan):
    case = await plan.submit(a_request(member={"language": "es"}, received_at=at("2037-03-02 10:00 AST")))
    await case.does("rn-rivera", Refer)
    sheet = await case.sheet()
    assert sheet.shown.stage == "physician_review"
    assert [work.queue for work in sheet.shown.work] == ["physician-review"]

    words = Words(en="Your note shows two weeks of pain.", es="Su nota muestra dos semanas de dolor.")
    await case.let_pass(until=at("2037-03-04 15:00 AST"))
    await case.does("md-ortiz", Deny, **NOT_MET, words=words)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A3", "telling")
    [line] = sheet.shown.lines
    assert (line.outcome, line.units, line.authorization) == ("denied", 0, None)
    spanish, english = plan.letters(case, "determination")
    assert spanish.facts["lines"][0]["reason"] == words.es
    assert english.facts["lines"][0]["reason"] == words.en
    assert "seis semanas" in spanish.facts["lines"][0]["criterion"]
    assert spanish.facts["lines"][0]["decided_by"].startswith("Elena Ortiz, ")
    assert spanish.facts["appeal"]["days"] == 65

    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    await case.let_pass(until=at("2037-05-08 23:59 AST"))
    assert (await case.sheet()).shown.stage == "appeal_window"
    await case.let_pass(until=at("2037-05-09 00:00:05 AST"))
    assert await case.closed_as() == "appeal window ended"


async def test_fewer_units_are_a_partial_answer_and_another_service_is_a_modified_one(plan):
    partial = await plan.submit(a_request(service="G0299", units=20))
    await partial.does(
        "md-vega", Reduce, units=12, reason_id="fewer_units_suffice", criterion="home-health-nursing.visits"
    )
    sheet = await partial.sheet()
    assert (sheet.shown.status.code, sheet.shown.lines[0].units) == ("A2", 12)
    assert sheet.shown.lines[0].authorization.number
    [member, _] = plan.letters(partial, "determination")
    assert (member.facts["adverse"], member.facts["lines"][0]["units_approved"]) == (True, 12)

    lines = [a_line(1, "72148"), a_line(2, "E0250")]
    modified = await plan.submit(a_request(lines=lines))
    await modified.does("rn-rivera", Approve, line=1)
    bed = {"reason_id": "lower_level_suffices", "criterion": "hospital-bed.intensity"}
    await modified.does("md-vega", Modify, line=2, service="E0260", **bed)
    sheet = await modified.sheet()
    assert (sheet.shown.status.code, sheet.shown.lines[1].service) == ("A6", "E0260")
    for case in (partial, modified):
        await case.let_pass(until=at("2037-03-05 12:00 AST"))  # the calls' time has run
        assert (await case.sheet()).shown.stage == "appeal_window"


async def test_what_is_not_covered_is_denied_by_a_person_on_a_listed_ground_with_full_notice(plan):
    plan.directory.not_covered["MCS-0001"] = "coverage ended on 2037-02-28"
    case = await plan.submit(a_request(plan="mcs-life"))
    sheet = await case.sheet()
    assert sheet.shown.stage == "coverage_review"
    assert [work.queue for work in sheet.shown.work] == ["coverage"]
    assert "coverage ended" in await case.is_refused("rn-rivera", Approve)
    assert "criterion" in await case.is_refused("md-ortiz", Deny, reason_id="criteria_not_met")
    assert "may not" in await case.is_refused("cov-matos", Deny, **NOT_MET)

    await case.does("cov-matos", Deny, reason_id="not_eligible_on_date")
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A3"
    member, _ = plan.letters(case, "determination")
    assert (
        member.facts["lines"][0]["reason"] == "You did not have coverage with us on the date of the service."
    )
    assert member.facts["appeal"]["days"] == 180
    assert "appeal window" in {clock.clock for clock in (await case.explanation()).clocks}


REFUSED = {
    "a nurse may not deny": ("rn-rivera", Deny, NOT_MET, "may not deny or reduce"),
    "a nurse may not reduce": ("rn-rivera", Reduce, NOT_MET | {"units": 3}, "may not deny or reduce"),
    "nor may a nurse give another service": ("rn-rivera", Modify, NOT_MET | {"service": "72149"}, "may not"),
    "an expired licence decides nothing adverse": ("md-expired", Deny, NOT_MET, "licence expired on 2025"),
    "nor does a restricted one": ("md-restricted", Deny, NOT_MET, "licence is restricted"),
    "a denial gives its reason": ("md-ortiz", Deny, {"reason_id": ""}, "gives its reason"),
    "and a reason of the pack": ("md-ortiz", Deny, {"reason_id": "too_dear"}, "the pack knows"),
    "it cites a criterion": ("md-ortiz", Deny, {"reason_id": "criteria_not_met"}, "cites one"),
    "that the line was reviewed under": (
        "md-ortiz",
        Deny,
        NOT_MET | {"criterion": "chest-ct.kidney"},
        "reviewed under",
    ),
    "a decided line is not decided again": ("md-ortiz", Deny, NOT_MET | {"line": 2}, "already approved"),
    "an unknown line is none": ("rn-rivera", Approve, {"line": 7}, "no line 7"),
}


async def test_what_somebody_may_not_decide_is_refused_in_one_line_before_anything_enters_the_history(plan):
    lines = [a_line(1, "72148", units=4), a_line(2, "72148")]
    case = await plan.submit(a_request(lines=lines, documents=COMPLETE))
    await case.does("rn-rivera", Approve, line=2)
    await case.sheet()
    for rule, (who, act, words, because) in REFUSED.items():
        refusal = await case.is_refused(who, act, **({"line": 1} | words))
        assert because in refusal, rule
        assert "\n" not in refusal
    assert (await case.sheet()).shown.lines[0].outcome is None


async def test_a_denial_of_an_incomplete_request_cites_a_clause_of_the_service_too(plan):
    case = await plan.submit(a_request(documents=[]))
    lacking = {"reason_id": "insufficient_evidence"}
    for criterion in ("no-such-clause", "chest-ct.kidney"):
        assert "reviewed under" in await case.is_refused("md-ortiz", Deny, **lacking, criterion=criterion)
    await case.does("md-ortiz", Deny, **lacking, criterion=WEEKS)
    assert (await case.sheet()).shown.status.code == "A3"
    member, _ = plan.letters(case, "determination")
    assert "six weeks" in member.facts["lines"][0]["criterion"]
