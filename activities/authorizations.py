"""Authorizations: a case tells what it issued, an authorization tells how it ended, and staff ask what is left.

What is told twice is known already; nobody is believed for what the other side can say itself.
"""

from pydantic import AwareDatetime
from temporalio import activity

from activities import in_hand
from activities.ports.cases import LiveAuthorizations, LiveCases
from activities.ports.register import Register
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.extending import MoreAsked, extension_of
from domain.authorization.linking import AuthorizationEnded, GiveWay, GoOn, Word
from domain.authorization.state import Use
from domain.case.sensitive import CLOSED_TO, SOURCE
from domain.request.determination import Authorization
from domain.request.request import Request
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse, Refused
from domain.view.authorization_view import LifeSheet, life_sheet


class WordDue(Frozen):
    """A case that has something to tell an authorization that it issued, by its number, and the digest of that."""

    case: str
    number: str
    digest: str = ""


class ToldOfEnding(Frozen):
    """The case that issued an authorization, and how that has ended."""

    case: str
    act: AuthorizationEnded


class ToldOfMore(Frozen):
    """An earlier authorization, and the one that goes on where it ends."""

    earlier: str
    act: GoOn


class ToldToGiveWay(Frozen):
    """An earlier authorization, and the one that takes its place."""

    earlier: str
    act: GiveWay


class MoreQuestion(Frozen):
    """An authorization, and how more of it was asked for."""

    number: str
    asked: MoreAsked
    now: AwareDatetime


class Authorizations:
    def __init__(self, register: Register, cases: LiveCases, live: LiveAuthorizations) -> None:
        self.register = register
        self.cases = cases
        self.live = live

    @activity.defn
    async def keep_authorization(self, due: WordDue) -> Authorization | None:
        """Tell an authorization how it stands; it begins with that, where there is none of its number.

        Answers what was told; None where its case says something else by now, or said it in a task that was lost:
        then that is told in its place, if anything is.
        """
        run = activity.info().workflow_run_id or ""
        word = in_hand.take(Word, run, due.digest) or await self.cases.word(due.case, run, due.number)
        if word is None or word.digest != due.digest:
            return None
        if not (word.act.permit.ended_as and await self.register.closed_case(due.number)):
            await self.live.keep(word)  # an end is nothing to take it up again for
        return word.act.permit

    @activity.defn
    async def kept_authorization(self, number: str) -> LiveAuthorization | None:
        """An authorization as the register has it, closed or not; None where it knows none of that number."""
        state = await self.register.kept_case(number)
        return LiveAuthorization.model_validate_json(state) if state else None

    @activity.defn
    async def tell_of_ending(self, told: ToldOfEnding) -> bool:
        """Tell the case that issued an authorization how it ended; False where that case has closed."""
        return await self.cases.tell(told.case, told.act)

    @activity.defn
    async def go_on_from(self, told: ToldOfMore) -> bool:
        """Tell an authorization that another goes on where it ends; False where it is over already."""
        return await self.cases.tell(told.earlier, told.act)

    @activity.defn
    async def take_the_place_of(self, told: ToldToGiveWay) -> tuple[Use, ...]:
        """End an earlier authorization, and answer what was used of it: it counts for the one that follows."""
        await self.cases.tell(told.earlier, told.act)
        earlier = await self._any(told.earlier)
        return tuple(earlier.used) if earlier else ()

    @activity.defn
    async def show_authorization(self, number: str) -> LifeSheet:
        """An authorization as it stands, or as it closed. Raises Misuse where there is none."""
        return life_sheet(await self._found(number))

    @activity.defn
    async def ask_for_more(self, question: MoreQuestion) -> Request:
        """The request that an extension is. Raises Refused where it reached us after the end."""
        case = await self._found(question.number)
        now = max(
            question.now, case.log.events[-1].recorded_at
        )  # where time is virtual, it may be ahead of us
        return extension_of(case, question.asked, now)

    async def _found(self, number: str) -> LiveAuthorization:
        if await self.register.closed_to_reader(number):
            raise Refused(f"{number}: {CLOSED_TO}", SOURCE)
        if found := await self._any(number):
            return found
        raise Misuse(f"authorization: there is none of the number {number}.")

    async def _any(self, number: str) -> LiveAuthorization | None:
        return await self.live.authorization(number) or await self.kept_authorization(number)
