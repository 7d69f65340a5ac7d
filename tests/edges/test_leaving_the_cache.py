"""A case that leaves a worker's cache: what it held is free at once, and waits for no collector."""

import gc

from temporalio.common import HeaderCodecBehavior
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from domain.clock.clock import Clock
from domain.parts.events import Event
from tests.histories.keeping import KEPT, read
from worker import assembly
from workflows.kinds import WORKFLOWS


def held():
    return sum(type(one) in {Clock, Event} for one in gc.get_objects())


async def test_a_case_that_leaves_the_cache_holds_nothing():
    kept = next(one for one in read(KEPT / "precertification.jsonl.xz") if not one.state)
    replayer = Replayer(
        workflows=list(WORKFLOWS.values()),
        workflow_runner=assembly.RUNNER,
        data_converter=pydantic_data_converter,
        header_codec_behavior=HeaderCodecBehavior.CODEC,
    )
    gc.collect()
    gc.disable()
    try:
        before = held()
        await replayer.replay_workflow(kept.history)

        assert held() == before
    finally:
        gc.enable()
