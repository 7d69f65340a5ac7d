"""Letters that came back: nobody read them, no time ran by them, and the one sent again begins it."""

import pytest

from domain.case.keeping import come_to_rest
from domain.case.sending import NO_SIGN, Fate, Sending
from domain.correction.reopening import CorrectAnswer
from domain.desk.delivery import ADDRESSES, LetterDelivered, LetterReturned, SendAgain
from domain.desk.dispatch import take_note
from domain.determination.decisions import Approve, Deny
from domain.dispute.disputed import SECOND_LEVEL
from domain.parts.events import EventKind
from domain.parts.happenings import Reached
from domain.parts.wanting import not_set
from domain.terms.notice import NoticeKind, Recipient
from tests.appealing import does, refusal
from tests.builders import a_case, a_line, a_request, at
from tests.dispute_letters import determined
from tests.request_letters import determination, information_request

NOW = at("2037-03-03 10:00 AST")
BACK = at("2037-03-12 10:00 AST")
AGAIN = at("2037-03-16 09:00 AST")
CLERK = "ic-santos"


def told(plan="mcs-life"):
    """A case with an adverse answer, whose letters left."""
    case = determination("en", plan)
    come_to_rest(case, NOW)
    return case


def last_day(case):
    return case.due_at_of(case.clocks["appeal window"])


def searches(case):
    return [work.what for work in case.work.open if work.queue == ADDRESSES]


def test_the_time_of_a_letter_that_came_back_never_began_and_that_of_the_next_one_begins_with_its_receipt():
    case = told()
    first = last_day(case)

    does(case, BACK, CLERK, LetterReturned, notice=1)
    assert first is not None
    assert last_day(case) is None
    assert case.clocks["appeal window"].is_open
    assert searches(case) == ["letter 1 came back: find the address, and send it again"]

    does(case, AGAIN, CLERK, SendAgain, notice=1, address="Calle Sol 3, Ponce PR 00730")
    assert last_day(case) - first == AGAIN.replace(hour=0) - NOW.replace(hour=0)
    assert searches(case) == []


def test_the_letter_sent_again_is_the_same_letter_under_a_new_key_and_date_to_the_new_address():
    case = does(told(), BACK, CLERK, LetterReturned, notice=1)

    does(case, AGAIN, CLERK, SendAgain, notice=1, address="Calle Sol 3, Ponce PR 00730")

    before, new = case.letters.notices[0], case.letters.notices[-1]
    assert (new.key, new.again_for) == ("PRE-2222-2222-2222-003-determination-member", before.key)
    assert (new.recipient, new.kind, new.name) == (Recipient.MEMBER, NoticeKind.DETERMINATION, before.name)
    assert new.address == "Calle Sol 3, Ponce PR 00730"
    assert new.facts == before.facts | {"dated": "2037-03-16"}
    assert (before.returned_at, new.sent_at) == (BACK, AGAIN)


def test_a_letter_sent_again_goes_where_the_case_says_by_now_when_no_address_is_given():
    case = does(told(), BACK, CLERK, LetterReturned, notice=1)
    member = case.request.member.model_copy(update={"address": "Calle Sol 3, Ponce PR 00730"})
    case.request = case.request.model_copy(update={"member": member})

    does(case, AGAIN, CLERK, SendAgain, notice=1)

    assert case.letters.notices[-1].address == "Calle Sol 3, Ponce PR 00730"


def test_no_duty_is_kept_or_broken_twice_by_a_letter_that_is_sent_again():
    case = does(told(), BACK, CLERK, LetterReturned, notice=1)
    kept = {name: clock.satisfied_at for name, clock in case.clocks.named.items() if name != "appeal window"}

    does(case, AGAIN, CLERK, SendAgain, notice=1)

    after = {name: clock.satisfied_at for name, clock in case.clocks.named.items() if name != "appeal window"}
    assert after == kept
    assert EventKind.BREACHED not in {event.kind for event in case.log.events}


def test_where_the_time_counts_from_the_date_of_the_letter_it_runs_on_until_the_one_sent_again():
    case = told("caresource")
    first = last_day(case)

    does(case, BACK, CLERK, LetterReturned, notice=1)
    assert last_day(case) == first

    does(case, AGAIN, CLERK, SendAgain, notice=1)
    assert last_day(case) - first == AGAIN.replace(hour=0) - NOW.replace(hour=0)


def test_the_providers_copy_that_came_back_moves_no_time_of_the_member():
    case = told()
    first = last_day(case)

    does(case, BACK, CLERK, LetterReturned, notice=2)
    does(case, AGAIN, CLERK, SendAgain, notice=2)

    assert last_day(case) == first
    assert case.letters.notices[-1].recipient is Recipient.PROVIDER


def test_a_dispute_whose_answer_came_back_gives_the_full_time_for_the_second_level_again():
    case = determined("en")
    come_to_rest(case, at("2037-05-10 12:00 PACIFIC"))
    number = next(
        i for i, one in enumerate(case.letters.notices, 1) if one.kind is NoticeKind.DISPUTE_DETERMINATION
    )
    first = case.due_at_of(case.clocks[SECOND_LEVEL])

    does(case, at("2037-05-20 12:00 PACIFIC"), CLERK, LetterReturned, notice=number)
    does(case, at("2037-05-21 12:00 PACIFIC"), CLERK, SendAgain, notice=number)

    assert case.due_at_of(case.clocks[SECOND_LEVEL]) > first


