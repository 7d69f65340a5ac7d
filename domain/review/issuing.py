"""The authorizations that a case issued, and what each of them was last told of itself.

What was issued is the case's own word; the life of an authorization is a case of its own (`authorization/`). It
is told whenever that word changes, and tells the case when it ends by itself.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, JsonValue

from domain.case import sensitive
from domain.clock.timeframe import Services, Urgency
from domain.parts.answers import AuthorizedLine
from domain.policy.case_policy import CasePolicy
from domain.request.determination import Authorization, Ending
from domain.request.request import Request
from domain.review import letters
from domain.terms.case_number import line_of
from domain.terms.frozen import Frozen
from domain.terms.notice import Addressee

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase


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
    known_to: tuple[str, ...] = ()  # where it is sensitive, those who work on the case


class About(Frozen):
    """Whom an authorization is about and who is written to, as the case that issued it says after a correction."""

    request: Request
    parties: tuple[Addressee, ...]
    head: dict[str, JsonValue]


def untold(case: "ReviewedCase") -> list[AuthorizedLine]:
    """The authorizations that have not been told yet how they stand here."""
    issued = {one.authorization.number: one for one in case.authorizations}
    changed = [
        one
        for number, one in issued.items()
        if case.told_permits.get(number) != one.authorization or is_told_of_another_request(case, number)
    ]
    return [*changed, *_taken_back(case, set(issued))]


def _taken_back(case: "ReviewedCase", issued: set[str]) -> list[AuthorizedLine]:
    """Of decisions that were taken back before anybody was told: they should never have been."""
    gone = [one for number, one in case.told_permits.items() if number not in issued and not one.ended_as]
    ended = {"ended_as": Ending.ENTERED_IN_ERROR, "ended_at": case.log.events[-1].recorded_at}
    return [
        AuthorizedLine(line=line_of(one.number), authorization=one.model_copy(update=ended)) for one in gone
    ]


def is_told_of_another_request(case: "ReviewedCase", number: str) -> bool:
    """Does an authorization carry names, addresses or papers that were corrected here since?"""
    return case.told_corrections.get(number, 0) < case.corrections


def told(case: "ReviewedCase", permit: Authorization, corrections: int = 0) -> None:
    """The authorization knows by now how it stands here, and of so many corrections of the request."""
    case.told_permits[permit.number] = permit
    if corrections:
        case.told_corrections[permit.number] = corrections


def forget_what_may_have_been_told(case: "ReviewedCase") -> None:
    """Where the last page came before an authorization was told, nobody knows whether it was: it is told again."""
    for one in case.authorizations:
        if case.told_permits.get(one.authorization.number) != one.authorization:
            case.told_permits.pop(one.authorization.number, None)


def issued(case: "ReviewedCase", permit: AuthorizedLine, at: datetime) -> Issued:
    """What the life of an authorization begins with, by value."""
    line = next(line for line in case.lines if line.sequence == permit.line)
    return Issued(
        number=permit.authorization.number,
        case=case.number,
        line=permit.line,
        services=line.kind,
        permit=permit.authorization,
        member=case.member,
        policy=case.policy.of_authorizations,
        request=case.request,
        urgency=case.urgency,
        parties=tuple(case.parties),
        head=letters.about(case, at),
        at=at,
        replaces=case.replaced_by(permit.line),
        known_to=sensitive.known_to(case),
    )
