"""Stories of cases in trouble: a poison that their code does not bear, or somebody ended them. Neither hides."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from temporalio.service import RPCError

from client.desk.worklist import marked
from client.reach import cases as reaching
from client.reach.cases import Cases
from client.reach.chain import chain_of
from client.reach.trouble import trouble_of, troubles
from client.terminal.render import sheet as print_sheet
from domain.desk.desk import Note
from domain.determination.decisions import Approve
from domain.terms.refusals import Refused, Unreachable
from domain.view.page import Waiting
from tests.builders import a_request, staff
from tests.world import eventually


@pytest.fixture
def poison(monkeypatch):
    """Until it is taken back, a note that says `poison` is a defect: no code hears it."""
    heals = Note.apply

    def defect(self, case, now):
        if "poison" in self.text:
            raise ValueError("words about Ana Rivera")
        return heals(self, case, now)

    monkeypatch.setattr(Note, "apply", defect)
    return monkeypatch.undo


@pytest.fixture
def desk(plan, monkeypatch):
    """What staff reach, who wait a shorter time."""
    monkeypatch.setattr(reaching, "PATIENCE", timedelta(seconds=2))
    monkeypatch.setattr(reaching, "FIRST_LOOK", timedelta(seconds=1))
    return Cases(plan.client, plan.queue)


async def takes_poison(case):
    """Somebody says what its code does not bear, and waits in vain; the case is stuck once the task has failed."""

    async def says():
        with suppress(RPCError):
            await case.does("ic-santos", Note, text="poison")

    async def failed():
        return await trouble_of(case.world.client, case.number)

    return asyncio.create_task(says()), await eventually(failed)


def a_row(case):
    words = {"kind": "precertification", "queue": "nurse-review", "urgency": "standard", "what": "review"}
    return Waiting.model_validate({"case": case, "assignee": None, "due_at": None, "overdue": False} | words)


async def test_a_case_whose_code_fails_says_that_it_is_stuck_since_when_and_why(plan, desk, poison, capsys):
    case = await plan.submit(a_request())
    assert await trouble_of(plan.client, case.number) is None

    said, trouble = await takes_poison(case)

    assert (trouble.why, trouble.tries >= 1) == ("ValueError", True)
    page = await desk.sheet(case.number)
    assert page.shown.stage == "nurse_review", "what the register knew"
    assert page.shown.trouble.startswith(f"stuck since {page.calendar.show(trouble.since)} (ValueError, ")
    assert "Ana" not in page.shown.trouble
    print_sheet(page)
    assert "stuck since" in capsys.readouterr().out
    assert (await desk.timeline(case.number)).events
    for stuck in (desk.forecast, desk.review_sheet):
        with pytest.raises(Unreachable, match=f"{case.number} is stuck since .*ValueError"):
            await stuck(case.number)
    with pytest.raises(Unreachable, match="is stuck since"):
        await desk.act(case.number, Approve(actor=staff("rn-rivera")))

    poison()
    await said

    async def goes_on():
        return await trouble_of(plan.client, case.number) is None or None

    await eventually(goes_on)
    assert (await desk.sheet(case.number)).shown.trouble is None


async def test_the_worklist_marks_what_is_stuck_and_forgets_it_once_it_goes_on(plan, desk, poison):
    case, healthy = await plan.submit(a_request()), await plan.submit(a_request())
    said, _ = await takes_poison(case)

    async def is_found():
        found = await troubles(plan.client)
        return found if case.number in found else None

    found = await eventually(is_found)
    stuck, well = marked([a_row(case.number), a_row(healthy.number)], found)
    assert "stuck since" in stuck.trouble
    assert well.trouble is None

    poison()
    await said

    async def is_over():
        return case.number not in await troubles(plan.client) or None

    await eventually(is_over)


async def test_a_case_that_was_terminated_is_not_shown_as_alive(plan, desk):
    case = await plan.submit(a_request())
    await case.handle.terminate("somebody pressed the button")

    page = await desk.sheet(case.number)

    assert page.shown.trouble.startswith("ended by Temporal (terminated) ")
    assert "no deadline of it fires" in page.shown.trouble
    assert (await chain_of(desk, case.number)).live == (), "its forecast would be a lie"
    for refused in (
        desk.forecast(case.number),
        desk.act(case.number, Approve(actor=staff("rn-rivera"))),
    ):
        with pytest.raises(Refused, match=r"ended by Temporal \(terminated\).*`plazo doctor --mend`"):
            await refused

    async def is_found():
        return (await troubles(plan.client)).get(case.number)

    assert (await eventually(is_found)).why == "terminated"


async def test_a_case_that_closed_by_itself_is_in_no_trouble(plan, desk):
    case = await plan.submit(a_request())
    await case.does("rn-rivera", Approve)
    await case.let_pass(timedelta(days=3))
    await case.closed_as()

    assert await trouble_of(plan.client, case.number) is None
    assert (await desk.sheet(case.number)).shown.trouble is None
