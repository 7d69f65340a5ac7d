"""What cases and authorizations tell each other: how it stands, that it ended, what comes before and after it."""

from datetime import datetime

from pydantic import AwareDatetime

from domain.authorization.authorization import LiveAuthorization
from domain.case.acts import Act
from domain.request.determination import Authorization, Ending
from domain.review import issuing
from domain.review.issuing import About, Issued
from domain.review.reviewed import ReviewedCase
from domain.terms.frozen import Frozen, digest_of
from domain.terms.people import Words


class TellAuthorization(Act[LiveAuthorization]):
    """The case that issued it says how it stands: its terms, or by what it ended. `about` is what was corrected."""

    permit: Authorization
    about: About | None = None

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        if self.about:
            case.hear_correction(self.about, now)
        return case.hear(self.permit, now)


class Word(Frozen):
    """What an authorization begins with, if there is none of its number, and what it is told."""

    issued: Issued
    act: TellAuthorization

    @property
    def digest(self) -> str:
        """By which it is known again: its terms, and whom it is about."""
        return digest_of([self.act.permit, self.issued.request, *self.issued.parties])


class GoOn(Act[LiveAuthorization]):
    """More was approved in a case of its own: another authorization goes on where this one ends."""

    number: str
    issued_at: AwareDatetime

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        if case.extended_by != self.number:
            case.goes_on_as(self.number, self.issued_at, now)
        return f"goes on as {self.number}"


class GiveWay(Act[LiveAuthorization]):
    """An appeal gave more: another authorization takes the place of this one."""

    number: str
    issued_at: AwareDatetime

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        if case.permit.ended_as is None:
            case.give_way_to(self.number, self.issued_at, now)
        return f"{self.number} takes its place"


class AuthorizationEnded(Act[ReviewedCase]):
    """An authorization that this case issued has ended by itself, or by what people did with it."""

    number: str
    ending: Ending
    ended_at: AwareDatetime
    because: Words | None = None

    def apply(self, case: ReviewedCase, now: datetime) -> str:
        for line in case.lines:
            permit = line.authorization
            if permit and permit.number == self.number and permit.ended_as is None:
                case.authorization_ended(
                    line,
                    self.ending,
                    at=self.ended_at,
                    now=now,
                    by=self.actor,
                    because=self.because,
                )
                if line.authorization:
                    issuing.told(case, line.authorization)
                return f"{self.number} ended: {self.ending.text}"
        return "known already"
