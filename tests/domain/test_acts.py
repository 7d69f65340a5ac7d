"""What is refused before it enters the history: one sentence, and the source that the person can look up."""

from datetime import date, timedelta

import pytest

from domain.case.keeping import come_to_rest
from domain.desk.desk import Assign, Attach, Claim, Note, RecordCall, Release, RequestInformation, Withdraw
from domain.determination.clock_acts import CorrectReceipt, CorrectRequest, Downgrade, Expedite, Extend
from domain.determination.decisions import Approve, ConfirmEmergency, Deny, Modify, Reduce, Refer
from domain.request.line import Coverage
from domain.terms.people import Words
from domain.terms.refusals import Refused
from tests.builders import a_case, a_document, a_line, a_request, at, pack, staff

NOW = at("2026-03-05 10:00 AST")
LATE = at("2026-03-11 10:00 AST")  # the case is due at the end of 03-09
RECEIVED = at("2026-03-02 18:41 AST")
CRITERION = next(
    clause.id for table in pack().criteria if "72148" in table.services for clause in table.criterion
)
ON_NECESSITY = {"reason_id": "criteria_not_met", "criterion": CRITERION}


def a_review(**changes):
    return a_case(**({"received_at": RECEIVED} | changes))


def decided():
    case = a_review()
    Approve(actor=staff("rn-rivera"), at=NOW - timedelta(hours=1)).apply(case, NOW - timedelta(hours=1))
    return case


def closed():
    case = a_review()
    case.closed_as = "certified in total"
    return case


def referred():
    case = a_review()
    Refer(actor=staff("rn-rivera")).apply(case, RECEIVED)
    return case


def withdrawn():
    case = a_review()
    case.withdrawn = True
    return case


def not_covered():
    case = a_review()
    case.coverage = Coverage(eligible=False, covered=True, because="coverage ended on 2026-02-28")
    return case


def two_lines():
    first = a_request().lines[0].model_dump(mode="json")
    return a_review(lines=[first, first | {"sequence": 2}])


def three_units():
    return a_review(units=3)


def spanish():
    return a_review(member={"language": "es"})


def part_b_drug():
    return a_review(service="J0178")


def expedited_by(who):
    return lambda: a_review(urgency="expedited", requested_by=who)


def extended():
    case = a_review()
    extend(notice_sent_at=NOW).apply(case, NOW)
    return case


def extension_asked():
    case = a_review()
    extend().apply(case, NOW)
    return case


def drug_left():
    """The MRI is decided; of the two only the drug waits, which no extension is given for."""
    case = a_review(lines=[a_line(1, "72148"), a_line(2, "J9271")])
    Approve(actor=staff("rn-rivera"), line=1).apply(case, NOW)
    come_to_rest(case, NOW)
    return case


def act(kind, who="rn-rivera", **words):
    return kind(actor=staff(who), **words)


def extend(**words):
    words = {"until": date(2026, 3, 20), "ground": "enrollee_asks"} | words
    return act(Extend, **words)


def the_request(**changes):
    return a_request(**({"received_at": RECEIVED} | changes))


