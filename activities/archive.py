"""The archive: what happened to a case is written down where it outlives the case."""

from temporalio import activity

from activities.ports import Register
from domain.page import Page


class Archive:
    def __init__(self, register: Register) -> None:
        self.register = register

    @activity.defn
    async def write_page(self, page: Page) -> None:
        """Keep a page of the case in the register; the same page twice is kept once."""
        await self.register.write(page)
