"""The net under the house: what anybody saw of a case, task by task, is seen again as its history is played.

A difference names the history, the task, the view and the field. What is meant to change is recorded anew with
`make histories`, and read in the commit that changes it. `PLAZO_PROVE=1` plays all of them, and so does
`PLAZO_PROVE=histories`, which proves nothing else.
"""

import json
import os

import pytest

from domain.case import authority
from domain.clock import agenda
from domain.review import letters
from tests.histories.keeping import KEPT, NAMES, differences, named, names, read
from tests.sampling import sampled
from workflows.kinds import WORKFLOWS

SAMPLE = 2  # of each case kind
SHOWN = 12  # differences of one history
BY_KIND = json.loads(NAMES.read_text(encoding="utf-8"))
EVERY = os.environ.get("PLAZO_PROVE") == "histories"
PLAYED = [
    (kind, name) for kind, every in BY_KIND.items() for name in (every if EVERY else sampled(every, SAMPLE))
]


@pytest.mark.parametrize(("kind", "name"), PLAYED)
async def test_what_was_seen_of_a_case_is_seen_again(kind, name):
    found = await differences(named(kind, name))

    assert not found, "\n".join([f"{len(found)} differences", *found[:SHOWN]])


def test_each_case_kind_has_histories_and_each_history_its_name():
    assert names() == BY_KIND
    assert BY_KIND.keys() == WORKFLOWS.keys()


def a_refusal_changes(patch):
    row = authority.TABLE["assign work"]
    patch.setitem(authority.TABLE, "assign work", row.model_copy(update={"source": "another source"}))


def a_kept_appointment_is_forgotten(patch):
    right = agenda.agenda
    patch.setattr(
        agenda, "agenda", lambda clocks, ladder, kept, *others: right(clocks, ladder, kept[1:], *others)
    )


def a_letter_says_another_day(patch):
    right = letters.about
    patch.setattr(letters, "about", lambda case, now: right(case, now) | {"received": "2037-01-01"})


def was_escalated(kept):
    return any(
        one["kind"] == "escalated" for task in kept.tasks for one in task.get("page", {}).get("events", ())
    )


@pytest.mark.parametrize(
    ("mistake", "where"),
    [
        (a_refusal_changes, "another source"),
        (a_kept_appointment_is_forgotten, "agenda"),
        (a_letter_says_another_day, "facts.received"),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
async def test_a_small_mistake_is_found(monkeypatch, mistake, where):
    kept = min(
        filter(was_escalated, read(KEPT / "precertification.jsonl.xz")), key=lambda one: len(one.tasks)
    )
    mistake(monkeypatch)

    found = await differences(kept)

    assert any(where in one for one in found), found