REFUSALS = [
    # case, act, the sentence, its source
    (closed, act(Note, text="called back"), "is closed (certified in total)", ""),
    # approve
    (
        a_review,
        act(Approve, "ic-santos"),
        "Noemí Santos (Intake clerk) may not approve; nurse or",
        "42 CFR 422.566(d)",
    ),
    (two_lines, act(Approve), "has 2 lines; name one with --line", ""),
    (two_lines, act(Approve, line=3), "has no line 3", ""),
    (
        decided,
        act(Approve),
        "line 1 is already approved; a decided line is not decided again",
        "42 CFR 422.138(c)",
    ),
    (referred, act(Approve), "line 1 was referred to a physician", "plan policy"),
    (withdrawn, act(Approve), "has no request left to decide", ""),
    (not_covered, act(Approve), "coverage is not shown (coverage ended on 2026-02-28)", ""),
    # refer
    (a_review, act(Refer, "cov-matos"), "may not refer to a physician", "42 CFR 422.566(d)"),
    (referred, act(Refer), "already with a physician", ""),
    # deny
    (
        a_review,
        act(Deny, **ON_NECESSITY),
        "Carmen Rivera (Utilization review nurse) may not deny",
        "42 CFR 422.566(d)",
    ),
    (a_review, act(Deny, "md-ortiz", reason_id=""), "gives its reason", "42 CFR 422.568(e)"),
    (
        a_review,
        act(Deny, "md-ortiz", reason_id="too_dear"),
        "reason: the pack knows",
        "closed list of the pack",
    ),
    (
        a_review,
        act(Deny, "md-ortiz", reason_id="criteria_not_met"),
        "on medical necessity cites one",
        "42 CFR 422.568(e)",
    ),
    (
        a_review,
        act(Deny, "md-ortiz", reason_id="criteria_not_met", criterion="no-such-clause"),
        "criterion: line 1 is reviewed under",
        "",
    ),
    (a_review, act(Deny, "md-restricted", **ON_NECESSITY), "licence is restricted", "42 CFR 422.566(d)"),
    (a_review, act(Deny, "md-expired", **ON_NECESSITY), "licence expired on 2025-06-30", "42 CFR 422.566(d)"),
    (decided, act(Deny, "md-ortiz", **ON_NECESSITY), "is already approved", "42 CFR 422.138(c)"),
    (
        a_review,
        act(Deny, reason_id="not_covered_benefit"),
        "may not deny on an administrative ground",
        "42 CFR 422.566(b)",
    ),
    (
        spanish,
        act(Deny, "md-ortiz", **ON_NECESSITY, words=Words(en="It does not help you.")),
        "give the words of the letter in Spanish too",
        "24 LPRA 3055",
    ),
    # reduce and modify
    (
        three_units,
        act(Reduce, units=1, **ON_NECESSITY),
        "may not deny or reduce on medical necessity",
        "42 CFR 422.566(d)",
    ),
    (three_units, act(Reduce, "md-ortiz", units=0, **ON_NECESSITY), "between 1 and 2", ""),
    (three_units, act(Reduce, "md-ortiz", units=3, **ON_NECESSITY), "between 1 and 2", ""),
    (three_units, act(Reduce, "md-ortiz", units=-1, **ON_NECESSITY), "between 1 and 2", ""),
    (a_review, act(Reduce, "md-ortiz", units=1, **ON_NECESSITY), "one unit cannot be reduced", ""),
    (a_review, act(Modify, service="72149", **ON_NECESSITY), "may not deny or reduce", "42 CFR 422.566(d)"),
    (a_review, act(Modify, "md-ortiz", service="72148", **ON_NECESSITY), "names another service", ""),
    # extend
    (
        a_review,
        extend(ground="we_are_busy"),
        "ground: ma-standard knows enrollee_asks, exceptional",
        "422.568(b)(2)(i)",
    ),
    (
        a_review,
        extend(until=date(2026, 3, 24)),
        "until: at most Mon 23 Mar 2026 23:59 AST",
        "422.568(b)(2)(i)",
    ),
    (
        a_review,
        extend(until=date(2026, 3, 9)),
        "not later than the due date Mon 9 Mar 2026 23:59",
        "422.568(b)(2)(i)",
    ),
    (a_review, extend(notice_sent_at=NOW + timedelta(hours=1)), "lies in the future", ""),
    (part_b_drug, extend(), "ma-part-b-drug allows no extension", "422.568(b)(3): no extension"),
    (drug_left, extend(), "ma-part-b-drug allows no extension", "422.568(b)(3): no extension"),
    (extended, extend(until=date(2026, 3, 22)), "was extended once already", "422.568(b)(2)(i)"),
    (extension_asked, extend(), "already asked for; its notice is on its way", ""),
    (decided, extend(), "has no answer left to give more time for", ""),
    (
        a_review,
        act(Extend, "ic-santos", until=date(2026, 3, 20), ground="enrollee_asks"),
        "may not extend",
        "422.568",
    ),
    # urgency
    (expedited_by("physician"), act(Expedite, "ic-santos", asked_by="physician"), "is expedited already", ""),
    (decided, act(Expedite, "ic-santos", asked_by="physician"), "has been decided", ""),
    (a_review, act(Downgrade), "is not waiting as an expedited request", ""),
    (expedited_by("physician"), act(Downgrade), "a physician stated the urgency", "42 CFR 422.570"),
    (expedited_by("member"), act(Downgrade, "ic-santos"), "may not refuse to expedite", "42 CFR 422.570"),
    # corrections
    (
        a_review,
        act(CorrectReceipt, "ic-santos", received_at=NOW),
        "reason: a correction says why",
        "plan policy",
    ),
    (
        a_review,
        act(CorrectReceipt, received_at=NOW, reason="stamp"),
        "may not correct; intake or supervisor",
        "",
    ),
    (
        a_review,
        act(CorrectReceipt, "ic-santos", received_at=NOW + timedelta(seconds=1), reason="stamp"),
        "nothing was received in the future",
        "",
    ),
    (a_review, act(CorrectReceipt, "ic-santos", received_at=RECEIVED, reason="stamp"), "already has", ""),
    (
        a_review,
        act(CorrectReceipt, "ic-santos", received_at=at("2024-12-31 23:59 AST"), reason="stamp"),
        "no timeframes for a receipt before 2025-01-01",
        "",
    ),
    (
        a_review,
        act(CorrectRequest, "ic-santos", request=the_request()),
        "a correction says why",
        "plan policy",
    ),
    (
        a_review,
        act(CorrectRequest, "ic-santos", request=the_request(plan="mcs-life"), reason="wrong plan"),
        "another line of business takes another policy",
        "",
    ),
    (
        two_lines,
        act(CorrectRequest, "ic-santos", request=the_request(), reason="one line too many"),
        "a correction keeps the lines",
        "",
    ),
    (
        a_review,
        act(CorrectRequest, "ic-santos", request=the_request(service="J0178"), reason="wrong code"),
        "runs on another clock",
        "",
    ),
    (
        decided,
        act(CorrectRequest, "ic-santos", request=the_request(units=2), reason="two units"),
        "line 1 is decided and stays as it was asked",
        "",
    ),
    # at the desk
    (a_review, act(Claim), "nothing waits for Carmen Rivera here; open queues: none", ""),
    (a_review, act(Release), "Carmen Rivera holds no work", ""),
    (
        a_review,
        act(Assign, to=staff("rn-colon")),
        "may not assign work; supervisor or medical director",
        "plan policy",
    ),
    (
        a_review,
        act(Assign, "sup-diaz", to=staff("rn-colon")),
        "no open work of PRE-2222-2222-2222 suits Luis",
        "",
    ),
    (
        a_review,
        act(Attach, document=a_document("d-2", shoe_size=44)),
        "no criterion of this case asks for it",
        "",
    ),
    (a_review, act(RequestInformation, items=()), "names what it asks for", ""),
    (decided, act(RequestInformation, items=("a study",)), "there is nothing to ask for", ""),
    (spanish, act(RequestInformation, items=("a study",)), "name the items in Spanish too", "24 LPRA 3055"),
    (decided, act(Withdraw, "ic-santos"), "there is nothing left to withdraw", ""),
    (a_review, act(ConfirmEmergency, confirmed=True), "has no emergency to confirm", ""),
    (
        a_review,
        act(ConfirmEmergency, "ic-santos", confirmed=True),
        "may not confirm an emergency",
        "24 LPRA 3046",
    ),
]


