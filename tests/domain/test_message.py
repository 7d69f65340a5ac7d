"""Messages: by when is somebody called back, who hears of haste, and from when does what they ask for count?"""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.case.keeping import as_if_nobody_acts
from domain.desk.desk import Withdraw
from domain.message.acts import CallBack, GiveUpMessage, HearAgain
from domain.message.message import CALL, DECISION, LATE, MATCH, OPEN_IT
from domain.parts.events import EventKind
from domain.parts.log import BREACH
from domain.terms.refusals import Misuse, Refused
from domain.view.showing import explain, show
from tests.builders import at, pack, staff
from tests.messages import SATURDAY_NIGHT, a_message, called, does, left, of_mcs, passes, tied, waits_in

MONDAY = "2026-11-09 09:00 EASTERN"


@pytest.mark.parametrize(
    ("left_at", "call_by"),
    [
        (SATURDAY_NIGHT, "2026-11-09 17:00 EASTERN"),
        ("2026-11-06 16:59 EASTERN", "2026-11-09 17:00 EASTERN"),  # somebody is there: the next business day
        ("2026-11-06 17:00 EASTERN", "2026-11-09 17:00 EASTERN"),  # nobody is: the one that begins next
        ("2026-11-09 07:59 EASTERN", "2026-11-09 17:00 EASTERN"),
        ("2026-11-09 08:00 EASTERN", "2026-11-10 17:00 EASTERN"),
        ("2026-11-10 16:59 EASTERN", "2026-11-12 17:00 EASTERN"),  # Veterans Day between
        ("2026-09-04 17:00 EASTERN", "2026-09-08 17:00 EASTERN"),  # Labor Day weekend
        ("2026-11-25 18:30 EASTERN", "2026-11-27 17:00 EASTERN"),  # the evening before Thanksgiving
        ("2026-10-31 21:00 EASTERN", "2026-11-02 17:00 EASTERN"),  # the clocks go back that night
        ("2026-03-07 21:00 EASTERN", "2026-03-09 17:00 EASTERN"),  # and forward in that
    ],
)
def test_somebody_is_called_back_by_the_end_of_the_business_day_that_begins_next(left_at, call_by):
    case = a_message(left_at)

    assert (case.call_by, case.due_at) == (at(call_by), at(call_by))
    assert waits_in(case) == {"calls": CALL}


@pytest.mark.parametrize(
    ("left_at", "call_by"),
    [
        ("2026-07-24 20:00 AST", "2026-07-27 20:00 AST"),  # a Saturday that is Constitution Day
        ("2026-07-31 20:00 AST", "2026-08-01 16:30 AST"),  # a Saturday with its own hours
        ("2026-08-01 16:30 AST", "2026-08-03 20:00 AST"),
    ],
)
def test_the_hours_are_those_of_the_line_and_the_holidays_those_of_the_plan(left_at, call_by):
    assert of_mcs(left_at).call_by == at(call_by)


def test_a_longer_line_of_the_same_plan_is_called_back_by_its_own_hours():
    assert a_message("2026-11-09 18:00 EASTERN").call_by == at("2026-11-10 17:00 EASTERN")
    assert a_message("2026-11-09 18:00 EASTERN", line="caresource-members").call_by == at(
        "2026-11-10 20:00 EASTERN"
    )


def test_the_web_form_takes_messages_at_any_hour_and_the_plans_hours_time_the_call():
    case = a_message(line="caresource-web")

    assert case.call_by == at("2026-11-09 17:00 EASTERN")
    assert "message left by web form" in case.log.events[0].words


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({}, "somebody"),
        ({"name": "Ana Rivera"}, "Ana Rivera"),
        ({"name": "Luis Ortiz", "title": "MD", "organisation": "Clínica Sol"}, "Luis Ortiz, MD, Clínica Sol"),
    ],
)
def test_whoever_left_it_is_called_what_they_said(said, who):
    assert left(**said).who == who


def test_a_message_is_taken_back_by_whoever_left_it():
    case = does(a_message(), MONDAY, Withdraw, by="physician")

    assert case.is_closed
    assert waits_in(case) == {}


@pytest.mark.parametrize(
    ("said", "is_in_haste"),
    [
        ({"says": "My mother is in the HOSPITAL and they ask for you"}, True),
        ({"says": "Es una emergencia."}, True),
        ({"says": "Mi esposo está hospitalizado desde ayer"}, True),
        ({"says": "Call me back as soon as possible"}, True),
        ({"says": "Nothing of the words, but the voice", "in_haste": True}, True),
        ({"says": "An MRI of the back", "wants": "expedited_care"}, True),
        ({"says": "An MRI of the back", "wants": "care"}, False),
        (
            {"says": "I would like hospitality, and no emergen\N{SOFT HYPHEN}cias plan"},
            True,
        ),  # signs that nobody sees
        ({"says": "Thank you for your hospitality"}, False),
    ],
)
def test_haste_is_for_whoever_is_on_call_when_the_message_arrives(said, is_in_haste):
    case = a_message(**said)

    assert ("on-call" in waits_in(case), "calls" in waits_in(case)) == (is_in_haste, not is_in_haste)
    assert case.log.events[1].recorded_at == at(SATURDAY_NIGHT)


