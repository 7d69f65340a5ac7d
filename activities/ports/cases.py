"""Cases and authorizations that are alive, as the activities see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from activities.writing import writes
from domain.appeal.appealed import AppealedDetermination
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.linking import Word
from domain.case.acts import Act
from domain.casefile.view import Whole
from domain.parts.payment import Payment
from domain.terms.notice import Notice
from domain.view.page import Page


class LiveCases(Protocol):
    """Cases, as long as Temporal keeps them: other ones, and the one that an activity works for."""

    async def page(self, case: str, run: str, written: int) -> Page:
        """What the register is told of a case: its standing now, and the events after so many."""
        ...

    async def letters(self, case: str, run: str, keys: Sequence[str]) -> tuple[Notice, ...]:
        """These letters of a case, as they stand."""
        ...

    async def payment(self, case: str, run: str, key: str) -> Payment:
        """An instruction to pay of a dispute."""
        ...

    async def word(self, case: str, run: str, number: str) -> Word | None:
        """What a case says of an authorization; None where it issued none of that number."""
        ...

    async def left(self, case: str, run: str) -> str | None:
        """The whole of a case as a run of it was left, as JSON; None where Temporal cannot say it any more."""
        ...

    async def appealed(self, case: str) -> AppealedDetermination | None:
        """What a case hands over to the appeal of what it decided; None where there is no such case to ask."""
        ...

    async def whole(self, case: str, at: datetime) -> Whole | None:
        """All that a case holds; None where Temporal keeps no such case, or it is not admitted."""
        ...

    @writes
    async def tell(self, case: str, act: Act[Any]) -> bool:
        """Say something to a case in the system's name; False where it is closed."""
        ...

    @writes
    async def receive(self, case: str, act: str, says: Mapping[str, Any]) -> str | None:
        """The sentence with which a case takes an act, named by its class; None where it is closed or refuses.

        Raises Unreachable where it does not answer.
        """
        ...


class LiveAuthorizations(Protocol):
    """Authorizations, as long as Temporal keeps them."""

    @writes
    async def keep(self, word: Word) -> None:
        """Tell an authorization how it stands; where there is none, it begins. Raises where it is just closing."""
        ...

    async def authorization(self, number: str) -> LiveAuthorization | None:
        """An authorization as it stands; None where Temporal keeps none of that number, or it has not begun."""
        ...
