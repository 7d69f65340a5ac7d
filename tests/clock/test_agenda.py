"""What happens when nobody acts: ladders, deadlines missed with their legal effect, rights told, windows."""

from datetime import date, timedelta

import pytest

from domain.case import dispatch
from domain.case.keeping import as_if_nobody_acts, come_to_rest, keep_appointments
from domain.clock.agenda import Occasion
from domain.desk.desk import RecordCall, Withdraw
from domain.determination.clock_acts import CorrectReceipt, Expedite, Extend
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from domain.parts.work import MISSED
from domain.review.decision_clocks import INFORMATION
from domain.review.notified import APPEAL
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.refusals import Refused
from tests.builders import a_case, a_line, a_request, at, pack, staff
from tests.clock.ledgers import wall

SECOND = timedelta(seconds=1)


def lumbar_mri(**changes):
    """P1: a fax after hours on Monday, due at the end of the Monday after."""
    return a_case(received_at=at("2026-03-02 18:41 AST"), **changes)


def urgent_chest_ct():
    """P3: urgent in Puerto Rico on the eve of Constitution Day."""
    return a_case(
        plan="mcs-life", service="71260", urgency="expedited", received_at=at("2026-07-24 16:50 AST")
    )


def home_health():
    """P6: Medicaid, received in daylight saving time and due after it."""
    return a_case(plan="caresource", service="G0299", received_at=at("2026-10-28 13:00 EASTERN"))


def do(case, act, now):
    """What the workflow does with an act: refuse it, or take it and let follow what follows."""
    act.refuse_unless_allowed(case, now)
    act.apply(case, now)
    come_to_rest(case, now)


def let_pass(case, until):
    """Keep each appointment at its own instant; letters leave as soon as they are owed."""
    while (coming := case.next_appointment) and coming.at <= until:
        keep_appointments(case, coming.at)
        come_to_rest(case, coming.at)


def events(case, *kinds):
    return [event for event in case.log.events if event.kind in kinds]


def rungs(case):
    return {one.rung: one.at for one in case.agenda() if one.occasion is Occasion.RUNG}


def queues(case):
    return [work.queue for work in case.work.open]


def notices(case, kind):
    return [notice for notice in case.letters.notices if notice.kind is kind]


LADDERS = [
    # case, half, three quarters, nine tenths
    (lumbar_mri, "Fri 6 Mar 2026 09:20 AST", "Sun 8 Mar 2026 04:40 AST", "Mon 9 Mar 2026 06:40 AST"),
    (urgent_chest_ct, "Sat 25 Jul 2026 04:50 AST", "Sat 25 Jul 2026 10:50 AST", "Sat 25 Jul 2026 14:26 AST"),
]


@pytest.mark.parametrize(("a_new_case", "half", "three_quarters", "nine_tenths"), LADDERS)
def test_the_ladder_speaks_at_fractions_of_the_time_from_receipt_to_due(
    a_new_case, half, three_quarters, nine_tenths
):
    case = a_new_case()

    shown = {rung: case.policy.calendar.show(instant) for rung, instant in rungs(case).items()}

    assert shown == {"half": half, "three_quarters": three_quarters, "nine_tenths": nine_tenths}


@pytest.mark.parametrize(
    ("moment", "told"), [(-SECOND, []), (timedelta(), ["half"]), (SECOND, ["half"])], ids=str
)
def test_a_rung_speaks_at_its_own_second_and_not_before(moment, told):
    case = lumbar_mri()

    keep_appointments(case, rungs(case)["half"] + moment)

    assert [event.details["rung"] for event in events(case, EventKind.ESCALATED)] == told


@pytest.mark.parametrize(("moment", "breaches"), [(-SECOND, 0), (timedelta(), 0), (SECOND, 1)], ids=str)
def test_the_breach_is_found_one_second_after_the_due_instant(moment, breaches):
    case = lumbar_mri()

    keep_appointments(case, at("2026-03-09 23:59:59 AST") + moment)

    assert len(events(case, EventKind.BREACHED)) == breaches


