"""`plazo demo`: sample cases walked through their lives, by the commands that staff would type.

Every line that begins with `$` is a real command, run as a process of its own against a real server.
"""

import asyncio
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from config import settings
from config.home import RunningServer
from config.leaving import INTERRUPTED
from domain.refusals import Refused
from worker.scenes import SCENES, Scene
from worker.typist import Typist
from worker.up import stack, unless_stopped

EXAMPLES = Path(__file__).parent.parent / "examples" / "precert"
AGO = timedelta(hours=1)  # how long before the demo each request reached the plan
ABREAST = 2  # commands that run side by side while the cases are opened


class Demo:
    """One walk through all scenes."""

    def __init__(self, home: Path, server: RunningServer) -> None:
        self.out = Console(highlight=False, soft_wrap=True)
        self.server = server
        self.home = home
        self.typist = Typist({"PLAZO_HOME": str(home), "PLAZO_STAFF": "", "NO_COLOR": "1", "COLUMNS": "160"})
        self.gate = asyncio.Semaphore(ABREAST)

    async def run(self) -> None:
        self.out.rule("The requests come in")
        received = (datetime.now(UTC) - AGO).isoformat(timespec="seconds")
        numbers = await asyncio.gather(*[self.open(scene, received) for scene in SCENES])
        for scene, number in zip(SCENES, numbers, strict=True):
            await self.play(scene, number)
        self.out.rule("What was decided")
        for scene, number in zip(SCENES, numbers, strict=True):
            shown = json.loads(await self.answer("show", number, "--json"))
            status = f"{shown['status']['code']:2} {shown['status']['text']}"
            permits = [line["authorization"]["number"] for line in shown["lines"] if line["authorization"]]
            self.out.print(f"  {number}  {status:24} {scene.title}  {' '.join(permits)}")
        self.out.print("\n`plazo demo --keep` leaves everything running, to look around in the Temporal UI.")

    async def open(self, scene: Scene, received: str) -> str:
        """Submit a scene's request; the clerk keys it an hour after it came."""
        async with self.gate:
            file = str(EXAMPLES / scene.file)
            answer = await self.answer("precert", "submit", file, "--received", received, "--json")
        number = str(json.loads(answer)["case"])
        self.out.print(f"  {number}  {scene.title}")
        return number

    async def play(self, scene: Scene, number: str) -> None:
        self.out.rule(scene.title)
        for step in scene.steps:
            words = [word.replace("CASE", number).replace("EXAMPLES", str(EXAMPLES)) for word in step]
            self.out.print(f"[bold]$ plazo {' '.join(_quoted(word) for word in words)}[/bold]")
            self.out.print(await self.answer(*words), markup=False, end="")
        self.out.print(f"[bold]$ plazo timeline {number}[/bold]")
        self.out.print(await self.answer("timeline", number), markup=False, end="")
        self.out.print(f"  see {self.server.ui}/namespaces/{self.server.namespace}/workflows/{number}")
        if scene.shows_letter:
            self._show_letter(number)

    async def answer(self, *words: str) -> str:
        """What a command prints; the demo stops where one fails."""
        code, printed, complaint = await self.typist.types(*words)
        if code:
            raise Refused(f"the demo stopped at `plazo {' '.join(words)}`: {complaint.strip()}")
        return printed

    def _show_letter(self, number: str) -> None:
        letter = next((self.home / "spool").glob(f"{number}-*-determination-member.txt"))
        self.out.print(f"[bold]The letter, as it lies in {letter.parent}[/bold]")
        self.out.print(letter.read_text(encoding="utf-8"), markup=False)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


async def run_demo(*, keep: bool) -> int:
    """Bring everything up in a temporary home, play, and put it away unless it is kept. Exit code 0."""

    async def play() -> int:
        with tempfile.TemporaryDirectory(prefix="plazo-demo-", ignore_cleanup_errors=True) as folder:
            chosen = settings.load(home=Path(folder))
            async with stack(chosen, port=None, ui_port=None, codec_port=None, virtual_time=True) as running:
                await Demo(chosen.home, running.server).run()
                if keep:
                    print(f"Left running: export PLAZO_HOME={folder}\nCtrl-C ends it.", flush=True)
                    raise await running.ended()
        return 0

    code = await unless_stopped(play())
    return code if code is not None else (0 if keep else INTERRUPTED)
