"""Requests, referrals, filings, appeals with one thing wrong: what is refused is told in one sentence of ours."""

import json

import pytest

from client.appeal.appeals import read_appeal
from client.dispute.intake import OfClaim, incoming
from client.reach.checking import look_over
from client.reach.counter import read_request
from client.terminal.reading import content, read_json
from config.process_exit import told
from domain.appeal.appealed import appealed
from domain.policy.appeals import AppealBy
from domain.referral.form import ReferralForm
from domain.request.request import Request
from domain.terms.refusals import Misuse, PlazoError
from tests.appealing import denied
from tests.builders import ROOT, at, pack

EXAMPLES = ROOT / "examples"
SOMEBODY = "MCS-999999 Ana Rivera 1961-04-02"
NOT_OURS = ("Input should", "String should", "valid", "Field required", "Value error", "Traceback", "defect")
TOO_MUCH = "a number beyond every float"

A_REQUEST, A_REFERRAL, A_FILING, AN_APPEAL = "request", "referral", "filing", "appeal"
FILES = {
    A_REQUEST: "precert/03-physician-denial.json",
    A_REFERRAL: "referral/01-proton-therapy.json",
    A_FILING: "dispute.json",
    AN_APPEAL: "appeal.json",
}
NEVER = object()
WRONG = {
    "left out": NEVER,
    "null": None,
    "true": True,
    "zero": 0,
    "an instant as a number": 1_790_000_000,
    "a number as a text": "1790000000",
    "less than nothing": -1,
    "beyond every number": TOO_MUCH,
    "empty": "",
    "blank": " ",
    "long": "x" * 5000,
    "half of a sign": "\ud800",
    "a control sign": "A\x1b[31m",
    "two lines": "A\nDear B",
    "the first year": "0001-01-01",
    "the last year": "9999-12-31T23:59:59+00:00",
    "no day": "2026-02-30",
    "somebody": SOMEBODY,
    "an empty list": [],
    "an empty object": {},
    "a list of lists": [[]],
    "a wrong object": {SOMEBODY: "\ud800", "\ud800": 1},
}


def places(given, *parts):
    """Every place in a file, the deepest last."""
    inside = given.items() if isinstance(given, dict) else enumerate(given) if isinstance(given, list) else ()
    for name, one in inside:
        yield (*parts, name)
        yield from places(one, *parts, name)


def with_wrong(kind, place, wrong):
    """The text of a sample file that has this in that place."""
    content = json.loads((EXAMPLES / FILES[kind]).read_text(encoding="utf-8"))
    *path, last = place
    within = content
    for part in path:
        within = within[part]
    if wrong is NEVER:
        del within[last]
    else:
        within[last] = wrong
    return json.dumps(content).replace(f'"{TOO_MUCH}"', "1e999")


def read(kind, file):
    """What a command makes of a file before it asks anybody else."""
    match kind:
        case "filing":
            return incoming(file, OfClaim(), pack()).filing
        case "appeal":
            return the_appeal_in(file)
        case _:
            return read_request(Request if kind == A_REQUEST else ReferralForm, file, None, pack())


def the_appeal_in(file):
    original = appealed(denied("2026-11-20"), at("2026-11-25 12:00 AST"))
    appeal = read_appeal(read_json(file), original, by=AppealBy.MEMBER, received=None, expedited=False)
    look_over(appeal, pack(), at("2026-11-28 12:00 AST"))
    return appeal


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("kind", FILES)
def test_whatever_is_wrong_in_one_place_is_refused_in_one_sentence_or_is_what_a_case_can_hold(
    kind, wrong, tmp_path, capsys
):
    file = tmp_path / "file.json"
    refused = 0
    sample = json.loads((EXAMPLES / FILES[kind]).read_text(encoding="utf-8"))

    for place in places(sample):
        file.write_text(with_wrong(kind, place, WRONG[wrong]), encoding="utf-8")
        try:
            made = read(kind, str(file))
        except PlazoError as error:
            refused += 1
            in_one_sentence(told(error), capsys.readouterr().err)
        else:
            assert type(made).model_validate_json(made.model_dump_json()) == made

    assert refused


