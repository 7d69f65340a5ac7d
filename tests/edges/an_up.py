"""A `plazo up` without its worker, as a process that a test can stop or kill: `python an_up.py HOME [PORT]`."""

import asyncio
import sys
from pathlib import Path

from config.home import Home
from config.keyring import KeyRing
from config.process_exit import run
from worker import codec_endpoint, ports
from worker.server import EmbeddedServer
from worker.up import unless_stopped


async def keep_up(folder: str, port: int) -> int:
    home = Home(Path(folder))
    home.prepare()
    with home.hold(), ports.take(0, "the codec endpoint", "--codec-port") as listening:
        ring = KeyRing.load_or_generate(home.keyring)
        codec_url = f"http://127.0.0.1:{ports.number(listening)}"
        server = EmbeddedServer(home, codec_url=codec_url, port=port, ui_port=0)
        async with server as running, codec_endpoint.serving(ring, listening, running.ui):
            sys.stdout.write("up\n")
            sys.stdout.flush()
            await asyncio.Event().wait()
    return 0


async def main() -> int:
    return await unless_stopped(keep_up(sys.argv[1], int(sys.argv[2]))) or 0


run(main())