@pytest.mark.parametrize(
    ("left_at", "wants", "decide_by"),
    [
        (SATURDAY_NIGHT, "expedited_care", "2026-11-10 21:00 EASTERN"),  # 72 hours
        (SATURDAY_NIGHT, "care", "2026-11-14 23:59 EASTERN"),
        ("2026-10-31 21:00 EASTERN", "expedited_care", "2026-11-03 20:00 EASTERN"),  # an hour comes twice
        ("2026-03-07 21:00 EASTERN", "expedited_care", "2026-03-10 22:00 EASTERN"),  # and one never
    ],
)
def test_what_asks_for_care_counts_from_the_message(left_at, wants, decide_by):
    case = a_message(left_at, wants=wants)
    due = case.due_at_of(case.clocks[DECISION])

    assert due.replace(second=0) == at(decide_by)
    assert waits_in(case)["intake"] == OPEN_IT
    assert case.due_at == case.call_by


def test_what_a_plan_wants_in_writing_does_not_count_from_a_voice_but_its_request_is_opened_all_the_same():
    sample = {"plan": "self-funded-sample", "wants": "care"}
    case = a_message("2026-11-07 21:00 EASTERN", **sample, line="telephone")

    assert DECISION not in case.clocks
    assert waits_in(case)["intake"] == OPEN_IT


def test_a_message_is_unmatched_until_it_is_tied_to_its_case_and_then_over():
    case = called(a_message(), MONDAY)
    assert (case.stage, waits_in(case), case.due_at) == ("unmatched", {"intake": MATCH}, None)

    tied(case, "2026-11-09 10:00 EASTERN", "APP-7K2M-9QXD-4HBT", received=MONDAY)
    assert (case.closed_as, case.linked) == ("called back", ["APP-7K2M-9QXD-4HBT"])


def test_what_belongs_to_no_case_is_over_with_the_call():
    assert called(a_message(), MONDAY, of_no_case=True).closed_as == "called back"


def test_a_call_that_reaches_nobody_is_still_owed():
    case = called(a_message(), MONDAY, reached=False)

    assert (case.stage, case.due_at) == ("call_owed", at("2026-11-09 17:00 EASTERN"))
    does(case, "2026-11-09 10:00 EASTERN", GiveUpMessage, reason="the number is not in service")
    assert case.closed_as == "nobody could be reached"


@pytest.mark.parametrize(("second", "is_late"), [("17:00:00", False), ("17:00:01", True)])
def test_a_call_back_is_in_time_up_to_the_last_second(second, is_late):
    case = passes(a_message(), f"2026-11-09 {second} EASTERN")

    assert (BREACH in case.log.flags, case.was_late) == (is_late, is_late)


def test_a_late_call_back_is_told_once_and_stays_owed():
    case = passes(a_message(), "2026-11-10 09:00 EASTERN")
    assert waits_in(case) == {"calls": CALL, "supervisor": LATE}
    assert [one.kind for one in case.log.events].count(EventKind.BREACHED) == 1

    called(case, "2026-11-10 10:00 EASTERN", of_no_case=True)
    assert (case.closed_as, case.was_late) == ("called back", True)


def test_the_call_back_is_shown_and_explained_as_a_clock_with_its_own_row():
    case = a_message()
    [told] = explain(case, at(SATURDAY_NIGHT)).clocks
    assert (told.clock, told.timeframe, told.standing) == ("call back", "callback", "assumed")
    assert told.steps[0].moved == timedelta(hours=44)
    assert [one.due_at for one in show(case, at(MONDAY)).clocks] == [at("2026-11-09 17:00 EASTERN")]

    late = passes(case, "2026-11-10 09:00 EASTERN")
    assert show(late, at("2026-11-10 09:00 EASTERN")).clocks[0].breached
    over = does(late, "2026-11-10 09:00 EASTERN", GiveUpMessage, reason="the number is not in service")
    assert show(over, at("2026-11-10 10:00 EASTERN")).clocks[0].ended_at == at("2026-11-10 09:00 EASTERN")


