"""How notices leave, and what people do when one did not, or when nobody knows whether it did.

What failed for good goes as a letter by itself, so nobody waits; somebody looks for the right number meanwhile.
What may have left is never sent again by itself: a person finds out. The clock runs on, and the duty stays open.
"""

from datetime import datetime
from typing import ClassVar

from domain.case import dispatch
from domain.case.acts import Act
from domain.case.case import Case
from domain.case.sending import Fate, Sending
from domain.parts.events import EventKind
from domain.parts.happenings import StoppedLetterLeft
from domain.parts.queues import POST
from domain.policy.channels import dialled, place_of
from domain.request.request import Text
from domain.terms.notice import Notice, SendBy
from domain.terms.refusals import Refused

NEEDED = {SendBy.FAX: "fax number", SendBy.EMAIL: "e-mail address"}


def take_note(case: Case, sending: Sending, now: datetime) -> None:
    """What became of a notice changes the case."""
    match sending.fate:
        case Fate.SENT:
            dispatch.sent(case, sending.key, sending.proof, now)
        case Fate.FAILED:
            _failed(case, sending, now)
        case Fate.UNSET:
            _cannot_be_set(case, sending, now)
        case Fate.UNKNOWN:
            _nobody_knows(case, sending, now)


def _failed(case: Case, sending: Sending, now: datetime) -> None:
    """The same notice goes as a letter; the number that did not work is not tried again."""
    number, notice = _numbered(case, sending.key)
    if notice.stopped_at:
        return
    case.letters.change(notice.key, by=SendBy.LETTER, failed_by=notice.by)
    case.letters.found_numbers[place_of(notice, notice.by) or ""] = None
    words = (
        f"{_named(number, notice)} could not leave by {notice.by.text}: {sending.why}; it goes as a letter"
    )
    case.log.record(EventKind.NOTICE_FAILED, words, now=now, key=notice.key, way=notice.by.value)
    case.need(POST, _search(number, notice, notice.by), now)
    dispatch.seek_addresses(case, now)


def _cannot_be_set(case: Case, sending: Sending, now: datetime) -> None:
    """Nothing left on any way; the letter waits for a person who mends it."""
    number, notice = _numbered(case, sending.key)
    if notice.stopped_at:
        return
    words = f"{_named(number, notice)} cannot be put on paper: {sending.why}"
    case.log.record(EventKind.NOTICE_FAILED, words, now=now, key=notice.key, way=notice.by.value)
    dispatch.cannot_be_set(case, notice, sending.why, now)


def _nobody_knows(case: Case, sending: Sending, now: datetime) -> None:
    """The notice waits for a person who finds out whether it left."""
    number, notice = _numbered(case, sending.key)
    case.letters.change(notice.key, uncertain_at=now)
    words = f"nobody knows whether {_named(number, notice)} left by {notice.by.text}: {sending.why}"
    case.log.record(EventKind.NOTICE_UNCERTAIN, words, now=now, key=notice.key, way=notice.by.value)
    case.need(POST, _question(number, notice), now, due_at=case.letter_times.due_at(notice))
    if notice.stopped_at:
        case.follow(StoppedLetterLeft(notice), now)


def _numbered(case: Case, key: str) -> tuple[int, Notice]:
    return next((number, one) for number, one in enumerate(case.letters.notices, start=1) if one.key == key)


def _named(number: int, notice: Notice) -> str:
    return f"notice {number} ({notice.kind.text} to the {notice.recipient.text})"


def _search(number: int, notice: Notice, by: SendBy) -> str:
    return (
        f"notice {number}: find the right {NEEDED[by]} of the {notice.recipient.text}, or that there is none"
    )


def _question(number: int, notice: Notice) -> str:
    return f"notice {number}: did it leave by {notice.by.text}? Say that it was sent, or send it again"


class _AboutNotice(Act[Case]):
    """`notice` is the notice's place among those of the case, as `plazo notices` numbers them."""

    act_name = "say what became of a letter"
    hears_when_closed: ClassVar[bool] = True  # what a closed case owes in writing may still be on its way
    notice: int

    def check(self, case: Case, now: datetime) -> None:
        if not 1 <= self.notice <= len(case.letters.notices):
            raise Refused(
                f"notice: {case.number} has no notice {self.notice}; it has {len(case.letters.notices)}"
            )
        self.check_notice(case, self._notice(case), now)

    def check_notice(self, case: Case, notice: Notice, now: datetime) -> None:
        """The act's own rule about the notice."""

    def _notice(self, case: Case) -> Notice:
        return case.letters.notices[self.notice - 1]

    def _refuse_unless_uncertain(self, notice: Notice) -> None:
        if notice.sent_at or notice.uncertain_at is None:
            state = "has left" if notice.sent_at else "leaves by itself"
            raise Refused(f"notice {self.notice} {state}; there is nothing to find out")

    def _answered(self, case: Case, now: datetime) -> None:
        asked = _question(self.notice, self._notice(case))
        case.work.finish((work for work in case.work.open if work.what == asked), now)


