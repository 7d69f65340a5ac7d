"""Stories of second thoughts: taken back, corrected, entered in error, reopened."""

from datetime import timedelta

from domain.correction.entered_in_error import EnterInError, RecordRecall
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer
from domain.correction.second_thoughts import TakeBack
from domain.desk.desk import RecordCall, Withdraw
from domain.desk.holds import LiftHold, PutOnHold
from domain.determination.decisions import Approve, Deny, Refer
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.referral.coordination_acts import AgreeDates, Choose, ProviderAnswer
from domain.request.determination import Outcome
from tests.builders import COMPLETE, a_line, a_request, at, criteria_of, meeting
from tests.referrals import LAKESIDE, SERVICE_DAY, approved
from workflows.kinds import WORKFLOWS

WEEKS, *_ = criteria_of("72148")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": WEEKS}
WRONG = {"reason": "read the wrong study"}
NOT_ELIGIBLE = {"reason_id": "not_eligible_on_date"}


async def told_by_telephone(case):
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)


async def denied(plan, **facts):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST"), **facts))
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.sheet()
    return case


# Taken back before anybody was told


async def test_on_hold_a_denial_is_taken_back_and_its_letters_never_leave(plan):
    case = await plan.submit(a_request())
    await case.does("sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.let_pass(timedelta(minutes=1))
    assert "says why" in await refused_while_held(case, "md-ortiz", TakeBack)
    assert "may not take back another's decision" in await refused_while_held(
        case, "md-vega", TakeBack, **WRONG
    )
    await case.does("md-ortiz", TakeBack, **WRONG)
    seen = await case.look()
    assert (seen.shown.stage, seen.shown.lines[0].outcome) == ("physician_review", None)
    assert [work.queue for work in seen.shown.work] == ["physician-review"]
    assert seen.shown.due_at == at("2037-03-09 23:59:59 AST")

    await case.does("md-ortiz", Approve)
    await case.does("sup-diaz", LiftHold, kind=HoldKind.LEGAL)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A1", "telling")
    assert [letter.facts["adverse"] for letter in plan.letters(case, "determination")] == [False, False]
    [stopped] = await case.events(EventKind.NOTICE_STOPPED)
    assert stopped.details["letters"] == 2
    await told_by_telephone(case)
    assert await case.closed_as() == "certified in total"


async def refused_while_held(case, who, act, **words):
    """The refusal of a case whose letters wait, so that it never comes to rest."""
    try:
        await case.does(who, act, **words)
    except Exception as refused:  # noqa: BLE001 - whatever it was is what is looked at
        return str(refused)
    raise AssertionError("nothing was refused")


async def test_while_the_mail_is_away_a_medical_director_takes_back_what_another_decided(plan):
    case = await plan.submit(a_request())
    plan.post.down = True
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.let_pass(timedelta(minutes=1))
    await case.does("dir-luna", TakeBack, **WRONG)
    plan.post.down = False
    await case.let_pass(timedelta(hours=1))
    assert plan.post.sent == []

    await case.does("md-ortiz", Approve)
    await case.sheet()
    assert [letter.facts["adverse"] for letter in plan.letters(case, "determination")] == [False, False]


async def test_a_line_of_a_group_that_is_not_announced_yet_is_decided_again(plan):
    lines = [a_line(1, "72148"), a_line(2, "72148")]
    case = await plan.submit(a_request(lines=lines, documents=COMPLETE))
    await case.does("rn-rivera", Approve, line=1)
    await case.does("rn-rivera", TakeBack, line=1, **WRONG)
    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.lines[0].outcome) == ("nurse_review", None)
    await case.does("rn-rivera", Approve, line=1)
    await case.does("rn-rivera", Approve, line=2)
    await case.sheet()
    [member, _] = plan.letters(case, "determination")
    assert [line["outcome"] for line in member.facts["lines"]] == ["approved", "approved"]


async def test_after_a_letter_left_nothing_is_taken_back(plan):
    case = await denied(plan)
    refusal = await case.is_refused("md-ortiz", TakeBack, **WRONG)
    assert "a letter left on" in refusal
    assert "clerical error or good cause (plazo correct-answer)" in refusal
    assert "422.138(c)" in refusal
    assert "\n" not in refusal


# Corrected after it was told


