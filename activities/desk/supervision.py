"""Supervision: what is looked at on a schedule, and whom it is told; each from the instants that it is given."""

import asyncio
from datetime import timedelta
from typing import Protocol

from pydantic import AwareDatetime
from temporalio import activity

from activities.desk.attestations import Attestations, house_day
from activities.desk.board import BoardQuestion, Boards
from activities.desk.reports import Reports
from activities.ports.register import Register
from activities.ports.world import Policies
from activities.writing import writes
from domain.desk.attestation import asked
from domain.desk.glass import told_to_privacy
from domain.policy.review_dates import reviews_due
from domain.policy.rows import Staff
from domain.terms.frozen import Frozen
from domain.terms.people import Role
from domain.view.memo import Memo, digest, memos

GLASS_DAYS = 7  # each morning: one that was missed hides nothing


class Inspector(Protocol):
    """Whoever compares what the register, Temporal and the authorizations say."""

    async def differences(self) -> tuple[str, ...]:
        """Each difference in a sentence, which names a case and nobody."""
        ...


class Memos(Protocol):
    """The way of memos to the staff: each is given under its key once, however often that is asked."""

    @writes
    async def give(self, memo: Memo) -> str:
        """Give it, or find it given; the answer is its proof."""
        ...


class Occasion(Frozen):
    """When something was to be looked at, and when it is."""

    scheduled_at: AwareDatetime
    now: AwareDatetime


class Oversight:
    def __init__(
        self, register: Register, policies: Policies, inspector: Inspector, memos: Memos, reports: Reports
    ) -> None:
        self.register = register
        self.policies = policies
        self.inspector = inspector
        self.memos = memos
        self.reports = reports

    @activity.defn
    async def sweep(self, occasion: Occasion) -> tuple[str, ...]:
        """What register and Temporal say differently of the cases, now."""
        return await self.inspector.differences()

    @activity.defn
    async def digest(self, occasion: Occasion) -> tuple[str, ...]:
        """A memo for each supervisor: what waits, what is late, what differs. One for privacy of broken glass."""
        board = await Boards(self.register, self.policies).board(BoardQuestion(now=occasion.now))
        lines = digest(board, await self.inspector.differences())
        day = house_day(self.policies, occasion.now)
        given = await self._tell("digest", str(day), f"The morning of {day}", lines)
        given += await self._ask_to_attest(occasion.now)
        broken = await self.register.broken_glass(occasion.now - timedelta(days=GLASS_DAYS))
        if not (told := told_to_privacy(broken, GLASS_DAYS)):
            return given
        subject = f"Read beyond plans: {len(broken)}"
        return given + await self._tell("privacy", str(day), subject, told, Role.PRIVACY)

    async def _ask_to_attest(self, now: AwareDatetime) -> tuple[str, ...]:
        """A memo to each who is to attest: once when it is asked for, and once when it is late."""
        staff = {one.id: one for one in self.policies.pack().staff}
        return tuple(
            [
                proof
                for one in asked(await Attestations(self.register, self.policies).on(now))
                for proof in await self._give(
                    memos(
                        f"attest-{one.row}-{one.standing.name.lower()}",
                        str(one.by or "first"),
                        [staff[one.who]],
                        "Attest once a year",
                        [one.words, f"plazo staff attest {one.row}"],
                    )
                )
            ]
        )

    @activity.defn
    async def figures(self, occasion: Occasion) -> tuple[str, ...]:
        """Keep the floor's reports of the month before the scheduled one, as it has come to be."""
        last = house_day(self.policies, occasion.scheduled_at).replace(day=1) - timedelta(days=1)
        kept = await self.reports.keep(last.replace(day=1), last)
        return tuple([one.title for one in kept])

    @activity.defn
    async def reviews(self, occasion: Occasion) -> tuple[str, ...]:
        """A memo for each supervisor: which criteria and choices are to be reviewed by the scheduled month."""
        day = house_day(self.policies, occasion.scheduled_at)
        due = [str(one) for one in reviews_due(self.policies.pack(), day)]
        if not due:
            return ()
        return await self._tell("reviews", day.strftime("%Y-%m"), "Criteria and choices to review", due)

    def _readers(self, role: Role) -> list[Staff]:
        return [one for one in self.policies.pack().staff if one.is_any(role)]

    async def _tell(
        self, kind: str, day: str, subject: str, lines: list[str], role: Role = Role.SUPERVISOR
    ) -> tuple[str, ...]:
        """Raises why where one cannot go yet; asked again, the others are found given."""
        readers = self._readers(role) or self._readers(Role.SUPERVISOR)
        return await self._give(memos(kind, day, readers, subject, lines))

    async def _give(self, memos: tuple[Memo, ...]) -> tuple[str, ...]:
        giving = asyncio.gather(*map(self.memos.give, memos), return_exceptions=True)
        answers = await giving
        if refused := [answer for answer in answers if isinstance(answer, BaseException)]:
            raise refused[0]
        return tuple([answer for answer in answers if isinstance(answer, str)])
