"""Deciding an appeal, line by line: overturned, overturned in part, or upheld with its reason."""

from datetime import date, datetime
from enum import StrEnum

from domain.appeal.appeal import Appeal
from domain.appeal.reviewer import ON_ANOTHER_GROUND, ON_NECESSITY, require_reviewer
from domain.case.acts import Act
from domain.determination.translation import check_words
from domain.policy.rows import AdverseReason
from domain.request.determination import Determination, Outcome, Reason, ReasonClass
from domain.request.line import Line
from domain.request.lines import Lines, chosen, in_words, sequences
from domain.review import answering
from domain.review.citation import SOURCE, Citing
from domain.terms.codes import ServiceCode
from domain.terms.people import Words
from domain.terms.refusals import Refused


class AppealAnswer(StrEnum):
    """What becomes of the first answer to a line."""

    OVERTURNED = "overturned"
    IN_PART = "in_part"
    UPHELD = "upheld"


class DecideAppeal(Citing, Act[Appeal]):
    """Answer lines: overturned, overturned in part, or upheld with its reason."""

    answers_the_clock = True
    one_of = (ON_ANOTHER_GROUND, ON_NECESSITY)
    line: Lines = None
    answer: AppealAnswer
    units: int | None = None
    service: ServiceCode | None = None
    reason_id: str | None = None
    words: Words | None = None
    translate: bool = False  # the words are put into Spanish by somebody else, inside the clock

    def check(self, case: Appeal, now: datetime) -> None:
        day = case.policy.calendar.day_of(self.happened_at(now))
        for line in self.lines_of(case):
            self._check_line(case, line, day)

    def _check_line(self, case: Appeal, line: Line, day: date) -> None:
        row = None if self.answer is AppealAnswer.OVERTURNED else self._reason(case, line)
        require_reviewer(self.actor, case, line, row.reason_class if row else None, day)
        if row is not None:
            self._check_ground(case, line, row)
        if self.answer is AppealAnswer.IN_PART:
            self._check_part(case, line)

    def lines_of(self, case: Appeal) -> list[Line]:
        refuse_if_over(case)
        if case.heard_from is None:
            waits = "the form" if case.awaits_form else "a good cause for being late"
            raise Refused(f"{case.number} is not heard yet: it waits for {waits}", "42 CFR 422.582")
        lines = chosen(case.number, case.lines, self.line)
        for number in sequences(lines):
            if number in case.forwarded:
                raise Refused(
                    f"line {number} is with the independent reviewer, who decides it now", "42 CFR 422.592"
                )
        for line in lines:
            if line.determination:
                raise Refused(
                    f"line {line.sequence} has its answer; there is one decision at this level",
                    "42 CFR 422.590",
                )
        return lines

    def _first_reason(self, case: Appeal, line: Line) -> Reason | None:
        first = case.first_answer(line)
        return first.reason if first else None

    def _reason(self, case: Appeal, line: Line) -> AdverseReason | Reason:
        """The reason given, or that of the first answer, which is upheld with it."""
        first = self._first_reason(case, line)
        named = self.reason_id or (first.id if first else None)
        row = case.policy.reason_named(named) if named else None
        if row is None and first and named == first.id:  # why it was voided is no reason to deny a request
            return first
        if row is None:
            known = ", ".join(one.id for one in case.policy.reason)
            raise Refused(
                f"reason: what is not overturned gives its reason; the pack knows {known}", "42 CFR 422.590"
            )
        return row

    def _criterion(self, case: Appeal, line: Line) -> str | None:
        """The criterion given, or with the reason of the first answer the one that it cited."""
        first = self._first_reason(case, line)
        upheld = first is not None and self.reason_id in {None, first.id}
        return self.criterion or (first.criterion if first and upheld else None)

    def _check_ground(self, case: Appeal, line: Line, row: AdverseReason | Reason) -> None:
        criterion = self._criterion(case, line)
        if isinstance(row, AdverseReason):
            received = case.policy.calendar.day_of(case.received_at)
            row.refuse_for_age(case.policy.plan, case.request.member.birth_date, received)
        if row.reason_class is ReasonClass.MEDICAL_NECESSITY and not criterion:
            raise Refused("criterion: an answer on medical necessity cites one", SOURCE)
        if criterion:
            self.check_citation(case, line, criterion)
        check_words(self.words, case, translate=self.translate)

    def _check_part(self, case: Appeal, line: Line) -> None:
        """In part is more than before and less than was asked for."""
        first, asked = case.first_answer(line), line.asked
        if (self.units is None) == (self.service is None):
            raise Refused("in-part: name either the units or the service that is granted")
        least = first.units + 1 if first and first.service == asked.service else 1
        if self.units is not None and not least <= self.units < asked.units:
            there = (
                f"{least} and {asked.units - 1}"
                if least < asked.units
                else "two answers, and here nothing does"
            )
            raise Refused(f"units: in part lies between {there}; else it is upheld or overturned")
        if self.service is not None and self.service == asked.service:
            raise Refused("service: in part names another service than was asked for, or units")

    def apply(self, case: Appeal, now: datetime) -> str:
        said = self.answer.value.replace("in_part", "overturned in part")
        lines = self.lines_of(case)
        for line in lines:
            answering.decide(case, line, self._determination(case, line, now), f"appeal: {said}")
        return f"{in_words(sequences(lines))} {said}"

    def _determination(self, case: Appeal, line: Line, now: datetime) -> Determination:
        outcome, service, units = self._given(case, line)
        reason = None
        if self.answer is not AppealAnswer.OVERTURNED:
            row, criterion = self._reason(case, line), self._criterion(case, line)
            first = self._first_reason(case, line)
            reason = Reason(
                id=row.id,
                reason_class=row.reason_class,
                criterion=criterion,
                cited=self.citation(case, line, criterion)
                or (first.cited if first and first.criterion == criterion else None),
                words=self.words or row.words,
                source=row.source,
            )
        return Determination(
            outcome=outcome,
            by=self.actor,
            service=service,
            units=units,
            because=self.reason
            or (reason.words.en if reason else "on the whole record, with everything new"),
            reason=reason,
            decided_at=self.happened_at(now),
            recorded_at=now,
        )

    def _given(self, case: Appeal, line: Line) -> tuple[Outcome, str, int]:
        first, asked = case.first_answer(line), line.asked
        match self.answer:
            case AppealAnswer.OVERTURNED:
                return Outcome.APPROVED, asked.service, asked.units
            case AppealAnswer.UPHELD if first:
                return first.outcome, first.service, first.units
            case AppealAnswer.UPHELD:
                return Outcome.DENIED, asked.service, 0
            case _ if self.service:
                return Outcome.MODIFIED, self.service, asked.units
            case _:
                return Outcome.PARTIAL, asked.service, self.units or 0


def refuse_if_over(case: Appeal) -> None:
    """A withdrawn or dismissed appeal is not worked on."""
    if case.withdrawn or case.dismissed_as:
        how = "withdrawn" if case.withdrawn else "dismissed"
        raise Refused(f"{case.number} is {how}; nothing is decided in it")
