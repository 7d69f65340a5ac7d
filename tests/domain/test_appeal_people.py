"""Who may decide an appeal, what there is to appeal, and what everybody is told."""

from datetime import date

import pytest

from activities.appeals import Appeals
from config.pack import SHIPPED
from domain.appeal import endings
from domain.appeal.acts import RecordReview
from domain.appeal.appealed import appealed
from domain.appeal.deciding import DecideAppeal
from domain.appeal.endings import POST_FILE
from domain.appeal.linking import AppealOpened
from domain.appeal.receiving import ReceiveAppeal
from domain.appeal.reviewer import require_reviewer
from domain.case.keeping import come_to_rest
from domain.desk.file_made import FileMade
from domain.desk.holds import PutOnHold
from domain.determination.decisions import Approve, Deny, Reduce
from domain.parts.hold import HoldKind
from domain.request.determination import ReasonClass
from domain.terms.notice import Recipient
from domain.terms.people import SYSTEM, Language
from domain.terms.refusals import Misuse, Refused
from tests.appealing import NOT_MET, an_appeal, appeal_of, carried, denied, does, lives, refusal, silent
from tests.builders import a_case, a_request, at, staff
from worker.adapters.post.spool import Spool

# Who may


REFUSED = {
    "whoever decided first": (
        "mcs-classicare",
        "md-ortiz",
        {},
        "had a part in the first answer",
        "422.590(h)(1)",
    ),
    "a nurse": (
        "mcs-classicare",
        "rn-rivera",
        {},
        "may not decide an appeal on medical necessity",
        "422.590(h)(2)",
    ),
    "a coverage specialist": ("mcs-classicare", "cov-matos", {}, "physician", "422.590(h)(2)"),
    "an expired licence": ("mcs-classicare", "md-expired", {}, "no current, unrestricted licence", "422.590"),
    "a restricted licence": (
        "mcs-classicare",
        "md-restricted",
        {},
        "no current, unrestricted licence",
        "422.590",
    ),
    "another specialty in Puerto Rico": ("mcs-life", "md-vega", {}, "needs one in radiology", "26 LPRA 9397"),
    "a nurse in Puerto Rico": ("mcs-life", "rn-rivera", {}, "may not decide an appeal", "26 LPRA 9397(c)(1)"),
    "a nurse in Medicaid": ("caresource", "rn-rivera", {}, "may not decide an appeal", "438.406(b)(2)(ii)"),
    "a nurse under ERISA": ("self-funded-sample", "rn-rivera", {}, "may not decide", "2560.503-1(h)(3)(iii)"),
    "a part of one unit": (
        "mcs-classicare",
        "md-vega",
        {"answer": "in_part", "units": 1},
        "in part lies",
        "",
    ),
    "an unknown line": ("mcs-classicare", "md-vega", {"line": 9}, "has no line 9", ""),
}


@pytest.mark.parametrize(("plan", "who", "words", "because", "source"), REFUSED.values(), ids=REFUSED)
def test_who_may_not_decide_an_appeal_is_refused_with_the_source(plan, who, words, because, source):
    case = appeal_of(denied("2026-02-09", plan=plan), at("2026-03-02 09:00 AST"), plan=plan)

    said = refusal(case, at("2026-03-03 09:00 AST"), who, DecideAppeal, **({"answer": "upheld"} | words))

    assert because in said
    assert source in said


def test_a_physician_whose_field_nobody_knows_is_no_peer():
    case = appeal_of(denied("2026-02-09", plan="mcs-life"), at("2026-03-02 09:00 AST"), plan="mcs-life")
    unknown = staff("md-vega").model_copy(update={"specialty": None})

    with pytest.raises(
        Refused, match="is a specialist in no field on file; this appeal needs one in radiology"
    ):
        require_reviewer(unknown, case, case.lines[0], None, date(2026, 3, 3))


