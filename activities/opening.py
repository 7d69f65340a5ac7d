"""What starts a case: the number, and what came in."""

from typing import Annotated, Any, ClassVar, Self, cast

from pydantic import AwareDatetime, Field

from activities.admission import Application
from domain.appeal.appeal import Appeal
from domain.appeal.appealed import AppealedDetermination
from domain.appeal.receiving import ReceiveAppeal
from domain.appeal.request import AppealRequest
from domain.case.acts import Act
from domain.case.matter import Matter
from domain.case.sensitive import LookInto
from domain.concurrent.qio import AskQio
from domain.correction.entered_in_error import EnterInError
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer
from domain.desk.calls import TakeCall
from domain.desk.desk import Note, RecordCall
from domain.desk.notes import StrikeNote
from domain.desk.received_again import ReceiveAgain
from domain.determination.criteria_copy import CopyCriteria
from domain.determination.receiving import ReceiveRequest
from domain.dispute.dispute import Dispute
from domain.dispute.filing import Filing
from domain.dispute.receiving import ReceiveFiling
from domain.request.arrived import Arrived
from domain.request.request import Request
from domain.review.treatment import RaiseConcern
from domain.terms.frozen import Frozen
from domain.terms.people import SYSTEM, Actor
from domain.terms.text import folded
from domain.view.page import ClaimedLine

HeardWhenClosed = (
    CorrectAnswer
    | EnterInError
    | Reinstate
    | CopyCriteria
    | Note
    | StrikeNote
    | TakeCall
    | RecordCall
    | AskQio
    | RaiseConcern
    | LookInto
)
"""What is heard of a case that has closed: it is taken up again from the register."""
TakingUp = Annotated[HeardWhenClosed, Field(discriminator="verb")]


class TakenUp(Frozen):
    """What a closed case is taken up for, and the instant at which that was said."""

    act: TakingUp
    at: AwareDatetime


class AnyOpening(Frozen):
    """What every opening says of its case: the number, who keyed it, and from where it goes on."""

    number: str
    may_join: bool = False  # an open case that is the same: then that takes note of what came in
    left_in: str | None = None  # the run of this case that was ended from outside: it goes on
    keyed_by: Actor | None = None

    @property
    def by(self) -> Actor:
        return self.keyed_by or SYSTEM

    @property
    def again(self) -> Act[Any] | None:
        """What an open case is told that may be the same."""
        return self.as_received_again() if self.may_join else None

    def as_received_again(self) -> Act[Any] | None:
        raise NotImplementedError


class Opening(AnyOpening):
    """A case's number, the request as it came in, and the cases that it belongs to."""

    request: Request
    parent: str | None = None  # the case that this one comes out of
    linked: tuple[str, ...] = ()
    taken_up: TakenUp | None = None  # the case of this number has closed, and goes on

    def as_received_again(self) -> ReceiveRequest:
        return ReceiveRequest(actor=self.by, receipt=self.number, request=self.request)


class DisputeOpening(AnyOpening):
    """A dispute's number, and its filing as it came in; without one, the closed case of that number is taken up."""

    filing: Filing | None = None

    def as_received_again(self) -> ReceiveFiling | None:
        if not self.filing:
            return None
        return ReceiveFiling(actor=self.by, receipt=self.number, filing=self.filing)


class AppealOpening(AnyOpening):
    """An appeal's number, and the appeal as it came in."""

    appeal: AppealRequest

    def as_received_again(self) -> ReceiveAppeal:
        return ReceiveAppeal(actor=self.by, receipt=self.number, appeal=self.appeal)


class MatterOpening(AnyOpening):
    """A matter's number, and in the field of its kind what came in."""

    matter: ClassVar[type[Matter]]
    received_again: ClassVar[type[ReceiveAgain[Any]]]

    @classmethod
    def of(cls, number: str, came: Arrived, **more: Any) -> Self:
        return cls(number=number, **{cls.matter.came_as: came}, **more)

    @classmethod
    def model_of(cls) -> type[Arrived]:
        """Of what comes in."""
        model: Any = cls.model_fields[cls.matter.came_as].annotation
        return cast("type[Arrived]", model)

    @property
    def came(self) -> Arrived:
        came: Arrived = getattr(self, self.matter.came_as)
        return came

    def as_received_again(self) -> ReceiveAgain[Any]:
        return self.received_again.of(self.by, self.number, self.matter.came_as, self.came)

    @property
    def application(self) -> Application:
        return application_of_matter(self.number, self.matter.kind, self.came)


def application_of(number: str, kind: str, request: Request) -> Application:
    """The request as admission has to know it."""
    return Application(
        number=number,
        kind=kind,
        plan=request.plan,
        received_at=request.received_at,
        services=request.services,
        member=folded(request.member.contract_number or request.member.name),
        fingerprint=request.fingerprint,
        reference=folded(request.reference) or None,
        lines=tuple(
            ClaimedLine(line=line.sequence, service=line.service, from_day=line.from_day)
            for line in request.lines
        ),
    )


def application_of_filing(number: str, filing: Filing) -> Application:
    """The dispute as admission has to know it."""
    return Application(
        number=number,
        kind=Dispute.kind,
        plan=filing.plan,
        received_at=filing.received_at,
        member=folded(filing.claim.member),
        fingerprint=filing.fingerprint,
        reference=folded(filing.reference) or None,
        lines=tuple(
            ClaimedLine(line=line.sequence, service=line.service, from_day=line.day, through=line.day)
            for line in filing.lines
            if line.day
        ),
    )


def application_of_appeal(number: str, appeal: AppealRequest, original: AppealedDetermination) -> Application:
    """The appeal as admission has to know it; plan, member and services are those that the first case had."""
    member = original.request.member
    return Application(
        number=number,
        kind=Appeal.kind,
        plan=original.plan,
        received_at=appeal.received_at,
        services=tuple(line.asked.service for line in original.lines),
        member=folded(member.contract_number or member.name),
        fingerprint=appeal.fingerprint,
        reference=None,
    )


def application_of_matter(number: str, kind: str, came: Arrived) -> Application:
    """What came in as admission has to know it."""
    return Application(
        number=number,
        kind=kind,
        plan=came.plan,
        received_at=came.received_at,
        member=came.whose,
        fingerprint=came.fingerprint,
        reference=folded(came.reference) or None,
    )
