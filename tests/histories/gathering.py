"""A pytest plugin that gathers what the stories leave behind: each run's history, opened, and what was tried on it.

pytest -p tests.histories.gathering tests/stories
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec
from temporalio.testing import WorkflowEnvironment

from tests.world import CaseSeen
from workflows.acts.updates import update_for

PLACES = {"identity", "stackTrace"}
A_MACHINE = re.compile(r"\d+@\S+")
HERE = Path(os.environ.get("PLAZO_GATHERED", "gathered"))


async def opened(message: Message, codec: PayloadCodec) -> None:
    """Each payload in a message as it was before it was sealed."""
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE:
            continue
        if field.message_type.GetOptions().map_entry:
            within = [one for one in value.values() if isinstance(one, Message)]
        else:
            within = [value] if isinstance(value, Message) else list(value)
        for one in within:
            if isinstance(one, Payload):
                one.CopyFrom((await codec.decode([one]))[0])
            else:
                await opened(one, codec)


@pytest.fixture(scope="session")
def here() -> Path:
    HERE.mkdir(parents=True, exist_ok=True)
    return HERE


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def gathered(
    here: Path, env: WorkflowEnvironment, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    tried: dict[str, list[Any]] = {}
    does = CaseSeen.does

    async def noted(self: CaseSeen, who: str, act: Any, **words: Any) -> Any:
        said = {"update": update_for(self.number, act).__name__, "who": who, "words": words}
        tried.setdefault(self.number, []).append(json.loads(json.dumps(said, default=as_json)))
        return await does(self, who, act, **words)

    before = {run.run_id async for run in env.client.list_workflows()}
    monkeypatch.setattr(CaseSeen, "does", noted)
    yield
    story = f"{request.path.stem.removeprefix('test_')}.{request.node.name.removeprefix('test_')}"
    runs = [run async for run in env.client.list_workflows() if run.run_id not in before]
    for number, run in enumerate(sorted(runs, key=lambda one: (one.start_time, one.id)), start=1):
        history = await env.client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
        for event in history.events:
            await opened(event, env.client.data_converter.payload_codec)
        events = [of_no_place(MessageToDict(event)) for event in history.events]
        whole = {"case": run.id, "tried": tried.get(run.id, []), "events": events}
        (here / f"{story[:90]}.{number}.json".replace("/", "-")).write_text(json.dumps(whole))


def of_no_place(value: Any) -> Any:
    """Without the names of the machine and of the paths on which it happened."""
    match value:
        case dict():
            return {name: of_no_place(one) for name, one in value.items() if name not in PLACES}
        case list():
            return [of_no_place(one) for one in value]
        case str() if A_MACHINE.fullmatch(value):
            return ""
        case _:
            return value


def as_json(value: Any) -> Any:
    return value.model_dump(mode="json", warnings=False) if hasattr(value, "model_dump") else str(value)
