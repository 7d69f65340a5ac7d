"""The benchmark runs, so that it cannot rot; what it prints is nobody's promise here."""

import pytest

from benchmarks import speed

pytestmark = pytest.mark.slow


async def test_ours_and_the_floor_are_measured_in_one_run(monkeypatch, capsys):
    monkeypatch.setattr(speed, "WARMING_UP", 1)

    await speed.main(2, flights=(2,))

    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()] == ["2", "ours", "floor", "ratio"]