def test_same_specialty_is_not_asked_for_in_medicare_advantage_and_a_similar_one_suffices_in_puerto_rico():
    for plan, who in (("mcs-classicare", "md-vega"), ("mcs-life", "md-cruz")):
        case = appeal_of(denied("2026-02-09", plan=plan), at("2026-03-02 09:00 AST"), plan=plan)
        does(case, at("2026-03-03 09:00 AST"), who, DecideAppeal, answer="overturned")
        assert case.status.code == "A1"


def test_the_file_that_goes_by_post_is_somebodys_work_on_the_day_of_its_letter():
    case = appeal_of(denied("2037-02-09"), at("2037-03-02 09:00 AST"))
    does(case, at("2037-03-03 09:00 AST"), "md-vega", DecideAppeal, answer="upheld")

    [work] = [one for one in case.work.open if one.what == POST_FILE]
    assert (work.queue, work.due_at) == ("appeals", at("2037-03-03 23:59:59 AST"))
    made = {"pages": 12, "sha256": "0" * 64}
    does(case, at("2037-03-03 10:00 AST"), "ap-soto", FileMade, audience="member", **made)
    assert work in case.work.open
    does(case, at("2037-03-03 11:00 AST"), "ap-soto", FileMade, audience="reviewer", **made)
    assert POST_FILE not in {one.what for one in case.work.open}
    elsewhere = appeal_of(denied("2037-02-09", plan="mcs-life"), at("2037-03-02 09:00 AST"), plan="mcs-life")
    does(elsewhere, at("2037-03-03 09:00 AST"), "md-cruz", DecideAppeal, answer="upheld")
    assert POST_FILE not in {one.what for one in elsewhere.work.open}


def test_part_of_it_is_overturned_and_the_rest_goes_on():
    first = a_case(a_request(received_at=at("2026-02-09 09:00 AST"), service="G0299", units=20))
    come_to_rest(first, first.received_at)
    less = {"reason_id": "fewer_units_suffice", "criterion": "home-health-nursing.visits"}
    does(first, at("2026-02-09 10:00 AST"), "md-ortiz", Reduce, units=12, **less)
    case = appeal_of(first, at("2026-03-02 09:00 AST"))
    now = at("2026-03-03 09:00 AST")
    assert "between 13 and 19" in refusal(case, now, "md-vega", DecideAppeal, answer="in_part", units=12)

    does(case, now, "md-vega", DecideAppeal, answer="in_part", units=16)

    assert (case.status.code, case.lines[0].authorization.units) == ("A2", 16)
    assert case.forwarded == [1]
    assert endings.outcome_of(case) == "overturned in part"


# What there is to appeal, and what the first case hears


def test_an_approval_or_an_open_request_cannot_be_appealed_and_a_line_nobody_refused_cannot_be_named():
    now = at("2026-02-09 10:00 AST")
    undecided = a_case(a_request(received_at=now))
    approved = a_case(a_request(received_at=now))
    come_to_rest(approved, now)
    does(approved, now, "rn-rivera", Approve)

    for case, words in ((undecided, "no adverse determination"), (approved, "nothing to appeal")):
        with pytest.raises(Refused, match=words):
            appealed(case, now).refuse_unless_appealable()
    with pytest.raises(Refused, match="nothing against line 7"):
        appealed(denied("2026-02-09"), now).refuse_unless_appealable((7,))


def test_an_appeal_that_comes_again_is_about_the_lines_that_it_names_or_about_all():
    now = at("2026-03-03 09:00 AST")
    line = a_request().lines[0]
    both = (line, line.model_copy(update={"sequence": 2, "service": "72149"}))
    first = a_case(a_request(received_at=at("2026-02-09 09:00 AST"), lines=both))
    come_to_rest(first, first.received_at)
    does(first, at("2026-02-09 10:00 AST"), "md-ortiz", Deny, **NOT_MET, line=1)
    does(first, at("2026-02-09 10:00 AST"), "md-ortiz", Deny, **NOT_MET, line=2)
    case = appeal_of(first, at("2026-03-02 09:00 AST"), lines=(1,))

    def again(*lines):
        sent = an_appeal(first.number, now, lines=lines)
        return ReceiveAppeal(actor=SYSTEM, receipt="APP-AGAIN", appeal=sent).refuse_unless_allowed(case, now)

    again(1)
    for beyond in ((2,), (1, 2), ()):
        with pytest.raises(Refused, match="is not about line 2"):
            again(*beyond)


