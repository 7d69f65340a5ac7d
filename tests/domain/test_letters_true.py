"""A letter names no day that the case does not have, and no line without saying what became of the others."""

from datetime import date

from domain.appeal.acts import DismissAppeal, StateCause
from domain.appeal.deciding import DecideAppeal
from domain.desk.delivery import LetterReturned, SendAgain
from domain.determination.clock_acts import Extend
from domain.determination.decisions import Approve, Deny
from domain.dispute import receipt
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve
from tests.appealing import appeal_of, carried, denied, does, refusal
from tests.builders import a_case, a_line, a_request, at
from tests.disputes import a_dispute, a_filing, a_paper, kinds, noon, passes
from tests.disputes import a_line as disputed
from tests.disputes import denied as refused
from tests.disputes import does as says

RECEIVED = at("2037-03-02 10:00 AST")
NEXT_DAY = at("2037-03-03 10:00 AST")
TWO = [a_line(1, "72148"), a_line(2, "J9271")]
LATE = {"remittance": {"produced_on": "2036-12-20"}}
UPHELD = {"outcome": "upheld", "reason_id": "paid_at_medicare_rate"}


def two_lines(**changes):
    return a_case(a_request(lines=TWO, received_at=RECEIVED, **changes))


def last(case, kind):
    return next(one for one in reversed(case.letters.notices) if one.kind.value == kind)


def of_each(facts, name, *more):
    return [tuple(line[one] for one in ("sequence", *more)) for line in facts[name]]


# Silence


def test_after_silence_that_is_adverse_by_law_the_letter_names_no_time_to_appeal():
    case = carried(a_case(a_request(received_at=RECEIVED)), at("2037-03-10 00:00:01 AST"))
    facts = last(case, "missed_deadline").facts
    assert case.due_at_of(case.clocks["appeal window"]) is None
    assert facts["appeal"]["days"] is None
    assert "through" not in facts["appeal"]


def test_where_the_notice_of_silence_starts_the_time_it_names_the_day_that_the_clock_has():
    case = carried(a_case(a_request(plan="caresource", received_at=RECEIVED)), at("2037-03-10 00:00:01 AST"))
    last_day = case.policy.calendar.day_of(case.due_at_of(case.clocks["appeal window"]))
    assert last(case, "missed_deadline").facts["appeal"]["through"] == last_day.isoformat()


def test_a_missed_deadline_names_its_lines_and_those_still_under_review():
    case = carried(two_lines(), at("2037-03-05 10:00:01 AST"))
    facts = last(case, "missed_deadline").facts
    assert (of_each(facts, "late"), of_each(facts, "still_open")) == ([(2,)], [(1,)])


def test_a_missed_answer_to_an_appeal_names_no_time_where_none_has_begun():
    original = denied("2037-02-09", plan="mcs-life")
    case = carried(appeal_of(original, RECEIVED, plan="mcs-life"), at("2037-05-01 10:00 AST"))
    assert case.due_at_of(case.clocks["next level"]) is None
    assert last(case, "appeal_late").facts["next"]["length"] is None


# Extension and answers


def test_an_extension_says_per_line_until_when_and_which_keep_their_date():
    case = does(two_lines(), NEXT_DAY, "rn-rivera", Extend, until=date(2037, 3, 20), ground="enrollee_asks")
    facts = last(case, "extension").facts
    assert of_each(facts, "by_line", "service", "kept") == [(1, "72148", None), (2, "J9271", "2037-03-05")]
    assert facts["until"] == "2037-03-20"

    one = a_case(a_request(received_at=RECEIVED))
    does(one, NEXT_DAY, "rn-rivera", Extend, until=date(2037, 3, 20), ground="enrollee_asks")
    assert last(one, "extension").facts["by_line"] == []


def test_a_letter_that_came_back_is_not_sent_again_with_a_day_that_has_passed_wherever_it_says_it():
    case = does(two_lines(), NEXT_DAY, "rn-rivera", Extend, until=date(2037, 3, 20), ground="enrollee_asks")
    later = at("2037-03-06 10:00 AST")
    does(case, later, "ic-santos", LetterReturned, notice=1)
    assert "speaks of 2037-03-05 as to come" in refusal(
        case, later, "ic-santos", SendAgain, notice=1, address="x"
    )


def test_an_answer_to_some_lines_names_those_still_under_review():
    case = does(two_lines(), NEXT_DAY, "rn-rivera", Approve, line=2)
    assert of_each(last(case, "determination").facts, "still_open", "service") == [(1, "72148")]
    does(case, NEXT_DAY, "rn-rivera", Approve, line=1)
    assert last(case, "determination").facts["still_open"] == []


