"""Bad input, one thing at a time: one line that names the field and the rule, and nothing half-made."""

import asyncio
import os
from datetime import timedelta

import pytest
import pytest_asyncio

from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import ago
from tests.sampling import sampled

pytestmark = pytest.mark.slow

A_LINE = {"sequence": 1, "service": "71260", "diagnoses": ["R91.1"], "from_day": "2026-12-02"}
A_PAPER = {"id": "order", "kind": "medical_order", "dated": "2026-11-17"}
A_PROVIDER = {"name": "Dr. Samuel Ortega", "npi": "1000000020"}
A_MEMBER = {"name": "Miguel Ortiz", "contract_number": "MCS-100002", "language": "en"}


# Requests

FIELDS = {
    "a wrong field name": ({"memberr": {}}, "memberr: "),
    "a field of the wrong type": ({"lines": "71260"}, "lines: "),
    "a number where text belongs": ({"reference": 7002}, "reference: "),
    "text that no file could hold": ({"reference": "\ud800"}, "reference: "),
    "text that would forge a line of a letter": (
        {"member": A_MEMBER | {"name": "A\nDear B"}},
        "member.name: ",
    ),
    "an unknown line of business": ({"plan": "mcs"}, "plan: no line of business is called 'mcs'"),
    "an unknown channel": ({"channel": "pigeon"}, "channel: "),
    "a malformed service code": ({"lines": [A_LINE | {"service": "7126"}]}, "lines.0.service: "),
    "a malformed diagnosis": ({"lines": [A_LINE | {"diagnoses": ["lung"]}]}, "lines.0.diagnoses.0: "),
    "a malformed NPI": ({"requesting_provider": A_PROVIDER | {"npi": "12"}}, "requesting_provider.npi: "),
    "negative units": ({"lines": [A_LINE | {"units": -1}]}, "lines.0.units: "),
    "no units": ({"lines": [A_LINE | {"units": 0}]}, "lines.0.units: "),
    "part of a unit": ({"lines": [A_LINE | {"units": 2.5}]}, "lines.0.units: "),
    "no lines": ({"lines": []}, "lines: "),
    "two lines of one sequence": ({"lines": [A_LINE, A_LINE]}, "lines: each line has a sequence of its own"),
    "a service at the end of time": (
        {"lines": [A_LINE | {"from_day": "9999-12-31"}]},
        "lines.0.from_day: ",
    ),
    "two papers of one id": (
        {"documents": [A_PAPER, A_PAPER]},
        "documents: each document has an id of its own",
    ),
    "a missing paper": ({"documents": [A_PAPER | {"file": "no.pdf"}]}, "no.pdf: cannot be read"),
    "a folder as a paper": ({"documents": [A_PAPER | {"file": "documents"}]}, "documents: cannot be read"),
    "a paper outside": (
        {"documents": [A_PAPER | {"file": "../../etc/passwd"}]},
        "not lie beside the request",
    ),
    "a paper at the root": ({"documents": [A_PAPER | {"file": "/etc/passwd"}]}, "not lie beside the request"),
    "a device as a paper": (
        {"documents": [A_PAPER | {"file": "a-link-to-zero"}]},
        "documents: a-link-to-zero does not lie beside the request",
    ),
    "a named pipe as a paper": ({"documents": [A_PAPER | {"file": "pipe"}]}, "pipe: cannot be read"),
    "a paper that no file can be": ({"documents": [A_PAPER | {"file": "a\0b"}]}, "documents.0.file: "),
    "a paper from the future": (
        {"documents": [A_PAPER | {"received_at": ago(-timedelta(days=1))}]},
        "documents.0.received_at: it lies in the future",
    ),
    "a receipt in the future": (
        {"received_at": ago(-timedelta(hours=1))},
        "received_at: it lies in the future",
    ),
    "a receipt at the end of time": ({"received_at": "9999-12-31T23:59:59-04:00"}, "received_at: "),
    "a receipt before any row": (
        {"received_at": "2019-05-06T10:00:00-04:00"},
        "received_at: the pack has no timeframes for a receipt before 2025-01-01",
    ),
    "a naive receipt": ({"received_at": "2026-11-18T15:41:00"}, "received_at: "),
    "a birth after the receipt": ({"member": A_MEMBER | {"birth_date": "2035-01-01"}}, "member.birth_date: "),
}

FILES = {
    "an empty file": (b"", "it is not JSON"),
    "not JSON": (b"plan = 'mcs'", "it is not JSON (line 1, column 1)"),
    "half of a request": (b'{"plan": "mcs-classicare", ', "it is not JSON"),
    "a list": (b"[]", "a JSON object is needed"),
    "nothing": (b"null", "a JSON object is needed"),
    "a scan": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\0\xff", "it is not text in UTF-8"),
    "5 MB": (b'{"plan": "' + b"a" * 5_000_000 + b'"}', "larger than 5 MB"),
    "a nest": (b"[" * 100_000, "it is nested too deeply"),
    "an endless number": (b'{"plan": ' + b"9" * 5000 + b"}", "it holds a number that is too long"),
    "an empty object": (b"{}", "plan: it is missing; channel: it is missing"),
}


