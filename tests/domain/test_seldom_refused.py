"""What is seldom tried, and refused with one sentence: corrections, conversations, stays, letters, complaints."""

from datetime import date, timedelta

import pytest

from domain.authorization.acts import EndByCoverage, VoidAuthorization
from domain.case import dispatch, sensitive
from domain.case.keeping import come_to_rest
from domain.case.sending import Fate, Sending
from domain.concurrent.acts import Discharge, EndCoverage, GiveNotice, GoOn
from domain.correction.entered_in_error import EnterInError, RecordRecall
from domain.correction.reopening import CorrectAnswer
from domain.desk.calls import TakeCall
from domain.desk.desk import Link, Note
from domain.desk.dispatch import TakeAsSent, take_note
from domain.desk.holds import PutOnHold
from domain.desk.likeness import DUPLICATE, FoundAlike, TellApart
from domain.desk.row_correction import CorrectRow
from domain.desk.stop_notice import StopNotice
from domain.determination.decisions import Approve, Deny
from domain.determination.peer_to_peer import OfferPeerToPeer, RecordPeerToPeer
from domain.determination.translation import Translate
from domain.grievance.acts import AnswerGrievance, ReceiveComplaint
from domain.parts.alike import Likeness
from domain.parts.hold import HoldKind
from domain.terms.people import SYSTEM, Words
from domain.terms.refusals import Refused
from tests import authorized, concurrents, grievances
from tests.appealing import does, refusal
from tests.builders import a_case, a_line, at, criteria_of, meeting, pack, staff

RECEIVED = at("2037-03-02 18:41 AST")
NOW = at("2037-03-03 09:00 AST")
NECESSITY = {"reason_id": "criteria_not_met", "criterion": criteria_of("72148")[0]}
COVERAGE = {"reason_id": "not_covered_benefit"}
OTHER_DAYS = {"in_force_from": date(2037, 3, 3)}
ROW = next(row for row in pack().timeframe if row.id == "ma-standard")


def after(*acts, **facts):
    """A case after those acts, each with who does it and its words."""
    case = a_case(**facts)
    come_to_rest(case, RECEIVED)
    for who, act, words in acts:
        does(case, NOW, who, act, **words)
    return case


DENIED = ("md-ortiz", Deny, NECESSITY)
APPROVED = ("rn-rivera", Approve, {})
HELD = ("sup-diaz", PutOnHold, {"kind": HoldKind.LEGAL, "reason": "subpoena"})
ON_ERROR = {"reason": "read again", "ground": "clerical_error"}


def told_in_part():
    """Denied; the letter to one of the two has left."""
    case = after(HELD, DENIED)
    dispatch.sent(case, case.letters.notices[0].key, "spooled", NOW)
    return case


def uncertain():
    """Denied; nobody knows whether the letter left."""
    case = a_case()
    Deny(actor=staff("md-ortiz"), **NECESSITY).apply(case, NOW)
    case.settle(NOW)
    take_note(case, Sending(key=case.letters.notices[0].key, fate=Fate.UNKNOWN), NOW)
    return case


def talked(outcome):
    return after(("md-ortiz", OfferPeerToPeer, {}), ("md-ortiz", RecordPeerToPeer, {"outcome": outcome}))


def called_back():
    return after(DENIED, ("sup-diaz", EnterInError, {"reason": "keyed for another member"}))


def waiting_for_spanish():
    words = {"words": Words(en="It does not help you."), "translate": True}
    lines = [a_line(1, "72148"), a_line(2, "72148")]
    return after(
        *[("md-ortiz", Deny, NECESSITY | words | {"line": line}) for line in (1, 2)],
        lines=lines,
        member={"language": "es"},
    )


