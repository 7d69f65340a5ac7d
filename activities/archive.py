"""The archive: what happened to a case is written down where it outlives the case."""

from temporalio import activity

from activities.ports import Register
from domain.page import Page
from domain.refusals import Misuse


class Archive:
    def __init__(self, register: Register) -> None:
        self.register = register

    @activity.defn
    async def write_page(self, page: Page) -> None:
        """Keep a page of the case in the register; the same page twice is kept once."""
        await self.register.write(page)

    @activity.defn
    async def closed_case(self, case: str) -> str:
        """The whole of a case as it closed, as JSON, for one that is reopened."""
        state = await self.register.closed_case(case)
        if state is None:
            raise Misuse(f"case: the register does not know {case} as a closed case.")
        return state
