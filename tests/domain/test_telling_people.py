"""Promised calls, notes struck through, reasons from the library, words to translate, criteria to copy."""

from datetime import timedelta

import pytest

from domain.case import dispatch
from domain.case.keeping import keep_appointments
from domain.correction.second_thoughts import TakeBack
from domain.desk.calls import Spoken, TakeCall
from domain.desk.desk import Note, RecordCall, Withdraw
from domain.desk.holds import LiftHold, PutOnHold
from domain.desk.notes import StrikeNote, as_read
from domain.determination.criteria_copy import Asker, CopyCriteria
from domain.determination.decisions import Approve, Deny, Modify, Reduce
from domain.determination.translation import Translate
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.policy.rows import Callback
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language, Words
from domain.terms.refusals import Refused
from tests.builders import a_case, a_line, a_request, at, pack, policy, staff

NOW = at("2037-03-03 10:00 AST")
WHO = Spoken(name="Rosa Rivera", title="daughter", asked="When is it decided?", said="By the 9th.")
NECESSITY = {"reason_id": "criteria_not_met", "criterion": "lumbar-mri.weeks"}
OWN = Words(en="Your note shows two weeks of pain.")


def says(case, kind, who="ic-santos", now=NOW, **words):
    """The case's answer to an act that it hears."""
    act = kind(actor=staff(who), **words)
    act.refuse_unless_allowed(case, now)
    said = act.apply(case, now)
    case.settle(now)
    return said


def refuses(case, kind, who="ic-santos", now=NOW, **words):
    before = case.model_dump_json()
    with pytest.raises(Refused) as refused:
        says(case, kind, who, now, **words)
    assert case.model_dump_json() == before
    return str(refused.value)


def owed(case):
    return [work.what for work in case.work.open if work.queue == "calls"]


def letters(case):
    return [(one.kind, one.recipient.value) for one in case.letters.notices]


# Promised calls

# The plan is open Mon to Fri 08:00 to 20:00 and Sat 08:00 to 16:30; Mon 16 Feb 2037 is a holiday.
PROMISES = {
    "in hours, a day later": ("2037-03-03 10:00 AST", 1, "closing", "2037-03-04 20:00 AST"),
    "in hours, the same day": ("2037-03-03 10:00 AST", 0, "closing", "2037-03-03 20:00 AST"),
    "at the last second of the hours": ("2037-03-03 19:59 AST", 0, "closing", "2037-03-03 20:00 AST"),
    "as they close, the next day": ("2037-03-03 20:00 AST", 0, "closing", "2037-03-04 20:00 AST"),
    "before they open, the day that begins": ("2037-03-03 06:00 AST", 1, "closing", "2037-03-03 20:00 AST"),
    "on Saturday evening": ("2037-03-07 18:00 AST", 1, "closing", "2037-03-09 20:00 AST"),
    "on Sunday, by opening": ("2037-03-08 12:00 AST", 1, "opening", "2037-03-09 08:00 AST"),
    "over a holiday": ("2037-02-14 18:00 AST", 1, "closing", "2037-02-17 20:00 AST"),
}


@pytest.mark.parametrize(("promised", "days", "by", "due"), PROMISES.values(), ids=PROMISES)
def test_a_call_back_is_due_on_a_business_day_by_the_plans_own_hours(promised, days, by, due):
    facts = {"in_force_from": "2025-01-01", "source": "a test", "standing": "assumed"}
    row = Callback(id="callback", business_days=days, by=by, **facts)

    assert row.due_at(at(promised), policy("mcs-life").calendar) == at(due)


