"""A storm: worker, server and disk are lost again and again while people act.

What was answered is kept, and whatever else was said is everywhere or nowhere.
"""

import asyncio
import csv
import random
from collections import Counter

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from config.sealing.keyring import KeyRing
from domain.parts.events import EventKind
from domain.terms.case_number import authorization_number
from records.database import database_at
from records.store import Store
from tests.sampling import PROVE
from tests.storm.lives import Life, lives
from tests.storm.weather import PATIENCE, Weather
from worker.doctor import Doctor
from workflows.running.questions import Questions

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500 if PROVE else 300)]

AT_ONCE = 25 if PROVE else 12
ROUNDS = 8 if PROVE else 1
BLOWS = 100 if PROVE else 3  # a sample ends sooner
SEED = 20261128


@pytest.mark.parametrize("round_", range(ROUNDS))
async def test_what_was_answered_is_kept_and_the_rest_is_everywhere_or_nowhere(tmp_path, round_):
    seed = SEED + round_
    people = list(lives(AT_ONCE, seed))
    async with Weather(tmp_path, seed).blowing() as weather:
        client = await weather.client()
        living = asyncio.gather(*(life.live(client, random.Random(life.number)) for life in people))
        while not living.done() and len(weather.blows) < BLOWS:
            await asyncio.sleep(weather.chance.uniform(0.5, 2.5))
            await weather.blow()
        await living
        print(f"{Counter(weather.blows)}; {sum(len(one.lost) for one in people)} answers lost")

        for life in people:
            await at_rest(client, life.number)
            accepted = await updates_in_history(client, life.number)
            assert set(life.answered) <= accepted, f"{life.number} answered and forgot"
            await letters_left_once(client, weather, life)
        await they_agree(client, weather)


async def at_rest(client: Client, number: str) -> None:
    """Wait until a case has nothing in hand."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                seen = (await client.get_workflow_handle(number).describe()).raw_description
                timeline = await client.get_workflow_handle(number).query(Questions.timeline)
            except RPCError:
                timeline = None
            if timeline and not (seen.pending_activities or seen.HasField("pending_workflow_task")):
                return
            await asyncio.sleep(0.2)


async def updates_in_history(client: Client, number: str) -> set[str]:
    history = await client.get_workflow_handle(number).fetch_history()
    accepted = "workflow_execution_update_accepted_event_attributes"
    return {
        event.workflow_execution_update_accepted_event_attributes.protocol_instance_id
        for event in history.events
        if event.HasField(accepted)
    }


async def letters_left_once(client: Client, weather: Weather, life: Life) -> None:
    """Each letter and each payment that the case tells of is there once, and no other."""
    events = (await client.get_workflow_handle(life.number).query(Questions.timeline)).events
    sent = [str(event.details["key"]) for event in events if event.kind is EventKind.NOTICE_SENT]
    assert len(sent) == len(set(sent))
    assert weather.installation.letters(life.number) == sorted(f"{key}.txt" for key in sent)
    manifest = weather.home.spool / "manifest.csv"
    with manifest.open(encoding="utf-8", newline="") as file:
        mine = [row["key"] for row in csv.DictReader(file) if row["key"].startswith(life.number)]
    assert Counter(mine) == Counter(sent)
    paid = [event for event in events if event.kind is EventKind.PAYMENT_INSTRUCTED]
    assert len(list(weather.home.payments.glob(f"{life.number}*.json"))) == len(paid)


async def they_agree(client: Client, weather: Weather) -> None:
    """Register, Temporal and authorizations, event by event."""
    ring = KeyRing.load(weather.home.keyring)
    database = database_at(f"sqlite:///{weather.home.register_db}")
    doctor = Doctor(client, "plazo", Store(database, ring), ring)
    found = [str(finding) async for finding in doctor.examine()]
    await database.dispose()
    assert found == []


async def test_a_disk_that_is_full_leaves_no_decision_that_the_case_does_not_know(tmp_path):
    async with Weather(tmp_path, SEED).blowing() as weather:
        case = await weather.installation.opened("02", reference="FULL")
        await weather.installation.at_rest(case)
        with weather.a_full_disk():
            said = await weather.installation.plazo("approve", case, as_="rn-rivera")
        assert said.code == 3, said

        client = await weather.client()
        await at_rest(client, case)
        decided = (await weather.installation.json("show", case))["lines"][0]["outcome"] is not None
        await they_agree(client, weather)
        issued = [
            one async for one in client.list_workflows(f"WorkflowId = '{authorization_number(case, 1)}'")
        ]
        assert bool(issued) == decided
