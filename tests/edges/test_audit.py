"""The audit: who read and who acted is written as it happens, and whoever tampers with it is found out."""

import pytest
import pytest_asyncio
from temporalio.client import WorkflowUpdateFailedError

from config.audit import UNREADABLE, Audit, Trail
from config.sealing.keyring import KeyRing
from domain.desk.desk import Note
from domain.terms.refusals import Refused
from tests.builders import staff
from tests.edges.guarded import Guarded
from workflows.acts.updates import update_for
from workflows.running.questions import Questions

RING = KeyRing.generate()
CASE = "PRE-7K2M-9QXD-4HBT"


def written(folder, rows, anchor=None):
    trail = Trail(folder, RING, anchor)
    for number in range(rows):
        trail.note("rn-rivera", "read", f"sheet {number}", case=CASE)
    return next(iter(sorted(folder.glob("*.jsonl"), reverse=True)))


def faults(folder, anchor=None):
    return list(Audit(folder, RING).faults(anchor))


def without(lines, number):
    return [*lines[:number], *lines[number + 1 :]]


TAMPERED = {
    "a row removed": lambda lines: without(lines, 2),
    "the first row removed": lambda lines: lines[1:],
    "a word changed": lambda lines: [line.replace("rn-rivera", "md-ortiz") for line in lines],
    "two rows changed about": lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
    "a row written twice": lambda lines: [*lines[:3], lines[2], *lines[3:]],
    "a row made up": lambda lines: [*lines, f'{"0" * 64} {{"at": "2026-11-28T12:00:00Z"}}'],
}


def test_rows_are_as_they_were_written(tmp_path):
    written(tmp_path, 4)
    written(tmp_path, 3)
    assert faults(tmp_path) == []
    assert [row.what for row in Audit(tmp_path, RING).rows(CASE)] == [
        *(f"sheet {number}" for number in range(4)),
        *(f"sheet {number}" for number in range(3)),
    ]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.glob("*.jsonl"))


@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_tampers_with_a_row_is_found_out(tmp_path, how):
    path = written(tmp_path, 4)
    path.write_text("\n".join([*TAMPERED[how](path.read_text().splitlines()), ""]))
    assert len(faults(tmp_path)) == 1


def test_why_is_sealed_and_read_with_the_ring_whichever_keys_are_retired(tmp_path):
    Trail(tmp_path, RING).note("sup-diaz", "acted", "look_into", case=CASE, because="Zebulon complained")
    grown = RING.with_new_key()
    later = KeyRing.of(grown.kept.without(RING.sealing))

    assert "Zebulon" not in next(tmp_path.glob("*.jsonl")).read_text(encoding="utf-8")
    assert [row.because for row in Audit(tmp_path, later).rows()] == ["Zebulon complained"]
    assert [row.because for row in Audit(tmp_path, KeyRing.generate()).rows()] == [UNREADABLE]
    assert later.unveiled("said before words were sealed") == "said before words were sealed"


def test_a_file_that_was_cut_short_or_removed_is_missed_by_the_next_one(tmp_path):
    first = written(tmp_path, 4)
    kept = first.read_text()
    written(tmp_path, 1)
    first.write_text("\n".join(kept.splitlines()[:-1]) + "\n")
    assert "goes on from" in faults(tmp_path)[0]
    first.unlink()
    assert "goes on from" in faults(tmp_path)[0]
    first.write_text(kept)
    assert faults(tmp_path) == []


def test_the_newest_rows_are_held_by_the_anchor(tmp_path):
    folder, anchor = tmp_path / "audit", tmp_path / "anchor"
    first = written(folder, 4, anchor)
    second = written(folder, 2, anchor)
    second.unlink()
    assert faults(folder, anchor) == []
    first.unlink()
    assert faults(folder) == []
    assert "which the anchor holds" in faults(folder, anchor)[0]


def test_nobody_without_the_ring_writes_rows_that_count(tmp_path):
    path = written(tmp_path, 1)
    trail = Trail(tmp_path / "others", KeyRing.generate())
    trail.note("md-ortiz", "read", "sheet", case=CASE)
    [others] = (tmp_path / "others").glob("*.jsonl")
    path.write_text(others.read_text())
    assert faults(tmp_path)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(tmp_path_factory):
    installation = Guarded(tmp_path_factory.mktemp("audited"))
    await installation.key()
    async with installation.here():
        yield installation


async def test_who_read_who_acted_who_began_and_who_was_refused_is_in_it(guarded):
    case = await guarded.submitted()
    nurse = (await guarded.speaking(guarded.signed("rn-rivera"))).get_workflow_handle(case)
    await nurse.query(Questions.timeline)
    await nurse.execute_update(update_for(case, Note), Note(actor=staff("rn-rivera"), text="SECRETWORDS"))
    other = (await guarded.speaking(guarded.signed("rn-colon", "procare"))).get_workflow_handle(case)
    with pytest.raises(Refused):
        await other.query(Questions.sheet)
    with pytest.raises(WorkflowUpdateFailedError):
        await other.execute_update(update_for(case, Note), Note(actor=staff("rn-colon"), text="SECRETWORDS"))
    with pytest.raises(Refused):
        await (await guarded.speaking()).get_workflow_handle(case).query(Questions.sheet)

    rows = {(row.who, row.did, row.what) for row in Audit(guarded.home.audit, ring_of(guarded)).rows(case)}
    assert rows >= {
        ("ic-santos", "began", "Precertification"),
        ("rn-rivera", "read", "timeline"),
        ("rn-rivera", "acted", "note"),
        ("rn-colon", "was refused", "sheet"),
        ("rn-colon", "was refused", "note"),
        ("-", "was refused", "sheet"),
    }
    assert "plazo" not in {who for who, _, _ in rows}, "what works by itself stands in the histories"
    everything = "".join(path.read_text() for path in guarded.home.audit.glob("*.jsonl"))
    assert "SECRETWORDS" not in everything


async def test_the_audit_is_shown_verified_and_exported(guarded):
    case = await guarded.submitted()
    shown = await guarded.plazo("audit", "show", case)
    assert "ic-santos" in shown.out
    assert "began" in shown.out
    verified = await guarded.plazo("audit", "verify")
    assert (verified.code, "each as it was written" in verified.out) == (0, True)
    exported = await guarded.plazo("audit", "export")
    assert case in exported.out


async def test_without_an_audit_nothing_is_shown_and_nothing_done(guarded, monkeypatch):
    case = await guarded.submitted()
    length = await guarded.at_rest(case)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Trail, "note", full)
    nurse = guarded.file(guarded.signed("rn-rivera"), "nurse.token")
    for words in (("show", case), ("claim", case), ("worklist",)):
        done = await guarded.does(nurse, *words)
        assert (done.code != 0, done.out) == (True, ""), (words, done)
    monkeypatch.undo()
    assert await guarded.at_rest(case) == length


def ring_of(guarded):
    return KeyRing.load(guarded.home.keyring)
