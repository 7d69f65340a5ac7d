"""What reviewers do, line by line: approve, refer, deny, reduce, modify.

A nurse may approve and refer. Whatever gives less than was asked for is adverse and belongs to a physician with a
good licence, or, on a listed administrative ground, to a coverage specialist (42 CFR 422.566(b) and (d)).
"""

from abc import abstractmethod
from datetime import datetime
from typing import ClassVar

from domain.case.acts import Act
from domain.case.authority import ADVERSELY, CLINICIANS, require_to_decide_adversely
from domain.clock.timeframe import Services
from domain.determination.translation import check_words
from domain.parts.events import EventKind
from domain.parts.work import Work
from domain.policy.rows import AdverseReason, LibraryReason
from domain.request.determination import Determination, Outcome, Reason, ReasonClass
from domain.request.line import Line
from domain.request.lines import Lines, chosen, in_words, sequences
from domain.review import answering, screening
from domain.review.assessed import AssessedCase
from domain.review.citation import SOURCE, Citing
from domain.review.screening import CONFIRM_EMERGENCY
from domain.terms.codes import ServiceCode
from domain.terms.people import Words
from domain.terms.refusals import Refused


class _OnLines(Act[AssessedCase]):
    """An act on undecided lines; where one of them is refused, nothing is done to any."""

    line: Lines = None

    def check(self, case: AssessedCase, now: datetime) -> None:
        for line in self.lines_of(case):
            self.check_line(case, line, now)

    def lines_of(self, case: AssessedCase) -> list[Line]:
        if case.is_stopped:
            raise Refused(f"{case.number} has no request left to decide")
        lines = chosen(case.number, case.lines, self.line)
        for line in lines:
            if line.determination:
                raise Refused(
                    f"line {line.sequence} is already {line.determination.outcome.value}; a decided line is not "
                    "decided again",
                    "42 CFR 422.138(c)",
                )
        return lines

    @abstractmethod
    def check_line(self, case: AssessedCase, line: Line, now: datetime) -> None:
        """What this person may not do to that line. Raises `Refused`."""


class Approve(_OnLines):
    """Approve lines as they were asked for."""

    answers_the_clock = True
    act_name = "approve"
    because: str = "medically necessary on the evidence in the case"

    def check_line(self, case: AssessedCase, line: Line, now: datetime) -> None:
        if line.referred and not self.actor.is_any(*CLINICIANS):
            raise Refused(f"line {line.sequence} was referred to a physician", "plan policy")
        case.check_approval(line)

    def apply(self, case: AssessedCase, now: datetime) -> str:
        lines = self.lines_of(case)
        for line in lines:
            answering.decide(case, line, self.answer(line, now), "approved")
        return f"{in_words(sequences(lines))} approved"

    def answer(self, line: Line, now: datetime) -> Determination:
        return Determination(
            outcome=Outcome.APPROVED,
            by=self.actor,
            service=line.asked.service,
            units=line.asked.units,
            because=self.because,
            findings=line.findings,
            decided_at=self.happened_at(now),
            recorded_at=now,
        )


class Refer(_OnLines):
    """Send lines up to a physician. It decides nothing."""

    act_name = "refer to a physician"

    def check_line(self, case: AssessedCase, line: Line, now: datetime) -> None:
        if line.referred:
            raise Refused(f"line {line.sequence} is already with a physician")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        lines = self.lines_of(case)
        for line in lines:
            line.referred = True
        words = f"{in_words(sequences(lines))} referred to a physician"
        case.log.record(EventKind.REFERRED, words, at=self.happened_at(now), now=now, by=self.actor)
        case.need("physician-review", "decide the lines that were referred", now)
        case.finish_idle_reviews(now)
        return words


