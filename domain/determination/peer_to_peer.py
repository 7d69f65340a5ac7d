"""Peer-to-peer: before an adverse determination the ordering clinician may talk with the physician who intends it.

Offering it opens a window that never pauses the clock and never ends after the due date. Nothing is decided by it,
and nothing by its end: new facts go to the same physician, who then decides.
"""

from datetime import datetime

from pydantic import JsonValue

from domain.case.acts import Act
from domain.case.authority import require
from domain.clock.duty import Duty
from domain.clock.timeframe import Regime
from domain.parts.events import EventKind
from domain.request.line import Line, PeerOutcome, PeerToPeer
from domain.review import announcing, conversation
from domain.review.assessed import AssessedCase
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language
from domain.terms.refusals import Refused

PUBLISHED = "published pages of plans; the window is our own choice"
AFTER_A_DENIAL = "42 CFR 422.566(d) and 422.580: new evidence is a reconsideration"


def undecided_line(case: AssessedCase, sequence: int | None) -> Line:
    """The open line that is meant; without a number, the only one there is. Raises `Refused`."""
    if case.is_stopped:
        raise Refused(f"{case.number} has no request left to decide")
    if sequence is None and len(case.lines) > 1:
        raise Refused(f"line: {case.number} has {len(case.lines)} lines; name one with --line")
    line = case.lines[0] if sequence is None else case.line(sequence)
    if line is None:
        raise Refused(f"line: {case.number} has no line {sequence}")
    if line.determination is None:
        return line
    decided = f"line {line.sequence} is {line.determination.outcome.value}"
    if line.is_adverse and Regime.MEDICARE_ADVANTAGE in case.policy.plan.regimes:
        raise Refused(
            f"{decided}; a conversation cannot change that any more: appeal it (plazo appeal open)",
            AFTER_A_DENIAL,
        )
    raise Refused(f"{decided}; a conversation comes before the answer", PUBLISHED)


class OfferPeerToPeer(Act[AssessedCase]):
    """A physician intends not to approve a line, and first offers the ordering clinician a conversation."""

    act_name = "offer a peer-to-peer"
    line: int | None = None

    def check(self, case: AssessedCase, now: datetime) -> None:
        line = undecided_line(case, self.line)
        row = case.policy.row(Duty.PEER_TO_PEER, case.received_at, case.urgency)
        if row is None:
            raise Refused(f"no peer-to-peer window is given to {case.urgency.value} requests here", PUBLISHED)
        if line.peer:
            raise Refused(f"line {line.sequence}: a peer-to-peer was offered already, and is once", PUBLISHED)
        if conversation.before_the_answer_is_due(case, line, now) < now:
            raise Refused("the answer is due already; decide, and do not wait for a conversation", row.source)

    def apply(self, case: AssessedCase, now: datetime) -> str:
        line = undecided_line(case, self.line)
        row = case.policy.row(Duty.PEER_TO_PEER, case.received_at, case.urgency)
        if row is None:  # pragma: no cover - checked before
            raise AssertionError("a window is offered where a row gives one")
        at = self.happened_at(now)
        end = conversation.before_the_answer_is_due(case, line, row.end(at, case.policy.calendar))
        line.referred = True
        line.peer = PeerToPeer(by=self.actor, offered_at=at, ends_at=end)
        until = case.policy.calendar.show(end)
        words = f"line {line.sequence}: peer-to-peer offered until {until}; nothing is decided"
        case.log.record(EventKind.PEER_TO_PEER, words, at=at, now=now, by=self.actor, line=line.sequence)
        facts: dict[str, JsonValue] = {
            "service": line.asked.service,
            "units": line.asked.units,
            "until": case.policy.calendar.day_of(end).isoformat(),
            "until_time": case.policy.calendar.local(end).strftime("%H:%M %Z"),
        }
        provider = [party for party in case.parties if party.recipient is Recipient.PROVIDER]
        said = {language: facts | {"reviewer": self.actor.signed(language)} for language in Language}
        announcing.owe(case, NoticeKind.PEER_TO_PEER, now, said, provider)
        case.need("calls", f"call the provider: {conversation.about(line)}", now, due_at=end)
        conversation.need_of(case, self.actor, f"hold it: {conversation.about(line)}", now, due_at=end)
        case.finish_idle_reviews(now)
        return words


class RecordPeerToPeer(Act[AssessedCase]):
    """How it went: held, missed or declined. It decides nothing."""

    line: int | None = None
    outcome: PeerOutcome
    said: str = ""

    def check(self, case: AssessedCase, now: datetime) -> None:
        if self.outcome is PeerOutcome.HELD:
            require(self.actor, "offer a peer-to-peer")
        line = undecided_line(case, self.line)
        if line.peer is None:
            raise Refused(f"line {line.sequence}: no peer-to-peer was offered (plazo p2p offer)")
        if line.peer.outcome and self.outcome is not PeerOutcome.HELD:
            raise Refused(f"line {line.sequence}: the peer-to-peer is {line.peer.outcome.value} already")
        if line.peer.outcome is PeerOutcome.HELD:
            raise Refused(f"line {line.sequence}: the peer-to-peer was held already")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        line = undecided_line(case, self.line)
        at = self.happened_at(now)
        conversation.came_out(case, line, self.outcome, said=self.said, at=at, now=now, by=self.actor)
        return f"line {line.sequence}: peer-to-peer {self.outcome.value}; the same physician decides"
