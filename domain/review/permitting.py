"""The authorizations that a case issued, and what each of them was last told of itself.

What was issued is the case's own word; the life of an authorization is a case of its own (`authorization/`). It
is told whenever that word changes, and tells the case when it ends by itself.
"""

from datetime import datetime

from pydantic import AwareDatetime, JsonValue

from domain.case.answers import Permit
from domain.case.events import EventKind
from domain.clock.timeframe import Services, Urgency
from domain.policy.case_policy import CasePolicy
from domain.request.determination import Authorization, Ending
from domain.request.line import Line
from domain.request.request import Request
from domain.review import letters
from domain.review.owing import Owing
from domain.terms.case_number import line_of
from domain.terms.frozen import Frozen
from domain.terms.notice import Addressee
from domain.terms.people import Actor, Words


class Issued(Frozen):
    """What a case hands over, by value, to the life of an authorization that it issued; `at` is its own time."""

    number: str
    case: str
    line: int
    services: Services  # which decision rows time its service
    permit: Authorization
    member: str
    policy: CasePolicy
    request: Request
    urgency: Urgency
    parties: tuple[Addressee, ...]
    head: dict[str, JsonValue]  # what stands at the head of that case's letters
    at: AwareDatetime
    replaces: str | None = None  # the earlier authorization whose place this one takes
    left_in: str | None = None  # the run of this authorization that was ended from outside: it goes on


class About(Frozen):
    """Whom an authorization is about and who is written to, as the case that issued it says after a correction."""

    request: Request
    parties: tuple[Addressee, ...]
    head: dict[str, JsonValue]


class Permitting(Owing):
    """A reviewed case whose authorizations live beside it."""

    told_permits: dict[str, Authorization] = {}  # by number: what each was last told
    corrections: int = 0  # how often the request was corrected
    told_corrections: dict[str, int] = {}  # by number: of how many of them each knows

    @property
    def untold_permits(self) -> list[Permit]:
        """The authorizations that have not been told yet how they stand here."""
        issued = {one.authorization.number: one for one in self.permits}
        changed = [
            one
            for one in issued.values()
            if self.told_permits.get(one.authorization.number) != one.authorization
            or self.is_told_of_a_request_that_was_wrong(one.authorization.number)
        ]
        return [*changed, *self._taken_back(set(issued))]

    def _taken_back(self, issued: set[str]) -> list[Permit]:
        """Of decisions that were taken back before anybody was told: they should never have been."""
        gone = [one for number, one in self.told_permits.items() if number not in issued and not one.ended_as]
        ended = {"ended_as": Ending.ENTERED_IN_ERROR, "ended_at": self.events[-1].recorded_at}
        return [Permit(line=line_of(one.number), authorization=one.model_copy(update=ended)) for one in gone]

    def issued(self, permit: Permit, at: datetime) -> Issued:
        """What the life of an authorization begins with, by value."""
        return Issued(
            number=permit.authorization.number,
            case=self.number,
            line=permit.line,
            services=next(line.kind for line in self.lines if line.sequence == permit.line),
            permit=permit.authorization,
            member=self.member,
            policy=self.policy.of_authorizations,
            request=self.request,
            urgency=self.urgency,
            parties=tuple(self.parties),
            head=letters.about(self, at),
            at=at,
            replaces=self.replaced_by(permit.line),
        )

    def is_told_of_a_request_that_was_wrong(self, number: str) -> bool:
        """Does an authorization carry names, addresses or papers that were corrected here since?"""
        return self.told_corrections.get(number, 0) < self.corrections

    def permit_told(self, permit: Authorization, corrections: int = 0) -> None:
        """The authorization knows by now how it stands here, and of so many corrections of the request."""
        self.told_permits[permit.number] = permit
        if corrections:
            self.told_corrections[permit.number] = corrections

    def replaced_by(self, line: int) -> str | None:
        """The earlier authorization whose place the one of this line takes, if there is any."""
        return None

    # Endings

    def end_authorization(self, line: Line, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        """The authorization of a line ends by that name."""
        if line.authorization is None:
            return
        line.authorization = line.authorization.model_copy(update={"ended_as": ending, "ended_at": at})
        words = f"{line.authorization.number} ended: {ending.text}"
        self.record(EventKind.AUTHORIZATION_ENDED, words, at=at, now=now, by=by, ending=ending.value)

    def permit_ended(
        self,
        line: Line,
        ending: Ending,
        *,
        at: datetime,
        now: datetime,
        by: Actor,
        because: Words | None = None,
    ) -> None:
        """It ended by itself, and says so; whoever has to know is told in its letters."""
        self.end_authorization(line, ending, at, now, by)