@pytest.mark.parametrize(("a_new_case", "said", "sentence", "source"), REFUSALS)
def test_it_is_refused_with_one_sentence_and_its_source_and_nothing_changes(
    a_new_case, said, sentence, source
):
    case = a_new_case()
    before = case.model_copy(deep=True)

    with pytest.raises(Refused) as refused:
        said.refuse_unless_allowed(case, NOW)

    assert sentence in refused.value.sentence
    assert source in refused.value.source
    assert "\n" not in str(refused.value)
    assert case == before


TAKEN = [
    # case, act, what the case says
    (a_review, act(Approve), "line 1 approved"),
    (two_lines, act(Approve, line=2), "line 2 approved"),
    (a_review, act(Refer), "line 1 referred to a physician"),
    (referred, act(Approve, "md-ortiz"), "line 1 approved"),
    (a_review, act(Deny, "md-ortiz", **ON_NECESSITY), "line 1 denied"),
    (a_review, act(Deny, "cov-matos", reason_id="not_covered_benefit"), "line 1 denied"),
    (spanish, act(Deny, "md-ortiz", **ON_NECESSITY), "line 1 denied"),
    (three_units, act(Reduce, "md-ortiz", units=2, **ON_NECESSITY), "line 1 partial"),
    (three_units, act(Reduce, "md-ortiz", units=1, **ON_NECESSITY), "line 1 partial"),
    (a_review, act(Modify, "md-ortiz", service="72149", **ON_NECESSITY), "line 1 modified"),
    (a_review, extend(until=date(2026, 3, 23)), "extension asked for"),
    (a_review, extend(until=date(2026, 3, 10), notice_sent_at=NOW), "extension recorded"),
    (a_review, act(Expedite, "ic-santos", asked_by="physician"), "expedited at the word of the physician"),
    (expedited_by("member"), act(Downgrade), "expedite refused"),
    (
        a_review,
        act(CorrectReceipt, "ic-santos", received_at=at("2026-03-03 08:15 AST"), reason="stamp"),
        "receipt corrected from Mon 2 Mar 2026 18:41 AST to Tue 3 Mar 2026 08:15 AST",
    ),
    (a_review, act(CorrectReceipt, "ic-santos", received_at=NOW, reason="stamp"), "receipt corrected"),
    (
        a_review,
        act(CorrectReceipt, "sup-diaz", received_at=at("2025-01-01 00:00 AST"), reason="stamp"),
        "receipt corrected",
    ),
    (
        a_review,
        act(CorrectRequest, "ic-santos", request=the_request(units=2), reason="two units"),
        "request corrected",
    ),
    (a_review, act(Withdraw, "ic-santos"), "withdrawn"),
    (a_review, act(Note, text="the member called"), "noted"),
    (a_review, act(Attach, document=a_document("d-2")), "clinical note attached"),
    (a_review, act(RequestInformation, items=("the last study",)), "asked for: the last study"),
]