def test_on_a_holiday_every_rung_and_the_breach_reach_whoever_is_on_call():
    case = urgent_chest_ct()

    let_pass(case, at("2026-07-25 23:00 AST"))

    assert [event.words.rsplit("Told: ")[-1] for event in events(case, EventKind.ESCALATED)] == [
        "on-call."
    ] * 3
    assert queues(case) == ["on-call"], "four times told, and one thing to clear"


def test_the_rungs_of_a_clock_are_one_piece_of_work_that_rises():
    case = a_case(
        plan="mcs-life", service="71260", urgency="expedited", received_at=at("2026-07-22 19:00 AST")
    )
    seen = []
    for moment in ("08:00", "13:01", "16:37", "19:01"):
        let_pass(case, at(f"2026-07-23 {moment} AST"))
        seen += [(one.id, one.queue, one.what.partition(" ")[0]) for one in case.work.open]

    [work] = {number for number, *_ in seen}
    assert seen == [
        (work, "on-call", "Half"),
        (work, "supervisor", "Three"),
        (work, "medical-director", "Nine"),
        (work, "medical-director", "a"),
    ]
    assert [event.details["rung"] for event in events(case, EventKind.ESCALATED)] == [
        "half",
        "three_quarters",
        "nine_tenths",
    ]
    assert len(events(case, EventKind.BREACHED)) == 1


def test_what_rises_leaves_its_hands_and_what_stays_in_its_queue_stays_in_them():
    case = a_case(
        plan="mcs-life", service="71260", urgency="expedited", received_at=at("2026-07-22 19:00 AST")
    )
    holders = []
    for moment, who in (("13:01", "sup-diaz"), ("16:37", "md-ortiz"), ("19:01", None)):
        let_pass(case, at(f"2026-07-23 {moment} AST"))
        [work] = case.work.open
        holders.append(work.assignee)
        if who:
            case.work.change(work, assignee=who)

    assert holders == [None, None, "md-ortiz"]
    assert case.work.open[0].what == MISSED


def test_a_clock_that_was_given_more_time_takes_its_work_down_again():
    case = lumbar_mri()
    case.need("nurse-review", "review", case.received_at)
    let_pass(case, at("2026-03-09 12:00 AST"))
    assert queues(case) == ["nurse-review", "on-call"]

    case.work.change(case.work.open[0], assignee="rn-rivera")
    more = Extend(actor=staff("sup-diaz"), until=date(2026, 3, 23), ground="enrollee_asks", asked_by="member")
    do(case, more, at("2026-03-09 12:00 AST"))
    let_pass(case, at("2026-03-16 12:00 AST"))

    assert queues(case) == ["nurse-review"], "half of the longer time is a reminder, and nothing else"


def test_a_rung_kept_late_reaches_the_people_who_are_there_when_it_speaks():
    case = a_case(
        plan="mcs-life", service="71260", urgency="expedited", received_at=at("2026-07-22 19:00 AST")
    )

    keep_appointments(case, at("2026-07-23 18:00 AST"))
    in_the_day = queues(case)
    case = lumbar_mri()
    keep_appointments(case, at("2026-03-06 23:00 AST"))

    assert (in_the_day, queues(case)) == (["medical-director"], ["on-call"])


def test_half_of_the_time_reminds_whoever_has_the_case_and_otherwise_tells_the_lead():
    nobody_has_it = lumbar_mri()
    somebody_has_it = lumbar_mri()
    for case in (nobody_has_it, somebody_has_it):
        case.need("nurse-review", "review", case.received_at)
    somebody_has_it.work.change(somebody_has_it.work.open[0], assignee="rn-rivera")

    for case in (nobody_has_it, somebody_has_it):
        keep_appointments(case, at("2026-03-06 09:21 AST"))

    assert queues(nobody_has_it) == ["nurse-review", "supervisor"]
    assert queues(somebody_has_it) == ["nurse-review"]


