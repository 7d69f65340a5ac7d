"""The story of a kind of case that Plazo does not have, made of what every kind is given, as CONTRIBUTING tells."""

import shutil
from datetime import timedelta

import pytest
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

import plazo
from config.pack import load
from domain.casefile.casefile import file_of
from domain.desk.desk import Claim, Withdraw
from domain.parts.events import EventKind
from domain.request.request import Provider
from domain.terms import case_number
from domain.terms.kind import KINDS
from domain.view import kinds as view_kinds
from domain.view.kinds import case_of
from tests.builders import ROOT, at
from tests.edges.installation import Installation, ago
from tests.example_kind import rows
from tests.example_kind.listing import CheckEntry, Found, Report
from tests.example_kind.story import ListingOpening, ListingWorkflow
from tests.world import NUMBERS, PACK
from worker import assembly
from worker.adapters.post.spool import Spool
from workflows import kinds as running_kinds

HERE = ROOT / "tests" / "example_kind"
BY_POST = {"name": "Luis Ortiz MD", "npi": "1234567893", "address": "Calle Sol 8, San Juan PR 00901"}


@pytest.fixture(scope="module")
def pack_with_listings(tmp_path_factory):
    """The policy pack with the example's rows at the end of its tables, and its letters."""
    folder = shutil.copytree(ROOT / "policy", tmp_path_factory.mktemp("pack") / "policy")
    for table in (HERE / "policy").glob("*.toml"):
        with (folder / table.name).open("a", encoding="utf-8") as file:
            file.write(f"\n{table.read_text(encoding='utf-8')}")
    shutil.copytree(HERE / "policy" / "letters", folder / "letters", dirs_exist_ok=True)
    return folder


@pytest.fixture
def letters(pack_with_listings, tmp_path):
    return Spool(tmp_path / "spool", pack_with_listings / "letters")


@pytest.fixture(autouse=True)
def house(monkeypatch, pack_with_listings):
    """The house with the three rows of a listing; what is made of the rows at their import is made of it too."""
    name = rows.KIND.name
    monkeypatch.setitem(KINDS, name, rows.KIND)
    monkeypatch.setitem(view_kinds.CASES, name, rows.CASE)
    monkeypatch.setitem(running_kinds.RUNNING, name, rows.RUNNING)
    monkeypatch.setitem(case_number.NAMES, rows.KIND.prefix, name)
    monkeypatch.setitem(running_kinds.WORKFLOWS, name, ListingWorkflow)
    here = assembly.RUNNER.restrictions.with_passthrough_modules("tests")
    monkeypatch.setattr(assembly, "RUNNER", SandboxedWorkflowRunner(restrictions=here))
    pack = load(pack_with_listings)
    monkeypatch.setattr(PACK, "pack", lambda: pack)


async def a_listing(plan, **provider):
    number = case_number.case_number(rows.KIND.prefix, NUMBERS.pop())
    report = Report(
        plan="mcs-classicare",
        received_at=at("2037-03-05 16:20 AST"),  # a Thursday
        provider=Provider.model_validate(BY_POST | provider),
        says="We moved to Calle Luna in January.",
    )
    return await plan.open(
        "listing", ListingOpening(number=number, report=report), number, report.received_at
    )


async def test_a_listing_is_answered_in_writing_and_is_over(plan, letters, replayer):
    case = await a_listing(plan)
    received = await case.sheet()
    assert received.shown.due_at == at("2037-03-11 23:59:59 AST"), "five business days, one a Saturday"
    assert received.shown.kind == "listing"
    assert received.waiting == ("intake, with nobody yet: find out whether the entry is wrong",)
    await case.does("ic-santos", Claim)
    assert "say how it was found out" in await case.is_refused("ic-santos", CheckEntry, found=Found.WRONG)
    await case.let_pass(until=at("2037-03-09 10:00 AST"))

    said = await case.does("ic-santos", CheckEntry, found=Found.WRONG, reason="called the clinic")

    assert said.sentence == "the entry is wrong; the provider is told in writing"
    assert await case.closed_as() == "entry corrected"
    [letter] = plan.letters(case, "determination")
    [clock] = (await case.explanation()).clocks
    assert (clock.clock, clock.breached) == ("answer", False)
    assert clock.satisfied_at >= at("2037-03-09 10:00 AST")
    assert "It was, and we have put it right." in letters.render(letter)
    assert letters.print(letter).startswith(b"%PDF")
    await replayer(ListingWorkflow, runner=assembly.RUNNER).replay_workflow(await case.handle.fetch_history())


async def test_nobody_answers_and_people_hear_of_it_until_somebody_does(plan, letters):
    case = await a_listing(plan, language="es")
    foretold = [one.at for one in (await case.forecast()).events if one.kind is EventKind.BREACHED]
    assert foretold == [at("2037-03-12 00:00:00 AST")]
    await case.let_pass(until=at("2037-03-12 09:00 AST"))

    late = await case.sheet()
    assert len(await case.events(EventKind.ESCALATED)) == 3
    assert [one.at for one in await case.events(EventKind.BREACHED)] == foretold
    assert late.flags == ("breach",)
    assert "LATE" in late.why, "the answer stays owed"

    await case.does("sup-diaz", CheckEntry, found=Found.RIGHT, reason="the entry says Calle Luna")
    assert await case.closed_as() == "entry unchanged"
    [letter] = plan.letters(case, "determination")
    assert "La encontramos correcta" in letters.render(letter)


COMMANDS = {
    "tests.example_kind.commands": {
        "listing submit": "Open the case of an entry that is said to be wrong.",
        "listing check": "Say whether the entry was wrong.",
    }
}


@pytest.mark.slow
async def test_a_listing_is_submitted_checked_and_printed_at_the_prompt(
    monkeypatch, pack_with_listings, tmp_path
):
    """From the front door to the letter: nothing of the house knows of listings but its rows and its commands."""
    monkeypatch.setitem(plazo.COMMANDS, "Listings", COMMANDS)
    monkeypatch.setitem(
        plazo.GROUPS, "listing", "Listings: an entry of the directory that is said to be wrong."
    )
    installation = Installation(tmp_path)
    installation.environment["PLAZO_POLICY"] = str(pack_with_listings)
    said = {"plan": "mcs-classicare", "provider": BY_POST, "says": "We moved to Calle Luna in January."}
    report = installation.file(said, "report.json")
    submit = ("listing", "submit", report, "--received", ago(timedelta(hours=1)))
    async with installation.here():
        opened = await installation.json(*submit, as_="ic-santos")
        again = await installation.json(*submit, as_="ic-santos")
        assert (again["created"], again["case"]) == (False, opened["case"])
        assert "find out whether the entry is wrong" in await installation.answer("show", opened["case"])

        check = ("listing", "check", opened["case"], "--found", "wrong", "--because", "called the clinic")
        told = await installation.answer(*check, as_="ic-santos")

        assert "the entry is wrong; the provider is told in writing" in told
    assert opened["case"].startswith("LST-")


async def test_a_listing_is_taken_back_and_everything_that_is_asked_of_a_case_can_be_asked_of_it(plan):
    case = await a_listing(plan)
    await case.does("ic-santos", Withdraw, by="provider")

    assert await case.closed_as() == "withdrawn by the provider"
    page = plan.register.pages[case.number]
    kept = case_of(case.number, page.state)
    assert kept.status.code == page.sheet.shown.status.code == "WITHDRAWN"
    assert file_of(kept, page.sheet.shown.received_at).kind == "listing"