def test_a_call_back_is_owed_until_it_is_made_and_once_however_often_it_is_promised():
    case = a_case()
    said = says(case, TakeCall, caller="member", spoken=WHO, promised=True)
    says(case, TakeCall, caller="member", spoken=WHO, promised=True)
    says(case, TakeCall, caller="somebody_else", spoken=WHO, promised=True)
    assert "a call back is owed by Wed 4 Mar 2037" in said
    assert owed(case) == ["call the member back, as promised", "call somebody else back, as promised"]

    says(case, RecordCall, to="member", reached=False)
    assert len(owed(case)) == 2, "nobody was reached"
    assert "no call back is owed to the provider" in refuses(
        case, RecordCall, to="provider", reached=True, as_promised=True
    )
    says(case, RecordCall, to="member", reached=True)
    says(case, RecordCall, to="somebody_else", reached=False, as_promised=True)
    assert owed(case) == []


def test_a_promise_outlives_a_withdrawal_and_the_case_does_not_close_before_it_is_kept():
    case = a_case()
    says(case, TakeCall, caller="provider", spoken=WHO, promised=True)
    says(case, Withdraw, by="member")
    for letter in case.letters.unsent:
        dispatch.sent(case, letter.key, "spooled", NOW)
    case.settle(NOW)
    assert owed(case) == ["call the provider back, as promised"]
    assert not case.is_closed

    says(case, RecordCall, to="provider", reached=True)
    assert case.is_closed


def test_the_end_of_the_time_for_calls_leaves_a_promise_standing():
    case = a_case()
    says(case, Approve, "rn-rivera")
    says(case, TakeCall, caller="provider", spoken=WHO, promised=True)
    for letter in case.letters.unsent:
        dispatch.sent(case, letter.key, "spooled", NOW)
    keep_appointments(case, at("2037-03-09 00:00 AST"))
    assert owed(case) == ["call the provider back, as promised"]
    assert not case.is_closed


def test_a_caller_is_told_only_what_was_decided_and_has_then_been_told():
    case = a_case(urgency="expedited")
    told = {"caller": "member", "spoken": WHO, "told_answer": True}
    assert "no line of PRE-2222-2222-2222 has an answer" in refuses(case, TakeCall, **told)

    says(case, Deny, "md-ortiz", **NECESSITY)
    decision = case.clocks["decision"]
    assert decision.satisfied_at is None
    says(case, TakeCall, **told, now=NOW + timedelta(hours=1))
    assert case.clocks["decision"].satisfied_at == NOW + timedelta(hours=1)
    assert owed(case) == ["call the provider: tell the determination"]
    event = next(one for one in case.log.events if one.kind is EventKind.CALL_RECORDED)
    assert event.words == (
        "call from the member; spoke with Rosa Rivera, daughter; asked: When is it decided?; said: By the 9th.; "
        "told the answer"
    )
    assert "is told: a call on" in refuses(case, TakeBack, "md-ortiz", reason="the wrong study")


# Notes


def noted(case, *texts, who="ic-santos"):
    for text in texts:
        says(case, Note, who, text=text)
    return case


def test_a_note_is_struck_through_by_its_author_or_a_supervisor_and_stays_readable():
    case = noted(a_case(), "the first", "the second", "the third")
    assert "may not strike another's note; supervisor may" in refuses(
        case, StrikeNote, "rn-rivera", note=2, reason="wrong"
    )
    assert "says why" in refuses(case, StrikeNote, note=2)
    assert "has no note 4; it has 3" in refuses(case, StrikeNote, note=4, reason="wrong")
    says(case, StrikeNote, note=2, reason="of another case")
    says(case, StrikeNote, "sup-diaz", note=1, reason="hearsay")
    assert "was struck through already, by Noemí Santos" in refuses(case, StrikeNote, note=2, reason="again")

    words = [one.words for one in case.log.events if one.kind is EventKind.NOTED]
    assert words == ["the first", "the second", "the third"], "the events are as they were written"
    shown = list(as_read(case.log.events, case.policy.calendar).values())
    assert shown[0].startswith("note 1, struck through by Sonia Díaz")
    assert shown[1].startswith("note 2, struck through by Noemí Santos")
    assert shown[1].endswith("on Tue 3 Mar 2037 10:00 AST (of another case): the second")
    assert shown[2] == "note 3: the third"


# The library of reasons


