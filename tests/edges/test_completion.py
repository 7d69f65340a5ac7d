"""A shell that completes what may be typed."""

import subprocess

import pytest

from tests.edges.installation import PLAZO

pytestmark = pytest.mark.slow


def test_bash_takes_the_script_and_completes_plazo_by_it(tmp_path):
    script = tmp_path / "plazo.bash"
    script.write_bytes(subprocess.run([PLAZO, "completion", "bash"], check=True, capture_output=True).stdout)

    said = subprocess.run(
        ["bash", "-c", f"source {script} && complete -p plazo"], check=True, capture_output=True, text=True
    ).stdout

    assert said.rstrip().endswith("plazo")
    assert "handover" in script.read_text()


def test_another_shell_is_misuse():
    assert subprocess.run([PLAZO, "completion", "tcsh"], check=False, capture_output=True).returncode == 2
