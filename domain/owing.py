"""What a reviewed case owes its people: letters to member and provider, and calls beside them.

Call and letter start together. One notice goes for all lines that share a clock, when the last of them is decided.
"""

from collections.abc import Iterable
from datetime import datetime

from pydantic import JsonValue

from domain import decision_clocks, letters
from domain.determination import Authorization, Outcome
from domain.events import Addressee, EventKind, Notice, NoticeKind, Recipient
from domain.ledger import Received
from domain.line import Line
from domain.people import SYSTEM, Actor, Language
from domain.reviewed import Reviewed
from domain.timeframe import Duty

CALLS = "calls"
DETERMINED = "tell the determination"  # what the calls beside a determination letter are about


class Owing(Reviewed):
    """A reviewed case that owes its people letters and calls."""

    # Letters owed

    def owe(
        self,
        kind: NoticeKind,
        now: datetime,
        facts: dict[Language, dict[str, JsonValue]],
        to: Iterable[Addressee] | None = None,
    ) -> None:
        """Owe a letter to each, in their own language: the member and the provider who asked, unless others."""
        head = letters.about(self, now)
        said = {language: head | facts.get(language, {}) for language in Language}
        self.owe_to(self.parties if to is None else to, kind, now, said)

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
            if ready and not any(line.announced_at for line in group):
                self._announce(group, now)

    def announce_what_is_decided(self, now: datetime) -> None:
        """Tell what was decided before the rest of the request was taken back."""
        decided = [line for line in self.lines if line.determination and not line.announced_at]
        if decided:
            self._announce(decided, now)

    def announce_correction(self, line: Line, now: datetime) -> None:
        """Tell the answer that takes the place of one that was told before."""
        line.instead_of = self.policy.calendar.day_of(line.announced_at or now)
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

    def owe_calls(self, about: str, now: datetime) -> None:
        """Calls to member and provider are work for people, for as long as the calls' own row gives."""
        row = self.policy.row(Duty.CALLS, self.received_at, self.urgency)
        due_at = None
        if row:
            self.start_clock(CALLS, row, Received(at=now, recorded_at=now))
            due_at = self.due_at_of(self.clocks[CALLS])
        for party in self.parties:
            self.need("calls", f"call the {party.recipient.text}: {about}", now, due_at=due_at)

    def _authorize(self, line: Line) -> Authorization | None:
        """Leave for what was approved: numbered after case and line, for the service's period or circumstance."""
        answer = line.determination
        if answer is None or answer.outcome is Outcome.DENIED:
            ended = line.authorization and line.authorization.ended_as
            return line.authorization if ended else None
        rule = self.policy.service_rule(answer.service) or self.policy.service_rule(line.asked.service)
        number = f"AUT-{self.number.split('-', 1)[1]}-{line.sequence:02d}"
        granted = Authorization(
            number=number, service=answer.service, units=answer.units, from_day=line.asked.from_day
        )
        if rule is None:
            return granted.model_copy(update={"through": self.policy.unlisted_through(line.asked.from_day)})
        return granted.model_copy(
            update={"through": rule.valid_through(line.asked.from_day), "ends_when": rule.ends_when}
        )
