"""Where work waits in line, an expedited case goes first, and what happened by itself comes behind people."""

from collections import defaultdict

import pytest

pytestmark = pytest.mark.slow

OF_ITS_CASE = 0


async def keys_of(installation, case: str) -> tuple[int, dict[str, list[int]]]:
    """The key with which a case stands in line, and those of its steps."""
    handle = (await installation.client()).get_workflow_handle(case)
    steps = defaultdict(list)
    began, *events = (await handle.fetch_history()).events
    for event in events:
        if event.HasField("activity_task_scheduled_event_attributes"):
            step = event.activity_task_scheduled_event_attributes
            steps[step.activity_type.name].append(step.priority.priority_key)
    return began.workflow_execution_started_event_attributes.priority.priority_key, steps


async def test_an_expedited_case_stands_before_another_and_pages_of_the_clock_behind_both(installation):
    standard = await installation.opened("02", reference="PRIORITY 02")
    expedited = await installation.opened("01", urgency="expedited", reference="PRIORITY 01")
    await installation.at_rest(expedited)

    of_standard, _ = await keys_of(installation, standard)
    of_expedited, steps = await keys_of(installation, expedited)

    assert steps["meet"][0] < of_expedited < of_standard < steps["write_page"][-1]
    assert steps["write_page"][0] == OF_ITS_CASE  # a clerk brought it
    authorization, _ = await keys_of(installation, f"{expedited.replace('PRE', 'AUT')}-01")
    assert authorization == of_expedited