def in_one_sentence(code, said):
    assert code in {1, 2}
    assert said.startswith("plazo: ")
    assert said.endswith(".\n") or code == 1
    assert said[:-1].isprintable()
    assert not [word for word in (*NOT_OURS, *SOMEBODY.split()) if word in said], said


def refusal(kind, text, folder):
    """What a file that holds this is refused with."""
    file = folder / "file.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlazoError) as refused:
        read(kind, str(file))
    return str(refused.value)


def a_file(kind, **changes):
    return json.dumps(json.loads((EXAMPLES / FILES[kind]).read_text(encoding="utf-8")) | changes)


def test_all_that_is_wrong_in_a_file_is_told_at_once_each_with_its_place(tmp_path):
    line = {
        "sequence": 1,
        "service": "72148",
        "units": True,
        "from_day": 20261202,
        "place_of_service": "here",
    }
    member = {"name": "Ana", "birth_date": "0001-01-01", "language": "latin"}
    text = a_file(A_REQUEST, plan=7, emergency="perhaps", received_at=0, member=member, lines=[line])

    told_of = refusal(A_REQUEST, text, tmp_path).rstrip(".").split("; ")

    assert sorted(told_of) == [
        "emergency: true or false is needed",
        "lines.0.from_day: a day looks like 2026-07-25",
        "lines.0.place_of_service: two digits are needed, for example 11",
        "lines.0.units: a whole number is needed",
        "member.birth_date: no year before 1900 or after 2099 can be meant",
        "member.language: one of these is needed: en or es",
        "plan: a text is needed, between quotation marks",
        "received_at: an instant looks like 2026-07-25 16:20-04:00, with its offset from UTC",
    ]


def test_what_the_pack_and_the_calendar_say_of_a_file_is_told_at_once(tmp_path):
    paper = {"id": "a", "kind": "horoscope", "dated": "2026-11-01"}
    later = paper | {"kind": "clinical_note", "received_at": "2098-01-01T00:00:00Z"}
    text = a_file(
        A_REQUEST, plan="mcs", received_at="2098-01-01T00:00:00Z", documents=[paper, later | {"id": "b"}]
    )

    said = refusal(A_REQUEST, text, tmp_path)

    for place in ("received_at: it", "plan: no line", "documents.0.kind: the", "documents.1.received_at: it"):
        assert place in said


@pytest.mark.parametrize("kind", FILES)
def test_a_field_that_is_given_twice_is_not_guessed_at(kind, tmp_path):
    twice = a_file(kind).replace("{", '{"channel": "fax", ', 1)

    assert refusal(kind, twice, tmp_path) == "channel: it is given twice in one place."


def test_nobody_asks_for_less_than_nothing(tmp_path):
    lines = json.loads(a_file(A_FILING))["lines"]
    lines[0]["expected"] = "-1"

    assert (
        refusal(A_FILING, a_file(A_FILING, lines=lines), tmp_path)
        == "lines.0.expected: at least 0 is needed."
    )


def test_a_paper_with_nothing_on_it_is_none(tmp_path):
    (tmp_path / "empty.pdf").touch()

    with pytest.raises(Misuse, match=r"empty\.pdf: it is empty"):
        content(tmp_path / "empty.pdf", pack())


@pytest.mark.parametrize(
    ("text", "called", "instead"),
    [
        ('{"resourceType": "Bundle", "entry": []}', "it is a FHIR bundle; ", "`plazo precert schema`"),
        ('{"resourceType": "Claim"}', "it is a FHIR resource; ", "`plazo precert schema`"),
        (
            '<?xml version="1.0"?>\n<Bundle xmlns="http://hl7.org/fhir">',
            "it is a FHIR resource as XML; ",
            "--received",
        ),
        ("ISA*00*~GS*HI~ST*278*0001*005010X217~", "it is an X12 278 (a request for review", "`plazo precert"),
        ("ISA*00*~\nGS*HP~\nST*835*0001~\n", "it is an X12 835 (a remittance", "`plazo dispute read`"),
        ("ISA*00*~GS*XX~", "it is an X12 interchange; ", "`plazo precert schema`"),
    ],
)
@pytest.mark.parametrize("kind", FILES)
def test_what_other_systems_send_is_called_by_its_name_with_what_to_do_instead(
    kind, text, called, instead, tmp_path
):
    said = refusal(kind, text, tmp_path)

    assert called in said
    assert instead in said