@pytest_asyncio.fixture(loop_scope="session")
async def nothing_made(installation):
    """No case more than before, and no file but the sealed papers of good requests."""
    before = await installation.count_cases()
    yield
    assert await installation.count_cases() == before


@pytest.fixture
def no_papers(installation):
    """What lies beside a request and is none: a pipe that nobody fills, and a way to a device."""
    pipe, link = installation.desk / "pipe", installation.desk / "a-link-to-zero"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    yield
    pipe.unlink()
    link.unlink()


@pytest.mark.parametrize(
    ("fields", "said"), [pytest.param(*row, id=name) for name, row in sampled(FIELDS.items(), 12)]
)
async def test_a_request_that_is_wrong_in_one_field_names_it(
    installation, nothing_made, no_papers, fields, said
):
    file = installation.file(installation.request("02", documents=[]) | fields)

    refused_in_one_line(await installation.plazo("precert", "submit", file), 2, said)


@pytest.mark.parametrize("fields", [{"plan": "mcs"}, {"received_at": ago(-timedelta(hours=1))}])
async def test_a_check_refuses_what_a_submit_would(installation, nothing_made, fields):
    file = installation.file(installation.request("02", documents=[]) | fields)

    refused_in_one_line(await installation.plazo("precert", "check", file), 2, next(iter(fields)))


@pytest.mark.parametrize(("content", "said"), FILES.values(), ids=FILES)
async def test_a_file_that_holds_no_request_is_told_so(installation, nothing_made, content, said):
    from_a_file, from_a_pipe = await asyncio.gather(
        installation.plazo("precert", "submit", installation.file(content)),
        installation.plazo("precert", "submit", "-", given=content),
    )

    refused_in_one_line(from_a_file, 2, said)
    refused_in_one_line(from_a_pipe, 2, said)


# Words

A_REQUEST = "REQUEST"
CASE = "CASE"
CLOSED = "CLOSED"
UNKNOWN = "PRE-2222-2222-2222"

NEXT_WEEK = ("--from", "2098-01-01", "--until", "2098-01-02")
BECAUSE = ("--criterion", "chest-ct.radiograph", "--as", "md-vega")

