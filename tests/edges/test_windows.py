"""The window of the envelope: every address stands in it, or a person sees to the letter; no sign becomes a box."""

import pytest

from domain.case.sending import NO_ROOM, NO_SIGN, CannotBeSet, Fate, Sending
from domain.desk.delivery import SendAgain
from domain.desk.dispatch import TakeAsSent, take_note
from domain.determination.clock_acts import CorrectRequest, Extend
from domain.parts.queues import ADDRESSES, POST
from domain.terms.notice import SendBy
from domain.terms.people import Language
from domain.view.notices import notices
from tests.appealing import does, refusal
from tests.builders import a_case, a_request, staff
from tests.edges.addresses import LONGEST, boxes
from tests.request_letters import NEXT_DAY, TEMPLATES, determination, letter_of, withdrawal
from worker.adapters.envelope import folded
from worker.adapters.post.fax import FaxFolder
from worker.adapters.post.gateway import WaysOut
from worker.adapters.post.spool import Spool

LEFT, WIDTH, PAPER, MARGIN = 72, 252, 792, 540  # points, as the window lies and the text ends
TOP, FOLD = PAPER - 2.5 * 72, PAPER - 11 * 72 / 3
FLOOR = 8
TOO_WIDE = ("W" * 200, "W" * 200)


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", TEMPLATES)


@pytest.fixture
def ways(spool, tmp_path):
    fax = FaxFolder(tmp_path / "fax")
    return WaysOut(spool, fax, fax)


def to(name, address):
    return letter_of(determination(Language.ENGLISH)).model_copy(update={"name": name, "address": address})


@pytest.mark.parametrize(("name", "address"), LONGEST, ids=[name for name, _ in LONGEST])
def test_the_longest_addresses_stand_in_the_window_and_never_over_the_facts(spool, name, address):
    set_there = boxes(spool.print(to(name, address)))
    begin = next(one for one in set_there if one.baseline < TOP and one.left == LEFT)
    block = [one for one in set_there if FOLD - 3 <= one.baseline <= begin.baseline]
    assert len({one.baseline for one in block}) >= len(folded((name, address)))
    assert all(one.left >= LEFT and one.right <= LEFT + WIDTH and one.size >= FLOOR for one in block)
    facts = max(one.baseline for one in set_there if one.baseline < min(one.baseline for one in block))
    assert min(one.baseline for one in block) - facts > 12, "a line apart at least"


def test_an_address_that_fits_stands_as_it_was_written(spool):
    plain = boxes(spool.print(to("Ana Rivera", "Calle Luna 12, San Juan PR 00901")))
    block = [one for one in plain if FOLD <= one.baseline <= TOP]
    assert [(one.left, one.size) for one in block] == [(LEFT, 12), (LEFT, 12)]


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("Calle Luna 12, San Juan, PR 00901", ["Calle Luna 12", "San Juan, PR 00901"]),
        ("PO Box 1, San Juan PR 00919-1720", ["PO Box 1", "San Juan PR 00919-1720"]),
        (
            "Urb. Sol, 3 Calle A,  Apt 2, Ponce, PR 00717-1320",
            ["Urb. Sol", "3 Calle A", "Apt 2", "Ponce, PR 00717-1320"],
        ),
        ("Hato Rey", ["Hato Rey"]),
    ],
)
def test_a_postal_address_is_folded_part_by_part_with_its_last_line_whole(address, lines):
    assert folded(("Rivera, Ana", address)) == ("Rivera, Ana", *lines)


def test_a_word_that_no_line_could_hold_breaks_wherever_it_stands(spool):
    word = "Nn" * 100
    notice = to(word, "b" * 200)
    facts = {"provider": word, "member": word, "organisation": "MCS"}
    set_there = boxes(spool.print(notice.model_copy(update={"facts": notice.facts | facts})))
    assert max(one.right for one in set_there) <= MARGIN + 0.5