def denied(**words):
    case = a_case()
    says(case, Deny, "md-ortiz", **words)
    return case.lines[0].determination.reason


def row(name):
    return next(one for one in pack().library_reason if one.id == name)


def test_a_denial_takes_the_words_of_the_library_for_its_reason_service_and_clause():
    by_reason, by_name = denied(**NECESSITY), denied(reason_id="lumbar-mri.too-early")
    assert by_reason == by_name
    assert by_reason.words == row("lumbar-mri.too-early").words
    assert (by_reason.id, by_reason.criterion) == ("criteria_not_met", "lumbar-mri.weeks")
    assert by_reason.approved_words == "lumbar-mri.too-early version 1"

    other = denied(reason_id="insufficient_evidence", criterion="lumbar-mri.weeks")
    assert other.approved_words is None
    assert other.words == next(one.words for one in pack().reason if one.id == "insufficient_evidence")


def test_the_deciders_own_words_come_first():
    reason = denied(reason_id="lumbar-mri.too-early", words=OWN)
    assert (reason.words, reason.approved_words, reason.criterion) == (OWN, None, "lumbar-mri.weeks")


def test_words_for_another_service_or_another_clause_are_refused():
    lines = [a_line(1, "72148"), a_line(2, "71260")]
    case = a_case(a_request(lines=lines))
    assert "words the answer to another service" in refuses(
        case, Deny, "md-ortiz", line=1, reason_id="chest-ct.repeated"
    )
    assert "are about lumbar-mri.weeks" in refuses(
        *(case, Deny, "md-ortiz"), line=1, reason_id="lumbar-mri.too-early", criterion="lumbar-mri.plan"
    )
    assert "may not deny" in refuses(case, Deny, "rn-rivera", line=1, reason_id="lumbar-mri.too-early")


def test_fewer_units_and_another_service_take_its_words_too():
    bed = a_case(a_request(service="E0250", units=10))
    says(bed, Reduce, "md-vega", units=4, reason_id="hospital-bed.part-of-the-time")
    oxygen = a_case(a_request(service="78815"))
    says(oxygen, Modify, "md-vega", service="78816", reason_id="oncologic-pet.simpler-first")
    said = [case.lines[0].determination.reason.approved_words for case in (bed, oxygen)]
    assert said == ["hospital-bed.part-of-the-time version 1", "oncologic-pet.simpler-first version 1"]


def test_the_shipped_library_has_words_for_every_listed_service():
    listed = {code for rule in pack().service for code in rule.codes}
    counted = {code: sum(code in one.services for one in pack().library_reason) for code in listed}
    assert all(2 <= count <= 4 for count in counted.values()), counted


# Words that are still to be translated

SPANISH = {"member": {"language": "es"}}


def test_own_words_in_english_alone_are_refused_unless_somebody_translates_them():
    case = a_case(a_request(**SPANISH))
    said = refuses(case, Deny, "md-ortiz", **NECESSITY, words=OWN)
    assert "in Spanish too (--words-es), or have them translated (--translate)" in said
    assert "stand in Spanish" in refuses(case, Deny, "md-ortiz", **NECESSITY, translate=True)


def test_nobody_is_told_before_the_translation_and_then_letters_and_calls_go_together():
    case = a_case(a_request(**SPANISH))
    says(case, Deny, "md-ortiz", **NECESSITY, words=OWN, translate=True)
    assert (letters(case), owed(case), case.stage.value) == ([], [], "decided")
    [work] = case.work.open
    assert (work.queue, work.due_at) == ("translation", case.due_at)
    assert not case.clocks["decision"].satisfied_at

    later = NOW + timedelta(days=1)
    says(case, Translate, now=later, words="Su nota muestra dos semanas de dolor.")
    assert letters(case) == [(NoticeKind.DETERMINATION, "member"), (NoticeKind.DETERMINATION, "provider")]
    assert [one.owed_at for one in case.letters.notices] == [later, later]
    assert owed(case) == [
        "call the member: tell the determination",
        "call the provider: tell the determination",
    ]
    spanish, english = (letter.facts["lines"][0]["reason"] for letter in case.letters.notices)
    assert (spanish, english) == ("Su nota muestra dos semanas de dolor.", OWN.en)
    assert "no answer of PRE-2222-2222-2222 waits" in refuses(case, Translate, words="otra vez")


