"""Authorizations beside the case that issues them: each is told how it stands, and tells how it ended.

An authorization begins when the case first speaks of it, and is told again whenever that word changes: corrected,
ended, good again. The case waits for that at its close, as it does for the register.
"""

from collections.abc import Coroutine
from typing import Any, TypeVar

from temporalio import workflow

from domain.authorization.linking import AuthorizationEnded, TellAuthorization, Word
from domain.parts.answers import AuthorizedLine
from domain.review import issuing
from domain.review.issuing import About
from domain.review.reviewed import ReviewedCase
from domain.terms.people import SYSTEM
from workflows.acts.hearing import hears
from workflows.running import steps
from workflows.running.casework import Casework, now

P = TypeVar("P", bound=ReviewedCase)


class Issuing(Casework[P]):
    """A case that issues authorizations."""

    authorization_ended = hears(
        "authorization_ended", AuthorizationEnded, "An authorization that was issued here has ended"
    )

    def restored(self, kind: type[P], state: str) -> P:
        case = super().restored(kind, state)
        issuing.forget_what_may_have_been_told(case)
        return case

    def keepers(self) -> list[Coroutine[Any, Any, None]]:
        return [*super().keepers(), self._keep_the_authorizations()]

    async def _keep_the_authorizations(self) -> None:
        case = self.admitted
        while not (case.is_closed and not issuing.untold(case)):
            await workflow.wait_condition(
                lambda: case.is_closed or bool(self.is_at_rest and issuing.untold(case))
            )
            for permit in issuing.untold(case):
                corrections, word = case.corrections, word_of(case, permit)
                if told := await steps.keep_authorization(case.number, word):
                    issuing.told(case, told, corrections)

    @workflow.query(description="What this case says of an authorization that it issued")
    def word(self, number: str) -> Word | None:
        case = self.admitted
        known = [*issuing.untold(case), *case.authorizations]
        return next((word_of(case, one) for one in known if one.authorization.number == number), None)


def word_of(case: ReviewedCase, permit: AuthorizedLine) -> Word:
    """What an authorization is told, and what it begins with if that is the first word of it."""
    issued = issuing.issued(case, permit, now())
    about = About(request=issued.request, parties=issued.parties, head=issued.head)
    was_wrong = issuing.is_told_of_another_request(case, issued.number)
    act = TellAuthorization(actor=SYSTEM, permit=issued.permit, about=about if was_wrong else None)
    return Word(issued=issued, act=act)
