"""An appeal as it stands: what was appealed and by whom, what it waits for, what became of each line."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from pydantic import AwareDatetime, JsonValue

from domain.appeal.appealed import AppealedDetermination
from domain.appeal.request import AppealRequest
from domain.authorization.state import AuthorizationState
from domain.case import windows
from domain.clock.duty import Duty
from domain.clock.timeframe import Regime
from domain.policy.appeals import AppealBy, AppealPolicy, Appellant
from domain.request import criteria
from domain.request.criteria import Answer, Finding
from domain.request.determination import Determination, ReasonClass
from domain.request.line import Line
from domain.review.reviewed import ReviewedCase
from domain.terms.case_number import authorization_number, kind_of
from domain.terms.notice import Addressee, Recipient
from domain.terms.people import Language
from domain.terms.refusals import Refused


class ReviewOutcome(StrEnum):
    """How whoever looks at it after the plan answered."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"


EFFECTS = {Duty.EFFECTUATION, Duty.EFFECTUATION_AFTER_REVIEW}


class AppealState(ReviewedCase):
    """What an appeal holds beside its lines, and what follows from that alone."""

    answers: ClassVar[Duty] = Duty.APPEAL_DECISION

    appeal: AppealRequest
    original: AppealedDetermination
    form_came_at: AwareDatetime | None = None
    cause: str | None = None
    cause_stated_at: AwareDatetime | None = None
    cause_accepted: bool | None = None
    dismissed_as: str | None = None
    vacated_at: AwareDatetime | None = None
    heard_from: AwareDatetime | None = (
        None  # the decision counts from here; None until the appeal may be heard
    )
    forwarded: list[int] = []
    went_further: bool = False  # somebody asked for the next level
    reviewed: dict[int, ReviewOutcome] = {}

    @property
    def terms(self) -> AppealPolicy:
        if self.policy.appeal is None:  # pragma: no cover - admission gives every appeal its terms
            raise AssertionError("an appeal lives by the appeal rows of its pack")
        return self.policy.appeal

    # Lines

    @property
    def undecided(self) -> list[Line]:
        """Lines that the plan still has to answer: not those that went to the independent reviewer in silence."""
        return [line for line in super().undecided if line.sequence not in self.forwarded]

    @property
    def is_undecided(self) -> bool:
        over = self.withdrawn or self.dismissed_as or self.is_closed
        return not over and bool(self.undecided or not self.lines)

    def first_answer(self, line: Line) -> Determination | None:
        """What the case that is appealed decided on this line; None where it was silent."""
        lines = self.original.lines
        return next(one.determination for one in lines if one.asked.sequence == line.sequence)

    def findings_on(self, line: Line) -> tuple[Finding, ...]:
        """The clauses as they stood at the first answer; after silence, as the papers of the appeal show them."""
        first, table = self.first_answer(line), self.policy.criteria_in(self.request, line.asked.service)
        if first or table is None:
            return first.findings if first else ()
        return criteria.check(table, self.facts)

    def findings_now(self, line: Line) -> tuple[Finding, ...]:
        """What the papers of the appeal show, and of the rest what the first answer found."""
        first = {one.criterion: one for one in self.findings_on(line)}
        now = super().findings_now(line)
        return tuple(first.get(one.criterion, one) if one.answer is Answer.UNKNOWN else one for one in now)

    def first_answered(self, line: Line) -> str | None:
        first = self.first_answer(line)
        if first is None:
            return "the time ran out in silence"
        decider = f" by {first.by}" if first.by else ""
        return f"{first.outcome.value}{decider}: {first.because}"

    def is_of_necessity(self, line: Line) -> bool:
        """Was it refused for want of medical necessity? What was left in silence counts as if it had been."""
        first = self.first_answer(line)
        reason = first.reason if first else None
        return reason is None or reason.reason_class is ReasonClass.MEDICAL_NECESSITY

    def is_clinical(self, line: Line) -> bool:
        """Does a clinician decide it: of necessity; in Puerto Rico also whether the service is to be had there?

        There every adverse determination of a utilization review goes to a peer (26 LPRA 9397(c)(1)).
        """
        first = self.first_answer(line)
        available = first and first.reason and first.reason.reason_class is ReasonClass.AVAILABILITY
        in_puerto_rico = self.policy.plan.regimes[0] is Regime.PUERTO_RICO
        return self.is_of_necessity(line) or bool(available and in_puerto_rico)

    def is_improved(self, line: Line) -> bool:
        """Does the answer to the appeal give more than the first one did?"""
        first, answer = self.first_answer(line), line.determination
        if answer is None or not answer.units:
            return False
        return first is None or (answer.service, answer.units) != (first.service, first.units)

    @property
    def counts_from_receipt(self) -> bool:
        return self.heard_from == self.received_at

    # What it waits for

    @property
    def form(self) -> Appellant | None:
        """The form that whoever appeals needs, come or not."""
        return self.terms.form_of(self.appeal.by)

    @property
    def awaits_form(self) -> bool:
        return self.form is not None and self.form_came_at is None

    @property
    def is_late(self) -> bool:
        """Did it come after the last instant in time? A window that has no start has no end."""
        last = self.original.appeal_by
        return last is not None and self.received_at > last

    @property
    def awaits_cause(self) -> bool:
        return self.is_late and not self.cause_accepted

    # People

    @property
    def representative(self) -> Addressee:
        named = self.appeal.representative
        if named is None:
            raise Refused(f"{self.number} was not opened by a representative")
        return Addressee(
            recipient=Recipient.REPRESENTATIVE,
            name=named.name,
            address=named.address,
            language=named.language,
        )

    @property
    def parties(self) -> list[Addressee]:
        """The member, the provider who asked, and a representative once they have shown that they may."""
        shown = self.appeal.by is AppealBy.REPRESENTATIVE and not self.awaits_form
        return [*super().parties, *([self.representative] if shown else [])]

    @property
    def languages(self) -> set[Language]:
        named = self.appeal.representative
        return super().languages | ({named.language} if named else set())

    def at_the_head(self, now: datetime) -> dict[str, JsonValue]:
        """Every letter of an appeal names the case that is appealed."""
        return super().at_the_head(now) | {"original": self.original.case}

    # Windows

    def open_window(self, name: str, duty: Duty, now: datetime, begins_at: datetime | None = None) -> None:
        """A time that belongs to others runs from now, or from when they were told."""
        row = self.policy.row(duty, self.received_at, self.urgency)
        if row:
            windows.open_window(self, name, row, begins_at or now, now, f"{row.title}: to")

    def end_window(self, name: str, at: datetime, now: datetime) -> None:
        """What a window waited for came, and with it ends the work that its end may have opened."""
        if self.clocks.is_open(name):
            self.clocks.change(name, satisfied_at=at)
        self.work.finish((work for work in self.work.open if work.clock == name), now)

    # What comes after

    @property
    def may_be_heard(self) -> bool:
        """Does nothing stand in the way any more?"""
        waits = self.awaits_form or self.awaits_cause or not self.lines
        return not (waits or self.withdrawn or self.dismissed_as or self.is_closed)

    def replaced_by(self, line: int) -> str | None:
        """What was authorized before, in part or until it was voided, gives way to what the appeal gives."""
        if kind_of(self.original.case) == AuthorizationState.kind:
            return self.original.case
        first = next(self.first_answer(one) for one in self.lines if one.sequence == line)
        return authorization_number(self.original.case, line) if first and first.units else None

    @property
    def is_with_the_reviewer(self) -> bool:
        """Does anything wait for the answer of whoever reviews after the plan?"""
        awaited = self.forwarded or [
            line.sequence for line in self.lines if line.is_adverse and self.went_further
        ]
        return any(line not in self.reviewed for line in awaited) and not self.withdrawn

    @property
    def is_awaiting_effect(self) -> bool:
        """Is something that was reversed not given effect yet?"""
        return any(clock.timeframe.times in EFFECTS for clock in self.clocks.duties)
