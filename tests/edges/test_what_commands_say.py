"""What commands say to a case, and what they print: called in this process, with nobody behind them."""

import inspect
import json
from datetime import UTC, date, datetime

import pytest

from client.appeal import acts as appeals
from client.appeal import appeals as appeals_in
from client.concurrent import concurrent
from client.desk import dispatch, notices
from client.dispute import correcting, render
from client.dispute import disputes as disputes_in
from client.dispute.sheet import RowResult
from client.intake.words import value_of
from client.policy.reasons import reasons
from client.referral import coordination, referral
from client.review import clock_acts, correct, decisions, peer_to_peer, precert, second_thoughts
from client.staff import tokens
from client.terminal.options import Common
from config.access import staff
from config.access.staff_keys import StaffKeys
from config.access.tokens import Verifier
from config.home import Home
from domain.appeal.acts import AcceptCause, DismissAppeal, GiveEffect, GoFurther, ReceiveForm, StateCause
from domain.concurrent.acts import GoOn
from domain.correction.correcting import CorrectPart, Part
from domain.correction.entered_in_error import RecordRecall
from domain.desk.delivery import LetterReturned
from domain.desk.dispatch import TakeAsSent
from domain.determination.clock_acts import CorrectReceipt, CorrectRequest, Expedite
from domain.determination.decisions import ConfirmEmergency
from domain.determination.peer_to_peer import RecordPeerToPeer
from domain.dispute.acts import Resolve
from domain.referral.acts import EndAuthorization, LookAgain
from domain.referral.coordination_acts import ChoosePlace
from domain.terms.refusals import Misuse
from domain.view.dispute_showing import dispute_sheet
from tests.builders import ROOT, a_request, at, pack
from tests.disputes import a_dispute, a_filing, a_line, denied, does, noon, papers

BECAUSE = {"because": "a slip"}
TAMPA = {"city": "Tampa", "state": "FL"}


@pytest.fixture
def said(monkeypatch):
    """What is said to a case, in the place of saying it."""
    heard = []

    async def do(case, acting, act, **words):
        heard.append((case, act, words))
        return 0

    async def when(case, text, settings, field):
        return at(f"{text} AST")

    for module in SAYING:
        monkeypatch.setattr(module, "do", do)
    monkeypatch.setattr(correct, "when", when)
    return heard


SAYING = (
    *(appeals, correct, dispatch, notices, concurrent, coordination, referral, clock_acts, decisions),
    *(peer_to_peer, second_thoughts),
)
NEW_DIAGNOSIS = {"part": Part.LINE, "fields": {"service": "72149"}, "line": 1, "diagnosis": "M54.16"}


@pytest.mark.parametrize(
    ("command", "words", "act", "says"),
    [
        (appeals.form, {}, ReceiveForm, {}),
        (appeals.good_cause, {"accept": True} | BECAUSE, AcceptCause, {"reason": "a slip"}),
        (appeals.good_cause, {"stated": "FILE"}, StateCause, {"words": "The mail room had burned down."}),
        (appeals.dismiss, {"ground": "no_standing"}, DismissAppeal, {"ground": "no_standing"}),
        (appeals.further, {}, GoFurther, {}),
        (dispatch.sent, {"notice": 2} | BECAUSE, TakeAsSent, {"notice": 2, "reason": "a slip"}),
        (notices.returned, {"notice": 2}, LetterReturned, {"notice": 2}),
        (concurrent.go_on, BECAUSE, GoOn, {"reason": "a slip"}),
        (coordination.place, TAMPA, ChoosePlace, {"place": TAMPA}),
        (referral.recheck, {}, LookAgain, {}),
        (referral.end, {}, EndAuthorization, {}),
        (clock_acts.expedite, {"asked_by": "physician"}, Expedite, {"asked_by": "physician"}),
        (decisions.emergency, {"confirmed": False}, ConfirmEmergency, {"confirmed": False}),
        (peer_to_peer.missed, {}, RecordPeerToPeer, {"line": None, "outcome": "missed", "said": ""}),
        (second_thoughts.recalled, BECAUSE, RecordRecall, {"reason": "a slip"}),
        (appeals.effect, {"line": "1,3-4"}, GiveEffect, {"line": (1, 3, 4)}),
        (
            correct.received,
            {"at": "2037-03-02 18:41"} | BECAUSE,
            CorrectReceipt,
            {"received_at": at("2037-03-02 18:41 AST"), "reason": "a slip"},
        ),
        (
            correct.code,
            {"service": "72149", "line": 1, "diagnosis": "M54.16"} | BECAUSE,
            CorrectPart,
            NEW_DIAGNOSIS | {"reason": "a slip"},
        ),
    ],
)
async def test_a_command_says_one_act_in_the_words_that_were_typed(said, tmp_path, command, words, act, says):
    file = tmp_path / "words.txt"
    file.write_text("The mail room had burned down.", encoding="utf-8")
    typed = {name: str(file) if word == "FILE" else word for name, word in words.items()}
    positional = [name for name, one in inspect.signature(command).parameters.items() if one.kind == 0][1:]

    assert await command("1", *(typed.pop(name) for name in positional if name in typed), **typed) == 0

    assert said == [("1", act, says)]


async def test_a_request_is_corrected_as_a_whole_from_a_file(said, tmp_path):
    file, right = tmp_path / "request.json", a_request(units=2)
    file.write_text(right.model_dump_json(exclude_none=True), encoding="utf-8")

    await correct.request("1", str(file), **BECAUSE)

    assert said == [("1", CorrectRequest, {"request": right, "reason": "a slip"})]