async def test_a_denial_is_corrected_in_the_members_favour_and_the_time_to_appeal_falls_away(plan):
    case = await denied(plan)
    await told_by_telephone(case)
    right = {"outcome": Outcome.APPROVED, "reason": "the study was on file"}
    assert "may not correct an answer on medical necessity" in await case.is_refused(
        "rn-rivera", CorrectAnswer, **right
    )
    await case.let_pass(until=at("2037-03-20 10:00 AST"))
    await case.does("md-vega", CorrectAnswer, **right)

    sheet = await case.sheet()
    [line] = sheet.shown.lines
    assert (sheet.shown.status.code, line.outcome) == ("A1", "approved")
    assert line.authorization.number
    letters = plan.letters(case, "determination")
    assert [(letter.facts["adverse"], letter.facts["instead_of"]) for letter in letters] == [
        (True, None),
        (True, None),
        (False, "2037-03-02"),
        (False, "2037-03-02"),
    ]
    [window] = [clock for clock in sheet.shown.clocks if clock.timeframe == "ma-appeal-window"]
    assert window.ended_at == at("2037-03-20 10:00 AST")
    await told_by_telephone(case)
    assert await case.closed_as() == "certified in total"


async def test_a_case_that_closed_when_its_time_to_appeal_ended_is_taken_up_for_a_correction(plan):
    case = await denied(plan)
    await told_by_telephone(case)
    await case.let_pass(until=at("2037-05-09 00:00:05 AST"))
    assert await case.closed_as() == "appeal window ended"

    act = {"outcome": Outcome.PARTIAL, "units": 1, "reason": "read again"}
    assert "cannot be reduced" in await plan.cannot_take_up(case, "md-ortiz", CorrectAnswer, **act, **FEWER)
    case = await plan.take_up(
        case, "md-ortiz", CorrectAnswer, outcome=Outcome.APPROVED, reason="the study was on file"
    )
    sheet = await case.sheet()
    assert (sheet.outcome, sheet.shown.status.code, sheet.shown.stage) == (None, "A1", "telling")
    assert len(plan.letters(case, "determination")) == 4
    await told_by_telephone(case)
    assert await case.closed_as() == "certified in total"


FEWER = {"reason_id": "fewer_units_suffice", "criterion": WEEKS}


async def test_an_approval_is_taken_away_for_a_clerical_error_and_never_for_medical_necessity(plan):
    case = await plan.submit(a_request(documents=meeting("72148")))
    await case.sheet()
    against = {"outcome": Outcome.DENIED, "reason": "the contract number was mistyped"}
    necessity = await case.is_refused("dir-luna", CorrectAnswer, **against, **NOT_MET)
    assert "lack of medical necessity (42 CFR 422.138(c))" in necessity.replace(" [", " (").replace("]", ")")
    assert "may not reopen" in await case.is_refused("md-ortiz", CorrectAnswer, **against, **NOT_ELIGIBLE)
    no_ground = await case.is_refused("dir-luna", CorrectAnswer, **against, **NOT_ELIGIBLE, ground="regret")
    assert "only for clerical_error, new_evidence, obvious_error, fraud" in no_ground

    await case.does("dir-luna", CorrectAnswer, **against, **NOT_ELIGIBLE, ground="clerical_error")
    sheet = await case.sheet()
    [line] = sheet.shown.lines
    assert (sheet.shown.status.code, line.outcome, line.authorization.ended_as) == ("A3", "denied", "voided")
    member, _ = plan.letters(case, "determination")[2:]
    assert member.facts["adverse"]
    assert member.facts["appeal"]["days"] == 65
    assert member.facts["lines"][0]["number"] is None
    [opened] = await case.events(EventKind.WINDOW_OPENED)
    assert "an appeal may be filed" in opened.words


# Entered in error


async def test_the_wrong_member_is_entered_in_error_and_the_right_ones_case_keeps_the_receipt(plan):
    """P10, in 2037."""
    wrong = await plan.submit(a_request(received_at=at("2037-04-06 09:12 AST")))
    await wrong.let_pass(until=at("2037-04-08 11:00 AST"))
    await wrong.does("rn-rivera", Approve)
    await wrong.sheet()
    await wrong.let_pass(until=at("2037-04-10 15:00 AST"))
    keyed = {"reason": "keyed for another member"}
    assert "may not enter in error" in await wrong.is_refused("rn-rivera", EnterInError, **keyed)
    await wrong.does("sup-diaz", EnterInError, **keyed)

    sheet = await wrong.sheet()
    assert (sheet.shown.stage, sheet.shown.status.code) == ("recall", "C")
    assert sheet.flags == ("entered_in_error",)
    assert sheet.shown.lines[0].authorization.ended_as == "entered_in_error"
    assert [work.queue for work in sheet.shown.work] == ["privacy"]
    assert (sheet.shown.due_at, sheet.shown.next) == (None, ())
    [recall] = await wrong.events(EventKind.RECALL_OWED)
    assert recall.details["letters"] == 2
    await wrong.does("sup-diaz", RecordRecall, reason="both came back unopened")
    assert await wrong.closed_as() == "entered in error"

    right = await plan.submit(
        a_request(received_at=at("2037-04-06 09:12 AST"), member={"contract_number": "MCS-0002"})
    )
    assert (await right.sheet()).shown.due_at == at("2037-04-13 23:59:59 AST")


