"""How much processor time the register takes for the board, a page of the worklist and a search.

`python -m benchmarks.board --opened 10000 --closed 100000`

Rows are of the size of real ones, and as scattered: closed cases lie between the open ones.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert

from benchmarks.table import Table, asked
from config import pack
from config.calendars import calendar_for_case
from config.sealing.keyring import KeyRing
from domain.parts.queues import QUEUE_ROLES
from domain.view.board import Day, days_of
from domain.view.search import wanted
from records.database import database_at
from records.store import Store
from records.tables import CaseRow, EventRow, WorkRow
from records.upgrade import upgrade

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
SHEET, STATE, EVENT = 6_000, 6_000, 200  # bytes, sealed
PLANS = ("mcs-classicare", "mcs-life", "caresource", "procare")
TRIES = 7
HEAD = ("question", "open", "closed", "p50, ms", "least", "most")


def rows(opened: int, closed: int) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """A case, its work and an event, each."""
    every = opened + closed
    queues = list(QUEUE_ROLES)
    for number in range(every):
        is_open = number * opened // every != (number + 1) * opened // every
        due_at = NOW + timedelta(minutes=(number * 37) % 20_000 - 2_000)
        case = {
            "number": f"PRE-{number:012}",
            "kind": "precertification",
            "plan": PLANS[number % len(PLANS)],
            "member_hash": f"{number:020x}",
            "received_at": NOW - timedelta(minutes=(number * 41) % 60_000),
            "urgency": "standard",
            "stage": "nurse_review" if is_open else "closed",
            "due_at": due_at if is_open else None,
            "overdue": is_open and due_at < NOW,
            "flags": ["breach"] if is_open and due_at < NOW else [],
            "sealed": bytes(SHEET),
            "state": bytes(STATE),
        }
        work = {
            "case_number": case["number"],
            "work_id": "1",
            "queue": queues[number % len(queues)],
            "assignee": "rn-rivera" if number % 3 else None,
            "opened_at": NOW,
            "closed_at": None if is_open else NOW,
            "sealed": bytes(EVENT),
        }
        event = {
            "case_number": case["number"],
            "sequence": 1,
            "kind": "breached" if number % 50 == 0 else "received",
            "at": NOW - timedelta(minutes=(number * 41) % 600_000),
            "recorded_at": NOW,
            "by_id": "system",
            "sealed": bytes(EVENT),
        }
        yield case, work, event


async def main(opened: int = 10_000, closed: int = 100_000, form: str = "plain") -> None:
    table = Table(form, HEAD)
    async for row in figures(opened, closed):
        table.row(*row)


async def figures(opened: int, closed: int) -> AsyncIterator[tuple[object, ...]]:
    """What each question takes of the processor, in the columns of HEAD."""
    with tempfile.TemporaryDirectory() as folder:
        database = database_at(f"sqlite:///{Path(folder) / 'register.db'}")
        await upgrade(database)
        with database.engine.begin() as connection:
            every = list(rows(opened, closed))
            for table, column in ((CaseRow, 0), (WorkRow, 1), (EventRow, 2)):
                connection.execute(insert(table), [row[column] for row in every])
        store = Store(database, KeyRing.generate())
        calendars = {plan.id: calendar_for_case(plan, NOW.date()) for plan in pack.load().plan}
        for what, ask in _questions(store, days_of(calendars, NOW)).items():
            took = []
            for _ in range(TRIES):
                began = time.process_time()
                await ask()
                took.append(time.process_time() - began)
            each = [round(one * 1000) for one in (median(took), min(took), max(took))]
            yield f"{what} (processor alone)", opened, closed, *each
        await database.dispose()


def _questions(store: Store, days: Mapping[str, Day]) -> dict[str, Callable[[], Awaitable[object]]]:
    queues = list(QUEUE_ROLES)
    return {
        "board": lambda: store.board(days, NOW),
        "worklist": lambda: store.worklist(queues=queues, assignee=None, now=NOW, everybody=True, most=200),
        "find by contract": lambda: store.find([wanted("MCS-100001")], skip=0, most=40),
        "find by the last four": lambda: store.find([wanted("2222")], skip=0, most=40),
        "late": lambda: store.find([], skip=0, most=40, late_by=NOW),
    }


if __name__ == "__main__":
    asyncio.run(main(**asked(__doc__, opened=10_000, closed=100_000)))
