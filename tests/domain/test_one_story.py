"""Several cases as one story: who belongs to it, in which order, and nothing told twice in the same words."""

from datetime import timedelta

import pytest

from client.reach.chain import MOST, chain_of
from domain.appeal.linking import AppealOpened
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from domain.terms.case_number import case_number
from domain.terms.people import SYSTEM
from domain.view import showing
from domain.view.chain import ShownInChain, belong_together, in_order, neighbours, tell
from tests.appealing import appeal_of, denied, does
from tests.builders import a_case, at, staff

RECEIVED = at("2037-03-02 09:00 AST")


def a_denial_and_its_appeal():
    original = denied("2037-02-09")
    appeal = appeal_of(original, RECEIVED)
    appeal.number = "APP-3333-3333-3333"
    opened = {"number": appeal.number, "received_at": RECEIVED, "by": "member", "lines": (1,)}
    does(original, RECEIVED, "ic-santos", AppealOpened, **opened)
    return original, appeal


def story_of(*cases):
    calendar = cases[0].policy.calendar
    return tell(
        cases[0].number,
        calendar,
        [showing.timeline(case) for case in cases],
        {case.number: case.parent for case in cases},
    )


def sheet(case):
    return showing.sheet(case, case.log.events[-1].recorded_at)


def test_what_came_out_of_a_case_belongs_to_its_story_and_what_is_only_linked_does_not():
    original, appeal = a_denial_and_its_appeal()
    transfer = a_case()
    transfer.number = "REF-3333-3333-3333"
    original.link(transfer.number, "belongs together with", RECEIVED)

    assert neighbours(sheet(original)) == (appeal.number, transfer.number)
    assert belong_together(sheet(original), sheet(appeal))
    assert belong_together(sheet(appeal), sheet(original))
    assert not belong_together(sheet(original), sheet(transfer))


def test_the_number_of_an_authorization_is_a_way_to_its_case():
    case = a_case()
    does(case, case.received_at + timedelta(hours=1), "rn-rivera", Approve)

    [number] = neighbours(sheet(case))

    assert number == case.lines[0].authorization.number


def test_cases_stand_in_the_order_of_receipt_and_of_one_instant_the_one_that_came_out_is_second():
    original, appeal = a_denial_and_its_appeal()
    appeal.received_at = original.received_at

    assert in_order([sheet(appeal), sheet(original)]) == (sheet(original), sheet(appeal))


def test_a_story_is_told_in_the_order_in_which_things_happened_and_each_event_names_its_case():
    original, appeal = a_denial_and_its_appeal()

    told = story_of(original, appeal)

    assert [event.at for event in told.events] == sorted(event.at for event in told.events)
    assert {event.case for event in told.events} == {original.number, appeal.number}
    of_the_original = [event for event in told.events if event.case == original.number]
    assert [event.sequence for event in of_the_original] == sorted(
        event.sequence for event in of_the_original
    )


def test_that_two_cases_belong_together_is_said_once_where_the_later_one_begins():
    original, appeal = a_denial_and_its_appeal()

    words = [event.words for event in story_of(original, appeal).events]

    assert [said for said in words if original.number in said or appeal.number in said] == [
        f"appeal of {original.number} received by fax from the member"
    ]
    alone = [event.words for event in story_of(original).events]
    assert f"appeal opened by the member: {appeal.number}" in alone


def test_a_case_whose_own_words_do_not_say_what_it_came_out_of_is_given_them():
    original, more = denied("2037-02-09"), a_case(received_at=RECEIVED)
    more.number, more.parent = "REF-3333-3333-3333", original.number
    more.link(original.number, "belongs together with", RECEIVED)

    words = [event.words for event in story_of(original, more).events if original.number in event.words]

    assert words == [f"request received by fax from the physician; it came out of {original.number}"]


def an_end_told_twice(by_case, by_authorization):
    """An authorization ended; it says so, and so does the case that issued it."""
    case = a_case()
    does(case, case.received_at + timedelta(hours=1), "rn-rivera", Approve)
    number, now = case.lines[0].authorization.number, case.received_at + timedelta(days=3)
    words = f"{number} ended: cancelled"
    case.log.record(EventKind.AUTHORIZATION_ENDED, words, at=RECEIVED, now=now, by=by_case)
    life = a_case()
    life.number, life.parent, life.log.events = number, case.number, []
    life.log.record(EventKind.AUTHORIZATION_ENDED, words, at=RECEIVED, now=now, by=by_authorization)
    return case, life


@pytest.mark.parametrize(
    ("by_case", "by_authorization", "told_by"),
    [(SYSTEM, SYSTEM, "AUT"), (SYSTEM, staff("ic-santos"), "AUT"), (staff("ic-santos"), SYSTEM, "PRE")],
)
def test_that_an_authorization_ended_is_told_once_by_a_person_if_by_any(by_case, by_authorization, told_by):
    case, life = an_end_told_twice(by_case, by_authorization)

    [end] = [one for one in story_of(case, life).events if one.kind is EventKind.AUTHORIZATION_ENDED]

    assert end.case.startswith(told_by)
    [alone] = [one for one in story_of(case).events if one.kind is EventKind.AUTHORIZATION_ENDED]
    assert alone.case == case.number


def test_what_show_prints_for_programs_grows_by_the_story_and_loses_nothing():
    original, appeal = a_denial_and_its_appeal()
    page = sheet(appeal)

    printed = ShownInChain.of(page.shown, (sheet(original), page)).model_dump()

    chain = printed.pop("chain")
    assert printed == page.shown.model_dump()
    assert [(row["case"], row["parent"]) for row in chain] == [
        (original.number, None),
        (appeal.number, original.number),
    ]
    assert chain[0]["outcome"] is None
    assert chain[1]["due_at"] == page.shown.due_at


class ManyChildren:
    """A desk that knows one case and as many that came out of it."""

    def __init__(self, count):
        first = sheet(a_case())
        numbers = [case_number("APP", index.to_bytes(8, "big")) for index in range(count)]
        children = [
            first.model_copy(
                update={"shown": first.shown.model_copy(update={"case": one, "parent": first.shown.case})}
            )
            for one in numbers
        ]
        shown = first.shown.model_copy(update={"linked": tuple(numbers)})
        self.first = first.model_copy(update={"shown": shown})
        self.pages = {page.shown.case: page for page in (self.first, *children)}

    async def sheet(self, number):
        return self.pages[number]


@pytest.mark.parametrize(("others", "told", "is_cut"), [(MOST - 2, MOST - 1, False), (MOST + 5, MOST, True)])
async def test_a_story_that_is_longer_than_is_looked_up_says_so_and_keeps_the_case_that_was_asked(
    others, told, is_cut
):
    desk = ManyChildren(others)

    chain = await chain_of(desk, desk.first.shown.case)

    assert (len(chain.cases), chain.is_cut) == (told, is_cut)
    assert desk.first.shown.case in chain.numbers
