"""What became of a letter on its way: a time that counts from its receipt begins when it arrives, or never.

A letter that came back is sent again, under a new key and to the address that was found; that one begins the time.
"""

from datetime import datetime

from domain.case import dispatch
from domain.case.acts import Act
from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.ledger import Received
from domain.clock.timeframe import CountsFrom
from domain.parts.events import EventKind
from domain.parts.queues import ADDRESSES
from domain.parts.wanting import passed_day, reader
from domain.request.request import Text
from domain.terms.notice import Notice
from domain.terms.refusals import Refused


class _AboutLetter(Act[Case]):
    """`notice` is the letter's place among those of the case, as `plazo notices` numbers them."""

    act_name = "say what became of a letter"
    notice: int

    def check_number(self, case: Case) -> None:
        if not 1 <= self.notice <= len(case.letters.notices):
            raise Refused(
                f"notice: {case.number} has no letter {self.notice}; it has {len(case.letters.notices)}"
            )

    def check(self, case: Case, now: datetime) -> None:
        self.check_number(case)
        letter = self._letter(case)
        if letter.sent_at is None:
            raise Refused(f"letter {self.notice} of {case.number} has not left")
        if self.happened_at(now) < letter.sent_at:
            raise Refused(f"at: letter {self.notice} left {case.policy.calendar.show(letter.sent_at)}")
        self.check_letter(case, letter, now)

    def check_letter(self, case: Case, letter: Notice, now: datetime) -> None:
        """The act's own rule about a letter that left."""

    def _letter(self, case: Case) -> Notice:
        return case.letters.notices[self.notice - 1]

    def _window(self, case: Case, letter: Notice) -> Clock | None:
        """The time that counts from the receipt of this letter, unless it was made use of already.

        Of several letters that give the same time, the one that left last.
        """
        clock = case.clocks.get(case.window_begun_by(letter) or "")
        if (
            clock is None
            or clock.satisfied_at
            or clock.timeframe.counts_from is not CountsFrom.NOTICE_RECEIPT
        ):
            return None
        left = [
            one.sent_at
            for one in case.letters.notices
            if one.sent_at and case.window_begun_by(one) == clock.id
        ]
        return clock if letter.sent_at == max(left) else None


class LetterDelivered(_AboutLetter):
    """The letter arrived at `at`, as something shows. Only a time that counts from its receipt moves by it."""

    def check_letter(self, case: Case, letter: Notice, now: datetime) -> None:
        if letter.returned_at:
            back = case.policy.calendar.show(letter.returned_at)
            raise Refused(f"letter {self.notice} came back {back}; what came back was not delivered")
        again = [place for place, one in enumerate(case.letters.notices, 1) if one.again_for == letter.key]
        if again:
            raise Refused(f"letter {self.notice} was sent again, as letter {again[0]}; name that one")
        window = self._window(case, letter)
        if window is None or not window.is_open:
            raise Refused(
                f"no time that runs in {case.number} counts from the receipt of letter {self.notice}"
            )

    def apply(self, case: Case, now: datetime) -> str:
        """What is shown takes the place of what was presumed."""
        at, letter = self.happened_at(now), self._letter(case)
        before = self._window(case, letter)
        assert before is not None
        shown = before.timeframe.model_copy(update={"presumed_receipt": None, "earlier_receipt_counts": True})
        counts_from = max(at, self._least(case, letter, before) or at)
        case.clocks.begin(
            before.id, shown, Received(at=counts_from, recorded_at=now, by=self.actor.id, reason=self.reason)
        )
        for entry in before.ledger:
            if not isinstance(entry, Received):  # what held it open holds it open still
                case.clocks.enter(before.id, entry)
        case.letters.change(letter.key, delivered_at=at)
        last = case.due_at_of(case.clocks[before.id])
        until = f"; the time that it gives ends {case.policy.calendar.show_due(last)}" if last else ""
        words = f"letter {self.notice} delivered{until}"
        case.log.record(EventKind.DELIVERED, words, at=at, now=now, by=self.actor, key=letter.key)
        return words

    @staticmethod
    def _least(case: Case, letter: Notice, window: Clock) -> datetime | None:
        """The presumed arrival, where the row lets no earlier one shorten the time."""
        row = window.timeframe
        if row.earlier_receipt_counts or row.presumed_receipt is None or letter.sent_at is None:
            return None
        return row.presumed_receipt.after(letter.sent_at, case.policy.calendar)


