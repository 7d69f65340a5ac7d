"""A dispute that is filed again while the first filing is open: earlier, with more papers, or of another payment.

Timely filing is fixed by the first receipt, whichever of the two was keyed first. What another remittance changes
is an analyst's to take in: the two stand side by side, and `CorrectRemittance` applies it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.desk.received_again import ReceiveAgain, again_by
from domain.dispute import receipt
from domain.dispute.dispute import Dispute
from domain.dispute.facts import LaterRemittance
from domain.dispute.filing import ContendedLine, Filing
from domain.dispute.triage import triage
from domain.dispute.work import FILED_AGAIN
from domain.parts.events import EventKind
from domain.remittance.notification import notification_date
from domain.request.receipt import Compared, as_sent, compared, content_of, listed, with_what_it_brings
from domain.terms.refusals import Refused

PAID = {
    *("charge", "paid", "adjustments", "status"),
    *("corrects", "services", "said_elsewhere"),
}  # what the remittance says, and not the provider
THEIR_WORD = frozenset({"expected", "contention"})


class ReceiveFiling(ReceiveAgain[Dispute]):
    """The same claim and lines, disputed again."""

    filing: Filing

    @property
    def received_at(self) -> datetime:
        return self.filing.received_at

    def check(self, case: Dispute, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} is answered; what comes after it is a dispute of its own")
        if other := self._beside(case).other:
            raise Refused(f"{case.number} has other content: {listed(other)}")

    def _beside(self, case: Dispute) -> Compared:
        return compared(_contended(_now(case)), _contended(self.filing), THEIR_WORD)

    @property
    def words(self) -> str:
        return f"the dispute came {again_by(self.filing.channel, 'provider')}"

    def follow(self, case: Dispute, now: datetime) -> Iterator[str]:
        at, beside = self.happened_at(now), self._beside(case)
        if self.came_earlier(case, now):
            yield from self._came_earlier(case, at, now)
        if beside.brings or self._says_why(case):
            yield from self._complete(case, beside, at, now)
        yield from self.attach(case, self.filing.documents, now)
        yield from self._of_another_payment(case, now)
        if beside.otherwise:
            said = f"{listed(beside.otherwise)} said otherwise"
            case.need("dispute-review", f"{said} when the dispute came again: look at both", now)
            yield f"{said}, which is work for the analyst"
        if self.filing.statement and self.filing.statement != case.filing.statement:
            case.log.record(EventKind.NOTED, self.filing.statement, at=at, now=now, by=self.actor)
            yield "what they say is noted"

    def _came_earlier(self, case: Dispute, at: datetime, now: datetime) -> Iterator[str]:
        was_late = bool(case.late_lines)
        words = f"its receipt counts from {case.policy.calendar.show(at)}"
        receipt.received_before(case, at, now, self.actor)
        if was_late and not case.late_lines:
            what = "a filing that was keyed later makes the dispute timely: look at its receipt"
            case.need("supervisor", what, now)
        yield words

    def _says_why(self, case: Dispute) -> bool:
        filed, again = case.filing, self.filing
        return bool((again.statement and not filed.statement) or (again.good_cause and not filed.good_cause))

    def _complete(self, case: Dispute, beside: Compared, at: datetime, now: datetime) -> Iterator[str]:
        """What was left out before, where this filing has it."""
        said = {"statement": self.filing.statement, "good_cause": self.filing.good_cause}
        words = [name for name, text in said.items() if text and not getattr(case.filing, name)]
        fields = with_what_it_brings(as_sent(case.filing), _contended(self.filing) | said)
        case.filing = Filing.model_validate(fields)
        day = case.policy.calendar.day_of(case.received_at)
        again = {line.sequence: line for line in self.filing.lines}
        for line in case.lines:
            asked = with_what_it_brings(line.asked.model_dump(mode="json"), _theirs(again[line.sequence]))
            changed = ContendedLine.model_validate(asked)
            if line.is_open and changed != line.asked:
                line.asked = changed
                line.triage = triage(changed, case.filing.claim, case.disputes.triage, day)
        case.said_more(at, now, cause="good_cause" in words)
        yield f"taken over, as it was left out before: {listed([*beside.brings, *words])}"

    def _of_another_payment(self, case: Dispute, now: datetime) -> Iterator[str]:
        """Date or amounts of its remittance are others than the case has: the two side by side."""
        had, came = _now(case), self.filing
        later = LaterRemittance(
            notice=came.remittance, claim=came.claim, lines=came.lines, received_at=came.received_at
        )
        if case.later == later or (had.remittance, _paid(had)) == (came.remittance, _paid(came)):
            return
        case.later = later
        other = [
            f"line {one.sequence}: {one.paid} was paid here, {another.paid} as filed again"
            for one, another in zip(_by_number(had), _by_number(came), strict=True)
            if _amounts(one) != _amounts(another)
        ]
        days = [
            notification_date(one.remittance, later_governs=case.terms.later_date_governs).day
            for one in (had, came)
        ]
        beside = f"the remittance of {days[1]} beside that of {days[0]}"
        case.warn("; ".join([beside, *([listed(other)] if other else [])]), now)
        case.need("dispute-review", FILED_AGAIN, now)
        yield f"filed again with another payment, {beside}; a person says which counts"


def _now(case: Dispute) -> Filing:
    """The filing with its lines as they stand: a corrected remittance may have changed them."""
    return case.filing.model_copy(update={"lines": tuple(line.asked for line in case.lines)})


def _contended(filing: Filing) -> dict[str, Any]:
    """What the provider says, without what the remittance does."""
    content = content_of(filing)
    content["claim"] = _theirs(content["claim"])
    content["lines"] = [_theirs(line) for line in content["lines"]]
    return {name: value for name, value in content.items() if name != "remittance"}


def _theirs(said: ContendedLine | dict[str, Any]) -> dict[str, Any]:
    fields = said if isinstance(said, dict) else said.model_dump(mode="json")
    return {name: value for name, value in fields.items() if name not in PAID}


def _amounts(line: ContendedLine) -> tuple[Any, ...]:
    return (line.charge, line.paid, line.adjustments)


def _paid(filing: Filing) -> tuple[Any, ...]:
    claim = filing.claim
    return (claim.status, claim.adjustments, *(_amounts(line) for line in _by_number(filing)))


def _by_number(filing: Filing) -> list[ContendedLine]:
    return sorted(filing.lines, key=lambda line: line.sequence)
