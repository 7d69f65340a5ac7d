"""What a reviewed case owes its people: letters to member and provider, and calls beside them.

Call and letter start together. One notice goes for all lines that share a clock, when the last of them is decided.
"""

from collections.abc import Iterable
from datetime import datetime

from pydantic import JsonValue

from domain.case.events import EventKind
from domain.case.work import Work
from domain.clock.ledger import Received
from domain.clock.timeframe import Duty
from domain.request.determination import Authorization, Outcome
from domain.request.line import Line
from domain.review import decision_clocks, letters
from domain.review.reviewed import Reviewed
from domain.terms.case_number import authorization_number
from domain.terms.notice import Addressee, Notice, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor, Language, Words

CALLS = "calls"
DETERMINED = "tell the determination"  # what the calls beside a determination letter are about
TRANSLATION = "translation"


def to_translate(line: Line) -> str:
    """What is still to be put into Spanish before a line can be told."""
    return f"line {line.sequence}: put the words of the answer into Spanish; no letter leaves before"


class Owing(Reviewed):
    """A reviewed case that owes its people letters and calls."""

    # Letters owed

    def at_the_head(self, now: datetime) -> dict[str, JsonValue]:
        return letters.about(self, now)

    def owe(
        self,
        kind: NoticeKind,
        now: datetime,
        facts: dict[Language, dict[str, JsonValue]],
        to: Iterable[Addressee] | None = None,
    ) -> None:
        """Owe a letter to each, in their own language: to whom the pack says, unless others are named."""
        head = self.at_the_head(now)
        said = {language: head | facts.get(language, {}) for language in Language}
        self.owe_to(self.readers(kind) if to is None else to, kind, now, said)

    def readers(self, kind: NoticeKind) -> list[Addressee]:
        """Whom the pack's row names for this kind of letter, as far as they have to do with the case."""
        rule = self.policy.notice_rule(kind, self.received_at, self.urgency)
        return [party for party in self.parties if rule is None or party.recipient in rule.to]

    @property
    def parties(self) -> list[Addressee]:
        """The member, and the provider who asked."""
        member, provider = self.request.member, self.request.requesting_provider
        return [
            Addressee(
                recipient=recipient,
                name=party.name,
                address=party.address,
                language=party.language,
                fax=provider.fax if party is provider else None,
            )
            for recipient, party in ((Recipient.MEMBER, member), (Recipient.PROVIDER, provider))
        ]

    def reader_of(self, notice: Notice) -> Addressee:
        theirs = [party for party in self.parties if party.recipient is notice.recipient]
        return theirs[0] if theirs else super().reader_of(notice)

    def owe_same(self, kind: NoticeKind, now: datetime, **facts: JsonValue) -> None:
        """Owe a letter whose facts read the same in every language: dates, codes, numbers."""
        self.owe(kind, now, dict.fromkeys(Language, facts))

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """A letter that lists each thing that is asked for."""
        self.owe(
            NoticeKind.INFORMATION_REQUEST,
            now,
            {Language.ENGLISH: {"asked": list(english)}, Language.SPANISH: {"asked": list(spanish)}},
        )
        self.record(EventKind.INFORMATION_REQUESTED, f"asked for: {'; '.join(english)}", now=now, by=by)

    def announce(self, now: datetime) -> None:
        """Tell every group of lines that share their clocks and are all decided: letters, and calls beside them."""
        groups: dict[tuple[str, ...], list[Line]] = {}
        for line in self.lines:
            groups.setdefault(decision_clocks.clocks_of(self, line.sequence), []).append(line)
        for group in groups.values():
            ready = all(line.determination for line in group)
            if ready and not any(line.announced_at for line in group) and not self.translating(group, now):
                self._announce(group, now)

    def announce_what_is_decided(self, now: datetime) -> None:
        """Tell what was decided before the rest of the request was taken back."""
        decided = [line for line in self.lines if line.determination and not line.announced_at]
        waiting = self.translating(decided, now)
        if ready := [line for line in decided if line not in waiting]:
            self._announce(ready, now)

    def translating(self, group: Iterable[Line], now: datetime) -> list[Line]:
        """Lines whose words are still to be put into Spanish for somebody who reads it: work inside their clock."""
        waiting = [line for line in group if self.awaits_translation(line)]
        for line in waiting:
            clocks = [self.clocks[name] for name in decision_clocks.clocks_of(self, line.sequence)]
            due_at = min(
                (due for one in clocks if one.is_open and (due := self.due_at_of(one))), default=None
            )
            self.need(TRANSLATION, to_translate(line), now, due_at=due_at)
        return waiting

    def translated(self, line: Line, spanish: str) -> None:
        """The words of an answer, in Spanish too."""
        answer = line.determination
        if answer and answer.reason:
            words = answer.reason.words.model_copy(update={"es": spanish})
            reason = answer.reason.model_copy(update={"words": words})
            line.determination = answer.model_copy(update={"reason": reason})

    def awaits_translation(self, line: Line) -> bool:
        """Does a reader of Spanish wait for the words of this answer?"""
        reason = line.determination.reason if line.determination else None
        return reason is not None and reason.words.es is None and Language.SPANISH in self.languages

    def announce_correction(self, line: Line, now: datetime) -> None:
        """Tell the answer that takes the place of one that was told before, once it has its words in Spanish."""
        line.instead_of = self.policy.calendar.day_of(line.announced_at or now)
        line.announced_at = None
        self.announce_translated(line, now)

    def announce_translated(self, line: Line, now: datetime) -> None:
        """A correction is told alone: the other lines of its letter were told before."""
        if line.instead_of and not line.announced_at and not self.translating([line], now):
            self._announce([line], now)

    def _announce(self, group: list[Line], now: datetime) -> None:
        for line in group:
            line.announced_at = now
            line.authorization = self._authorize(line)
        self.owe(
            NoticeKind.DETERMINATION,
            now,
            {language: letters.answers(self, group, language) for language in Language},
        )
        self.owe_calls(DETERMINED, now)

    def _owed_until(self, line: Line) -> Words | None:
        """What ends what silence approved, by the row of its clock."""
        clocks = [self.clocks[name] for name in decision_clocks.clocks_of(self, line.sequence)]
        rows = [clock.row(self.policy.calendar) for clock in clocks]
        return next((row.expiry.until for row in rows if row.expiry.until), None)

    def owe_calls(self, about: str, now: datetime) -> None:
        """Calls to member and provider are work for people, for as long as the calls' own row gives."""
        due_at = self._begin_calls(now)
        for party in self.parties:
            self.need("calls", f"call the {party.recipient.text}: {about}", now, due_at=due_at)

    def _begin_calls(self, now: datetime) -> datetime | None:
        """The time for calls begins; the answer is its end, None where no row gives one."""
        row = self.policy.row(Duty.CALLS, self.received_at, self.urgency)
        if row is None:
            return None
        self.start_clock(CALLS, row, Received(at=now, recorded_at=now))
        return self.due_at_of(self.clocks[CALLS])

    def let_go(self, now: datetime) -> None:
        """Nobody could be called until now: what is left of the calls has its whole time, beside the letters."""
        super().let_go(now)
        if left := self.calls_to_make:
            due_at = self._begin_calls(now)
            for work in left:
                self.change_work(work, due_at=due_at)

    @property
    def calls_to_make(self) -> list[Work]:
        """The calls that have a time of their own; those that were promised are owed after it too."""
        return [work for work in self.open_work if work.queue == "calls" and not work.is_promised]

    def _authorize(self, line: Line) -> Authorization | None:
        """Leave for what was approved: numbered after case and line, for the service's period or circumstance."""
        answer = line.determination
        if answer is None or answer.outcome is Outcome.DENIED:
            ended = line.authorization and line.authorization.ended_as
            return line.authorization if ended else None
        rule = self.policy.service_rule(answer.service) or self.policy.service_rule(line.asked.service)
        number = authorization_number(self.number, line.sequence)
        granted = Authorization(
            number=number, service=answer.service, units=answer.units, from_day=line.asked.from_day
        )
        if answer.silent:
            return granted.model_copy(update={"ends_when": self._owed_until(line)})
        if rule is None:
            return granted.model_copy(update={"through": self.policy.unlisted_through(line.asked.from_day)})
        return granted.model_copy(
            update={"through": rule.valid_through(line.asked.from_day), "ends_when": rule.ends_when}
        )
