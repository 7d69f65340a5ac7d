"""Files for auditors, made of what the register kept: every case once, in the order of decision, some at a time."""

import csv
import io
from datetime import date

import pytest

from activities.desk import audit_files
from activities.desk.audit_files import AuditFiles, FileQuestion
from domain.determination.decisions import Approve
from domain.report.service_level import Section
from domain.report.universe import Universe
from domain.terms.case_number import case_number
from records.counts import CountStore
from tests.appealing import does
from tests.builders import a_case, at
from tests.fakes import FakeDocuments
from tests.records.pages import a_page
from tests.world import PACK

QUARTER = {"first": date(2037, 1, 1), "last": date(2037, 3, 31)}


@pytest.fixture
async def numbers(register):
    """Five cases, of which the one that was opened last was decided first."""
    every = [case_number("PRE", count.to_bytes(8, "big")) for count in range(5)]
    for count, number in enumerate(every):
        case = a_case()
        case.number = number
        await register.write(a_page(does(case, at(f"2037-03-0{9 - count} 09:00 AST"), "rn-rivera", Approve)))
    return every


async def made(register, database, of):
    documents = FakeDocuments()
    files = AuditFiles(register, CountStore(database), PACK, documents)
    file = await files.make_audit_file(FileQuestion(of=of, **QUARTER))
    _, *lines = csv.reader(io.StringIO(documents.get(file.document).decode()))
    return file.rows, lines


@pytest.mark.parametrize("at_once", [2, 500])
async def test_each_case_is_read_once_in_the_order_of_decision(
    register, database, numbers, monkeypatch, at_once
):
    monkeypatch.setattr(audit_files, "AT_ONCE", at_once)

    count, lines = await made(register, database, Section.DETERMINATIONS)

    assert count == len(numbers)
    assert [line[0] for line in lines] == [f"{number}-1" for number in reversed(numbers)]
    assert (await made(register, database, Universe.OD))[0] == len(numbers)


async def test_service_level_data_build_no_case(register, database, numbers, monkeypatch):
    """Most of a case is its policy: building it takes ten times as long as reading what is needed."""
    monkeypatch.setattr(audit_files, "case_of", None)

    assert (await made(register, database, Section.DETERMINATIONS))[0] == len(numbers)