async def test_an_address_that_cannot_be_set_is_for_a_person_and_nothing_lies_in_the_spool(spool, ways):
    notice = to(*TOO_WIDE)
    with pytest.raises(CannotBeSet, match=NO_ROOM):
        await spool.send(notice)
    assert not spool.folder.exists()
    answer = await ways.send(notice)
    assert (answer.fate, answer.why) == (Fate.UNSET, NO_ROOM)


@pytest.mark.parametrize("by", [SendBy.LETTER, SendBy.FAX])
async def test_a_sign_that_no_font_has_is_for_a_person_on_every_way_and_never_a_box(ways, by):
    notice = to("Ana 李 Rivera", "Calle Luna 12").model_copy(update={"by": by, "fax": "787-555-0101"})
    answer = await ways.send(notice)
    assert (answer.fate, answer.why) == (Fate.UNSET, NO_SIGN)


def test_a_sign_that_nobody_sees_parts_no_word_of_a_letter(spool):
    notice = to("Ana Ri\u00advera\u200b", "Calle Lu\u202ena 12")
    facts = notice.facts | {"member": "Mun\u0303oz"}
    text = spool.render(notice.model_copy(update={"facts": facts}))
    assert "Ana Rivera\nCalle Luna 12\n" in text
    assert "Mu\u00f1oz" in text


# What becomes of it in its case


def unset(why):
    """A case, and its letters that cannot be put on paper."""
    case = withdrawn()
    for notice in case.letters.unsent:
        take_note(case, Sending(key=notice.key, fate=Fate.UNSET, why=why), NEXT_DAY)
    return case


def withdrawn():
    return withdrawal(Language.ENGLISH)


def asked(case):
    return [(work.queue, work.due_at) for work in case.work.open]


def test_it_waits_for_a_person_in_the_queue_that_can_mend_it_and_its_clock_runs():
    case = unset(NO_ROOM)
    assert case.may_leave == []
    assert asked(case) == [(ADDRESSES, notice.due_at) for notice in case.letters.notices]
    assert [queue for queue, _ in asked(unset(NO_SIGN))] == [POST, POST]
    shown = notices(case, NEXT_DAY).notices[0]
    assert (shown.state, shown.waits_for) == ("unset", f"somebody who mends it: {NO_ROOM}")
    assert not any(case.request.member.name in event.words for event in case.log.events)


def test_with_the_address_that_was_found_it_is_put_on_paper_again():
    case = unset(NO_ROOM)
    does(case, NEXT_DAY, "ic-santos", SendAgain, notice=1, address="PO Box 1, Ponce PR 00730")
    assert (case.letters.notices[0].address, case.letters.notices[0].sent_at) == (
        "PO Box 1, Ponce PR 00730",
        NEXT_DAY,
    )
    assert len(asked(case)) == 1, "the provider's letter waits on"


def test_a_name_that_was_corrected_stands_in_every_place_of_the_letter():
    case = a_case(member={"name": "Ana 李"})
    Extend(actor=staff("rn-rivera"), until="2037-03-20", ground="enrollee_asks").apply(case, NEXT_DAY)
    for notice in case.letters.unsent:
        take_note(case, Sending(key=notice.key, fate=Fate.UNSET, why=NO_SIGN), NEXT_DAY)
    right = a_request(member={"name": "Ana Li"})
    does(case, NEXT_DAY, "ic-santos", CorrectRequest, request=right, reason="as on the card")
    for number in (1, 2):
        does(case, NEXT_DAY, "ic-santos", SendAgain, notice=number)
    told = [(one.name, one.facts["member"], one.unset_for) for one in case.letters.notices]
    assert told == [("Ana Li", "Ana Li", None), ("Luis Ortiz MD", "Ana Li", None)]
    assert asked(case) == []


def test_what_somebody_sends_by_hand_is_taken_as_sent():
    case = unset(NO_SIGN)
    assert "say what shows that it left" in refusal(case, NEXT_DAY, "ic-santos", TakeAsSent, notice=1)
    does(case, NEXT_DAY, "ic-santos", TakeAsSent, notice=1, reason="written by hand and mailed")
    assert case.letters.notices[0].sent_at == NEXT_DAY
    assert len(asked(case)) == 1
