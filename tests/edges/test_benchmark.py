"""The benchmark runs, so that it cannot rot; what it prints is nobody's promise here."""

import json

import pytest

from benchmarks import speed

pytestmark = pytest.mark.slow


async def test_ours_and_the_floor_are_measured_in_one_run(monkeypatch, capsys):
    monkeypatch.setattr(speed, "WARMING_UP", 1)

    await speed.main(2, flights=(2,), form="json")

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["who"] for row in rows][:2] == ["The floor", "Plazo"]
    assert all(row["worker, ms a case"] > 0 for row in rows)