@pytest.mark.parametrize(("a_new_case", "said", "sentence"), TAKEN)
def test_it_is_taken_and_answered_with_one_sentence(a_new_case, said, sentence):
    case = a_new_case()

    said.refuse_unless_allowed(case, NOW)

    assert said.apply(case, NOW).startswith(sentence)


def note(when, reason=""):
    return act(Note, text="called", at=when, reason=reason)


def paper(when, reason=""):
    return act(Attach, document=a_document("d-2").model_copy(update={"received_at": when}), reason=reason)


SECOND = timedelta(seconds=1)
FAR = timedelta(hours=72)
MUCH_LATER = RECEIVED + timedelta(days=6)

INSTANTS = [
    # what happened when, recorded when, with which reason, the refusal
    (NOW, NOW, "", None),
    (NOW + SECOND, NOW, "", "lies in the future"),
    (NOW + timedelta(seconds=0.9), NOW, "", None),  # instants are whole seconds
    (RECEIVED, NOW, "", None),
    (RECEIVED - SECOND, NOW, "", "is before the receipt of the case"),
    (MUCH_LATER - FAR + SECOND, MUCH_LATER, "", None),
    (MUCH_LATER - FAR, MUCH_LATER, "", None),
    (MUCH_LATER - FAR - SECOND, MUCH_LATER, "", "this long after it happened needs a reason"),
    (MUCH_LATER - FAR - SECOND, MUCH_LATER, "found in the tray", None),
]


@pytest.mark.parametrize("made", [note, paper], ids=["an act", "a paper"])
@pytest.mark.parametrize(("happened", "recorded", "reason", "refusal"), INSTANTS)
def test_an_act_happens_after_the_receipt_and_not_in_the_future(made, happened, recorded, reason, refusal):
    said = made(happened, reason)

    if refusal is None:
        said.refuse_unless_allowed(a_review(), recorded)
        return
    with pytest.raises(Refused, match=refusal):
        said.refuse_unless_allowed(a_review(), recorded)


DUE = at("2026-03-09 23:59:59 AST")
CALL = {"to": "member", "reached": True}

SUPERVISOR, PHYSICIAN = staff("sup-diaz"), staff("md-ortiz")


def receipt(when, who="ic-santos"):
    return act(CorrectReceipt, who, received_at=at(when), reason="the stamp on the fax")


LATE_INTO_TIMELY = [
    # act, recorded two days after the due date: does a supervisor have to record or confirm it?
    (act(Approve, at=DUE), True),
    (act(Approve, at=DUE + SECOND), False),
    (act(Approve), False),
    (act(Approve, at=DUE, confirmed_by=SUPERVISOR), False),
    (act(Approve, at=DUE, confirmed_by=PHYSICIAN), True),
    (act(Deny, "md-ortiz", **ON_NECESSITY, at=DUE), True),
    (act(Deny, "md-ortiz", **ON_NECESSITY, at=DUE, confirmed_by=SUPERVISOR), False),
    (act(RecordCall, "ic-santos", **CALL, at=DUE), True),
    (act(RecordCall, "sup-diaz", **CALL, at=DUE), False),
    (act(Withdraw, "ic-santos", at=DUE), True),
    (act(Withdraw, "ic-santos", at=DUE, confirmed_by=SUPERVISOR), False),
    # a true receipt of 03-04 is due on 03-11, which has not passed
    (receipt("2026-03-04 00:00 AST"), True),
    (receipt("2026-03-04 00:00 AST", "sup-diaz"), False),
    (receipt("2026-03-03 23:59 AST"), False),
    (receipt("2026-03-01 08:15 AST"), False),
    # what does not answer the clock needs nobody
    (act(Note, text="called", at=DUE), False),
]


