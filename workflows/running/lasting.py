"""What makes a story last: its keepers live and fail with it, and no button ends it."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, Self, TypeVar

from temporalio import workflow

Opened = TypeVar("Opened")


class Lasting(Protocol):
    """A case workflow: what runs beside its story, and that it takes note of a request to cancel it."""

    def rest(self) -> None: ...

    def keepers(self) -> list[Coroutine[Any, Any, None]]: ...

    def cancellation_was_asked(self) -> None: ...


L = TypeVar("L", bound=Lasting)


class Keepers(asyncio.TaskGroup):
    """Tasks that fail together. A worker that stops throws its cases away as they are: then nobody waits."""

    async def __aexit__(self, kind: type[BaseException] | None, *error: Any) -> None:  # noqa: PYI036
        if kind is not GeneratorExit:
            await super().__aexit__(kind, *error)


class Kept(Keepers):
    """The keepers beside a story. No generator: of one that was thrown away nobody knows who is closed first."""

    def __init__(self, case: Lasting) -> None:
        super().__init__()
        self.case = case

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        for keeper in self.case.keepers():
            self.create_task(keeper)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *error: Any) -> None:  # noqa: PYI036
        if kind is asyncio.CancelledError:
            return  # the worker lets go of the case, and of each keeper: to gather what they say would hold it
        if kind is None:
            self.case.rest()
        await super().__aexit__(kind, *error)
        if kind is None:
            await workflow.wait_condition(workflow.all_handlers_finished)


def to_its_end(story: Callable[[L, Opened], Awaitable[str]]) -> Callable[[L, Opened], Awaitable[str]]:
    """A story that no cancellation ends: it is a task of its own, and what was asked of it is recorded.

    A story that caught the cancellation itself would have lost the step, the keepers and the letters in hand.
    """

    @functools.wraps(story)
    async def run(self: L, opening: Opened) -> str:
        telling = asyncio.ensure_future(story(self, opening))
        while not telling.done():
            try:
                await asyncio.shield(telling)
            except asyncio.CancelledError:
                self.cancellation_was_asked()
        return await telling

    return run
