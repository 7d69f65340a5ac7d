"""The letters of a case: owed, leaving, left, stopped, returned. Each has its key, and leaves once."""

from collections.abc import Collection, Iterator
from datetime import datetime

from domain.clock.agenda import ONE_SECOND, Appointment, Occasion
from domain.parts.hold import Hold
from domain.parts.letter_times import LetterTimes
from domain.parts.state import State
from domain.parts.wanting import is_late, late_letter, no_address, not_set, reader, still_owed
from domain.terms.notice import Addressee, Notice

THE_MAIL = "mail"


class Letters(State):
    """What a case owes or owed in writing, what keeps it back, and what was found of its readers."""

    notices: list[Notice] = []
    on_their_way: set[str] = set()
    """The keys of those that are being handed over: what is stopped now may have left."""
    holds: list[Hold] = []
    found_addresses: dict[str, str] = {}
    """By reader, in the place of an address that was missing, or did not work."""
    found_numbers: dict[str, str | None] = {}
    """In the place of a fax number or an e-mail address that failed."""

    def change(self, key: str, **changes: object) -> None:
        self.notices = [one.model_copy(update=changes) if one.key == key else one for one in self.notices]

    def named(self, key: str) -> Notice:
        return next(one for one in self.notices if one.key == key)

    # What became of them

    @property
    def unsent(self) -> list[Notice]:
        return [one for one in self.notices if one.sent_at is None and one.stopped_at is None]

    @property
    def stopped_too_late(self) -> list[Notice]:
        """What was stopped while it was handed over: it is known soon whether it left."""
        return [one for one in self.notices if one.stopped_at and one.key in self.on_their_way]

    @property
    def uncertain(self) -> list[Notice]:
        """Notices of which nobody knows whether they left."""
        return [one for one in self.notices if one.uncertain_at and one.sent_at is None]

    @property
    def came_back(self) -> list[Notice]:
        """What came back, or was stopped though owed, and was not sent again: a person sees to it."""
        repeated = {one.again_for for one in self.notices}
        back = (one for one in self.notices if one.returned_at or one.stays_owed)
        return [one for one in back if one.key not in repeated]

    @property
    def withheld(self) -> list[Notice]:
        """The letters that were stopped by hand, though a duty needs what they tell."""
        return [one for one in self.came_back if one.stays_owed]

    @property
    def was_late(self) -> bool:
        return any(notice.breached_at for notice in self.notices)

    def repeats_what_left(self, notice: Notice) -> bool:
        """Does it say once more what its reader was sent before?"""
        return any(one.key == notice.again_for and one.sent_at for one in self.notices)

    def ready(self, times: LetterTimes) -> list[Notice]:
        """The letters that may go now: none while a hold is on, none without an address, the rest with its run."""
        if self.holds:
            return []
        return [
            one
            for one in self.unsent
            if not (one.uncertain_at or one.unset_for or one.lacks_address or times.waits_for_run(one))
        ]

    def not_waited_for(self) -> set[str]:
        """The work that letters opened for people, and that has fallen away."""
        unsent = self.unsent
        waited_for = {is_late(one.kind) for one in unsent if one.breached_at}
        waited_for |= {no_address(one) for one in unsent if one.lacks_address}
        waited_for |= {still_owed(one) for one in self.withheld}
        waited_for |= {not_set(one) for one in unsent if one.unset_for}
        texts = (late_letter, no_address, not_set, still_owed)
        return {text(one) for one in self.notices for text in texts} - waited_for

    # Readers

    def as_found(self, to: Addressee) -> Addressee:
        """The reader, with what was found in the place of an address or a number that did not work."""
        found = {"fax": self._number_by_now(to.fax), "email": self._number_by_now(to.email)}
        found |= {"address": self.found_addresses.get(reader(to), to.address)}
        return to.model_copy(update=found)

    def _number_by_now(self, number: str | None) -> str | None:
        while number in self.found_numbers:
            number = self.found_numbers[number]
        return number

    # What is to come

    def ahead(self, times: LetterTimes, leaving: Collection[str]) -> Iterator[Appointment]:
        """The mail runs that take letters, and the instants at which letters are late that have not left.

        Those that are `leaving`, by key, are not late; one behind which a clock runs is late by that clock.
        """
        yield from self._mail_runs(times)
        kept_back = [one for one in self.unsent if one.key not in leaving]
        for kind, due in sorted({(one.kind, due) for one in kept_back if (due := times.own_due_at(one))}):
            yield Appointment(
                at=due + ONE_SECOND,
                occasion=Occasion.LETTER_LATE,
                clock=f"{kind.value} letter",
                words=f"the {kind.text} letter is late: it has not left",
            )

    def _mail_runs(self, times: LetterTimes) -> Iterator[Appointment]:
        if self.holds:
            return
        waiting = [one for one in self.unsent if times.waits_for_run(one) and not one.lacks_address]
        for run in {min(filter(None, (one.leaves_at, times.due_at(one)))) for one in waiting}:
            words = "the mail is taken away"
            yield Appointment(at=run, occasion=Occasion.MAIL_RUN, clock=THE_MAIL, words=words)

    def mail_is_taken(self, times: LetterTimes, now: datetime) -> None:
        """What waited for this run may leave."""
        for notice in self.unsent:
            due_at = times.due_at(notice)
            if notice.leaves_at and min(notice.leaves_at, due_at or notice.leaves_at) <= now:
                self.change(notice.key, leaves_at=None)

    def wait_for_next_run(self, times: LetterTimes, now: datetime) -> None:
        """What a hold kept back beyond its mail run goes with the next one."""
        for notice in self.unsent:
            if notice.leaves_at and notice.leaves_at < now:
                self.change(notice.key, leaves_at=times.run_for(notice, times.due_at(notice), now))

    def miss(self, appointment: Appointment, times: LetterTimes) -> list[Notice]:
        """The letters whose own time that appointment ended, each marked as late."""
        kind = [one for one in self.unsent if appointment.clock == f"{one.kind.value} letter"]
        late = [one for one in kind if times.own_due_at(one) == appointment.at - ONE_SECOND]
        for notice in late:
            self.change(notice.key, breached_at=appointment.at)
        return late
