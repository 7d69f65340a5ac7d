"""What the agenda knows of letters: the mail runs that take them, and the instants at which they are late."""

from collections.abc import Collection
from datetime import datetime

from domain.case.events import EventKind
from domain.case.letter_standing import LetterStanding, is_late
from domain.clock.agenda import ONE_SECOND, Appointment, Occasion
from domain.terms.notice import Notice, SendBy

THE_MAIL = "mail"


class LetterAgenda(LetterStanding):
    """What is to come of letters; one behind which a clock runs is late by that clock, and not here."""

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

    def run_for(self, notice: Notice, due_at: datetime | None, now: datetime) -> datetime | None:
        """The next mail run; None where the letter leaves at once."""
        run = self.policy.next_mail_run(now) if notice.by is SendBy.LETTER else None
        return run if run and (due_at is None or run <= due_at) else None

    def wait_for_next_run(self, now: datetime) -> None:
        """What a hold kept back beyond its mail run goes with the next one."""
        for notice in self.unsent:
            if notice.leaves_at and notice.leaves_at < now:
                run = self.run_for(notice, self.due_at_of_letter(notice), now)
                self.change_notice(notice.key, leaves_at=run)

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
        if notice.breached_at or (self.clocks_behind(notice) and not self.has_its_own_time(notice)):
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
