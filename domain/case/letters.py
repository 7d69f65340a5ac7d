"""The letters of a case: owed, sent, stopped. Each has its key, and leaves once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pydantic import JsonValue

from domain.case.events import EventKind
from domain.case.letter_agenda import LetterAgenda
from domain.case.letter_standing import (
    is_late,
    late_letter,
    no_address,
    not_set,
    passed_day,
    reader,
    still_owed,
)
from domain.case.queues import ADDRESSES, POST
from domain.case.sending import NO_ROOM
from domain.policy.channels import way_of
from domain.terms.notice import Addressee, Notice, NoticeKind, SendBy
from domain.terms.people import SYSTEM, Actor, Language


class Lettered(LetterAgenda):
    """What a case owes in writing, and what became of it."""

    # Owed

    def owe_to(
        self,
        addressees: Iterable[Addressee],
        kind: NoticeKind,
        now: datetime,
        facts: Mapping[Language, dict[str, JsonValue]],
    ) -> None:
        """Owe a letter to each, in their own language, under keys that are chosen here once."""
        told = [self._as_found(to) for to in addressees]
        day = self.policy.calendar.day_of(self.received_at)
        for place, to in enumerate(told, start=len(self.notices) + 1):
            notice = Notice(
                **to.model_dump(),
                key=f"{self.number}-{place:03d}-{kind.value}-{to.recipient.value}",
                kind=kind,
                facts=self._in_its_regime(kind, facts[to.language], to.language),
                by=way_of(self.policy.channel, to, self.policy.plan.id, kind, day),
                owed_at=now,
            )
            self.notices.append(self._timed(self.dated(notice, now), now))
        whom = " and ".join(dict.fromkeys(to.recipient.text for to in told))
        words = f"{kind.text} letter{'s' if len(told) > 1 else ''} owed to {whom}"
        self.record(EventKind.NOTICE_OWED, words, now=now, notice=kind.value, letters=len(told))
        self.seek_addresses(now)

    def _in_its_regime(
        self, kind: NoticeKind, facts: dict[str, JsonValue], language: Language
    ) -> dict[str, JsonValue]:
        """What goes against somebody says it in the template of its regime; good news has one everywhere."""
        against = facts.get("adverse", True)
        return facts | self.policy.letters.words_of(kind, language) if against else facts

    def dated(self, notice: Notice, now: datetime) -> Notice:
        """The letter with the date of today at its head: what counts from that date counts right."""
        today = self.policy.calendar.day_of(now).isoformat()
        return notice.model_copy(update={"facts": notice.facts | {"dated": today}})

    def date_as_they_leave(self, keys: Collection[str], now: datetime) -> None:
        """What was kept back until now is dated as it leaves; what speaks of a time that is over does not leave."""
        self.notices = [self.dated(one, now) if one.key in keys else one for one in self.notices]
        if over := [one for one in self.notices if one.key in keys and self.is_overtaken(one, now)]:
            self.overtaken(over, now)

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        """Does a letter that was kept back promise what nobody can have any more?"""
        return passed_day(notice, self.policy.calendar.day_of(now).isoformat()) is not None

    def overtaken(self, letters: list[Notice], now: datetime) -> None:
        """They stay in the house for good."""
        self.stop(letters, "the time of which it speaks is over", now, SYSTEM)

    def _as_found(self, to: Addressee) -> Addressee:
        """The reader, with what was found in the place of an address or a number that did not work."""
        found = {"fax": self._number_by_now(to.fax), "email": self._number_by_now(to.email)}
        found |= {"address": self.found_addresses.get(reader(to), to.address)}
        return to.model_copy(update=found)

    def _number_by_now(self, number: str | None) -> str | None:
        while number in self.found_numbers:
            number = self.found_numbers[number]
        return number

    def _timed(self, notice: Notice, now: datetime) -> Notice:
        """The letter with its due instant, and the mail run that takes it, where that is not too late."""
        rule = self.rule_of(notice)
        own = rule.within.after(now, self.policy.calendar) if rule else None
        due_at = min(filter(None, (self.due_with_clocks(notice), own)), default=None)
        if not self.has_its_own_time(notice):
            due_at = self.due_with_clocks(notice) or own
        return notice.model_copy(update={"due_at": due_at, "leaves_at": self.run_for(notice, due_at, now)})

    def seek_addresses(self, now: datetime) -> None:
        """Nothing is posted blindly: somebody finds the address that a letter lacks, and its clock runs."""
        for notice in self.unsent:
            if self.lacks_address(notice):
                self.need(ADDRESSES, no_address(notice), now, due_at=self.due_at_of_letter(notice))

    def address_found(self, notice: Notice, now: datetime) -> None:
        """Every letter that waited for this reader's address goes there."""
        for waiting in self.unsent:
            if reader(waiting) == reader(notice) and self.lacks_address(waiting):
                address = self.found_addresses.get(reader(notice)) or self.reader_of(waiting).address
                self.change_notice(waiting.key, address=address)
        self._work_falls_away(now)

    def cannot_be_set(self, notice: Notice, why: str, now: datetime) -> None:
        """It stays owed, and its clock runs, until somebody has mended what keeps it from paper."""
        self.change_notice(notice.key, unset_for=why)
        unset = next(one for one in self.notices if one.key == notice.key)
        queue = ADDRESSES if why == NO_ROOM else POST
        self.need(queue, not_set(unset), now, due_at=self.due_at_of_letter(unset))

    def mended(self, notice: Notice, now: datetime) -> None:
        """It says what the case knows by now of its reader and of whom it is about, and is put on paper again."""
        self.finish((one for one in self.open_work if one.what == not_set(notice)), now)
        to, head = self._as_found(self.reader_of(notice)), self.at_the_head(now)
        facts = notice.facts | {name: said for name, said in head.items() if notice.facts.get(name)}
        self.change_notice(notice.key, name=to.name, address=to.address, facts=facts, unset_for=None)

    def goes_after_all(self, letters: Iterable[Notice], by: SendBy, number: str, now: datetime) -> None:
        """What failed on this way, and cannot go by post either, goes to the number that was found."""
        place = {"fax": number} if by is SendBy.FAX else {"email": number}
        for notice in letters:
            self.change_notice(notice.key, by=by, failed_by=None, tries=notice.tries + 1, **place)
        self._work_falls_away(now)

    # Left, or stopped

    def sent(self, key: str, proof: str, now: datetime, at: datetime | None = None) -> None:
        """A letter left the house at `at` (now, unless somebody shows that it was earlier), with its proof."""
        left_at = at or now
        before = next(one for one in self.notices if one.key == key)
        due_at = self.due_at_of_letter(before)
        late = self.lateness(due_at, left_at) if due_at else 0
        self.change_notice(key, sent_at=left_at, proof=proof, due_at=due_at)
        notice = next(one for one in self.notices if one.key == key)
        by = "" if notice.by is SendBy.LETTER else f" by {notice.by.text}"
        words = f"{notice.kind.text} letter to {notice.recipient.text} sent{by}{', late' if late else ''}"
        self.record(
            EventKind.NOTICE_SENT,
            words,
            at=left_at,
            now=now,
            key=key,
            proof=proof,
            lateness_seconds=late,
        )
        self._work_falls_away(now)
        if notice.stopped_at:
            self.flag("stopped_letter_left", f"{key} was stopped, and left all the same", now)
            self.left_all_the_same([notice], now)
        elif notice.again_for and self._was_sent(notice.again_for):
            self.after_notice_again(notice, now)
        else:
            self.after_notice(notice, now)

    def _was_sent(self, key: str) -> bool:
        return any(one.key == key and one.sent_at for one in self.notices)

    def stop(self, letters: Iterable[Notice], why: str, now: datetime, by: Actor) -> None:
        """Keep letters back for good that have not left; each key is used up all the same."""
        keys = [notice.key for notice in letters if notice in self.unsent]
        for key in keys:
            self.change_notice(key, stopped_at=now)
        if keys:
            count = "a letter" if len(keys) == 1 else f"{len(keys)} letters"
            words = f"{count} stopped before leaving: {why}"
            self.record(EventKind.NOTICE_STOPPED, words, now=now, by=by, letters=len(keys))
            self._work_falls_away(now)

    def withhold(self, notice: Notice, why: str, now: datetime, by: Actor) -> datetime | None:
        """Stop one letter by hand. What a duty needs stays owed: its clock runs on, and the supervisor knows.

        The answer is the instant until which it is owed; None where nothing is owed by it any more.
        """
        due_at = self.due_at_of_letter(notice)
        needed = bool(self.kept_by(notice) or self.clocks_behind(notice))
        self.stop([notice], why, now, by)
        self.change_notice(notice.key, stays_owed=needed, due_at=due_at)
        if not needed:
            return None
        self.need("supervisor", still_owed(notice), now, due_at=due_at)
        return due_at

    def not_owed_any_more(self, letters: Iterable[Notice], now: datetime) -> None:
        """What was stopped by hand is told in another way: nobody waits for it."""
        for notice in list(letters):
            self.change_notice(notice.key, stays_owed=False)
        self._work_falls_away(now)

    def _work_falls_away(self, now: datetime) -> None:
        """What letters that left, or were stopped, had opened for people."""
        unsent = self.unsent
        waited_for = {is_late(one.kind) for one in unsent if one.breached_at}
        waited_for |= {no_address(one) for one in unsent if self.lacks_address(one)}
        waited_for |= {still_owed(one) for one in self.withheld}
        waited_for |= {not_set(one) for one in unsent if one.unset_for}
        texts = (late_letter, no_address, not_set, still_owed)
        opened = {text(one) for one in self.notices for text in texts}
        self.finish((one for one in self.open_work if one.what in opened - waited_for), now)

    # What each case kind answers for itself

    def at_the_head(self, now: datetime) -> Mapping[str, JsonValue]:
        """What stands at the head of each of its letters."""
        return {}

    def after_notice(self, notice: Notice, now: datetime) -> None:
        """What a letter that left sets in motion: a duty kept, a window opened."""

    def left_all_the_same(self, letters: list[Notice], now: datetime) -> None:
        """What letters set in motion that were stopped, and left."""

    def begun_by(self, notice: Notice) -> str | None:
        """The clock of the time that this letter gives its reader, if it gives any."""
        return None

    def after_notice_again(self, notice: Notice, now: datetime) -> None:
        """A letter that had come back left again: no duty is kept twice, but its reader's time begins with it."""