def test_what_came_back_or_was_sent_again_was_not_delivered():
    case = does(told(), BACK, CLERK, LetterReturned, notice=1)
    shown = {"at": BACK, "reason": "the receipt of the post"}
    assert "what came back was not delivered" in refusal(
        case, AGAIN, CLERK, LetterDelivered, notice=1, **shown
    )
    assert last_day(case) is None

    does(case, AGAIN, CLERK, SendAgain, notice=1)
    later = at("2037-03-20 10:00 AST")
    assert "came back" in refusal(case, later, CLERK, LetterDelivered, notice=1, **shown)
    does(case, later, CLERK, LetterDelivered, notice=3)
    assert case.letters.notices[2].delivered_at == later


def test_a_letter_that_was_stopped_and_sent_again_is_named_by_its_new_number():
    case = told()
    repeated = case.letters.notices[0].model_copy(
        update={"key": "again", "again_for": case.letters.notices[0].key}
    )
    case.letters.notices = [*case.letters.notices, repeated]
    assert "sent again, as letter 3" in refusal(case, BACK, CLERK, LetterDelivered, notice=1)


def test_an_earlier_letter_moves_no_time_that_runs_from_a_later_one():
    lines = [a_line(1, "72148"), a_line(2, "72149")]
    case = a_case(a_request(plan="mcs-life", lines=lines))
    does(case, NOW, "cov-matos", Deny, line=1, reason_id="benefit_limit_reached")
    does(case, NOW, "rn-rivera", Approve, line=2)
    against = {"outcome": "denied", "reason_id": "not_covered_benefit", "ground": "clerical_error"}
    does(case, BACK, "dir-luna", CorrectAnswer, line=2, **against, reason="the code was keyed wrong")
    runs_to = last_day(case)
    wrong = {"notice": 1, "at": at("2037-03-04 10:00 AST"), "reason": "the receipt of the post"}
    assert "no time that runs" in refusal(case, AGAIN, CLERK, LetterDelivered, **wrong)
    does(case, AGAIN, CLERK, LetterReturned, notice=1)
    assert last_day(case) == runs_to


@pytest.mark.parametrize(
    ("act", "words", "said"),
    [
        (LetterReturned, {"notice": 9}, "has no letter 9; it has 2"),
        (LetterReturned, {"notice": 0}, "has no letter 0"),
        (LetterReturned, {"notice": 1, "at": at("2037-03-03 09:00 AST")}, "letter 1 left"),
        (SendAgain, {"notice": 1}, "did not come back"),
        (LetterDelivered, {"notice": 2}, "no time that runs"),
    ],
)
def test_what_cannot_have_become_of_a_letter_is_refused(act, words, said):
    reason = {"reason": "the log of the mail room"}
    assert said in refusal(told(), BACK, CLERK, act, **words, **reason)


def test_a_letter_comes_back_once_and_is_sent_again_once():
    case = does(told(), BACK, CLERK, LetterReturned, notice=1)
    assert "came back" in refusal(case, AGAIN, CLERK, LetterReturned, notice=1)

    does(case, AGAIN, CLERK, SendAgain, notice=1)
    assert "sent again already" in refusal(case, AGAIN, CLERK, SendAgain, notice=1)
    does(case, at("2037-03-25 09:00 AST"), CLERK, LetterReturned, notice=3)
    assert searches(case) == ["letter 3 came back: find the address, and send it again"]


def test_a_case_stays_open_until_the_letter_that_came_back_has_gone_out_again():
    case = a_case()
    come_to_rest(case, NOW)
    does(case, NOW, "rn-rivera", Approve)
    does(case, BACK, CLERK, LetterReturned, notice=1)
    for whom in Recipient.MEMBER, Recipient.PROVIDER:
        case.follow(Reached(whom, BACK), BACK)
    come_to_rest(case, BACK)
    assert (case.is_closed, len(searches(case))) == (False, 1)

    does(case, AGAIN, CLERK, SendAgain, notice=1)
    assert case.closed_as == "certified in total"


def test_a_letter_that_was_not_sent_did_not_come_back():
    assert "has not left" in refusal(determination("en"), BACK, CLERK, LetterReturned, notice=1)


def test_a_letter_that_promises_a_day_that_has_passed_is_not_sent_again():
    case = information_request("en")
    come_to_rest(case, NOW)
    case.letters.change(
        case.letters.notices[0].key, facts=case.letters.notices[0].facts | {"until": "2037-03-13"}
    )
    does(case, BACK, CLERK, LetterReturned, notice=1)

    assert "2037-03-13 as to come" in refusal(case, AGAIN, CLERK, SendAgain, notice=1)


def test_a_letter_that_is_put_on_paper_again_ends_the_work_of_mending_it_and_no_other():
    case = determination("en")
    for notice in case.letters.unsent:
        take_note(case, Sending(key=notice.key, fate=Fate.UNSET, why=NO_SIGN), NOW)
    first, second = (not_set(notice) for notice in case.letters.notices)
    before = [work.what for work in case.work.open]
    assert {first, second} < set(before)

    does(case, BACK, CLERK, SendAgain, notice=1)

    assert case.letters.notices[0].sent_at == BACK
    assert [work.what for work in case.work.open] == [what for what in before if what != first]


def test_a_nurse_leaves_returned_letters_to_the_mail_room():
    assert "may not say what became of a letter" in refusal(
        told(), BACK, "rn-rivera", LetterReturned, notice=1
    )