def test_of_several_rungs_due_at_once_only_the_highest_speaks():
    case = urgent_chest_ct()

    keep_appointments(case, at("2026-07-25 15:00 AST"))

    passed, spoken = events(case, EventKind.RUNG_PASSED), events(case, EventKind.ESCALATED)
    assert [event.at for event in passed] == [at("2026-07-25 04:50 AST"), at("2026-07-25 10:50 AST")]
    assert [event.details["rung"] for event in spoken] == ["nine_tenths"]
    assert [event.details["lateness_seconds"] for event in spoken] == [34 * 60]


def test_after_an_outage_there_is_one_breach_with_its_lateness_and_no_rung_speaks():
    """X1: down from Saturday 04:00 to Sunday 09:00."""
    case = urgent_chest_ct()

    keep_appointments(case, at("2026-07-26 09:00 AST"))
    keep_appointments(case, at("2026-07-26 09:00 AST"))

    (breach,) = events(case, EventKind.BREACHED)
    assert timedelta(seconds=breach.details["lateness_seconds"]) == timedelta(hours=16, minutes=10)
    assert breach.recorded_at == at("2026-07-26 09:00 AST")
    assert len(events(case, EventKind.RUNG_PASSED)) == 3
    assert not events(case, EventKind.ESCALATED)


def test_a_missed_deadline_in_puerto_rico_exhausts_the_process_and_the_answer_stays_owed():
    case = urgent_chest_ct()

    let_pass(case, at("2026-07-25 16:51 AST"))

    (breach,) = events(case, EventKind.BREACHED)
    assert breach.details["effect"] == "deemed_exhausted"
    told = {notice.recipient for notice in notices(case, NoticeKind.MISSED_DEADLINE)}
    assert told == {Recipient.MEMBER, Recipient.PROVIDER}
    assert APPEAL not in case.clocks
    assert case.is_undecided
    assert case.status.code == "A4"


def test_medicaid_owes_its_notice_before_midnight_of_the_due_day_and_the_appeal_counts_from_it():
    case = home_health()

    forecast = as_if_nobody_acts(case, case.received_at)

    calendar = case.policy.calendar
    told = notices(forecast, NoticeKind.MISSED_DEADLINE)
    assert wall(calendar, case.due_at) == "2026-11-04 eod EST"
    assert {wall(calendar, notice.owed_at) for notice in told} == {"2026-11-04 19:59:59 EST"}
    assert len(told) == 2
    assert [wall(calendar, event.at) for event in events(forecast, EventKind.BREACHED)] == [
        "2026-11-05 00:00 EST"
    ]
    assert wall(calendar, forecast.clocks[APPEAL].due_at(calendar)) == "2027-01-03 eod EST"
    assert forecast.is_undecided


def test_medicaid_found_after_midnight_still_gives_one_notice_and_one_breach():
    case = home_health()

    keep_appointments(case, at("2026-11-06 09:00 EASTERN"))
    come_to_rest(case, at("2026-11-06 09:00 EASTERN"))

    calendar = case.policy.calendar
    assert len(notices(case, NoticeKind.MISSED_DEADLINE)) == 2
    assert len(events(case, EventKind.BREACHED)) == 1
    assert wall(calendar, case.clocks[APPEAL].due_at(calendar)) == "2027-01-05 eod EST"


def test_a_late_approval_ends_the_time_to_appeal_that_silence_opened():
    case = home_health()
    let_pass(case, at("2026-11-06 09:00 EASTERN"))

    do(case, Approve(actor=staff("rn-rivera")), at("2026-11-06 10:00 EASTERN"))

    assert not case.clocks[APPEAL].is_open


