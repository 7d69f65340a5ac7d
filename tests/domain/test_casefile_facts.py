"""What a case file says of a form: every field that holds something, and no other."""

from domain.casefile.casefile import file_of
from domain.casefile.facts import facts_of, groups_of
from domain.casefile.lines import lines_of
from domain.desk.desk import Note, RecordCall
from domain.desk.holds import PutOnHold
from domain.determination.clock_acts import CorrectReceipt
from domain.determination.decisions import Approve
from domain.parts.hold import HoldKind
from domain.terms.frozen import Frozen
from domain.terms.people import SYSTEM, Words
from domain.terms.tongue import Tongue
from tests import cobs
from tests.appealing import appeal_of, does, silent
from tests.authorized import an_authorization
from tests.builders import a_case, at, policy, staff
from tests.messages import a_message


class Sheet(Frozen):
    reference: str = "4471"
    remark: str = ""
    member: str | None = None
    codes: tuple[str, ...] = ()
    units: int = 0
    emergency: bool = False
    documents: tuple[str, ...] = ("sha",)


def test_what_is_empty_is_left_out_and_a_zero_or_a_no_is_an_answer():
    [group] = groups_of(Sheet(), "Request", Tongue(calendar=policy().calendar))

    assert [label for label, _ in group.facts] == ["reference", "units", "emergency"]


class Told(Frozen):
    words: Words = Words(en="too early", es="demasiado pronto")
    measured: dict[str, bool] = {"weeks": True}


def test_in_another_language_words_stand_in_it_and_a_line_without_what_became_of_it():
    spanish = Tongue(
        calendar=policy().calendar,
        phrases={"yes": "sí", "line {number}, {service}": "línea {number}, {service}"},
    )

    facts = dict(facts_of(Told(), spanish))

    assert facts == {"words": "demasiado pronto", "measured": "weeks: sí"}
    assert [line.title for line in lines_of(an_authorization(), spanish)] == ["línea 1, 72148"]


class Cover(Frozen):
    sheets: tuple[Sheet, ...]


def test_of_several_alike_each_has_its_number_and_one_alone_has_none():
    english = Tongue(calendar=policy().calendar)

    def labels(count):
        return [label for label, _ in facts_of(Cover(sheets=(Sheet(),) * count), english)]

    assert labels(1) == ["sheets"]
    assert labels(2) == ["sheets 1", "sheets 2"]


def test_whoever_did_a_thing_is_named_and_what_nobody_did_is_by_the_house():
    case = a_case()
    RecordCall(actor=staff("ic-santos"), to="member", reached=True).apply(case, case.received_at)

    first, *_, last = file_of(case, case.received_at).events

    assert first.by == SYSTEM.name
    assert last.by.startswith("Noemí Santos, Intake clerk")


def test_an_appeal_shows_what_the_first_answer_found_while_it_has_found_nothing_itself():
    case = appeal_of(
        silent(at("2026-02-09 09:00 AST"), at("2026-02-20 09:00 AST")), at("2026-03-02 09:00 AST")
    )

    [line] = lines_of(case, Tongue(calendar=policy().calendar))

    assert case.findings_on(case.lines[0])
    assert len(line.findings) == len(case.findings_on(case.lines[0]))


def test_the_file_of_other_coverage_has_each_coverage_and_the_order_of_payers_with_its_clause():
    [*coverages, order] = file_of(cobs.a_case(), at(cobs.RECEIVED)).request
    told = file_of(cobs.a_case(cobs.OURS, cobs.THEIRS | {"has_rule": True}), at(cobs.RECEIVED)).request[-1]

    assert [one.title for one in coverages] == ["coverage mcs", "coverage Plan X"]
    assert ("covers as", "spouse") in coverages[1].facts
    assert order.facts == (("not known yet", "coverages.Plan X.has_rule"),)
    assert told.facts[:2] == (("payer 1", "MCS Life"), ("payer 2", "Plan X"))
    assert told.facts[2][1].startswith("The plan that covers you as an employee pays before")


def test_the_file_of_a_message_has_its_call_back_among_the_clocks():
    [clock] = file_of(a_message(), at("2026-11-09 09:00 EASTERN")).clocks
    [spanish] = file_of(
        a_message(), at("2026-11-09 09:00 EASTERN"), phrases={"time for: call back": "plazo"}
    ).clocks

    assert clock.title == "call back: Call back whoever left the message"
    assert spanish.title == "plazo"


def test_readers_outside_see_every_event_and_flag_but_those_of_staff():
    case, now = a_case(), at("2037-03-03 09:00 AST")
    does(case, now, "rn-rivera", Note, text="read the order")
    does(case, now, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    case.log.flag("breach", "it was late", now)

    every, outside = (file_of(case, now, staff_notes=staff_notes) for staff_notes in (True, False))

    assert [len(one.events) for one in (every, outside)] == [len(case.log.events), len(case.log.events) - 2]
    told = [dict(one.facts)["marked"] for one in (every, outside)]
    assert [("breach" in flags, "hold" in flags) for flags in told] == [(True, True), (True, False)]


def test_what_criteria_found_is_in_the_file_before_the_answer_and_after_it():
    case, now = a_case(), at("2037-03-03 09:00 AST")
    [line] = case.lines
    line.findings = found = case.findings_now(line)
    assert len(lines_of(case, Tongue(calendar=case.policy.calendar))[0].findings) == len(found)

    does(case, now, "rn-rivera", Approve)
    for answered, beside in ((found, ()), ((), found)):
        line.determination = line.determination.model_copy(update={"findings": answered})
        line.findings = beside
        assert len(lines_of(case, Tongue(calendar=case.policy.calendar))[0].findings) == len(found)


def test_a_step_says_by_how_much_it_moved_the_due_date_and_nothing_is_no_step_back():
    case, now = a_case(), at("2037-03-03 09:00 AST")
    for received in ("2037-03-02 18:40 AST", "2037-03-01 18:40 AST"):
        does(case, now, "sup-diaz", CorrectReceipt, received_at=at(received), reason="the stamp")
    [clock] = file_of(case, now).clocks
    assert [step.moved for step in clock.steps][1:] == ["+ 0 h 0 min", "- 1 d 0 h"]