@pytest.mark.parametrize("called_at", ["2026-11-09 16:00 EASTERN", "2026-11-09 17:00 EASTERN"])
def test_what_turns_a_late_call_into_a_timely_one_is_recorded_by_a_supervisor(called_at):
    case, then = passes(a_message(), "2026-11-10 09:00 EASTERN"), at(called_at)
    with pytest.raises(Refused, match="a supervisor records"):
        called(case, "2026-11-10 10:00 EASTERN", at=then)

    does(case, "2026-11-10 10:00 EASTERN", CallBack, "sup-diaz", reached=True, at=then)
    assert (case.was_late, BREACH in case.log.flags) == (False, False)
    assert [one.kind for one in case.log.events].count(EventKind.BREACH_REMOVED) == 1


def test_a_call_that_was_made_after_its_time_stays_late_whoever_records_it():
    case, then = passes(a_message(), "2026-11-10 09:00 EASTERN"), at("2026-11-09 17:00:01 EASTERN")

    does(case, "2026-11-10 10:00 EASTERN", CallBack, reached=True, at=then)

    assert (case.was_late, BREACH in case.log.flags) == (True, True)


@pytest.mark.parametrize(
    ("to", "received"),
    [
        ("PRE-7K2M-9QXD-4HBT", "2026-11-07 21:01 EASTERN"),  # keyed as if it had come later
        ("GRV-7K2M-9QXD-4HBT", SATURDAY_NIGHT),  # decides nothing
    ],
)
def test_what_asks_for_care_belongs_to_a_request_that_was_received_by_then_and_to_nothing_else(to, received):
    case = a_message(wants="expedited_care")
    with pytest.raises(Refused, match="is its receipt; a request received by Sat 7 Nov 2026 21:00 EST"):
        tied(case, MONDAY, to, received=received)

    tied(case, MONDAY)
    assert (case.clocks.open, waits_in(case)) == ([], {"on-call": CALL})
    assert called(case, "2026-11-09 10:00 EASTERN").closed_as == "called back"


def test_what_asks_for_care_is_neither_over_with_a_call_nor_given_up():
    case = a_message(wants="care")
    with pytest.raises(Refused, match="of-no-case"):
        called(case, MONDAY, of_no_case=True)
    with pytest.raises(Refused, match="open its request"):
        does(case, MONDAY, GiveUpMessage, reason="nobody answers")

    assert (called(case, MONDAY).stage, waits_in(case)) == ("unmatched", {"intake": OPEN_IT})
    assert case.due_at is not None


def test_nobody_acts_and_each_limit_passes_with_nothing_denied():
    future = as_if_nobody_acts(a_message(wants="expedited_care"), at(SATURDAY_NIGHT))
    missed = [one.at for one in future.log.events if one.kind is EventKind.BREACHED]

    assert missed == [at("2026-11-09 17:00:01 EASTERN"), at("2026-11-10 21:00:01 EASTERN")]
    assert not future.is_closed


def test_a_provider_who_asks_about_eligibility_is_answered_and_written_down_without_a_case():
    case = of_mcs(
        "2026-11-07 21:00 AST",
        name="Dana Whitfield",
        organisation="Lakeshore Hospital",
        wants="eligibility",
        answer="Covered today.",
    )

    assert (case.closed_as, case.work.open, case.due_at) == ("answered at once", [], None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"telephone": None}, "nobody is called back"),
        ({"wants": "care", "answer": "Yes."}, "submit it as of the call"),
        ({"answer": "Yes."}, "name, title and company"),
    ],
)
def test_what_could_not_be_called_back_or_answered_is_refused(said, words):
    with pytest.raises(ValidationError, match=words):
        left(**said)


def test_a_line_for_post_stabilization_is_never_a_mailbox():
    lines = a_message().rows

    lines.line_named("caresource-um").refuse_mail()
    with pytest.raises(Refused, match=r"nothing is left on post-stabilization.*422\.113"):
        lines.line_named("post-stabilization").refuse_mail()
    with pytest.raises(Misuse, match="it has caresource-members, caresource-um"):
        lines.line_named("mcs-fax-1")


def test_the_same_message_left_earlier_too_is_one_and_somebody_looks():
    case, earlier = a_message(), left("2026-11-07 19:00 EASTERN")
    again = {"receipt": "MSG-2", "left": earlier}
    for _ in range(2):
        does(case, MONDAY, HearAgain, **again)

    assert [one.kind for one in case.log.events].count(EventKind.RECEIVED_AGAIN) == 1
    assert "receipts" in waits_in(case)
    assert left().fingerprint == earlier.fingerprint
    called(case, "2026-11-09 10:00 EASTERN")
    with pytest.raises(Refused, match="a message of its own"):
        does(case, "2026-11-09 11:00 EASTERN", HearAgain, receipt="MSG-3", left=left())


def test_whoever_calls_gives_name_title_and_company():
    says = pack().call_opening[0].words
    assert says.es
    for words in (says.en, says.es):
        told = words.format(who=staff("ic-santos").signed("en"), organisation="CareSource")
        assert "CareSource" in told
        assert staff("ic-santos").title in told