def test_silence_in_medicare_advantage_may_be_appealed_without_end_until_a_denial_starts_the_time():
    """P12, and rule 4: the window does not run from the breach."""
    case = lumbar_mri()

    let_pass(case, at("2026-09-01 12:00 AST"))
    window = case.clocks[APPEAL]
    deny(case, at("2026-09-01 13:00 AST"))

    calendar = case.policy.calendar
    opened = [
        event.words for event in events(case, EventKind.WINDOW_OPENED) if event.details["clock"] == APPEAL
    ]
    assert opened[0] == "adverse by law: it may be appealed, and no time has begun to run"
    assert (window.is_open, window.due_at(calendar)) == (True, None)
    assert wall(calendar, case.clocks[APPEAL].due_at(calendar)) == "2026-11-05 eod AST"


def deny(case, now):
    tables = [table for table in pack().criteria if "72148" in table.services]
    criterion = tables[0].criterion[0].id
    physician = staff("md-ortiz")
    do(case, Deny(actor=physician, reason_id="criteria_not_met", criterion=criterion), now)


def test_an_extension_arms_only_the_rungs_that_are_still_ahead():
    case = lumbar_mri()
    let_pass(case, at("2026-03-08 12:00 AST"))

    extend(case, "2026-03-16", at("2026-03-08 12:00 AST"))

    # half of fourteen days would have been Monday 03-09 21:20: ahead, so it speaks again
    shown = {rung: case.policy.calendar.show(instant) for rung, instant in rungs(case).items()}
    assert shown == {
        "half": "Mon 9 Mar 2026 21:20 AST",
        "three_quarters": "Fri 13 Mar 2026 10:40 AST",
        "nine_tenths": "Sun 15 Mar 2026 13:52 AST",
    }
    [told] = events(case, EventKind.EXTENDED)
    assert told.words == "extension noticed; now due Mon 16 Mar 2026 23:59 AST"
    case = lumbar_mri()
    let_pass(case, at("2026-03-09 22:00 AST"))
    extend(case, "2026-03-16", at("2026-03-09 22:00 AST"))
    assert set(rungs(case)) == {"three_quarters", "nine_tenths"}
    let_pass(case, at("2026-03-16 23:59:59 AST"))
    spoken = [event.details["rung"] for event in events(case, EventKind.ESCALATED)]
    assert spoken == ["half", "three_quarters", "nine_tenths", "three_quarters", "nine_tenths"]


def test_a_breach_is_none_where_the_notice_of_an_extension_had_left_in_time():
    case, now = lumbar_mri(), at("2026-03-10 09:00 AST")
    let_pass(case, now)
    assert case.was_late

    left = {"notice_sent_at": at("2026-03-09 12:00 AST"), "confirmed_by": staff("sup-diaz")}
    extend(case, "2026-03-16", now, **left)

    assert not case.was_late
    assert len(events(case, EventKind.BREACH_REMOVED)) == 1


@pytest.mark.parametrize(
    ("moment", "is_ahead"), [(-SECOND, True), (timedelta(), False), (SECOND, False)], ids=str
)
def test_a_rung_that_falls_on_the_second_of_the_extension_is_not_ahead_of_it(moment, is_ahead):
    half = at("2026-03-08 09:20:29 AST")  # of the time from receipt to the end of 13 March
    case = lumbar_mri()

    extend(case, "2026-03-13", half + moment)

    assert ("half" in rungs(case)) is is_ahead


def extend(case, until, now, **words):
    words = {"ground": "enrollee_asks", "asked_by": "member"} | words
    do(case, Extend(actor=staff("rn-rivera"), until=until, **words), now)


def test_an_extension_whose_letter_leaves_too_late_is_void_and_the_breach_comes_on_the_old_date():
    case = lumbar_mri()
    now = at("2026-03-09 23:00 AST")
    act = Extend(actor=staff("rn-rivera"), until="2026-03-16", ground="enrollee_asks")
    act.refuse_unless_allowed(case, now)
    act.apply(case, now)

    keep_appointments(case, at("2026-03-10 00:30 AST"))
    come_to_rest(case, at("2026-03-10 00:30 AST"))

    (extended,) = events(case, EventKind.EXTENDED)
    assert extended.words.startswith("extension void")
    assert len(events(case, EventKind.BREACHED)) == 1
    assert case.due_at == at("2026-03-09 23:59:59 AST")