def test_one_line_that_waits_for_its_words_keeps_the_lines_of_the_same_letter():
    lines = [a_line(1, "72148"), a_line(2, "72149")]
    case = a_case(a_request(lines=lines, **SPANISH))
    says(case, Approve, "rn-rivera", line=2)
    says(case, Deny, "md-ortiz", line=1, **NECESSITY, words=OWN, translate=True)
    assert letters(case) == []
    assert "line 2 of PRE-2222-2222-2222 waits for no translation" in refuses(
        case, Translate, line=2, words="Sí."
    )
    says(case, Translate, line=1, words="Su nota muestra dos semanas de dolor.")
    assert [len(letter.facts["lines"]) for letter in case.letters.notices] == [2, 2]


def test_a_deadline_that_passes_while_the_words_wait_is_missed():
    case = a_case(a_request(**SPANISH))
    says(case, Deny, "md-ortiz", **NECESSITY, words=OWN, translate=True)
    keep_appointments(case, case.due_at + timedelta(minutes=1))
    assert case.clocks["decision"].breached_at


def test_an_answer_that_is_taken_back_needs_no_translation_any_more():
    case = a_case(a_request(**SPANISH))
    says(case, Deny, "md-ortiz", **NECESSITY, words=OWN, translate=True)
    says(case, TakeBack, "md-ortiz", reason="read the wrong note")
    assert [work.queue for work in case.work.open] == ["physician-review"]


def test_what_was_decided_before_a_withdrawal_is_told_once_it_is_translated():
    lines = [a_line(1, "J9271"), a_line(2, "72148")]
    case = a_case(a_request(lines=lines, **SPANISH))
    says(
        case,
        Deny,
        "md-vega",
        line=1,
        reason_id="drug.not-proven",
        criterion="The label names the condition.",
        criterion_es="La etiqueta menciona la condición.",
        criterion_source="Label of the drug, section 1",
        words=OWN,
        translate=True,
    )
    says(case, Withdraw, by="physician")
    assert {kind for kind, _ in letters(case)} == {NoticeKind.WITHDRAWAL}
    for letter in case.letters.unsent:
        dispatch.sent(case, letter.key, "spooled", NOW)
    case.settle(NOW)
    assert not case.is_closed

    says(case, Translate, words="La etiqueta no menciona su condición.")
    assert {kind for kind, _ in letters(case)} == {NoticeKind.WITHDRAWAL, NoticeKind.DETERMINATION}


# Copies of the criteria


def copy_for(case, to, **words):
    says(case, CopyCriteria, to=to, **words)
    return case.letters.notices[-1]


def test_a_member_or_provider_gets_the_clauses_of_the_cases_own_policy_before_and_after_the_decision():
    case = a_case(a_request(lines=[a_line(1, "72148"), a_line(2, "G0151")], **SPANISH))
    table = case.policy.criteria_for("72148")
    for to, language in (("member", "es"), ("provider", "en")):
        letter = copy_for(case, to)
        assert (letter.kind, letter.recipient.value, letter.language.value) == (
            NoticeKind.CRITERIA_COPY,
            to,
            language,
        )
        [copied] = letter.facts["tables"]
        clauses = [text for clause in copied["clauses"] for text in clause["any_of"]]
        assert clauses == [one.text.in_language(Language(language)) for one in table.criterion]
        assert copied["title"] == {"es": table.title_es, "en": table.title}[language]
        assert copied["source"] == {"es": table.source_es or table.source, "en": table.source}[language]
        assert letter.facts["without"] == ["G0151"]
        assert len(letter.facts["statement"]) == 2
    assert [clause["rank"] for clause in copied["clauses"]] == [
        "guideline",
        "guideline",
        "internal",
        "internal",
    ]
    asked = [(one.words, one.by_id) for one in case.log.events if one.kind is EventKind.CRITERIA_ASKED]
    assert asked == [
        ("the member asked for the criteria", "ic-santos"),
        ("the provider asked for the criteria", "ic-santos"),
    ]


