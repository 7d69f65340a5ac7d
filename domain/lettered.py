"""The letters of a case: owed, kept back, on time or late, sent, stopped. Each has its key, and leaves once.

By when a letter has to leave follows from the clocks, like every due date: while a clock runs that it keeps, or has
to come before, that clock says so, and the clock's own breach is the letter's. Else it has its own time.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pydantic import JsonValue

from domain.agenda import ONE_SECOND, Appointment, Occasion
from domain.channels import way_of
from domain.clock import Clock
from domain.clocked import Clocked
from domain.events import Addressee, EventKind, Notice, NoticeKind, SendBy
from domain.hold import Hold
from domain.notice_terms import NoticeRule
from domain.people import Actor, Language
from domain.queues import ADDRESSES
from domain.timeframe import Duty, Urgency

THE_MAIL = "mail"
STILL_OWED = "a stopped letter is still owed"


class Lettered(Clocked):
    """What a case owes in writing, and what became of it."""

    urgency: Urgency = Urgency.STANDARD
    notices: list[Notice] = []
    holds: list[Hold] = []
    found_addresses: dict[
        str, str
    ] = {}  # by reader, in the place of an address that was missing, or did not work
    found_numbers: dict[str, str | None] = {}  # in the place of a fax number or e-mail address that failed

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
                facts=facts[to.language],
                by=way_of(self.policy.channel, to, self.policy.plan.id, kind, day),
                owed_at=now,
            )
            self.notices.append(self._timed(notice, now))
        whom = " and ".join(dict.fromkeys(to.recipient.text for to in told))
        words = f"{kind.text} letter{'s' if len(told) > 1 else ''} owed to {whom}"
        self.record(EventKind.NOTICE_OWED, words, now=now, notice=kind.value, letters=len(told))
        self.seek_addresses(now)

    def _as_found(self, to: Addressee) -> Addressee:
        """The reader, with what was found in the place of an address or a number that did not work."""
        found = {"fax": self._number_by_now(to.fax), "email": self._number_by_now(to.email)}
        found |= {"address": self.found_addresses.get(reader(to), to.address)}
        return to.model_copy(update=found)

    def _number_by_now(self, number: str | None) -> str | None:
        while number in self.found_numbers:
            number = self.found_numbers[number]
        return number

    def seek_addresses(self, now: datetime) -> None:
        """Nothing is posted blindly: somebody finds the address that a letter lacks, and its clock runs."""
        for notice in self.unsent:
            if self.lacks_address(notice):
                self.need(ADDRESSES, no_address(notice), now, due_at=self.due_at_of_letter(notice))

    def _timed(self, notice: Notice, now: datetime) -> Notice:
        """The letter with its due instant, and the mail run that takes it, where that is not too late."""
        rule = self.rule_of(notice)
        own = rule.within.after(now, self.policy.calendar) if rule else None
        due_at = self._due_with_clocks(notice) or own
        return notice.model_copy(update={"due_at": due_at, "leaves_at": self._run_for(notice, due_at, now)})

    def _run_for(self, notice: Notice, due_at: datetime | None, now: datetime) -> datetime | None:
        """The next mail run; None where the letter leaves at once."""
        run = self.policy.next_mail_run(now) if notice.by is SendBy.LETTER else None
        return run if run and (due_at is None or run <= due_at) else None

    def address_found(self, notice: Notice, now: datetime) -> None:
        """Every letter that waited for this reader's address goes there."""
        for waiting in self.unsent:
            if reader(waiting) == reader(notice) and self.lacks_address(waiting):
                address = self.found_addresses.get(reader(notice)) or self.reader_of(waiting).address
                self.change_notice(waiting.key, address=address)
        self._work_falls_away(now)

    # By when

    def rule_of(self, notice: Notice) -> NoticeRule | None:
        """The pack's row for this letter; None in a case that was received under a pack without one."""
        return self.policy.notice_rule(notice.kind, self.received_at, self.urgency)

    def kept_by(self, notice: Notice) -> set[Duty]:
        """The duties that this letter keeps when it leaves."""
        rule = self.rule_of(notice)
        return set(rule.keeps) if rule else set()

    def clocks_behind(self, notice: Notice) -> list[Clock]:
        """The clocks that run, and say by when it has to leave."""
        rule = self.rule_of(notice)
        lines = notice.lines
        return [
            clock
            for clock in self.open_clocks
            if rule
            and clock.timeframe.times in rule.duties
            and (lines is None or not clock.lines or set(clock.lines) & set(lines))
        ]

    def _due_with_clocks(self, notice: Notice) -> datetime | None:
        return min((due for one in self.clocks_behind(notice) if (due := self.due_at_of(one))), default=None)

    def due_at_of_letter(self, notice: Notice) -> datetime | None:
        """By when it has, or had, to leave; None where no row says so."""
        left = notice.sent_at or notice.stopped_at
        return notice.due_at if left else self._due_with_clocks(notice) or notice.due_at

    # May it leave?

    @property
    def unsent(self) -> list[Notice]:
        return [one for one in self.notices if one.sent_at is None and one.stopped_at is None]

    @property
    def may_leave(self) -> list[Notice]:
        """The letters that may go now: none while a hold is on, none without an address, the rest with its run."""
        if self.holds:
            return []
        return [
            one
            for one in self.unsent
            if not (one.uncertain_at or self.lacks_address(one) or self.waits_for_run(one))
        ]

    @property
    def uncertain(self) -> list[Notice]:
        """Notices of which nobody knows whether they left."""
        return [one for one in self.notices if one.uncertain_at and one.sent_at is None]

    def lacks_address(self, notice: Notice) -> bool:
        """Would it have to go by post, and nobody knows where to?"""
        return notice.by is SendBy.LETTER and not notice.address

    def waits_for_run(self, notice: Notice) -> bool:
        """What is expedited waits for no mail run."""
        return notice.leaves_at is not None and self.urgency is not Urgency.EXPEDITED

    def wait_for_next_run(self, now: datetime) -> None:
        """What a hold kept back beyond its mail run goes with the next one."""
        for notice in self.unsent:
            if notice.leaves_at and notice.leaves_at < now:
                run = self._run_for(notice, self.due_at_of_letter(notice), now)
                self.change_notice(notice.key, leaves_at=run)

    # What is to come

    @property
    def was_late(self) -> bool:
        return super().was_late or any(notice.breached_at for notice in self.notices)

    @property
    def is_overdue(self) -> bool:
        """Is anything late that is still to be done?"""
        return any(one.breached_at for one in self.duties) or any(one.breached_at for one in self.unsent)

    def about_letters(self, leaving: Collection[str]) -> list[Appointment]:
        """The mail runs that take letters, and the instants at which letters are late that have not left."""
        return [*self._mail_runs(), *self._late_letters(leaving)]

    def _mail_runs(self) -> list[Appointment]:
        waiting = [one for one in self.unsent if self.waits_for_run(one) and not self.lacks_address(one)]
        if self.holds:
            return []
        runs = {min(filter(None, (one.leaves_at, self.due_at_of_letter(one)))) for one in waiting}
        words = "the mail is taken away"
        return [Appointment(at=run, occasion=Occasion.MAIL_RUN, clock=THE_MAIL, words=words) for run in runs]

    def _late_letters(self, leaving: Collection[str]) -> list[Appointment]:
        kept_back = [one for one in self.unsent if one.key not in leaving]
        dues = {(one.kind, due) for one in kept_back if (due := self._own_due(one))}
        return [
            Appointment(
                at=due + ONE_SECOND,
                occasion=Occasion.LETTER_LATE,
                clock=f"{kind.value} letter",
                words=f"the {kind.text} letter is late: it has not left",
            )
            for kind, due in sorted(dues)
        ]

    def _own_due(self, notice: Notice) -> datetime | None:
        """The end of a letter's own time; a letter behind which a clock runs is late by that clock."""
        if notice.breached_at or self.clocks_behind(notice):
            return None
        return self.due_at_of_letter(notice)

    def keep_about_letters(self, appointment: Appointment, now: datetime) -> None:
        if appointment.occasion is Occasion.MAIL_RUN:
            for notice in self.unsent:
                due_at = self.due_at_of_letter(notice)
                if notice.leaves_at and min(notice.leaves_at, due_at or notice.leaves_at) <= now:
                    self.change_notice(notice.key, leaves_at=None)
            return
        due = appointment.at - ONE_SECOND
        late = [one for one in self.unsent if appointment.clock == f"{one.kind.value} letter"]
        for notice in (late := [one for one in late if self._own_due(one) == due]):
            self.change_notice(notice.key, breached_at=appointment.at)
        whom = " and ".join(dict.fromkeys(one.recipient.text for one in late))
        self.record(
            EventKind.BREACHED,
            f"{appointment.words}; owed to {whom}",
            at=appointment.at,
            now=now,
            notice=late[0].kind.value,
            letters=len(late),
            lateness_seconds=self.lateness(due, now),
        )
        self.flag_breach()
        self.need(self.whoever_is_there("supervisor", now), is_late(late[0].kind), now)

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
        elif notice.again_for and self._was_sent(notice.again_for):
            self.after_notice_again(notice, now)
        else:
            self.after_notice(notice, now)

    def _was_sent(self, key: str) -> bool:
        return any(one.key == key and one.sent_at for one in self.notices)

    def change_notice(self, key: str, **changes: object) -> None:
        self.notices = [one.model_copy(update=changes) if one.key == key else one for one in self.notices]

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
        opened = {text(one) for one in self.notices for text in (late_letter, no_address, still_owed)}
        self.finish((one for one in self.open_work if one.what in opened - waited_for), now)

    # What became of it

    @property
    def came_back(self) -> list[Notice]:
        """What came back, or was stopped though owed, and was not sent again: a person sees to it."""
        repeated = {one.again_for for one in self.notices}
        return [
            one for one in self.notices if (one.returned_at or one.stays_owed) and one.key not in repeated
        ]

    @property
    def withheld(self) -> list[Notice]:
        """The letters that were stopped by hand, though a duty needs what they tell."""
        return [one for one in self.came_back if one.stays_owed]

    def reader_of(self, notice: Notice) -> Addressee:
        """Who gets this letter, as the case knows them by now."""
        return Addressee.model_validate(notice.model_dump(include=set(Addressee.model_fields)))

    def after_notice(self, notice: Notice, now: datetime) -> None:
        """What a letter that left sets in motion: a duty kept, a window opened."""

    def begun_by(self, notice: Notice) -> str | None:
        """The clock of the time that this letter gives its reader, if it gives any."""
        return None

    def after_notice_again(self, notice: Notice, now: datetime) -> None:
        """A letter that had come back left again: no duty is kept twice, but its reader's time begins with it."""


def reader(to: Addressee) -> str:
    """Who reads: of several providers, each is one."""
    return f"{to.recipient.value} {to.name}"


# What people read in their queues


def late_letter(notice: Notice) -> str:
    return is_late(notice.kind)


def is_late(kind: NoticeKind) -> str:
    return f"the {kind.text} letter is late: find out why it has not left"


def no_address(notice: Notice) -> str:
    return f"letters to {notice.recipient.named} have no address: find it (plazo notice again)"


def still_owed(notice: Notice) -> str:
    which = f"{notice.kind.text} to {notice.recipient.named}"
    return f"{STILL_OWED}: {which}; send it (plazo notice again), or decide again"