def test_a_breach_that_was_none_is_removed_when_a_supervisor_confirms_that_it_was_told_in_time():
    """X1: told by telephone on Saturday 16:20, written on paper, recorded on Sunday 09:10."""
    case = urgent_chest_ct()
    told, now = at("2026-07-25 16:20 AST"), at("2026-07-26 09:10 AST")
    keep_appointments(case, at("2026-07-26 09:00 AST"))
    come_to_rest(case, at("2026-07-26 09:00 AST"))
    decided = Approve(actor=staff("rn-rivera"), at=told)
    call = RecordCall(actor=staff("ic-santos"), at=told, to="member", reached=True)

    with pytest.raises(Refused, match="turn a late answer into a timely one"):
        do(case, decided, now)
    do(case, decided.model_copy(update={"confirmed_by": staff("sup-diaz")}), now)
    # the letter has left, late; the call that was in time is still nobody's but a supervisor's to record
    with pytest.raises(Refused, match="turn a late answer into a timely one"):
        do(case, call, now)
    do(case, call.model_copy(update={"actor": staff("sup-diaz")}), now)

    both = events(case, EventKind.BREACHED, EventKind.BREACH_REMOVED)
    assert [event.kind for event in both] == [EventKind.BREACHED, EventKind.BREACH_REMOVED]
    clock = case.clocks["decision"]
    assert (clock.satisfied_at, clock.breached_at) == (told, None)
    assert "breach" not in case.log.flags
    assert not any("missed" in work.what for work in case.work.open)


def test_a_call_before_the_decision_told_nobody_about_it():
    case = lumbar_mri()
    do(case, Approve(actor=staff("rn-rivera"), at=at("2026-03-10 12:00 AST")), at("2026-03-10 12:00 AST"))
    assert case.clocks["decision"].satisfied_at == at("2026-03-10 12:00 AST")

    call = RecordCall(actor=staff("sup-diaz"), at=at("2026-03-09 12:00 AST"), to="member", reached=True)
    do(case, call, at("2026-03-10 13:00 AST"))

    assert case.clocks["decision"].satisfied_at == at("2026-03-10 12:00 AST")


def correct(case, to, now, by="sup-diaz"):
    act = CorrectReceipt(actor=staff(by), received_at=to, reason="the stamp on the fax")
    do(case, act, now)


def test_a_breach_goes_with_the_wrong_receipt_and_comes_back_with_the_right_one():
    case = lumbar_mri()
    now = at("2026-03-10 09:00 AST")
    let_pass(case, now)

    correct(case, at("2026-03-03 09:00 AST"), now)
    gone = case.clocks["decision"].breached_at
    waiting = [work.what for work in case.work.open]
    correct(case, at("2026-03-02 18:41 AST"), now)
    keep_appointments(case, now)

    assert gone is None
    assert not any("still owed" in what and "missed" in what for what in waiting)
    assert case.clocks["decision"].breached_at == at("2026-03-10 00:00 AST")
    assert len(events(case, EventKind.BREACHED)) == 2
    assert len(events(case, EventKind.BREACH_REMOVED)) == 1
    assert len(notices(case, NoticeKind.MISSED_DEADLINE)) == 2


def test_a_correction_across_the_year_takes_the_row_of_the_true_day():
    """P2, keyed one minute late."""
    case = a_case(received_at=at("2026-01-01 00:00 AST"))
    assert case.due_at == at("2026-01-08 23:59:59 AST")

    correct(case, at("2025-12-31 23:59 AST"), at("2026-01-02 09:00 AST"), by="ic-santos")

    assert case.due_at == at("2026-01-14 23:59:59 AST")
    assert case.clocks["decision"].row(case.policy.calendar).id == "ma-standard-until-2025"