class LetterReturned(_AboutLetter):
    """The letter came back at `at`: it told nobody anything, so a time from its receipt never began."""

    def check_letter(self, case: Case, letter: Notice, now: datetime) -> None:
        if letter.returned_at:
            raise Refused(
                f"letter {self.notice} came back {case.policy.calendar.show(letter.returned_at)} already"
            )

    def apply(self, case: Case, now: datetime) -> str:
        at, letter = self.happened_at(now), self._letter(case)
        case.letters.change(letter.key, returned_at=at, delivered_at=None)
        words = f"letter {self.notice} to the {letter.recipient.text} came back"
        if window := self._window(case, letter):
            case.clocks.begin(window.id, window.timeframe, None)
            words += "; its time has not begun"
        case.log.record(EventKind.RETURNED, words, at=at, now=now, by=self.actor, key=letter.key)
        case.need(ADDRESSES, _search(self.notice), now)
        return words


class SendAgain(_AboutLetter):
    """Send a letter that is still owed: one that came back, was stopped, or had no address to go to.

    It goes to the `address` that was found, or to the one that the case holds by now. What left before, or was
    stopped, goes under a new key and dated today; what never left keeps its own.
    """

    address: Text | None = None

    def check(self, case: Case, now: datetime) -> None:
        self.check_number(case)
        self.check_letter(case, self._letter(case), now)

    def check_letter(self, case: Case, letter: Notice, now: datetime) -> None:
        if letter in case.letters.unsent and letter.unset_for:
            return
        if letter in case.letters.unsent and letter.lacks_address:
            if not (self.address or case.reader_of(letter).address):
                raise Refused(f"address: letter {self.notice} of {case.number} has none; give it")
            return
        if letter.sent_at is None and not letter.stays_owed:
            state = "was stopped for good" if letter.stopped_at else "leaves by itself"
            raise Refused(f"letter {self.notice} of {case.number} {state}")
        if letter.sent_at and letter.returned_at is None:
            raise Refused(f"letter {self.notice} of {case.number} did not come back")
        if letter not in case.letters.came_back:
            raise Refused(f"letter {self.notice} of {case.number} was sent again already")
        if passed := passed_day(letter, _today(case, now)):
            raise Refused(f"letter {self.notice} speaks of {passed} as to come; write another letter")

    def apply(self, case: Case, now: datetime) -> str:
        letter = self._letter(case)
        if self.address:
            case.letters.found_addresses[reader(letter)] = self.address
        words = self._again(case, letter, now)
        case.log.record(EventKind.NOTICE_RESENT, words, now=now, by=self.actor, key=letter.key)
        return words

    def _again(self, case: Case, letter: Notice, now: datetime) -> str:
        if letter in case.letters.unsent and letter.unset_for:
            dispatch.mended(case, letter, now)
            return f"letter {self.notice} is put on paper again, as the case has it now"
        if letter in case.letters.unsent:
            dispatch.address_found(case, letter, now)
            return f"letter {self.notice} leaves for the address that was found"
        dated = letter.facts | {"dated": _today(case, now)}
        to = case.reader_of(letter)
        dispatch.owe(case, [to], letter.kind, now, {to.language: dated})
        case.letters.change(case.letters.notices[-1].key, again_for=letter.key)
        dispatch.not_owed_any_more(case, [letter], now)
        search = _search(self.notice)
        case.work.finish((work for work in case.work.open if work.what == search), now)
        return f"letter {self.notice} goes out again, as letter {len(case.letters.notices)}"


def _today(case: Case, now: datetime) -> str:
    return case.policy.calendar.day_of(now).isoformat()


def _search(number: int) -> str:
    return f"letter {number} came back: find the address, and send it again"