@pytest.mark.parametrize(("said", "needs"), LATE_INTO_TIMELY)
def test_what_turns_late_into_timely_is_recorded_or_confirmed_by_a_supervisor(said, needs):
    if not needs:
        said.refuse_unless_allowed(a_review(), LATE)
        return
    with pytest.raises(Refused, match="turn a late answer into a timely one") as refused:
        said.refuse_unless_allowed(a_review(), LATE)
    assert refused.value.source == "plan policy, rule of three instants"


def test_an_earlier_receipt_in_the_old_year_gives_14_days_and_turns_late_into_timely_too():
    case = a_review(received_at=at("2026-01-01 00:10 AST"))

    with pytest.raises(Refused, match="supervisor"):
        receipt("2025-12-31 23:50 AST").refuse_unless_allowed(case, at("2026-01-10 09:00 AST"))

    receipt("2025-12-31 23:50 AST").refuse_unless_allowed(case, at("2026-01-08 09:00 AST"))


def test_an_extension_whose_notice_left_in_time_is_keyed_late_only_by_a_supervisor():
    late = {"notice_sent_at": DUE, "until": date(2026, 3, 20)}

    with pytest.raises(Refused, match="a supervisor records or confirms it"):
        extend(**late).refuse_unless_allowed(a_review(), LATE)

    extend(**late, confirmed_by=staff("sup-diaz")).refuse_unless_allowed(a_review(), LATE)
    with pytest.raises(Refused, match="too late to extend"):
        extend(until=date(2026, 3, 20)).refuse_unless_allowed(a_review(), LATE)


def test_puerto_rico_extends_on_the_last_day_once_and_not_on_the_day_after():
    """P8: received on 2026-09-10, due at the end of 09-25."""
    case = a_review(plan="mcs-life", received_at=at("2026-09-10 09:00 AST"))
    asked = act(Extend, until=date(2026, 10, 10), ground="beyond_control")
    last_day, day_after = at("2026-09-25 23:59:59 AST"), at("2026-09-26 00:00:00 AST")

    with pytest.raises(Refused, match="too late to extend"):
        asked.refuse_unless_allowed(case, day_after)
    asked.refuse_unless_allowed(case, last_day)
    asked.apply(case, last_day)
    come_to_rest(case, last_day)

    assert case.due_at == at("2026-10-10 23:59:59 AST")
    with pytest.raises(Refused, match="once is all it allows"):
        asked.refuse_unless_allowed(case, at("2026-09-28 10:00 AST"))


def test_refusing_to_expedite_after_the_72_hours_have_passed_takes_a_supervisor():
    case = expedited_by("member")()
    too_late = at("2026-03-06 10:00 AST")

    act(Downgrade).refuse_unless_allowed(case, at("2026-03-05 18:41 AST"))
    with pytest.raises(Refused, match="turn a late answer into a timely one"):
        act(Downgrade).refuse_unless_allowed(case, too_late)

    act(Downgrade, confirmed_by=SUPERVISOR).refuse_unless_allowed(case, too_late)


def test_a_paper_sent_twice_is_attached_once():
    case = a_review()
    attach = act(Attach, document=a_document("d-2"))

    attach.apply(case, NOW)
    again = attach.apply(case, NOW)

    assert again == "d-2 was attached before; nothing changed"
    assert [document.id for document in case.papers.documents].count("d-2") == 1


def test_of_two_papers_that_answer_one_question_the_one_that_came_last_is_believed():
    case = a_review()
    for name, received, weeks in [("new", NOW, 8), ("old", RECEIVED, 2)]:
        document = a_document(name, weeks=weeks).model_copy(update={"received_at": received})
        case.attached(document, NOW)

    assert case.facts["weeks"].value == 8


def test_work_taken_by_one_nurse_is_not_taken_by_another():
    case = a_review()
    case.need("nurse-review", "review", NOW)
    act(Claim).apply(case, NOW)

    with pytest.raises(Refused, match="nurse-review is already with rn-rivera"):
        act(Claim, "rn-colon").refuse_unless_allowed(case, NOW)

    act(Release).apply(case, NOW)
    act(Claim, "rn-colon").refuse_unless_allowed(case, NOW)


def test_a_wrong_check_digit_is_no_reason_to_refuse_and_is_looked_at_twice():
    case = a_review(requesting_provider={"name": "Luis Ortiz MD", "npi": "1234567890"})
    assert case.warnings == ["the check digit of NPI 1234567890 is wrong"]
