"""A `plazo up` without its worker, as a process that a test can stop or kill: `python an_up.py HOME [PORT]`."""

import asyncio
import sys
from pathlib import Path

from config.access.staff_keys import StaffKeys
from config.home import Home
from config.process_exit import run
from config.sealing.keyring import KeyRing
from worker.server import EmbeddedServer
from worker.up import unless_stopped


async def keep_up(folder: str, port: int) -> int:
    home = Home(Path(folder))
    home.prepare()
    with home.hold():
        KeyRing.load_or_generate(home.keyring)
        StaffKeys.load_or_generate(home.staff_keys, of_one_user=True)
        async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=port):
            sys.stdout.write("up\n")
            sys.stdout.flush()
            await asyncio.Event().wait()
    return 0


async def main() -> int:
    return await unless_stopped(keep_up(sys.argv[1], int(sys.argv[2]))) or 0


run(main())