# Disputes


def filed(*lines, **changes):
    return a_dispute(a_filing(lines=list(lines), **changes))


def test_what_was_denied_and_what_came_late_are_told_in_one_letter():
    case = filed(refused(1), disputed(2), **LATE)
    assert kinds(case) == ["dispute_acknowledged", "redirect", "forwarded_to_plan"]
    facts = last(case, "redirect").facts
    assert (of_each(facts, "lines"), of_each(facts["late"], "late_lines")) == ([(1,)], [(2,)])
    assert of_each(facts, "others", "outcome") == [(2, "open")]
    last_day = case.policy.calendar.day_of(case.due_at_of(case.clocks["good cause window"]))
    assert facts["late"]["until"] == last_day.isoformat()


def test_a_redirect_in_time_says_nothing_of_being_late():
    case = filed(refused(1), disputed(2))
    facts = last(case, "redirect").facts
    assert facts["late"] is None
    assert "good cause window" not in case.clocks
    assert of_each(facts, "others", "outcome") == [(2, "open")]


def test_a_dismissal_that_leaves_nothing_open_is_told_with_the_answer():
    case = partly_late()
    says(case, "da-torres", Resolve, noon("2037-05-10"), line=2, **UPHELD)
    passes(case, noon("2037-06-20"))
    says(case, "sup-diaz", Dismiss, noon("2037-06-20"), ground="untimely", reason="nothing came")
    assert "dispute_dismissed" not in kinds(case)
    facts = last(case, "dispute_determination").facts
    assert of_each(facts, "lines") == [(1,), (2,)]
    [told] = facts["dismissed"]
    assert (told["ground"], of_each(told, "lines")) == ("untimely", [(1,)])
    assert all(line.told_at for line in case.lines)


def partly_late():
    """Line 1 came late; a corrected remittance gave line 2 a time of its own."""
    case = filed(disputed(1), disputed(2), **LATE)
    receipt.start_filing_window(case, "filing window line 2", a_filing().remittance, (2,), case.received_at)
    return case


def test_a_dismissal_before_the_rest_is_answered_names_what_is_still_under_review():
    case = partly_late()
    passes(case, noon("2037-05-31"))
    says(case, "sup-diaz", DecideGoodCause, noon("2037-05-31"), accepted=False, reason="nothing came")
    facts = last(case, "dispute_dismissed").facts
    assert (of_each(facts, "lines"), of_each(facts, "others", "outcome")) == ([(1,)], [(2, "open")])
    says(case, "da-torres", Resolve, noon("2037-06-01"), line=2, **UPHELD)
    assert of_each(last(case, "dispute_determination").facts, "others", "outcome") == [(1, "dismissed")]


def test_a_dismissal_speaks_of_a_cause_only_when_one_was_stated():
    silent, stated = filed(disputed(1), **LATE), filed(disputed(1), **LATE)
    stated.attached(a_paper("good_cause_statement"), noon("2037-05-10"))
    for case, spoken in ((silent, False), (stated, True)):
        passes(case, noon("2037-05-31"))
        says(case, "sup-diaz", DecideGoodCause, noon("2037-05-31"), accepted=False, reason="no cause")
        assert last(case, "dispute_dismissed").facts["cause_refused"] is spoken


def test_so_does_the_dismissal_of_an_appeal():
    late, answered = at("2037-05-04 09:00 AST"), at("2037-05-20 09:00 AST")
    silent, stated = (appeal_of(denied("2037-02-09"), late) for _ in range(2))
    does(stated, late, "ap-soto", StateCause, words="I was in hospital.")
    for case, spoken in ((silent, False), (stated, True)):
        does(case, answered, "ap-soto", DismissAppeal, ground="untimely")
        facts = last(case, "appeal_dismissed").facts
        assert facts["cause_refused"] is spoken
        assert "cause" not in facts["ground"]


def test_an_answer_to_some_lines_of_an_appeal_names_the_others():
    case = two_lines()
    does(case, NEXT_DAY, "cov-matos", Deny, line=1, reason_id="benefit_limit_reached")
    does(case, NEXT_DAY, "cov-matos", Deny, line=2, reason_id="benefit_limit_reached")
    heard, answered = appeal_of(case, NEXT_DAY), at("2037-03-04 10:00 AST")
    does(heard, answered, "ap-soto", DecideAppeal, line=2, answer="overturned")
    assert of_each(last(heard, "appeal_decision").facts, "still_open") == [(1,)]