def test_somebody_else_gets_the_criteria_and_learns_nothing_of_the_member():
    case = a_case()
    asker = Asker(name="Vecina López", address="Calle Sol 3, Ponce PR 00730", language=Language.SPANISH)
    assert "says where the copy goes" in refuses(case, CopyCriteria, to="somebody_else")
    assert "the case knows where the member is written to" in refuses(
        case, CopyCriteria, to="member", asker=asker
    )
    assert "the representative is no party" in refuses(case, CopyCriteria, to="representative")

    letter = copy_for(case, "somebody_else", asker=asker)
    assert (letter.name, letter.recipient) == ("Vecina López", Recipient.SOMEBODY_ELSE)
    assert case.request.member.name not in str(letter.facts)
    assert case.request.member.contract_number not in str(letter.facts)
    assert case.request.requesting_provider.name not in str(letter.facts)


def test_the_time_for_calls_is_over_with_the_last_who_was_reached():
    case = a_case()
    says(case, Approve, "rn-rivera")

    says(case, RecordCall, to="member", reached=True)
    assert case.clocks.is_open("calls")
    says(case, RecordCall, to="provider", reached=True)

    assert case.clocks["calls"].satisfied_at == NOW


def test_a_hold_stands_in_the_story_with_its_reason_and_once():
    case = a_case()
    hold = PutOnHold(actor=staff("sup-diaz"), kind=HoldKind.LEGAL, reason="subpoena")
    hold.apply(case, NOW)

    assert hold.apply(case, NOW) == "the legal hold is on already"
    [held] = [event for event in case.log.events if event.kind is EventKind.HELD]
    assert held.words == "legal hold: nothing leaves the house, and the clock runs on: subpoena"
    assert held.details["hold"] == "legal"


def test_what_says_that_the_answer_is_not_ready_stays_until_the_answer_itself_can_leave():
    case = a_case(received_at=at("2037-03-02 10:00 AST"), member={"language": "es"})
    PutOnHold(actor=staff("sup-diaz"), kind=HoldKind.LEGAL, reason="subpoena").apply(case, NOW)
    late = at("2037-03-11 10:00 AST")
    keep_appointments(case, late)
    waiting = [one.kind for one in case.letters.unsent]
    assert NoticeKind.MISSED_DEADLINE in waiting

    says(case, Deny, "md-ortiz", late, **NECESSITY, words=OWN, translate=True)
    LiftHold(actor=staff("sup-diaz"), kind=HoldKind.LEGAL).apply(case, late)
    case.settle(late)

    assert [one.kind for one in case.letters.unsent] == waiting
    says(case, Translate, "ic-santos", late, words="Su nota muestra dos semanas de dolor.")
    assert NoticeKind.MISSED_DEADLINE not in {one.kind for one in case.letters.unsent}


@pytest.mark.parametrize(("told", "is_confirmed"), [(Recipient.MEMBER, True), (Recipient.PROVIDER, False)])
def test_what_was_told_by_voice_is_confirmed_by_a_letter_that_had_left_to_the_member_alone(
    told, is_confirmed
):
    case = a_case(urgency="expedited")
    says(case, Deny, "md-ortiz", **NECESSITY)
    [letter] = [one for one in case.letters.notices if one.recipient is told]
    dispatch.sent(case, letter.key, "spooled", NOW)

    says(case, RecordCall, now=NOW + timedelta(hours=1), to=Recipient.MEMBER, reached=True)

    assert (case.clocks["written confirmation"].satisfied_at == NOW) is is_confirmed
