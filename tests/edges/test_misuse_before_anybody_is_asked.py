"""Misuse that is said in one line before anything is asked of anybody: no server is there."""

import io
import os
import sys

import pytest

from client.authorization import authorizations
from client.desk import calls, casefile, dashboards, finding, shift, tolls, worklist
from client.dispute import disputes
from client.dispute.acts import dispute_sheet
from client.dispute.sheet import ClaimSheet
from client.grievance.grievances import complaint_of
from client.reach import look
from client.reach.batching import Which
from client.reach.cases import Cases
from client.referral.coordination import network_of
from client.staff import login, staff
from client.terminal import asking, last_list, outfile, reading
from client.terminal.options import Acting, Common
from config.access.staff_keys import StaffKeys
from config.home import Home
from domain.terms.case_number import case_number
from domain.terms.notice import Recipient
from domain.terms.refusals import Misuse, Refused
from tests.builders import pack
from tests.builders import staff as person

MEMBER = Recipient.MEMBER
DISPUTE, REQUEST = case_number("DIS", bytes(8)), case_number("PRE", bytes(8))


@pytest.fixture
def acting(tmp_path, monkeypatch):
    """Somebody on a home of one user, with a case that is named."""
    home = Home(tmp_path / "home")
    home.prepare()
    StaffKeys.load_or_generate(home.staff_keys, of_one_user=True).save(home.staff_keys)
    monkeypatch.setenv("PLAZO_HOME", str(home.folder))
    return Acting(as_="sup-diaz")


TOLL = {"which": Which(plan="mcs-classicare")}
MISUSES = [
    # command, its words, the sentence
    (calls.call, ("1",), {"incoming": True}, "a call that came in takes --from and --sheet"),
    (calls.call, ("1",), {"incoming": True, "from_": MEMBER, "to": MEMBER}, "--to is for one that was made"),
    (shift.late, (), {"page": 0}, "page: the first is 1"),
    (worklist.worklist, (), {"page": 0}, "page: the first is 1"),
    (tolls.toll, (), TOLL | {"undo": True}, "authority: name the instrument, with --authority"),
    (tolls.toll, (), TOLL, "window: say whose time is held open, with --window"),
    (authorizations.end, ("1",), {"by": "circumstance"}, "on: say on which day the circumstance came"),
]


@pytest.mark.parametrize(("command", "typed", "words", "sentence"), MISUSES)
async def test_what_is_typed_wrong_is_said_at_once(acting, command, typed, words, sentence):
    with pytest.raises(Misuse, match=sentence):
        await command(*typed, **words, acting=acting)


async def test_a_page_is_counted_from_one_and_something_is_asked_for(acting):
    with pytest.raises(Misuse, match="page: the first is 1"):
        await finding.found_by(None, ["MCS-0001"], acting, page=0)
    with pytest.raises(Misuse, match="find: type what is known"):
        await finding.found_by(None, [], acting)


async def test_a_board_that_stays_is_for_people_and_a_login_for_homes_of_many(acting):
    with pytest.raises(Misuse, match="live: it is for people and JSON for programs"):
        await dashboards.board(live=True, common=Common(json=True))
    with pytest.raises(Misuse, match="this home is one user's own; --as STAFF says who acts"):
        await login.login(common=Common())


def test_standard_output_holds_one_thing_and_nobody_covers_for_themselves():
    with pytest.raises(Misuse, match="standard output holds one thing; give the PDF a file"):
        casefile._refuse_what_cannot_be_written("-", force=False, as_json=True)
    with pytest.raises(Misuse, match="nobody covers for themselves"):
        staff._refuse_who_cannot_cover(person("rn-rivera"), person("rn-rivera"))


@pytest.mark.parametrize(
    ("question", "case", "sentence"),
    [
        (Cases.scripts, DISPUTE, "is a dispute; scripts are for calls about requests and appeals"),
        (network_of, REQUEST, "is a precertification; a network is asked for referral cases"),
        (dispute_sheet, REQUEST, "is a precertification; dispute review is for dispute cases"),
        (complaint_of, REQUEST, "is a precertification; a complaint is what a grievance is about"),
    ],
)
async def test_what_is_asked_of_another_kind_of_case_is_refused_by_its_number_alone(question, case, sentence):
    with pytest.raises(Refused, match=sentence):
        await question(None, case)


@pytest.mark.parametrize("count", [0, 5001])
def test_a_list_of_cases_is_neither_empty_nor_endless(tmp_path, count):
    file = tmp_path / "cases.txt"
    numbers = (case_number("PRE", number.to_bytes(8)) for number in range(count))
    file.write_text("\n".join(numbers), encoding="utf-8")
    with pytest.raises(Misuse, match="cases: a list of one to"):
        assert Which(cases=str(file)).numbers


async def test_a_sheet_of_disputes_stands_alone_is_csv_and_names_files(acting, tmp_path):
    with pytest.raises(Misuse, match="sheet: it says everything itself; give nothing beside it"):
        await disputes.submit("dispute.json", sheet="disputes.csv", acting=acting)
    file = tmp_path / "sheet.csv"
    file.write_text(f"remittance,claim\n{'x' * 131073},PC1", encoding="utf-8")
    with pytest.raises(Misuse, match="sheet: row 2 is not CSV"):
        ClaimSheet(str(file), pack())
    file.write_text(
        "remittance,claim,received,plan\na\x07.835,PC1,2026-06-02 09:15,procare\n", encoding="utf-8"
    )
    sheet = ClaimSheet(str(file), pack())
    with pytest.raises(Misuse, match="remittance: no file can have this name"):
        sheet.incoming(sheet.rows[0])


async def test_a_picture_or_a_text_is_for_people(acting):
    with pytest.raises(Misuse, match="picture: standard output holds one thing"):
        await look.forecast(REQUEST, picture="-", text=True)
    with pytest.raises(Misuse, match="text: it is for people and JSON for programs"):
        await look.forecast(REQUEST, text=True, common=Common(json=True))


def test_a_row_is_of_a_list_that_was_shown_and_old_lists_are_forgotten(acting):
    with pytest.raises(Misuse, match="case: no list was shown here of which this could be a row"):
        last_list.named("1", acting.settings)
    last_list.keep_list([REQUEST], acting.settings)
    [kept] = last_list._path(acting.settings).parent.iterdir()
    older = kept.with_name("older")
    older.write_text("[]", encoding="utf-8")
    os.utime(older, (0, 0))

    last_list.keep_list([DISPUTE, REQUEST], acting.settings)

    assert last_list.named("2", acting.settings) == REQUEST
    assert not older.exists()


def test_a_file_is_read_and_written_where_there_can_be_one(tmp_path):
    with pytest.raises(Misuse, match="no file can have this name"):
        reading.read_text("a\0b")
    with pytest.raises(Misuse, match="cannot be written"):
        outfile.write(str(tmp_path / "none" / "file.pdf"), "out", b"", force=False)
    there = tmp_path / "there.pdf"
    there.write_bytes(b"")
    with pytest.raises(Misuse, match="out: "):
        outfile.write(str(there), "out", b"", force=False)
    there.write_text('{"units": NaN}', encoding="utf-8")
    with pytest.raises(Misuse, match="NaN and Infinity are none"):
        reading.read_json(str(there))


def test_whoever_answers_nothing_has_done_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(Misuse, match="nothing was answered, and nothing was done"):
        asking.ask("Who?")