def test_a_correction_after_an_expedite_leaves_the_72_hours_of_the_physician():
    case = lumbar_mri()
    do(case, Expedite(actor=staff("ic-santos"), asked_by="physician"), at("2026-03-05 10:00 AST"))
    assert case.due_at == at("2026-03-08 10:00 AST")

    correct(case, at("2026-03-02 09:00 AST"), at("2026-03-05 11:00 AST"), by="ic-santos")

    assert case.due_at == at("2026-03-08 10:00 AST")


def test_a_withdrawal_that_came_in_time_and_was_recorded_late_takes_the_breach_with_it():
    case = lumbar_mri()
    now = at("2026-03-10 09:00 AST")
    let_pass(case, now)
    withdrawal = Withdraw(actor=staff("ic-santos"), at=at("2026-03-09 15:00 AST"))

    with pytest.raises(Refused, match="supervisor"):
        do(case, withdrawal, now)
    do(case, withdrawal.model_copy(update={"confirmed_by": staff("sup-diaz")}), now)

    assert case.clocks["decision"].ended_at == at("2026-03-09 15:00 AST")
    assert case.clocks["decision"].breached_at is None


def group_claim(**changes):
    """P7: a self-funded plan, received Monday 2026-06-01, with a paper missing."""
    case = a_case(
        plan="self-funded-sample",
        service="72148",
        received_at=at("2026-06-01 09:00 EASTERN"),
        documents=(),
        **changes,
    )
    case.ask_for_what_is_missing(case.received_at)
    come_to_rest(case, case.received_at)
    return case


def test_an_unanswered_erisa_claim_goes_to_a_physician_when_its_pause_ends_and_nothing_is_denied():
    case = group_claim()
    extend(
        case,
        "2026-07-01",
        at("2026-06-10 10:00 EASTERN"),
        ground="missing_information",
        asked_by="plan",
    )

    forecast = as_if_nobody_acts(case, at("2026-06-10 10:00 EASTERN"))

    assert case.clocks[INFORMATION].ended_at == at("2026-06-10 10:00 EASTERN"), "the pause is that time now"
    calendar = case.policy.calendar
    (again,) = events(forecast, EventKind.RESUMED)
    (breach,) = events(forecast, EventKind.BREACHED)
    assert wall(calendar, again.at) == "2026-07-25 eod EDT"
    assert wall(calendar, breach.at) == "2026-08-16 00:00 EDT"
    assert "physician-review" in queues(forecast)
    assert forecast.is_undecided


def test_a_pause_pushes_back_the_rungs_behind_it():
    case = group_claim()
    before = rungs(case)
    extend(
        case,
        "2026-07-01",
        at("2026-06-10 10:00 EASTERN"),
        ground="missing_information",
        asked_by="plan",
    )

    after = {rung: case.policy.calendar.show(instant) for rung, instant in rungs(case).items()}

    assert case.policy.calendar.show(before["half"]) == "Tue 9 Jun 2026 04:29 EDT"
    # the clock stands still for 45 days and 14 hours, of which 45 days move the due date: 30 days and one hour run
    assert after == {
        "half": "Fri 31 Jul 2026 23:29 EDT",
        "three_quarters": "Sat 8 Aug 2026 11:44 EDT",
        "nine_tenths": "Wed 12 Aug 2026 23:53 EDT",
    }


def test_asking_twice_what_is_missing_from_an_urgent_claim_gives_the_plan_no_more_time():
    case = group_claim(urgency="expedited")
    first = case.due_at

    case.request_information(["one more study"], ["otro estudio"], at("2026-06-02 09:00 EASTERN"))
    come_to_rest(case, at("2026-06-02 09:00 EASTERN"))

    assert first == at("2026-06-05 09:00 EASTERN")
    assert case.due_at == first