async def test_entered_in_error_before_a_letter_left_closes_at_once_and_stops_them(plan):
    case = await plan.submit(a_request())
    plan.post.down = True
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.let_pass(timedelta(minutes=1))
    await case.does("sup-diaz", EnterInError, reason="keyed twice")
    plan.post.down = False
    assert await case.closed_as() == "entered in error"
    assert plan.post.sent == []
    assert (await case.look()).shown.work == ()


async def test_a_case_that_closed_is_taken_up_to_be_entered_in_error(plan):
    case = await plan.submit(a_request(documents=meeting("72148")))
    await told_by_telephone(case)
    assert await case.closed_as() == "certified in total"
    case = await plan.take_up(case, "sup-diaz", EnterInError, reason="keyed for another member")
    assert [work.queue for work in (await case.sheet()).shown.work] == ["privacy"]
    await case.does("sup-diaz", RecordRecall, reason="both came back")
    assert await case.closed_as() == "entered in error"


# Reopened


async def test_a_withdrawal_by_mistake_is_undone_and_its_clock_still_counts_from_the_receipt(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.does("rn-rivera", Refer)
    await case.let_pass(until=at("2037-03-03 09:00 AST"))
    await case.does("ic-santos", Withdraw, by="physician")
    assert await case.closed_as() == "cancelled"
    assert "may not reopen a case" in await plan.cannot_take_up(case, "rn-rivera", Reinstate, **WRONG)

    case = await plan.take_up(case, "sup-diaz", Reinstate, reason="another case was meant")
    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.status.code) == ("physician_review", "A4")
    assert sheet.shown.due_at == at("2037-03-09 23:59:59 AST")
    assert [work.queue for work in sheet.shown.work] == ["physician-review"]
    assert len(plan.letters(case, "reopened")) == 2
    await case.does("md-ortiz", Approve)
    await case.sheet()
    await told_by_telephone(case)
    assert await case.closed_as() == "certified in total"


async def test_what_fell_due_while_a_case_was_closed_by_mistake_is_late_and_recorded_so(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.does("ic-santos", Withdraw, by="physician")
    assert await case.closed_as() == "cancelled"
    case = await plan.take_up(
        case, "sup-diaz", Reinstate, when=at("2037-03-12 09:00 AST"), reason="another case was meant"
    )
    sheet = await case.sheet()
    [breach] = await case.events(EventKind.BREACHED)
    assert breach.at == at("2037-03-10 00:00:00 AST")
    assert breach.details["lateness_seconds"] > 2 * 24 * 3600
    assert "breach" in sheet.flags
    assert len(plan.letters(case, "missed_deadline")) == 2


async def test_a_case_that_was_decided_is_not_reopened(plan):
    case = await plan.submit(a_request(documents=meeting("72148")))
    await told_by_telephone(case)
    await case.closed_as()
    assert "plazo correct-answer" in await plan.cannot_take_up(case, "sup-diaz", Reinstate, **WRONG)


async def test_a_referral_withdrawn_by_mistake_is_coordinated_on_and_its_history_replays(plan, replayer):
    case = await approved(plan)
    for act, words in ((Choose, {"npi": LAKESIDE}), (ProviderAnswer, {"accepted": True})):
        await case.does("cm-reyes", act, **words)
    await case.does("ic-santos", Withdraw, by="member")
    assert await case.closed_as() == "cancelled"

    case = await plan.take_up(case, "sup-diaz", Reinstate, reason="another member called")
    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.lines[0].authorization.ended_as) == ("coordination", None)
    assert len(plan.letters(case, "reopened")) == 2
    await case.does("cm-reyes", AgreeDates, on=SERVICE_DAY)
    await case.sheet()
    await replayer(WORKFLOWS["referral"]).replay_workflow(await case.handle.fetch_history())
