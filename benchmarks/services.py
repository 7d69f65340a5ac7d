"""How much processor time service-level data take, of so many cases: `python -m benchmarks.services [CASES]`.

Beside it, what the same cases take when each is built whole, as an audit universe needs it.
"""

import asyncio
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from activities.desk.audit_files import AuditFiles, FileQuestion
from config import pack
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.report.service_level import Section
from domain.report.universe import Universe
from domain.terms.case_number import case_number
from records.counts import CountStore
from records.database import database_at
from records.rows import Rows
from records.store import Store
from records.tables import CaseRow
from records.upgrade import upgrade
from tests.records.pages import a_case_in_review, a_page, approved, ended
from worker.adapters.tables import PackOnDisk

SLICE = 1000  # rows that are written at once


async def main(count: int = 10_000) -> None:
    page, ring = a_page(ended(approved(a_case_in_review()))), KeyRing.generate()
    with tempfile.TemporaryDirectory() as folder:
        database = database_at(f"sqlite:///{Path(folder) / 'register.db'}")
        await upgrade(database)
        rows = Rows(ring)
        numbers = [case_number("PRE", one.to_bytes(8, "big")) for one in range(count)]
        for first in range(0, count, SLICE):
            several = [
                rows.standing(page.model_copy(update={"case": number})).model_dump()
                for number in numbers[first : first + SLICE]
            ]
            with database.engine.begin() as connection:
                connection.execute(insert(CaseRow), several)
        documents = DocumentStore(Path(folder) / "documents", ring)
        files = AuditFiles(Store(database, ring), CountStore(database), PackOnDisk(pack.SHIPPED), documents)
        for of in (Section.DETERMINATIONS, Universe.OD):
            began = time.process_time()
            made = await files.make_audit_file(
                FileQuestion(of=of, first=date(2037, 1, 1), last=date(2037, 3, 31))
            )
            print(f"{of.value}: {made.rows} rows of {count} cases, {time.process_time() - began:.1f} s")
        await database.dispose()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
