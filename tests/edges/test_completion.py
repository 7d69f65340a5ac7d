"""A shell that completes what may be typed."""

import os
import subprocess
import sys

import pytest

from client.terminal.last_list import keep_list
from config import settings
from tests.edges.installation import PLAZO

pytestmark = pytest.mark.slow

CASE = "PRE-2222-2222-4HBR"
COMPLETES = """
source "$1"; shift
COMP_WORDS=(plazo "$@"); COMP_CWORD=$#; COMP_LINE="plazo $*"; COMP_POINT=${#COMP_LINE}
"$(complete -p plazo | sed 's/.*-F \\([^ ]*\\).*/\\1/')" plazo
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("shell") / "plazo.bash"
    path.write_bytes(subprocess.run([PLAZO, "completion", "bash"], check=True, capture_output=True).stdout)
    return path


@pytest.fixture
def home(tmp_path):
    """A home whose last list in this session has one case."""
    keep_list([CASE], settings.load(home=tmp_path))
    return tmp_path


def completed(script, home, *words) -> list[str]:
    """What bash offers for the last of these words."""
    path = f"{PLAZO.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", COMPLETES, "bash", script, *words],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PLAZO_HOME": str(home), "PATH": path},
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("hando",), ["handover"]),
        (("show", ""), ["1", CASE]),
        (("attach", "PRE"), [CASE]),
        (("claim", "1", "--queue", "nurse"), ["nurse-review"]),
        (("claim", "1", "--as", "rn-r"), ["rn-rivera"]),
        (("assign", "1", "rn-c"), ["rn-colon"]),
        (("deny", "1", "--reason", "lumbar-mri.too"), ["lumbar-mri.too-early"]),
    ],
)
def test_bash_completes_commands_people_queues_reasons_and_the_last_list(script, home, words, offered):
    assert completed(script, home, *words) == offered


def test_without_a_list_nothing_is_offered(script, tmp_path):
    assert completed(script, tmp_path, "show", "") == []


def test_completing_loads_neither_the_commands_nor_what_they_need():
    asked = "import asyncio, plazo, sys; asyncio.run(plazo.invoke(['__complete', 'show', '--as', '']))"
    done = subprocess.run(
        [sys.executable, "-c", f"{asked}; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert "rn-rivera" in done.stdout
    assert not {"temporalio", "cyclopts", "rich", "client.reach.look"} & set(done.stdout.split())


def test_another_shell_is_misuse():
    assert subprocess.run([PLAZO, "completion", "tcsh"], check=False, capture_output=True).returncode == 2