REFUSALS = [
    # case, who, act, its words, the sentence
    (lambda: after(DENIED), "md-vega", CorrectAnswer, {"outcome": "approved"}, "because: a correction says"),
    (
        told_in_part,
        "md-vega",
        CorrectAnswer,
        {"outcome": "approved", "reason": "read again"},
        "the letter about line 1 is still on its way; try again when it has left",
    ),
    (
        lambda: after(APPROVED),
        "dir-luna",
        CorrectAnswer,
        ON_ERROR | NECESSITY | {"outcome": "denied"},
        "line 1: what was approved is not taken away for lack of medical necessity (42 CFR 422.138(c))",
    ),
    (
        lambda: after(APPROVED),
        "dir-luna",
        CorrectAnswer,
        ON_ERROR | COVERAGE | {"outcome": "denied", "ground": "regret"},
        "ground: an answer is reopened against the member only for clerical_error, new_evidence",
    ),
    (
        lambda: after(DENIED),
        "md-vega",
        CorrectAnswer,
        {"outcome": "partial", "reason": "read again"},
        "units: an answer that is partial names what is granted",
    ),
    (
        lambda: after(DENIED),
        "md-vega",
        CorrectAnswer,
        {"outcome": "modified", "reason": "read again"},
        "service: an answer that is modified names what is granted",
    ),
    (
        lambda: after(DENIED),
        "md-vega",
        CorrectAnswer,
        {"outcome": "modified", "service": "72149", "reason": "read again", "reason_id": "too_dear"},
        "reason: the pack knows",
    ),
    (a_case, "sup-diaz", EnterInError, {}, "because: say what was entered wrong"),
    (called_back, "sup-diaz", RecordRecall, {}, "because: say what became of the letters"),
    (
        a_case,
        "sup-diaz",
        CorrectRow,
        {"row": ROW.model_copy(update=OTHER_DAYS), "pack": "0123456789ab", "reason": "read again"},
        "row: ma-standard as corrected is in force on other days of receipt; that takes a new row",
    ),
    (uncertain, "md-ortiz", StopNotice, {"notice": 1, "reason": "wrong"}, "find that out first"),
    (
        uncertain,
        "sup-diaz",
        TakeAsSent,
        {"notice": 1, "at": RECEIVED, "reason": "the post office says so"},
        "at: notice 1 was owed Tue 3 Mar 2037 09:00 AST",
    ),
    (a_case, "ic-santos", Link, {"to": "PRE-2222-2222-2222"}, "to: a case is not linked to itself"),
    (a_case, "ic-santos", TellApart, {"reason": "two knees"}, "other: no case looks like PRE-2222-2222-2222"),
    (a_case, "md-ortiz", OfferPeerToPeer, {"line": 2}, "line: PRE-2222-2222-2222 has no line 2"),
    (lambda: talked("missed"), "ic-santos", RecordPeerToPeer, {"outcome": "declined"}, "is missed already"),
    (lambda: talked("held"), "md-ortiz", RecordPeerToPeer, {"outcome": "held"}, "was held already"),
    (waiting_for_spanish, "ic-santos", Translate, {"words": "No."}, "2 lines of PRE-2222-2222-2222 wait; na"),
]


def test_while_it_still_looks_like_another_the_case_is_flagged_as_a_possible_duplicate():
    case, how = a_case(), Likeness(words="the same services asked for", is_of_service=True)
    for other in ("PRE-3333-3333-3333", "PRE-4444-4444-4444"):
        does(case, NOW, "ic-santos", FoundAlike, number=other, likeness=how)
    assert case.log.flags == [DUPLICATE]

    does(case, NOW, "ic-santos", TellApart, other="PRE-3333-3333-3333", reason="two knees")
    assert (list(case.alike), case.log.flags) == (["PRE-4444-4444-4444"], [DUPLICATE])
    waits = list(case.work.open)
    does(case, NOW, "ic-santos", TellApart, reason="two knees")
    assert (case.alike, case.log.flags) == ({}, [])
    assert case.work.open == waits, "no criterion was looked at, so none counts again"


def test_what_criteria_would_approve_waits_until_it_is_told_apart_from_what_may_be_the_same():
    case, how = a_case(documents=meeting("72148")), Likeness(words="the same services", is_of_service=True)
    does(case, NOW, "ic-santos", FoundAlike, number="PRE-3333-3333-3333", likeness=how)
    case.criteria_checked({1: case.findings_now(case.lines[0])}, NOW)
    assert case.lines[0].determination is None

    does(case, NOW, "ic-santos", TellApart, reason="two knees")

    assert case.lines[0].determination.outcome == "approved"


@pytest.mark.parametrize(("a_new_case", "who", "act", "words", "sentence"), REFUSALS)
def test_what_does_not_fit_how_the_case_stands_is_refused(a_new_case, who, act, words, sentence):
    assert sentence in refusal(a_new_case(), NOW + timedelta(hours=1), who, act, **words)


