"""The fair floor: the least that could be called the same work, plainly written, under the same law of writing.

One workflow has its number claimed, asks for coverage and criteria, starts a second workflow for the authorization,
typesets and writes the same two letters, writes to its register as often as ours does, keeps a named timer and
hears one update. It has no rules, no rights, no clocks, no views, and nothing to look up. Codec, server, client and
sandbox are ours, and each payload is as large. `python -m benchmarks.floor HOME` is its worker.
"""

import asyncio
import json
import sqlite3
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import uvloop
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    from config.settings import Settings
    from config.temporal import connect
    from domain.terms.notice import Notice
    from worker.adapters.post.spool import Spool

QUEUE = "floor"
WEEKS = timedelta(weeks=8)
SOON = timedelta(seconds=30)
A_PAGE = "x" * 6_000
"""What is written to the register: a page of ours is as long."""


@dataclass
class Start:
    """What a case begins with: its number, what was asked, and the policy that it takes along."""

    number: str
    request: str
    policy: str
    notices: list[Notice]


@dataclass
class Page:
    number: str
    place: str
    body: str


@workflow.defn
class FloorCase:
    def __init__(self) -> None:
        self.notes: list[str] = []

    @workflow.run
    async def run(self, start: Start) -> None:
        await workflow.execute_activity(admit, start.number, start_to_close_timeout=SOON)
        for question in (coverage, criteria):
            await workflow.execute_local_activity(question, start.request, start_to_close_timeout=SOON)
        due = asyncio.create_task(workflow.sleep(WEEKS, summary="the answer is due"))
        await asyncio.gather(
            self.write(start, "decided"),
            workflow.execute_activity(authorize, start, start_to_close_timeout=SOON),
        )
        await workflow.execute_activity(send, start.notices, start_to_close_timeout=SOON)
        await self.write(start, "told")
        await workflow.wait_condition(lambda: bool(self.notes))
        await self.write(start, "noted")
        due.cancel()

    async def write(self, start: Start, place: str) -> None:
        page = Page(start.number, place, A_PAGE)
        await workflow.execute_activity(write_page, page, start_to_close_timeout=SOON)

    @workflow.update
    def note(self, text: str) -> str:
        self.notes.append(text)
        return "noted"


@workflow.defn
class FloorAuthorization:
    @workflow.run
    async def run(self, start: Start) -> None:
        page = Page(f"{start.number}-01", "begun", A_PAGE)
        await workflow.execute_activity(write_page, page, start_to_close_timeout=SOON)
        await workflow.sleep(WEEKS, summary="the authorization ends")


class Activities:
    """The world of the floor: a register of one table, and the spool that ours has, too."""

    client: Client
    register: sqlite3.Connection
    spool: Spool

    @classmethod
    def keep(cls, page: Page) -> None:
        with cls.register:
            cls.register.execute(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (page.number, page.place, page.body)
            )


@activity.defn
async def admit(number: str) -> str:
    Activities.keep(Page(number, "claimed", ""))
    return number


@activity.defn
async def coverage(request: str) -> str:
    return "covered" if json.loads(request)["member"] else "not covered"


@activity.defn
async def criteria(request: str) -> list[str]:
    return [document["id"] for document in json.loads(request)["documents"]]


@activity.defn
async def write_page(page: Page) -> None:
    Activities.keep(page)


@activity.defn
async def authorize(start: Start) -> None:
    begun = Start(start.number, "", start.policy, [])
    await Activities.client.start_workflow(
        FloorAuthorization.run, begun, id=f"{start.number}-01", task_queue=QUEUE
    )


@activity.defn
async def send(notices: list[Notice]) -> list[str]:
    return [await Activities.spool.send(notice) for notice in notices]


def the_register(file: Path) -> sqlite3.Connection:
    register = sqlite3.connect(file, timeout=30, check_same_thread=False)
    register.execute("PRAGMA journal_mode = WAL")
    register.execute("CREATE TABLE IF NOT EXISTS pages (number, place, body, PRIMARY KEY (number, place))")
    return register


async def main(home: Path) -> None:
    settings = Settings(home=home)
    Activities.client = client = await connect(settings)
    Activities.register = the_register(home / "floor.db")
    Activities.spool = Spool(home / "floor-spool", settings.policy / "letters")
    activities = [admit, coverage, criteria, write_page, authorize, send]
    async with Worker(
        client, task_queue=QUEUE, workflows=[FloorCase, FloorAuthorization], activities=activities
    ):
        sys.stdout.write("up\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(Path(sys.argv[1])))