def opening(received_at):
    number = "APP-2222-2222-2222"
    return AppealOpened(actor=SYSTEM, number=number, received_at=received_at, by="member", lines=(1,))


def opened(case, received_at, now):
    act = opening(received_at)
    act.refuse_unless_allowed(case, now)
    act.apply(case, now)
    come_to_rest(case, now)
    return case


def test_the_first_case_keeps_the_link_and_closes_as_appealed_once_its_calls_are_over():
    case = carried(denied("2026-02-09"), at("2026-03-02 09:00 AST"))

    opened(case, at("2026-03-02 09:00 AST"), at("2026-03-02 10:00 AST"))

    assert case.linked == ["APP-2222-2222-2222"]
    assert (
        opening(at("2026-03-02 09:00 AST")).apply(case, at("2026-03-02 11:00 AST")).endswith("linked already")
    )
    assert case.clocks["appeal window"].satisfied_at == at("2026-03-02 09:00 AST")
    assert case.closed_as == "appealed"


def test_what_was_left_in_silence_is_owed_in_the_appeal_from_then_on():
    case = silent(at("2026-04-20 10:00 AST"), at("2026-09-01 09:00 AST"))

    opened(case, at("2026-09-01 10:00 AST"), at("2026-09-01 10:00 AST"))

    assert (case.closed_as, case.work.open) == ("appealed", [])


def test_an_appeal_says_what_was_answered_first_or_that_nothing_was():
    answered = appeal_of(denied("2026-02-09"), at("2026-03-02 09:00 AST"))
    silence = silent(at("2026-04-20 10:00 AST"), at("2026-09-01 09:00 AST"))
    unanswered = appeal_of(silence, at("2026-09-01 10:00 AST"))

    assert answered.first_answered(answered.lines[0]).startswith("denied by Elena Ortiz")
    assert unanswered.first_answered(unanswered.lines[0]) == "the time ran out in silence"


def test_a_late_appeal_leaves_the_window_of_the_first_case_as_it_was():
    case = denied("2026-02-09")

    opened(case, at("2026-04-16 00:00:00 AST"), at("2026-03-02 10:00 AST"))

    assert case.clocks["appeal window"].is_open
    assert case.linked


class Forgotten:
    """Temporal keeps the case no longer, and the register kept all of it."""

    def __init__(self, *cases):
        self.states = {case.number: case.model_dump_json() for case in cases}

    async def appealed(self, case):
        return None

    async def closed_case(self, case):
        return self.states.get(case)


async def test_what_a_case_decided_long_ago_comes_from_the_register():
    first = carried(denied("2026-02-09"), at("2026-06-01 09:00 AST"))
    assert first.closed_as == "appeal window ended"
    long_ago = Forgotten(first)
    asked = Appeals(long_ago, long_ago)

    original = await asked.appealed(first.number)

    assert original.lines == appealed(first, original.seen_at).lines
    assert original.appeal_by == at("2026-04-15 23:59:59 AST")
    assert original.involved == {"md-ortiz"}
    with pytest.raises(Misuse, match="there is no case"):
        await asked.appealed("PRE-3333-3333-3333")
    with pytest.raises(Misuse, match="is a dispute"):
        await asked.appealed("DIS-3333-3333-3333")


# Letters