class TakeAsSent(_AboutNotice):
    """It did leave: at `at`, or when it was handed over for all that is known."""

    answers_the_clock = True

    def check_notice(self, case: Case, notice: Notice, now: datetime) -> None:
        if not notice.unset_for or notice not in case.letters.unsent:  # else somebody sent it by hand
            self._refuse_unless_uncertain(notice)
        if not self.reason:
            raise Refused("because: say what shows that it left, without personal data", "plan policy")
        if self.at and self.happened_at(now) < notice.owed_at:
            raise Refused(f"at: notice {self.notice} was owed {case.policy.calendar.show(notice.owed_at)}")

    def apply(self, case: Case, now: datetime) -> str:
        notice = self._notice(case)
        at = self.happened_at(now) if self.at else notice.uncertain_at or now
        self._answered(case, now)
        case.letters.change(notice.key, uncertain_at=None)
        dispatch.sent(case, notice.key, f"taken as sent by {self.actor.id}: {self.reason}", now, at=at)
        return f"notice {self.notice} is taken as sent"


class SendOnceMore(_AboutNotice):
    """It did not leave, or nobody can tell: it goes again, under the same key. What was stopped stays stopped."""

    def check_notice(self, case: Case, notice: Notice, now: datetime) -> None:
        self._refuse_unless_uncertain(notice)

    def apply(self, case: Case, now: datetime) -> str:
        notice = self._notice(case)
        self._answered(case, now)
        if notice.stopped_at:
            case.letters.change(notice.key, uncertain_at=None)
            words = f"{_named(self.notice, notice)} did not leave, and stays stopped"
            case.log.record(EventKind.NOTED, words, now=now, by=self.actor, key=notice.key)
            return f"notice {self.notice} stays stopped"
        case.letters.change(notice.key, uncertain_at=None, tries=notice.tries + 1)
        words = f"{_named(self.notice, notice)} goes once more by {notice.by.text}"
        case.log.record(EventKind.NOTICE_RESENT, words, now=now, by=self.actor, key=notice.key)
        return f"notice {self.notice} goes once more by {notice.by.text}"


class NumberFound(_AboutNotice):
    """In the place of the number or address that failed, the right one; without `number` there is none."""

    number: Text | None = None

    def check_notice(self, case: Case, notice: Notice, now: datetime) -> None:
        if notice.failed_by is None:
            raise Refused(f"notice {self.notice} did not fail on its way; its number is not looked for")
        by, name = notice.failed_by, NEEDED[notice.failed_by]
        found = dialled(self.number, by)
        if self.number and found is None:
            raise Refused(f"number: this is no {name}")
        if found and found == dialled(place_of(notice, by), by):
            raise Refused(f"number: this is the {name} that did not work")

    def apply(self, case: Case, now: datetime) -> str:
        notice = self._notice(case)
        by = notice.failed_by
        assert by is not None
        failed = place_of(notice, by) or ""
        case.letters.found_numbers.pop(
            self.number or "", None
        )  # that it failed once before says nothing any more
        case.letters.found_numbers[failed] = self.number
        alike = [(n, one) for n, one in enumerate(case.letters.notices, start=1) if one.failed_by is by]
        searches = {_search(n, one, by) for n, one in alike if place_of(one, by) == failed}
        case.work.finish((work for work in case.work.open if work.what in searches), now)
        if self.number:
            waiting = [one for _, one in alike if place_of(one, by) == failed and one in case.letters.unsent]
            dispatch.goes_after_all(case, [one for one in waiting if one.lacks_address], by, self.number, now)
        name, whose = NEEDED[by], notice.recipient.text
        words = (
            f"{name} of the {whose} found"
            if self.number
            else f"the {whose} has no {name}: letters from now on"
        )
        case.log.record(EventKind.NUMBER_FOUND, words, now=now, by=self.actor, key=notice.key)
        return words
