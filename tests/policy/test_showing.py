"""What people and programs are told about the policy, without a case."""

import json
import shutil
from datetime import date

import pytest

from client.policy import asked as policy
from config import pack as packs
from domain.policy.lists import Sought
from domain.terms.refusals import Misuse
from tests.builders import a_case, a_request

ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def pack():
    return packs.load()


def ask(pack, code, plan, *, on=ON, as_json=False, **said):
    sought = Sought(code=policy.well_formed(code), on=on, **said)
    return policy.required(sought, plan, pack, as_json=as_json)


@pytest.mark.parametrize(
    ("question", "required", "limits"),
    [
        (("72148", "mcs-classicare"), True, ["7 calendar days", "72 hours"]),
        (("e0250", "mcs-life"), True, ["15 calendar days", "24 hours"]),
        (("J9271", "mcs-classicare"), True, ["72 hours", "24 hours"]),
        # a drug is on the list of Medicare Advantage only; elsewhere a nurse answers
        (("J9271", "caresource"), None, ["7 calendar days", "72 hours"]),
        (("99213", "procare"), None, ["14 calendar days", "72 hours"]),
        (
            ("72148", "mcs-life-accredited"),
            True,
            ["15 calendar days", "24 hours", "7 calendar days", "72 hours"],
        ),
    ],
)
def test_required_tells_whether_and_how_soon(capsys, pack, question, required, limits):
    assert ask(pack, *question, as_json=True) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["required"] is required
    assert [row["limit"] for row in answer["decision"]] == limits


@pytest.mark.parametrize(
    "plan", ["mcs-classicare", "mcs-life", "caresource", "self-funded-sample", "procare"]
)
@pytest.mark.parametrize("service", ["72148", "E0250", "99213"])
def test_required_lists_what_the_check_of_an_empty_request_would_ask_for(capsys, pack, plan, service):
    bare = {
        "plan": plan,
        "channel": "telephone",
        "member": {"contract_number": None},
        "order": None,
        "documents": (),
        "lines": [{"sequence": 1, "service": service, "from_day": "2037-04-01"}],
    }
    ask(pack, service, plan, as_json=True)

    send = json.loads(capsys.readouterr().out)["send"]

    missing = [row.title.en for row in a_case(a_request(**bare)).missing]
    assert [one.removesuffix(" (after a call)") for one in send] == ["Full name of the patient", *missing]


def test_required_follows_the_day_of_receipt(capsys, pack):
    ask(pack, "72148", "mcs-classicare", on=date(2025, 12, 31), as_json=True)

    answer = json.loads(capsys.readouterr().out)

    assert answer["decision"][0]["timeframe"] == "ma-standard-until-2025"


def test_required_says_it_in_words(capsys, pack):
    ask(pack, "72148", "mcs-classicare")

    said = capsys.readouterr().out

    assert said.startswith(
        "Yes. 72148 (Magnetic resonance imaging) needs precertification in MCS Classicare.\n"
    )
    assert "A request received on 2026-11-20 is decided within 7 calendar days (standard), 72 hours" in said


@pytest.mark.parametrize(
    ("code", "plan", "field"), [("7214", "mcs-life", "code"), ("72148", "mcs-death", "plan")]
)
def test_a_malformed_question_names_its_field(pack, code, plan, field):
    with pytest.raises(Misuse, match=f"^{field}: "):
        ask(pack, code, plan)


def test_show_prints_every_row_with_its_source(capsys, pack):
    assert policy.show(pack) == 0

    said = " ".join(capsys.readouterr().out.split())
    for row in (*pack.timeframe, *pack.plan, *pack.reason):
        assert row.id in said
        assert " ".join(row.source.split()) in said


def test_show_as_json_holds_the_whole_pack(capsys, pack):
    policy.show(pack, as_json=True)

    assert type(pack).model_validate_json(capsys.readouterr().out) == pack


def test_check_exits_0_without_faults_and_1_with_each_fault_on_a_line(capsys, tmp_path):
    assert policy.check(packs.SHIPPED) == 0
    said, unverified = capsys.readouterr().out.splitlines()
    assert said == "The policy pack has no faults."
    assert unverified == "The wording of these letters is unverified: integrated-denial-notice, ma-letters."

    broken = shutil.copytree(packs.SHIPPED, tmp_path / "policy")
    ladder = broken / "ladder.toml"
    ladder.write_text(ladder.read_text().replace("0.75", "7.5"))

    assert policy.check(broken) == 1
    assert capsys.readouterr().out.startswith("ladder.toml, three_quarters, fraction: ")
