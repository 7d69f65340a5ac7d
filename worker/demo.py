"""`plazo demo`: sample cases walked through their lives, by the commands that staff would type.

Every line that begins with `$` is a real command, run as a process of its own against a real server.
"""

import asyncio
import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.text import Text

from config import settings
from config.console import ConsoleWords
from config.home import RunningServer
from config.process_exit import INTERRUPTED
from domain.terms.refusals import Refused
from worker.scenes import SCENES, Scene
from worker.typist import Typist
from worker.up import opened_by, stack, unless_stopped

EXAMPLES = Path(__file__).parent.parent / "examples"
AGO = timedelta(hours=1)  # how long before the demo each request reached the plan
MAILED = timedelta(days=10)  # how long before the demo the remittance was mailed
LINKED = {
    "appeal": "APPEAL",
    "authorization": "PERMIT",
}  # kinds of case that come out of another, as steps name them
ABREAST = 2  # commands that run side by side while the cases are opened


class Demo:
    """One walk through all scenes."""

    def __init__(self, home: Path, server: RunningServer, *, keep: bool) -> None:
        self.out = ConsoleWords()
        self.server = server
        self.home = home
        self.keep = keep
        self.typist = Typist({"PLAZO_HOME": str(home), "PLAZO_STAFF": "", "NO_COLOR": "1", "COLUMNS": "160"})
        self.gate = asyncio.Semaphore(ABREAST)
        self.started = datetime.now(UTC)

    async def run(self) -> None:
        self.out.rule("The requests come in")
        numbers = await asyncio.gather(*[self.open(scene) for scene in SCENES])
        for scene, number in zip(SCENES, numbers, strict=True):
            await self.play(scene, number)
        self.out.rule("What was decided")
        for scene, number in zip(SCENES, numbers, strict=True):
            shown = json.loads(await self.answer("show", number, "--json"))
            status = f"{shown['status']['code']:2} {shown['status']['text']}"
            permits = [permit["number"] for line in shown["lines"] if (permit := line.get("authorization"))]
            self.out.print(f"  {number}  {status:24} {scene.title}  {' '.join(permits)}")
        if not self.keep:
            print("\n`plazo demo --keep` leaves everything running, to look around in the Temporal UI.")

    async def open(self, scene: Scene) -> str:
        """Submit a scene's example; the clerk keys it an hour after it came."""
        async with self.gate:
            words = [word.replace("FILE", scene.file) for word in scene.opens]
            answer = await self.answer(*self._filled_in(words), "--json")
        number = str(json.loads(answer)["case"])
        self.out.print(f"  {number}  {scene.title}")
        return number

    async def play(self, scene: Scene, number: str) -> None:
        self.out.rule(scene.title)
        for step in scene.steps:
            words = self._filled_in(await self._numbered(step, number))
            self.out.print(Text(f"$ plazo {' '.join(_quoted(word) for word in words)}", "bold"))
            print(await self.answer(*words), end="")
        self.out.print(Text(f"$ plazo timeline {number}", "bold"))
        print(await self.answer("timeline", number), end="")
        if self.keep:  # else nobody answers there any more once this is read
            self.out.print(f"  see {self.server.ui}/namespaces/{self.server.namespace}/workflows/{number}")
        if scene.shows_letter_to:
            self._show_letter(number, scene.shows_letter_to)

    async def _numbered(self, step: Iterable[str], number: str) -> list[str]:
        """The words of a step, with the numbers of its case and of what came out of it."""
        words = [word.replace("CASE", number) for word in step]
        for kind, name in LINKED.items():
            if name in words:
                story = json.loads(await self.answer("show", number, "--json"))["chain"]
                linked = next(one["case"] for one in story if one["kind"] == kind)
                words = [word.replace(name, linked) for word in words]
        return words

    def _filled_in(self, words: Iterable[str]) -> list[str]:
        """The words of a command, with this run's folder and days in the place of their names."""
        named = {
            "EXAMPLES": str(EXAMPLES),
            "JUST_NOW": datetime.now(UTC).isoformat(timespec="seconds"),
            "NOW": (self.started - AGO).isoformat(timespec="seconds"),
            "MAILED": (self.started - MAILED).date().isoformat(),
        }
        for name, value in named.items():
            words = [word.replace(name, value) for word in words]
        return list(words)

    async def answer(self, *words: str) -> str:
        """What a command prints; the demo stops where one fails."""
        code, printed, complaint = await self.typist.types(*words)
        if code:
            raise Refused(f"the demo stopped at `plazo {' '.join(words)}` (exit {code}): {complaint.strip()}")
        return printed

    def _show_letter(self, number: str, reader: str) -> None:
        letter = next((self.home / "spool").glob(f"{number}-*determination-{reader}.txt"))
        where = f", as it lies in {letter.parent}" if self.keep else ""
        self.out.print(Text(f"The letter to the {reader}{where}", "bold"))
        print(letter.read_text(encoding="utf-8"))


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


async def run_demo(*, keep: bool) -> int:
    """Bring everything up in a temporary home, play, and put it away unless it is kept. Exit code 0."""

    async def play() -> int:
        with tempfile.TemporaryDirectory(prefix="plazo-demo-", ignore_cleanup_errors=True) as folder:
            chosen = settings.load(home=Path(folder))
            async with stack(chosen, port=None, ui_port=None, virtual_time=True) as running:
                await Demo(chosen.home, running.server, keep=keep).run()
                if keep:
                    print(f"Left running: export PLAZO_HOME={folder}\n{opened_by(running)}")
                    print("Ctrl-C ends it.", flush=True)
                    raise await running.ended()
        return 0

    code = await unless_stopped(play())
    return code if code is not None else (0 if keep else INTERRUPTED)