def test_every_letter_of_an_appeal_can_be_written_in_both_languages(tmp_path):
    spool = Spool(tmp_path, SHIPPED / "letters")
    told = {}
    for case in lives():
        for notice in case.letters.notices:
            for language in Language:
                text = spool.render(notice.model_copy(update={"language": language}))
                assert case.number in text
                told[notice.kind.value] = text
    assert {kind for kind in told if kind.startswith("appeal_")} == {
        *("appeal_acknowledged", "appeal_form_asked", "appeal_cause_asked", "appeal_decision", "appeal_file"),
        *("appeal_late", "appeal_dismissed", "appeal_vacated", "appeal_reviewed", "appeal_withdrawn"),
    }


@pytest.mark.parametrize(
    ("plan", "who", "because"),
    [
        ("mcs-life", "cov-matos", "may not decide an appeal on medical necessity"),
        ("mcs-life", "md-vega", "this appeal needs one in radiology"),
        ("mcs-classicare", "cov-matos", None),  # elsewhere it is an administrative ground
    ],
)
def test_in_puerto_rico_an_appeal_of_available_here_goes_to_a_peer_as_well(plan, who, because):
    first = denied("2026-02-09", plan=plan)
    answer = first.lines[0].determination
    reason = answer.reason.model_copy(
        update={"id": "available_in_puerto_rico", "reason_class": ReasonClass.AVAILABILITY, "criterion": None}
    )
    first.lines[0].determination = answer.model_copy(update={"reason": reason})
    case, now = appeal_of(first, at("2026-03-02 09:00 AST"), plan=plan), at("2026-03-03 09:00 AST")

    queue = "appeal-review" if plan == "mcs-life" else "appeal-coverage"
    assert queue in {work.queue for work in case.work.open}
    if because is None:
        does(case, now, who, DecideAppeal, answer="overturned")
    else:
        assert because in refusal(case, now, who, DecideAppeal, answer="overturned")
        assert "26 LPRA 9397" in refusal(case, now, who, DecideAppeal, answer="overturned")


@pytest.mark.parametrize(
    ("plan", "source"),
    [
        ("mcs-classicare", "42 CFR 422.566(d)"),
        ("mcs-life", "26 LPRA 9428(b)"),
        ("caresource", "42 CFR 438.210(b)(3)"),
    ],
)
def test_a_nurse_who_would_deny_is_refused_by_the_source_of_the_cases_own_law(plan, source):
    case = a_case(a_request(plan=plan))

    assert source in refusal(case, case.received_at, "rn-rivera", Deny, **NOT_MET)


@pytest.mark.parametrize(
    ("urgency", "answer", "keeps"),
    [
        ("standard", "upheld", False),
        ("standard", "overturned", True),
        ("expedited", "upheld", True),
        ("expedited", "overturned", True),
    ],
)
def test_an_answer_is_told_by_voice_first_where_it_is_for_the_member_or_expedited(urgency, answer, keeps):
    now = at("2026-03-02 10:00 AST")
    case = appeal_of(denied("2026-02-09"), at("2026-03-02 09:00 AST"), urgency=urgency)
    does(case, now, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")  # no letter leaves
    does(case, now, "md-vega", DecideAppeal, answer=answer)
    for told, kept in ((Recipient.PROVIDER, False), (Recipient.MEMBER, keeps)):
        case.told_by_voice(told, now, now)
        assert bool(case.clocks["appeal"].satisfied_at) is kept


def test_what_the_reviewer_reverses_was_announced_when_it_was_announced():
    first = appeal_of(denied("2026-02-09"), at("2026-03-02 09:00 AST"))
    does(first, at("2026-03-03 09:00 AST"), "md-vega", DecideAppeal, answer="upheld")
    [line], then = first.lines, at("2026-03-20 09:00 AST")
    announced = line.announced_at
    does(first, then, "ap-soto", RecordReview, outcome="overturned")
    assert (line.announced_at, line.determination.decided_at) == (announced, then)