def test_what_was_answered_by_voice_before_the_due_date_is_keyed_later_only_by_a_supervisor():
    case = a_case()
    Approve(actor=staff("rn-rivera")).apply(case, NOW)
    spoken = {"name": "Ana Rivera", "asked": "Is there an answer?"}
    told = {"caller": "member", "spoken": spoken, "told_answer": True, "at": NOW, "reason": "from the log"}
    late = at("2037-03-12 10:00 AST")

    assert "supervisor" in refusal(case, late, "ic-santos", TakeCall, **told)


def test_what_was_approved_is_voided_only_with_a_reason_and_coverage_is_asked_by_a_number():
    leave = authorized.an_authorization()
    said = authorized.refusal(leave, authorized.ISSUED, "dir-luna", VoidAuthorization, ground="fraud")
    assert "because: say why, without personal data" in said

    leave.request = leave.request.model_copy(
        update={"member": leave.request.member.model_copy(update={"contract_number": None})}
    )
    said = authorized.refusal(leave, authorized.ISSUED, "cov-matos", EndByCoverage)
    assert "coverage: no contract number is on file to ask the directory by" in said


def test_an_end_that_is_proposed_is_taken_back_with_a_reason_and_one_by_denial_is_not():
    ends = {"on": "2026-10-16"} | concurrents.NOT_MET
    case = concurrents.does(concurrents.running(), "2026-10-12 10:00", "md-vega", EndCoverage, **ends)
    assert "because: say why" in concurrents.refusal(case, "2026-10-12 11:00", "md-vega", GoOn)

    case = concurrents.running("caresource")
    concurrents.does(case, "2026-10-12 10:00", "md-vega", EndCoverage, **ends | {"on": "2026-10-23"})
    denied = case.lines[-1].asked
    assert (denied.from_day, denied.units) == (date(2026, 10, 23), 1), (
        "past the last approved day it is one day"
    )
    told = concurrents.refusal(case, "2026-10-12 11:00", "md-vega", GoOn, reason="better papers")
    assert "here the end is a denial that was told; plazo correct-answer puts that right" in told
    noticed = concurrents.refusal(case, "2026-10-12 11:00", "ic-santos", GiveNotice, what="notice")
    assert "here the letter of the denial is the notice" in noticed


def test_a_complaint_is_answered_once_and_what_comes_after_is_another():
    case = grievances.sorted_(grievances.a_grievance())
    words = {"found": "in_part"} | grievances.WORDS
    AnswerGrievance(actor=staff("ap-soto"), **words).apply(case, NOW)
    again = ReceiveComplaint(actor=SYSTEM, receipt="GRV-2", complaint=grievances.a_complaint())

    assert "GRV-1 has its answer" in refusal(case, NOW, "ap-soto", AnswerGrievance, **words)
    with pytest.raises(Refused, match="what comes after it is a complaint of its own"):
        again.refuse_unless_allowed(case, NOW)


def test_whoever_left_leaves_once_and_not_before_anything_ran():
    case = concurrents.running()
    left = Discharge(actor=staff("ic-santos"))
    left.apply(case, at("2026-10-12 10:00 AST"))

    for over in (case, concurrents.a_review()):
        with pytest.raises(Refused, match="has nothing that runs any more"):
            left.check(over, at("2026-10-12 11:00 AST"))


def test_a_sensitive_case_is_looked_into_with_a_reason_and_any_other_is_simply_read():
    case = a_case()
    with pytest.raises(Refused, match="is not marked as sensitive"):
        does(case, NOW, "sup-diaz", sensitive.LookInto, reason="a complaint")
    case.log.flag(sensitive.SENSITIVE, sensitive.MARKED, NOW)
    with pytest.raises(Refused, match="because: say why you read it"):
        does(case, NOW, "sup-diaz", sensitive.LookInto)

    does(case, NOW, "sup-diaz", sensitive.LookInto, reason="a complaint")

    assert "looked into, because: a complaint" in [event.words for event in case.log.events]
    assert sensitive.is_open_to(case, staff("sup-diaz"))


def test_a_sensitive_case_is_open_to_those_who_did_something_in_it_and_to_nobody_else():
    case = a_case()
    nurse, other = staff("rn-rivera"), staff("rn-colon")
    assert sensitive.is_open_to(case, nurse)
    case.log.flag(sensitive.SENSITIVE, sensitive.MARKED, NOW)
    assert not sensitive.is_open_to(case, nurse)

    does(case, NOW, "rn-rivera", Note, text="read the order")

    assert sensitive.is_open_to(case, nurse)
    assert not sensitive.is_open_to(case, other)
