"""What people do with a payment dispute: sort its lines, decide good cause, answer, dismiss, correct.

An analyst decides amounts; a supervisor decides good cause and dismisses. Nobody here decides the second level.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from domain.case.acts import Act
from domain.case.authority import TABLE, require
from domain.dispute import answering, receipt
from domain.dispute.dispute import Dispute
from domain.dispute.disputed import GOOD_CAUSE
from domain.dispute.facts import GoodCause
from domain.dispute.filing import ContendedLine
from domain.dispute.line import NOTHING, DisputeLine, Ground, Resolution, Triage
from domain.dispute.work import GOOD_CAUSE_STATED, NO_CAUSE_CAME
from domain.parts.events import EventKind
from domain.policy.disputes import DisputeOutcome, DisputeReason, Route
from domain.request.lines import Lines, chosen, in_words, sequences
from domain.terms.money import Money
from domain.terms.people import Language, Words
from domain.terms.refusals import Refused

SECOND_LEVEL_RULE = "ProcareMSO provider page; the Member's Health Plan reviews the second level"
SORTED = {
    Route.AMOUNT: Words(
        en="An analyst found that this is a question of the amount.",
        es="Un analista determinó que se trata de una cuestión de cantidad.",
    ),
    Route.REDIRECT: Words(
        en="An analyst found that payment was denied, in whole or in part.",
        es="Un analista determinó que el pago se denegó, en todo o en parte.",
    ),
}


def open_lines(case: Dispute, named: Lines) -> list[DisputeLine]:
    """Lines that still wait for their answer here; refused with the reason where one does not."""
    lines = chosen(case.number, case.lines, named)
    if case.withdrawn or case.elsewhere:
        raise Refused(f"{case.number} has nothing left to decide: {case.status.in_a_sentence}")
    for line in lines:
        if line.is_redirected:
            raise Refused(
                f"line {line.sequence} was redirected: the health plan decides its appeal", line.triage.source
            )
        if line.outcome:
            raise Refused(
                f"line {line.sequence} is already {line.outcome}; a decided line is not decided again"
            )
    return lines


class TriageLine(Act[Dispute]):
    """Say where lines go. What a row of the pack decided is changed only with a reason."""

    act_name = "work on a dispute"
    line: Lines
    route: Literal["amount", "redirect"]

    def check(self, case: Dispute, now: datetime) -> None:
        lines = open_lines(case, self.line)
        if case.standing is None:
            raise Refused(f"{case.number} is still being looked up; try again in a moment")
        for line in lines:
            self._check_line(case, line)

    def _check_line(self, case: Dispute, line: DisputeLine) -> None:
        if line.triage.route.value == self.route and case.ours:
            raise Refused(f"line {line.sequence} goes there already")
        by_a_row = line.triage.row is not None and line.triage.route is not Route.ANALYST
        if by_a_row and line.triage.route.value != self.route and not self.reason:
            raise Refused(
                f"reason: {line.triage.row} of the pack decided line {line.sequence}; say why it is another"
            )

    def apply(self, case: Dispute, now: datetime) -> str:
        lines, route = open_lines(case, self.line), Route(self.route)
        words = f"{in_words(sequences(lines))}: {route.value}" + (f"; {self.reason}" if self.reason else "")
        case.log.record(EventKind.TRIAGED, words, at=self.happened_at(now), now=now, by=self.actor)
        sorted_here = Triage(route=route, why=SORTED[route], source="plan policy", by=self.actor)
        for line in lines:
            if line.triage.route is not route:
                line.triage = sorted_here
        case.ours = True  # whoever sorts a line has found it to be ours
        return words


class SendElsewhere(Act[Dispute]):
    """An analyst found what the directory did not know: another coverage, or a provider with a contract."""

    act_name = "work on a dispute"
    where: Literal["not_ours", "contract"]

    def check(self, case: Dispute, now: datetime) -> None:
        if not self.reason:
            raise Refused("reason: say how this was found out")
        if not case.is_undecided or any(line.announced_at or line.resolution for line in case.lines):
            raise Refused(f"{case.number} is answered here already, in part or in whole")

    def apply(self, case: Dispute, now: datetime) -> str:
        words = f"{self.where.replace('_', ' ')}: {self.reason}"
        case.log.record(EventKind.STANDING_CHECKED, words, at=self.happened_at(now), now=now, by=self.actor)
        receipt.send_elsewhere(case, self.where, now)
        return words


class DecideGoodCause(Act[Dispute]):
    """Was there a good cause for coming late? Refused, the late lines are dismissed as untimely."""

    act_name = "decide good cause"
    accepted: bool

    def check(self, case: Dispute, now: datetime) -> None:
        if not case.is_undecided or not case.late_lines:
            raise Refused(f"nothing of {case.number} came late; there is no cause to decide")
        if not self.reason:
            raise Refused("reason: a decision on good cause says why", "42 CFR 422.582(c), by analogy")

    def apply(self, case: Dispute, now: datetime) -> str:
        at = self.happened_at(now)
        late = case.late_lines
        case.good_cause = GoodCause(accepted=self.accepted, by=self.actor, reason=self.reason, decided_at=at)
        words = f"good cause {'accepted' if self.accepted else 'refused'}: {self.reason}"
        case.log.record(EventKind.GOOD_CAUSE_DECIDED, words, at=at, now=now, by=self.actor)
        window = case.clocks.get(GOOD_CAUSE)
        if window and window.is_open:
            case.clocks.change(GOOD_CAUSE, ended_at=at)
        receipt.finish_work(case, GOOD_CAUSE_STATED, NO_CAUSE_CAME, now=now)
        if not self.accepted:
            answering.dismiss(case, late, "untimely", self.reason, now, self.actor)
        return words


class Resolve(Act[Dispute]):
    """Answer lines at the first level: upheld, overturned, or partly, with a reason of the closed list.

    `amount` is how much more is paid on each; overturned, it is the whole contended difference unless it is given.
    """

    answers_the_clock = True
    act_name = "work on a dispute"
    line: Lines
    outcome: DisputeOutcome
    amount: Money | None = None
    reason_id: str
    words: Words | None = None
    level: int = 1

    def refuse_unless_allowed(self, case: Dispute, now: datetime) -> None:
        if self.level != 1:
            raise Refused("the health plan decides the second level", SECOND_LEVEL_RULE)
        super().refuse_unless_allowed(case, now)

    def check(self, case: Dispute, now: datetime) -> None:
        lines, late = open_lines(case, self.line), sequences(case.late_lines)
        for line in lines:
            if not case.ours or line.triage.route is Route.ANALYST:
                raise Refused(f"line {line.sequence} is not sorted yet; say first where it goes")
        if too_late := set(sequences(lines)) & set(late):
            raise Refused(f"line {min(too_late)} came late, and its good cause is not decided")
        self._reason(case)
        if self.words and self.words.es is None and Language.SPANISH in case.languages:
            raise Refused("words: the provider reads Spanish; give the words in Spanish too (--words-es)")
        now_answered = set(sequences(lines))
        before = sum((line.awarded for line in case.lines if line.sequence not in now_answered), NOTHING)
        self._four_eyes(case, before + sum((self.awarded(line.asked) for line in lines), NOTHING))

    def _four_eyes(self, case: Dispute, more: Decimal) -> None:
        """Another confirms what is more than one person decides alone, in all that was answered of a dispute."""
        limit = case.disputes.terms.second_person_above
        if self.outcome is DisputeOutcome.UPHELD or limit is None or more <= limit:
            return
        if self.confirmed_by is None or self.confirmed_by.id == self.actor.id:
            raise Refused(
                f"amount: {more} more in all is above {limit}; a second person confirms it (--confirmed-by)",
                TABLE["confirm money above the limit"].source,
            )
        require(self.confirmed_by, "confirm money above the limit")

    def _reason(self, case: Dispute) -> DisputeReason:
        row = case.disputes.reason_named(self.reason_id)
        serving = [one.id for one in case.disputes.reason if self.outcome in one.outcomes]
        if row is None or self.outcome not in row.outcomes:
            raise Refused(
                f"reason: for {self.outcome.value} the pack knows {', '.join(serving)}",
                "closed list of the pack",
            )
        return row

    def awarded(self, line: ContendedLine) -> Decimal:
        """How much more is paid. Beyond what was contended it takes a stated reason."""
        contended = line.contended
        if self.outcome is DisputeOutcome.UPHELD:
            if self.amount is not None:
                raise Refused("amount: a payment that is upheld gives none")
            return NOTHING
        amount = self.amount
        if amount is None and self.outcome is DisputeOutcome.OVERTURNED:
            amount = contended
        if amount is None:
            raise Refused("amount: say how much more is paid")
        if amount <= 0:
            raise Refused("amount: what is paid more is more than nothing; else the payment is upheld")
        if contended is None:
            return amount
        if self.outcome is DisputeOutcome.PARTLY and amount >= contended:
            raise Refused(f"amount: less than the {contended} that is contended; else it is overturned")
        if self.outcome is DisputeOutcome.OVERTURNED and amount < contended:
            raise Refused(f"amount: less than the {contended} that is contended is overturned partly")
        if amount > contended and not self.reason:
            raise Refused(f"reason: say why more is paid than the {contended} that is contended")
        return amount

    def apply(self, case: Dispute, now: datetime) -> str:
        lines = open_lines(case, self.line)
        said = [self._resolve(case, line, now) for line in lines]
        if len(said) == 1:
            return said[0]
        more = sum((line.awarded for line in lines), NOTHING)
        return f"{in_words(sequences(lines))} {self.outcome.value}" + (
            f": {more} more in all" if more else ""
        )

    def _resolve(self, case: Dispute, line: DisputeLine, now: datetime) -> str:
        row, amount, at = self._reason(case), self.awarded(line.asked), self.happened_at(now)
        line.resolution = Resolution(
            outcome=self.outcome,
            amount=amount,
            reason_id=row.id,
            words=self.words or row.words,
            because=self.reason,
            by=self.actor,
            decided_at=at,
            recorded_at=now,
        )
        words = f"line {line.sequence} {self.outcome.value}" + (f": {amount} more" if amount else "")
        case.log.record(EventKind.DETERMINED, words, at=at, now=now, by=self.actor, line=line.sequence)
        return words


class Dismiss(Act[Dispute]):
    """Stop before deciding: what came late without a good cause, or stayed incomplete. A person's act, always."""

    act_name = "dismiss a dispute"
    ground: Ground

    def check(self, case: Dispute, now: datetime) -> None:
        if not case.is_undecided or not self._lines(case):
            raise Refused(f"nothing of {case.number} is left to dismiss as {self.ground}")
        if not self.reason:
            raise Refused("reason: a dismissal says why")
        if self.ground == "untimely":
            window = case.clocks.get(GOOD_CAUSE)
            if window is None and not any(work.what == GOOD_CAUSE_STATED for work in case.work.open):
                raise Refused("the provider is still to be asked for a good cause")
            if window and window.is_open:
                raise Refused(f"a good cause may be stated through {self._through(case, GOOD_CAUSE)}")
        elif case.information_is_awaited or not case.missing:
            raise Refused("nothing is missing, or the time to send it still runs")

    def _lines(self, case: Dispute) -> list[DisputeLine]:
        if self.ground == "untimely":
            return case.late_lines
        return [line for line in case.amount_lines if line.is_open]

    @staticmethod
    def _through(case: Dispute, clock: str) -> str:
        due_at = case.due_at_of(case.clocks[clock])
        return case.policy.calendar.show_due(due_at) if due_at else "a day that is not known"

    def apply(self, case: Dispute, now: datetime) -> str:
        answering.dismiss(case, self._lines(case), self.ground, self.reason, now, self.actor)
        return f"dismissed as {self.ground}"
