"""The tour of the README, followed word for word on a home of its own; and the demo beside it."""

import asyncio
import re
import shlex
from datetime import UTC, datetime
from string import Template

import pytest

from config.home import RunningServer
from tests.builders import ROOT
from tests.edges.installation import PATIENCE, PLAZO, Installation
from tests.sampling import PROVE
from worker.demo import Demo
from worker.scenes import SCENES

README = (ROOT / "README.md").read_text(encoding="utf-8")
TOUR = README[README.index("In a second terminal") : README.index("## What other programs may rely on")]
TYPED = [line for block in re.findall(r"```sh\n(.*?)```", TOUR, re.DOTALL) for line in block.splitlines()]
REFUSED = {"plazo deny $CASE --reason criteria_not_met --criterion oncologic-pet.purpose"}
NUMBER = re.compile(r"\b(?:PRE|REF|DIS|APP)(?:-\w{4}){3}\b|\bAUT(?:-\w{4}){3}-\d\d\b")


@pytest.mark.slow
async def test_the_tour_can_be_followed_word_for_word(tmp_path):
    installation = Installation(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = installation.environment | {"PATH": f"{PLAZO.parent}:/usr/bin:/bin"}
    printed = {}

    async with installation.here(virtual_time=True):
        for typed in TYPED:
            line, _, remark = typed.partition("  #")
            if export := re.match(r"export PLAZO_STAFF=(\S+)$", line):
                environment["PLAZO_STAFF"] = export[1]
            elif variable := re.match(r"(\w+)=([A-Z]{3})-\.\.\.", line):
                environment[variable[1]] = printed[variable[2]]
            elif not line.startswith("export "):
                line = line.replace("~/plazo-tour", str(installation.home.folder))
                line = line.replace("AUT-...", printed.get("AUT", ""))
                if "--pdf" in line:  # who reads what was shown before types it later
                    await installation.at_rest(environment["CASE"])
                code, out = await said(installation, line.strip(), environment, tmp_path)
                refused = line.strip() in REFUSED or remark.strip().startswith("refused")
                assert code == int(refused), (line, out)
                printed |= {number[:3]: number for number in NUMBER.findall(out)}


async def said(installation, line, environment, folder):
    """A command as it is typed; a plain one runs in this process, as elsewhere, unless all is to be proved."""
    for form in ("%FT%H:%MZ", "%FT%TZ"):
        line = line.replace(f"$(date -u +{form})", format(datetime.now(UTC), form))
    needs_a_shell = not line.startswith("plazo ") or any(
        sign in line for sign in ("$(", "--picture ", "--out ", "|")
    )
    if PROVE or needs_a_shell:
        return await shell(line, environment, folder)
    words = shlex.split(Template(line).substitute(environment))
    answer = await installation.plazo(*words[1:], as_=environment.get("PLAZO_STAFF", ""))
    return answer.code, answer.out + answer.err


async def shell(line, environment, folder):
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", line),
        env=environment,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, out.decode()


@pytest.mark.parametrize("keep", [True, False])
async def test_the_demo_names_no_server_or_folder_that_is_gone_once_it_is_read(tmp_path, capsys, keep):
    server = RunningServer(
        pid=1, address="127.0.0.1:7233", ui="http://127.0.0.1:8233", codec="http://127.0.0.1"
    )
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "PRE-2222-2222-2222-001-determination-member.txt").write_text("Dear member")
    demo = Demo(tmp_path, server, keep=keep)
    scene = next(scene for scene in SCENES if scene.shows_letter_to == "member")

    async def answer(*_):
        return '{"chain": [{"kind": "appeal", "case": "A"}, {"kind": "authorization", "case": "B"}]}'

    demo.answer = answer
    await demo.play(scene, "PRE-2222-2222-2222")

    said = capsys.readouterr().out
    assert "Dear member" in said
    assert (server.ui in said, str(tmp_path) in said) == (keep, keep)
