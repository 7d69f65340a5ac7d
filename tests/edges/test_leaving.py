"""The outermost exit: the true code, one line, at once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sampling import sampled

PREAMBLE = """
import asyncio, sys
from config.process_exit import run
from domain.terms.refusals import Misuse, Refused, Unreachable
"""
AT_ONCE = 5.0  # seconds, on a busy machine; a tenth of one is usual


def a_command(body, **environment):
    """A process whose command is `body`, the inside of a coroutine."""
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return subprocess.Popen(
        [sys.executable, "-c", f"{PREAMBLE}\nasync def main():\n{lines}\nrun(main())"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PLAZO_DEBUG"} | environment,
    )


def outcome(body, **environment):
    with a_command(body, **environment) as command:
        out, err = command.communicate(timeout=60)
    return command.returncode, out, err


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_command_leaves_with_its_code_and_all_it_printed(code):
    assert outcome(f"print('é' * 100_000)\nreturn {code}") == (code, "é" * 100_000 + "\n", "")


@pytest.mark.parametrize(
    ("raised", "code", "line"),
    [
        (
            'Refused("A nurse may not deny.", "42 CFR 422.566(d)")',
            1,
            "A nurse may not deny. (42 CFR 422.566(d))",
        ),
        ('Misuse("units: give 1 or more.")', 2, "units: give 1 or more."),
        ('Unreachable("No Temporal server answers.")', 3, "No Temporal server answers."),
    ],
)
def test_what_a_person_can_put_right_is_one_line(raised, code, line):
    assert outcome(f"raise {raised}") == (code, "", f"plazo: {line}\n")


def test_a_defect_is_told_by_kind_and_place_and_never_quotes():
    code, out, err = outcome("raise ValueError('the order names M54.16')")

    assert (code, out) == (70, "")
    assert err.startswith("plazo: a defect: ValueError at ")
    assert err.count("\n") == 1
    assert "M54.16" not in err


def test_a_developer_sees_the_traceback():
    code, _, err = outcome("raise ValueError('why')", PLAZO_DEBUG="1")

    assert code == 70
    assert "Traceback" in err


@pytest.mark.parametrize(
    "waits",
    [
        "print('waiting', flush=True)\nawait asyncio.Event().wait()",
        "print('waiting', flush=True)\ninput()",
        "print('waiting', flush=True)\nawait asyncio.to_thread(input)",
    ],
)
def test_ctrl_c_ends_a_command_that_waits_at_once(waits):
    with a_command(waits) as command:
        assert command.stdout.readline() == "waiting\n"
        asked = time.monotonic()
        command.send_signal(signal.SIGINT)
        code = command.wait(timeout=60)
        took = time.monotonic() - asked

    assert code == 130
    assert took < AT_ONCE


def test_an_interrupted_command_still_puts_things_back():
    with a_command(
        "try:\n    print('waiting', flush=True)\n    await asyncio.Event().wait()\nfinally:\n    print('put back')"
    ) as command:
        assert command.stdout.readline() == "waiting\n"
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=60)

    assert (command.returncode, out, err) == (130, "put back\n", "")


@pytest.mark.parametrize("flush", ["True", "False"])
def test_a_reader_that_went_first_is_no_error(flush):
    with a_command(f"input()\nfor _ in range(10_000): print('PRE-1', flush={flush})\nreturn 0") as command:
        command.stdout.close()
        command.stdin.write("\n")
        command.stdin.close()
        err = command.stderr.read()
        code = command.wait(timeout=60)

    assert (code, err) == (128 + signal.SIGPIPE, "")


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is always full")
def test_output_that_cannot_be_written_is_not_called_done():
    with FULL.open("w") as full:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                f"{PREAMBLE}\nasync def main():\n    print('PRE-1')\n    return 0\nrun(main())",
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 74
    assert done.stderr == "plazo: No space is left where this writes to; what was done stands.\n"


# Real commands, as a shell runs them

PLAZO = Path(sys.executable).with_name("plazo")
REQUIRED = "required 78815 --plan mcs-classicare"


def shell(line, **environment):
    """What a command line with its pipes and redirections leaves with; `plazo` is ours."""
    done = subprocess.run(
        ["bash", "-c", f'set -o pipefail; plazo() {{ {PLAZO} "$@"; }}; {line}'],
        capture_output=True,
        check=False,
        timeout=60,
        env={name: value for name, value in os.environ.items() if name != "PLAZO_DEBUG"} | environment,
    )
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.mark.parametrize("command", sampled(["policy show", "--help", REQUIRED], 1))
def test_whoever_stops_reading_is_no_refusal(command):
    code, _, err = shell(f"plazo {command} | true")

    assert (code, err) in {(128 + signal.SIGPIPE, ""), (0, "")}, "0 where all was written before"


def test_whoever_stops_reading_a_long_table_is_no_refusal():
    assert shell("plazo policy show | head -1 >/dev/null")[::2] == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("command", sampled(["policy show", "--help", REQUIRED], 1))
def test_a_full_device_is_told_as_what_it_is(command):
    code, _, err = shell(f"plazo {command} >/dev/full")

    assert (code, err) == (74, "plazo: No space is left where this writes to; what was done stands.\n")


@pytest.mark.parametrize("command", sampled(["policy show", "--help", REQUIRED], 1))
def test_a_closed_standard_output_is_told_as_what_it_is(command):
    code, _, err = shell(f"plazo {command} >&-")

    assert (code, err) == (74, "plazo: There is no standard output to write to; what was done stands.\n")


@pytest.mark.parametrize(
    ("line", "code"),
    sampled(
        [
            (f"plazo {REQUIRED} 2>&-", 0),
            ("plazo required MRI --plan procare 2>&-", 2),
            ("plazo required MRI --plan procare >&- 2>&-", 2),
            ("plazo precert check - <&-", 2),
            ("plazo required MRI --plan procare 2>/dev/full", 2),
        ],
        2,
    ),
)
def test_what_is_closed_beside_it_changes_no_code(line, code):
    assert shell(line)[0] == code


ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}


@pytest.mark.parametrize(
    "command", sampled(["policy show", "policy show --json", "required é --plan procare"], 1)
)
def test_a_locale_that_lacks_signs_gets_them_escaped(command):
    there = shell(f"plazo {command}", PYTHONUTF8="1", PYTHONHASHSEED="0")
    code, out, err = shell(f"plazo {command}", PYTHONHASHSEED="0", **ASCII)

    assert (code, bool(out)) == (there[0], bool(there[1]))
    assert (out.isascii(), err.isascii()) == (True, True)
    if "--json" in command:
        assert json.loads(out) == json.loads(there[1])
