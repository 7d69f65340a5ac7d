"""What became of a letter on its way: a time that counts from its receipt begins when it arrives, or never.

A letter that came back is sent again, to the address that the case holds by then; that one begins the time.
"""

from datetime import datetime
from enum import StrEnum

from domain.acts import Act
from domain.assessed import Assessed
from domain.events import EventKind, Notice, NoticeKind, Recipient
from domain.ledger import Received
from domain.refusals import Refused
from domain.telling import APPEAL
from domain.timeframe import CountsFrom

FIND_THE_ADDRESS = "the letter came back: find the address, and send it again"


class Delivery(StrEnum):
    DELIVERED = "delivered"
    RETURNED = "returned"
    AGAIN = "again"  # to be sent again


class RecordDelivery(Act[Assessed]):
    """The member's letter arrived at `at`, came back, or goes out again. Only a time from receipt moves by it."""

    deed = "take papers of an appeal"
    outcome: Delivery

    def check(self, case: Assessed, now: datetime) -> None:
        window = case.clocks.get(APPEAL)
        if window is None or not window.is_open:
            raise Refused(f"no time to appeal runs in {case.number}")
        row = window.timeframe
        if row.counts_from is not CountsFrom.NOTICE_RECEIPT:
            raise Refused(f"{row.id} counts from the date of the notice, whenever it arrived", row.source)
        if self.outcome is Delivery.AGAIN and (window.ledger or not self._letters(case)):
            raise Refused(f"no letter of {case.number} came back")

    @staticmethod
    def _letters(case: Assessed) -> list[Notice]:
        """The member's letters that begin a time to appeal."""
        return [
            notice
            for notice in case.notices
            if notice.recipient is Recipient.MEMBER and notice.kind is NoticeKind.DETERMINATION
        ]

    def apply(self, case: Assessed, now: datetime) -> str:
        at = self.happened_at(now)
        match self.outcome:
            case Delivery.DELIVERED:
                return self._delivered(case, at, now)
            case Delivery.RETURNED:
                return self._returned(case, at, now)
            case Delivery.AGAIN:
                return self._again(case, now)

    def _delivered(self, case: Assessed, at: datetime, now: datetime) -> str:
        """What is shown takes the place of what was presumed."""
        before = case.clocks[APPEAL]
        shown = before.timeframe.model_copy(update={"presumed_receipt": None})
        case.start_clock(
            APPEAL, shown, Received(at=at, recorded_at=now, by=self.actor.id, reason=self.reason)
        )
        for entry in before.ledger:
            if not isinstance(entry, Received):  # what held it open holds it open still
                case.enter(APPEAL, entry)
        last = case.due_at_of(case.clocks[APPEAL])
        words = (
            f"delivered; an appeal may be filed through {case.policy.calendar.show_due(last) if last else ''}"
        )
        case.record(EventKind.DELIVERED, f"letter {words}", at=at, now=now, by=self.actor)
        return words

    def _returned(self, case: Assessed, at: datetime, now: datetime) -> str:
        case.start_clock(APPEAL, case.clocks[APPEAL].timeframe, None)
        words = "the letter came back; its time has not begun"
        case.record(EventKind.RETURNED, words, at=at, now=now, by=self.actor)
        case.need("intake", FIND_THE_ADDRESS, now)
        return words

    def _again(self, case: Assessed, now: datetime) -> str:
        last = self._letters(case)[-1]
        member = [to for to in case.parties if to.recipient is Recipient.MEMBER]
        dated = last.facts | {"dated": case.policy.calendar.day_of(now).isoformat()}
        case.owe_to(member, last.kind, now, {to.language: dated for to in member})
        case.finish((work for work in case.open_work if work.what == FIND_THE_ADDRESS), now)
        return "the letter goes out again; the time to appeal begins with it"
