"""A matter: a case that one thing which came in opens, and for which nobody is written to for more."""

from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar, Self

from pydantic import JsonValue

from domain.case import ending
from domain.case.case import Case
from domain.parts.papers import Papers
from domain.policy.case_policy import CasePolicy
from domain.request.arrived import Arrived
from domain.request.request import Member
from domain.terms.calendar import whole_seconds
from domain.terms.notice import Addressee, Recipient
from domain.terms.people import SYSTEM, Actor, Language


class Matter(Case):
    """What came in stands in a field of the kind's own, `came_as`, which its opening has too."""

    came_as: ClassVar[str]

    @classmethod
    def received(
        cls,
        number: str,
        member: str,
        policy: CasePolicy,
        came: Arrived,
        *,
        now: datetime,
        by: Actor = SYSTEM,
        **known: Any,
    ) -> Self:
        """It reached us, and begins; `known` are fields that were looked up for it."""
        case = cls(
            number=number,
            member=member,
            policy=policy,
            received_at=whole_seconds(came.received_at),
            urgency=came.urgency,
            papers=Papers(documents=list(came.documents)),
            **{cls.came_as: came},
            **cls.first(came, policy),
            **known,
        )
        case.begins(now, by)
        return case

    @classmethod
    def first(cls, came: Any, policy: CasePolicy) -> dict[str, Any]:
        """The fields beside, as they are at first."""
        return {}

    @abstractmethod
    def begins(self, now: datetime, by: Actor) -> None:
        """That it came is written down, and what has to be done first."""

    @property
    def came(self) -> Arrived:
        came: Arrived = getattr(self, self.came_as)
        return came

    @property
    def whose(self) -> Member | None:
        """The member, as far as anybody said who it is; a committee's question is nobody's."""
        return getattr(self.came, "member", None)

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """Nobody writes for this: the member is called."""
        self.need("calls", f"ask the member for {'; '.join(english)}", now)

    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        ending.withdraw(self, by, at, now, actor)

    # Who is written to

    @property
    def language_of_its_own(self) -> Language | None:
        """In which its member reads, or whoever it is about."""
        return self.whose.language if self.whose else None

    @property
    def languages(self) -> set[Language]:
        own = self.language_of_its_own
        return {own} if own else set()

    @property
    def addressee(self) -> Addressee:
        """The member."""
        assert self.whose is not None
        known = self.whose.model_dump(include={"name", "address", "language"})
        return Addressee(recipient=Recipient.MEMBER, **known)

    def at_the_head(self, now: datetime) -> dict[str, JsonValue]:
        plan, member = self.policy.plan, self.whose
        return {
            "case": self.number,
            **plan.model_dump(include={"organisation", "address", "telephone", "fax", "tty"}),
            "plan": plan.name,
            "member": member.name if member else None,
            "contract_number": member.contract_number if member else None,
            "dated": self.policy.calendar.day_of(now).isoformat(),
        }