def test_what_never_came_is_asked_for_once():
    case = lumbar_mri(documents=())
    case.ask_for_what_is_missing(case.received_at)
    come_to_rest(case, case.received_at)

    let_pass(case, at("2026-03-08 12:00 AST"))

    # the story asks only while nothing was asked for
    assert case.information_asked
    assert "physician-review" in queues(case)


def test_a_forecast_sends_first_what_is_owed_now():
    case = lumbar_mri()
    now = at("2026-03-09 23:00 AST")
    Approve(actor=staff("rn-rivera")).apply(case, now)

    forecast = as_if_nobody_acts(case, now)

    assert not events(forecast, EventKind.BREACHED)
    assert forecast.clocks["decision"].satisfied_at == now
    assert forecast.is_closed


def test_a_closed_case_has_nothing_ahead():
    case = lumbar_mri()
    do(case, Approve(actor=staff("rn-rivera")), at("2026-03-05 10:00 AST"))

    let_pass(case, at("2026-03-08 10:00 AST"))

    assert case.is_closed
    assert case.agenda() == []


def two_kinds():
    """An MRI on the list and a Part B drug, asked for together."""
    line = {"units": 1, "diagnoses": ["M54.16"], "from_day": "2026-04-01", "place_of_service": "22"}
    lines = [line | {"sequence": 1, "service": "72148"}, line | {"sequence": 2, "service": "J0178"}]
    return lumbar_mri(lines=lines)


def test_lines_of_two_kinds_run_on_two_clocks_and_the_earlier_is_the_due_date_of_the_case():
    case = two_kinds()
    drug_due, mri_due = at("2026-03-05 18:41 AST"), at("2026-03-09 23:59:59 AST")
    both = (case.due_at, [case.due_at_of(clock) for clock in case.clocks.duties])

    do(case, Approve(actor=staff("rn-rivera"), line=2), at("2026-03-05 10:00 AST"))

    assert both == (drug_due, [mri_due, drug_due])
    assert case.due_at == mri_due


def test_an_extension_moves_only_the_lines_whose_row_allows_one():
    case = two_kinds()

    extend(case, "2026-03-23", at("2026-03-04 10:00 AST"))

    assert [wall(case.policy.calendar, case.due_at_of(clock)) for clock in case.clocks.duties] == [
        "2026-03-23 eod AST",
        "2026-03-05 18:41 AST",
    ]


def test_an_accreditor_is_satisfied_by_the_answer_and_a_miss_of_its_clock_gives_nobody_a_right():
    case = a_case(plan="mcs-life-accredited", received_at=at("2026-07-06 09:00 AST"))
    let_pass(case, at("2026-07-14 09:00 AST"))
    (miss,) = events(case, EventKind.BREACHED)

    do(case, Approve(actor=staff("rn-rivera")), at("2026-07-14 10:00 AST"))

    assert (miss.details["effect"], miss.at) == ("accreditation_miss", at("2026-07-14 00:00 AST"))
    assert not notices(case, NoticeKind.MISSED_DEADLINE)
    assert not case.clocks["decision"].is_late(at("2026-08-01 09:00 AST"), case.policy.calendar)
    assert case.clocks["decision ncqa"].is_late(at("2026-08-01 09:00 AST"), case.policy.calendar)


def test_a_letter_keeps_the_clock_of_the_lines_that_it_answers_and_no_other():
    lines = [a_line(1, "J9271"), a_line(2, "72148")]
    case = a_case(a_request(lines=lines))
    now = case.received_at + timedelta(hours=5)
    for line in (1, 2):
        Approve(actor=staff("rn-rivera"), line=line).apply(case, now)
        case.settle(now)
    (drug_letter, *_), (imaging_letter, *_) = case.letters.notices[:2], case.letters.notices[2:]

    dispatch.sent(case, drug_letter.key, "spooled", now)

    assert case.clocks["decision line 1"].satisfied_at == now
    assert case.clocks["decision line 2"].satisfied_at is None

    dispatch.sent(case, imaging_letter.key, "spooled", now)

    assert case.clocks["decision line 2"].satisfied_at == now