@pytest.mark.parametrize("typed", [{}, {"stated": "-", "accept": True}])
async def test_a_good_cause_is_stated_or_accepted_and_one_of_the_two(said, typed):
    with pytest.raises(Misuse, match="give either --stated FILE or --accept"):
        await appeals.good_cause("1", **typed)
    assert not said


# Staff


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with keys, and a pack with a staff file of its own."""
    policy = tmp_path / "policy"
    policy.mkdir()
    (policy / staff.STAFF_FILE).write_bytes((ROOT / "policy" / staff.STAFF_FILE).read_bytes())
    monkeypatch.setenv("PLAZO_POLICY", str(policy))
    home = Home(tmp_path / "home")
    home.prepare()
    StaffKeys.generate().save(home.staff_keys)
    return Common(home=home.folder)


ROSA = {"name": 'Rosa "Chiqui" Vega', "title": "Nurse", "organisation": "UM", "role": ("nurse",)}


async def test_who_is_added_to_the_staff_is_read_as_they_were_typed_and_only_once(home, capsys):
    await tokens.add("rn-new", **ROSA, licence="PR/MD-20031/2045-12-31", plan=("mcs-life",), common=home)

    row = staff.row(home.settings.policy, "rn-new")
    assert (row.name, row.plans, row.roles) == (ROSA["name"], frozenset({"mcs-life"}), frozenset({"nurse"}))
    assert (row.licence.number, row.licence.expires_on) == ("MD-20031", date(2045, 12, 31))
    assert "rn-new is on the staff" in capsys.readouterr().out
    with pytest.raises(Misuse, match="there is somebody called rn-new already"):
        await tokens.add("rn-new", **ROSA, common=home)


async def test_a_token_is_kept_to_plans_that_its_bearer_works_for(home, capsys):
    await tokens.add("rn-new", **ROSA, plan=("mcs-life", "caresource"), common=home)
    capsys.readouterr()

    await tokens.token("rn-new", plan=("mcs-life",), common=home)
    keys = StaffKeys.load(Home(home.settings.home).staff_keys)
    one = Verifier(lambda: keys).verify(capsys.readouterr().out.strip(), datetime.now(UTC))
    assert one.plans == frozenset({"mcs-life"})
    with pytest.raises(Misuse, match="plan: rn-new does not work for mcs-classicare"):
        await tokens.token("rn-new", plan=("mcs-classicare", "mcs-life"), common=home)
    for hours in (0, tokens.LONGEST + 1):
        with pytest.raises(Misuse, match="hours: from 1 to 744"):
            await tokens.token("rn-new", hours=hours, common=home)


# What is printed


async def test_the_reasons_of_a_service_are_printed_with_their_words_in_both_languages(capsys):
    await reasons("72148")
    out = capsys.readouterr().out

    assert "lumbar-mri.too-early" in out
    assert "criterion lumbar-mri." in out
    assert ", any service" in out
    assert "version " in out


def printed(case, capsys):
    render.dispute(dispute_sheet(case))
    return capsys.readouterr().out


def test_a_dispute_is_printed_with_what_is_missing_late_and_answered(capsys):
    whole = [{"group": "CO", "reason": "45", "amount": "10.00"}]
    late = a_dispute(
        a_filing(
            remittance={"produced_on": "2036-12-01"},
            claim={"adjustments": whole, "said_elsewhere": ["PLB takes 40.00 back"]},
            documents=papers("original_claim"),
            good_cause="The mail room had burned down.",
        )
    )
    answered = a_dispute(lines=[a_line(1), denied(2)])
    words = {"line": 1, "outcome": "overturned", "reason_id": "fee_schedule_misread"}
    does(answered, "da-torres", Resolve, noon("2037-05-05"), **words)

    out = printed(late, capsys)
    assert "; late: line 1" in out
    assert "adjusted on the whole claim by CO 45 10.00" in out.replace("CO-45", "CO 45")
    assert "look at: PLB takes 40.00 back" in out
    assert "good cause: " in out
    assert "missing: " in out
    assert "overturned, 120.00 more paid [Iván Torres" in printed(answered, capsys)


@pytest.mark.parametrize(
    ("schema", "field"),
    [
        (disputes_in.schema, "statement"),
        (appeals_in.schema, "good_cause"),
        (referral.schema, "visit"),
        (precert.schema, "lines"),
    ],
)
async def test_what_may_be_sent_in_is_printed_as_a_schema(capsys, schema, field):
    await schema()
    assert field in json.loads(capsys.readouterr().out)["properties"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"fault": "claim: none"}, "row 2  PC1: claim: none"),
        ({"case": "DIS-1", "created": True}, "row 2  PC1: DIS-1 opened"),
        ({"case": "DIS-1"}, "row 2  PC1: DIS-1 exists already"),
        (
            {"case": "DIS-1", "said": "added", "look_at": ("late", "odd")},
            "row 2  PC1: DIS-1 added; look at: late; look at: odd",
        ),
        ({"claim": "PC\x1b[31m", "case": "DIS-1"}, "row 2  claim: DIS-1 exists already"),
    ],
)
def test_a_row_of_a_sheet_says_what_became_of_it_and_prints_no_control_characters(row, words):
    assert RowResult(**{"row": 2, "claim": "PC1"} | row).words == words


def test_a_fact_that_is_measured_takes_a_number():
    clause = next(one for table in pack().criteria for one in table.criterion if one.at_least is not None)

    assert value_of("6.5", clause) == 6.5
    with pytest.raises(Misuse, match=f"{clause.fact}: a number is needed"):
        value_of("six", clause)


async def test_a_remittance_that_came_with_no_filing_has_to_be_named():
    sheet = dispute_sheet(a_dispute())
    with pytest.raises(Misuse, match="no other remittance came with a filing; name the one to take in"):
        await correcting._take_in_what_came(sheet.case, sheet, [1], "corrected 835", None)
