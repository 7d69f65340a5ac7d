"""The archive: what happened to a case is written down where it outlives the case.

The case is named, and asked: what it holds would otherwise stand in its history once more with each page.
"""

from temporalio import activity

from activities import in_hand
from activities.ports.cases import LiveCases
from activities.ports.register import Register
from domain.terms.frozen import Frozen, digest_of
from domain.terms.refusals import Misuse
from domain.view.page import Page, Written


class PageDue(Frozen):
    """A case that has something to write: the events after `written`, through `last`, and their digest."""

    case: str
    written: int
    last: int = 0
    digest: str = ""


class LeftBehind(Frozen):
    """A case whose run was ended from outside."""

    case: str
    run: str


class Archive:
    def __init__(self, register: Register, cases: LiveCases) -> None:
        self.register = register
        self.cases = cases

    @activity.defn
    async def write_page(self, due: PageDue) -> Written:
        """Keep the page of a case in the register, and answer through which event it has what is due.

        A case that is asked may answer in a task that is lost: then it has none of that, and is asked once more.
        """
        run = activity.info().workflow_run_id or ""
        held = in_hand.take(Page, run, due.digest)
        page = held or await self.cases.page(due.case, run, due.written)
        if not await self.register.write(page):  # a register that was put back to an earlier day lacks some
            await self.register.write(await self.cases.page(due.case, run, 0))
        is_so = held or digest_of(page.events[: due.last - due.written]) == due.digest
        return Written(last_sequence=due.last if is_so else due.written)

    @activity.defn
    async def closed_case(self, case: str) -> str:
        """The whole of a case as it closed, as JSON, for one that is reopened."""
        return _found(case, await self.register.closed_case(case), "as a closed case")

    @activity.defn
    async def left_behind(self, left: LeftBehind) -> str:
        """The whole of a case whose run was ended from outside: what the run itself says, else the register."""
        found = await self.cases.left(left.case, left.run) or await self.register.kept_case(left.case)
        return _found(left.case, found, "with its state")


def _found(case: str, state: str | None, how: str) -> str:
    if state is None:
        raise Misuse(f"case: the register does not know {case} {how}.")
    return state