WORDS = {
    "no such file": (("precert", "submit", "no.json"), 2, "no.json: cannot be read"),
    "a folder as a file": (("precert", "submit", "/tmp"), 2, "tmp: cannot be read (Is a directory)"),
    "the root as a file": (("precert", "submit", "/"), 2, "/: cannot be read"),
    "a receipt that is no instant": (("precert", "submit", A_REQUEST, "--received", "noon"), 2, "received: "),
    "a receipt tomorrow": (("precert", "submit", A_REQUEST, "--received", "2099-01-01"), 2, "received_at: "),
    "no file": (("precert", "submit"), 2, "FILE"),
    "no case": (("show",), 2, "CASE"),
    "an unknown command": (("shwo", CASE), 2, 'Unknown command "shwo"'),
    "an unknown option": (("show", CASE, "--jsn"), 2, "--jsn"),
    "an unknown option where text may stand": (("note", CASE, "--jsn"), 2, "--jsn"),
    "an option without its value": (("approve", CASE, "--line"), 2, "--line"),
    "a line that is no number": (("approve", CASE, "--line", "first"), 2, "line: name them by their numbers"),
    "no case number": (("show", "the Ortiz case"), 2, "case: a case number looks like PRE-"),
    "another letter": (("show", f"{UNKNOWN[:-1]}3"), 2, f"is wrong; did you mean {UNKNOWN}"),
    "a letter that no number has": (("show", f"{UNKNOWN[:-1]}O"), 2, f"did you mean {UNKNOWN}?"),
    "a queue that is none": (("worklist", "--queue", "nope"), 2, "queue: known are intake, post,"),
    "a cover of another trade": (
        ("staff", "absent", "rn-rivera", *NEXT_WEEK, "--cover", "ic-santos", "--as", "sup-diaz"),
        1,
        "cover: Noemí Santos (Intake clerk) may not do the work of Carmen Rivera (Utilization review nurse)",
    ),
    "an unknown case": (("show", UNKNOWN), 2, f"case: there is no case {UNKNOWN}"),
    "an act on an unknown case": (("note", UNKNOWN, "hello"), 2, f"case: there is no case {UNKNOWN}"),
    "a journey of an unknown case": (("fast-forward", UNKNOWN, "1d"), 2, f"there is no case {UNKNOWN}"),
    "an act on a closed case": (("release", CLOSED), 1, "is closed ("),
    "a journey of a closed case": (
        ("fast-forward", CLOSED, "1d"),
        1,
        "is not open: only an open case moves through time",
    ),
    "unknown staff": (("claim", CASE, "--as", "dr-no"), 2, "staff: nobody is called 'dr-no'"),
    "no staff": (("claim", CASE, "--as", ""), 2, "staff: say who acts, with --as STAFF or PLAZO_STAFF"),
    "work for unknown staff": (("assign", CASE, "dr-no", "--as", "sup-diaz"), 2, "nobody is called 'dr-no'"),
    "a line that does not exist": (("approve", CASE, "--line", "9"), 1, "has no line 9"),
    "an act at no instant": (("approve", CASE, "--at", "soon"), 2, "at: an instant looks like"),
    "an act in the future": (("approve", CASE, "--at", "2099-01-01"), 1, "lies in the future"),
    "an act at the end of time": (("approve", CASE, "--at", "9999-12-31 23:59"), 2, "at: "),
    "an act before the receipt": (("approve", CASE, "--at", "2025-01-01"), 1, "before the receipt"),
    "a span that is none": (("fast-forward", CASE, "soon"), 2, "span: a length of time looks like 30d"),
    "a span of nothing": (("fast-forward", CASE, "0d"), 2, "forward only"),
    "negative units": (
        ("reduce", CASE, "--units", "-1", "--reason", "fewer_units_suffice", *BECAUSE),
        1,
        "units: ",
    ),
    "a service that is none": (
        ("modify", CASE, "--service", "MRI", "--reason", "lower_level_suffices", *BECAUSE),
        2,
        "service: ",
    ),
    "a call to nobody": (("call", CASE, "--to", "aunt"), 2, "--to"),
    "an empty note": (("note", CASE, "-"), 2, "text: "),
    "a paper that is a folder": (
        ("attach", CASE, "/tmp", "--kind", "clinical_note", "--dated", "2026-11-01"),
        2,
        "tmp: cannot be read",
    ),
    "a paper that is a device": (
        ("attach", CASE, "/dev/zero", "--kind", "clinical_note", "--dated", "2026-11-01"),
        2,
        "zero: cannot be read (it is not a regular file)",
    ),
    "a paper of no day": (("attach", CASE, "/dev/null", "--kind", "x", "--dated", "May"), 2, "dated: a day"),
    "an extension to no day": (
        ("clock", "extend", CASE, "--until", "May", "--ground", "x"),
        2,
        "until: a day",
    ),
    "a code that is none": (("required", "MRI", "--plan", "procare"), 2, "code: "),
    "a plan that is none": (("required", "72148", "--plan", "mcs"), 2, "plan: "),
    "a day before the pack": (("required", "72148", "--plan", "procare", "--on", "2019-01-01"), 2, "on: "),
    "a home without a key ring": (("show", CASE, "--home", "/nowhere"), 2, "plazo up` makes one"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def numbers(installation):
    """An open case at rest, and a closed one."""
    case = await installation.opened("02", reference="BAD INPUT")
    closed = await installation.opened("02", reference="BAD INPUT TOO LATE")
    await installation.answer("withdraw", closed, as_="ic-santos")
    request = installation.request("02", reference="BAD INPUT IN NO CASE")
    return {CASE: case, CLOSED: closed, A_REQUEST: installation.file(request, "good.json")}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def history(installation, numbers):
    """How long the history of the open case is before anybody does anything wrong to it."""
    return await installation.at_rest(numbers[CASE])


@pytest_asyncio.fixture(loop_scope="session")
async def nothing_done(installation, nothing_made, numbers, history):
    """No case more than before, and no event in the history of the open one."""
    yield
    assert await installation.history_length(numbers[CASE]) == history


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in sampled(WORDS.items(), 16)])
async def test_a_command_that_is_wrong_in_one_word_says_which(installation, nothing_done, numbers, row):
    words, code, said = row
    typed = [numbers.get(word, word) for word in words]

    answer = await installation.plazo(*typed, as_="" if "--as" in words else "rn-rivera")

    refused_in_one_line(answer, code, said)


async def test_a_slip_of_the_hand_in_a_case_number_is_answered_with_the_right_one(installation, numbers):
    number = numbers[CASE]
    slips = [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(4, len(number) - 1)]

    answers = await asyncio.gather(*[installation.plazo("show", slip) for slip in slips])

    suggested = [answer for answer in answers if "did you mean" in answer.err]
    assert suggested, "where only one number can be meant"
    for answer in suggested:
        refused_in_one_line(answer, 2, number)


async def test_a_case_number_is_read_however_it_was_written_down(installation, numbers):
    spelled = numbers[CASE].replace("-", " ").lower()

    assert numbers[CASE] in await installation.answer("show", spelled)
