"""The rows of coordination: every step has one, in a queue that somebody looks after."""

from config.checks.pack import cross_checks
from domain.policy.referrals import Step
from tests.builders import pack


def faults_with(steps):
    changed = pack().model_copy(update={"coordination_step": tuple(steps)})
    return [fault for fault in cross_checks(changed) if fault.table == "coordination_step"]


def test_the_shipped_rows_have_no_fault():
    assert faults_with(pack().coordination_step) == []


def test_a_step_without_a_row_is_named():
    [fault] = faults_with(row for row in pack().coordination_step if row.id is not Step.SEND)
    assert (fault.row, fault.rule) == ("send", "each step of coordination has a row")


def test_a_queue_that_nobody_looks_after_is_named():
    first, *others = pack().coordination_step
    [fault] = faults_with([first.model_copy(update={"queue": "nowhere"}), *others])
    assert (fault.row, fault.field) == (first.id, "queue")