class _Adverse(Citing, _OnLines):
    """An adverse determination: the reason from the pack, the criterion cited, and the words for the letter."""

    answers_the_clock = True
    one_of = tuple(ADVERSELY.values())
    outcome: ClassVar[Outcome]
    reason_id: str
    words: Words | None = None
    translate: bool = False  # the words are put into Spanish by somebody else, inside the clock
    physician_offered: bool = False  # of post-stabilization care: a plan physician to talk to

    def check_line(self, case: AssessedCase, line: Line, now: datetime) -> None:
        if line.kind is Services.POST_STABILIZATION and not self.physician_offered:
            raise Refused(
                f"line {line.sequence}: whoever refuses post-stabilization care offers a plan physician to talk to "
                "(--physician-offered)",
                "42 CFR 422.113(c)(2)(iii)",
            )
        if line.peer and not line.peer.outcome:
            until = case.policy.calendar.show(line.peer.ends_at)
            raise Refused(
                f"line {line.sequence}: peer-to-peer is open until {until}; record first how it went (plazo p2p)",
                "plan policy",
            )
        self.check_on(case, line, now)

    def check_on(self, case: AssessedCase, line: Line, now: datetime) -> None:
        """May this person give this answer to that line, for this reason?"""
        reason = self.row(case)
        day = case.policy.calendar.day_of(self.happened_at(now))
        require_to_decide_adversely(self.actor, reason.reason_class, day, case.policy.plan.regimes[0])
        case.check_ground(reason)
        received = case.policy.calendar.day_of(case.received_at)
        reason.refuse_for_age(case.policy.plan, case.request.member.birth_date, received)
        self.check_answer(line)
        self._check_ground(case, reason, line)
        check_words(self.words, case, translate=self.translate)

    def row(self, case: AssessedCase) -> AdverseReason:
        """The reason, as the case's own policy has it."""
        if not self.reason_id:
            raise Refused("reason: an adverse determination gives its reason", "42 CFR 422.568(e)")
        approved = next((row for row in case.policy.library_reason if row.id == self.reason_id), None)
        reason = case.policy.reason_named(approved.reason if approved else self.reason_id)
        if reason is None:
            known = ", ".join(row.id for row in case.policy.reason)
            raise Refused(f"reason: the pack knows {known}", "closed list of the pack")
        return reason

    def _approved(self, case: AssessedCase, line: Line) -> LibraryReason | None:
        """The words of the library for this reason, this service and the clause that is cited."""
        return case.policy.worded(self.reason_id, line.asked.service, self.criterion)

    def _cited(self, case: AssessedCase, line: Line) -> str | None:
        """The clause that is cited, or the one that the words of the library are about."""
        approved = self._approved(case, line)
        return self.criterion or (approved.criterion if approved else None)

    def _check_ground(self, case: AssessedCase, reason: AdverseReason, line: Line) -> None:
        approved, criterion = self._approved(case, line), self._cited(case, line)
        if approved is None and self.reason_id != reason.id:
            raise Refused(f"reason: {self.reason_id} words the answer to another service (plazo reasons)")
        if approved and approved.criterion not in {None, criterion}:
            raise Refused(f"criterion: the words of {approved.id} are about {approved.criterion}")
        if reason.reason_class is ReasonClass.MEDICAL_NECESSITY and not criterion:
            raise Refused("criterion: a denial or reduction on medical necessity cites one", SOURCE)
        if criterion:
            self.check_citation(case, line, criterion)

    def check_answer(self, line: Line) -> None:
        """What this kind of answer must be."""

    @abstractmethod
    def given(self, line: Line) -> tuple[str, int]:
        """The service and units that are granted."""

    def apply(self, case: AssessedCase, now: datetime) -> str:
        lines = self.lines_of(case)
        for line in lines:
            words = f"{self.outcome.value}: {self.reason_id.replace('_', ' ')}"
            answering.decide(case, line, self.answer(case, line, now), words)
        return f"{in_words(sequences(lines))} {self.outcome.value}"

    def answer(self, case: AssessedCase, line: Line, now: datetime) -> Determination:
        row, approved = self.row(case), self._approved(case, line)
        (service, units), criterion = self.given(line), self._cited(case, line)
        words = approved.words if approved else row.words
        return Determination(
            outcome=self.outcome,
            by=self.actor,
            service=service,
            units=units,
            because=self.reason or row.words.en,
            reason=Reason(
                id=row.id,
                reason_class=row.reason_class,
                criterion=criterion,
                cited=self.citation(case, line, criterion),
                words=self.words or words,
                approved_words=approved.label if approved and not self.words else None,
                source=row.source,
            ),
            findings=line.findings,
            decided_at=self.happened_at(now),
            recorded_at=now,
        )


class Deny(_Adverse):
    """Deny lines."""

    outcome = Outcome.DENIED

    def given(self, line: Line) -> tuple[str, int]:
        return line.asked.service, 0


class Reduce(_Adverse):
    """Approve fewer units than were asked for."""

    outcome = Outcome.PARTIAL
    units: int

    def check_answer(self, line: Line) -> None:
        if line.asked.units == 1:
            raise Refused("units: one unit cannot be reduced; deny it or modify the service")
        if not 0 < self.units < line.asked.units:
            raise Refused(f"units: a reduction lies between 1 and {line.asked.units - 1}")

    def given(self, line: Line) -> tuple[str, int]:
        return line.asked.service, self.units


class Modify(_Adverse):
    """Approve another service than was asked for."""

    outcome = Outcome.MODIFIED
    service: ServiceCode

    def check_answer(self, line: Line) -> None:
        if self.service == line.asked.service:
            raise Refused("service: a modification names another service than was asked for")

    def given(self, line: Line) -> tuple[str, int]:
        return self.service, line.asked.units


class ConfirmEmergency(Act[AssessedCase]):
    """A nurse confirms, or does not, that what was ticked as an emergency is one (24 LPRA 3046)."""

    act_name = "confirm an emergency"
    confirmed: bool

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not self._questions(case) or not case.is_undecided:
            raise Refused(f"{case.number} has no emergency to confirm")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        if not self.confirmed:
            words = "emergency not confirmed; it stays expedited"
            case.log.record(EventKind.SCREENED, words, now=now, by=self.actor)
            case.work.finish(self._questions(case), now)
            return "not confirmed; the request stays expedited"
        case.work.finish_all(now)
        screening.inform_not_required(case, "emergency, confirmed by a nurse", now, self.actor)
        return "emergency confirmed; no precertification is required"

    @staticmethod
    def _questions(case: AssessedCase) -> list[Work]:
        return [work for work in case.work.open if work.what == CONFIRM_EMERGENCY]
