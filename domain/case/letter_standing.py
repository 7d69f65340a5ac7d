"""Where each letter of a case stands: by when it has to leave, whether it may, and what became of it.

By when a letter has to leave follows from the clocks, like every due date: while a clock runs that it keeps, or has
to come before, that clock says so, and the clock's own breach is the letter's. Else it has its own time.
"""

from datetime import datetime

from pydantic import JsonValue

from domain.case.clocks import Clocked
from domain.case.hold import Hold
from domain.clock.clock import Clock
from domain.clock.timeframe import Duty, Urgency
from domain.policy.notices import NoticeRule
from domain.terms.notice import Addressee, Notice, NoticeKind, SendBy

STILL_OWED = "a stopped letter is still owed"
PROMISED = {"until", "again_until", "due", "kept"}
"""The facts of a letter by which its reader is told of a day to come."""


class LetterStanding(Clocked):
    """The letters that a case owes or owed, and the questions that they answer."""

    urgency: Urgency = Urgency.STANDARD
    notices: list[Notice] = []
    on_their_way: set[str] = set()
    """The keys of those that are being handed over: what is stopped now may have left."""
    holds: list[Hold] = []
    found_addresses: dict[str, str] = {}
    """By reader, in the place of an address that was missing, or did not work."""
    found_numbers: dict[str, str | None] = {}
    """In the place of a fax number or an e-mail address that failed."""

    def change_notice(self, key: str, **changes: object) -> None:
        self.notices = [one.model_copy(update=changes) if one.key == key else one for one in self.notices]

    def reader_of(self, notice: Notice) -> Addressee:
        """Who gets this letter, as the case knows them by now."""
        return Addressee.model_validate(notice.model_dump(include=set(Addressee.model_fields)))

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

    def due_with_clocks(self, notice: Notice) -> datetime | None:
        return min((due for one in self.clocks_behind(notice) if (due := self.due_at_of(one))), default=None)

    def due_at_of_letter(self, notice: Notice) -> datetime | None:
        """By when it has, or had, to leave; None where no row says so."""
        left = notice.sent_at or notice.stopped_at
        if left or self.has_its_own_time(notice):
            return notice.due_at
        return self.due_with_clocks(notice) or notice.due_at

    def has_its_own_time(self, notice: Notice) -> bool:
        """Is it due by its own time beside a clock? Not where the member asked for what it tells."""
        rule = self.rule_of(notice)
        return rule is not None and rule.own_time_holds and notice.facts.get("asked_by") != "member"

    # May it leave?

    @property
    def awaits_a_look(self) -> bool:
        """Must somebody look before anything leaves?"""
        return False

    @property
    def unsent(self) -> list[Notice]:
        return [one for one in self.notices if one.sent_at is None and one.stopped_at is None]

    @property
    def may_leave(self) -> list[Notice]:
        """The letters that may go now: none while a hold is on or somebody must look first, none without an
        address, the rest with its run.
        """
        if self.holds or self.awaits_a_look:
            return []
        return [
            one
            for one in self.unsent
            if not (one.uncertain_at or one.unset_for or self.lacks_address(one) or self.waits_for_run(one))
        ]

    @property
    def stopped_too_late(self) -> list[Notice]:
        """What was stopped while it was handed over: it is known soon whether it left."""
        return [one for one in self.notices if one.stopped_at and one.key in self.on_their_way]

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


def passed_day(notice: Notice, today: str) -> str | None:
    """A day, in ISO form, of which the letter speaks as to come, and which is over."""
    reminds = {"through"} if notice.kind is NoticeKind.AUTHORIZATION_REMINDER else set()
    return next((day for day in _days_said(notice.facts, PROMISED | reminds) if day < today), None)


def _days_said(facts: JsonValue, names: set[str]) -> list[str]:
    """The days under these names, wherever among the facts of a letter they stand."""
    if isinstance(facts, list):
        return [day for one in facts for day in _days_said(one, names)]
    if not isinstance(facts, dict):
        return []
    own = [str(day) for name, day in facts.items() if name in names and day]
    return own + _days_said([said for name, said in facts.items() if name not in names], names)


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


def not_set(notice: Notice) -> str:
    which = f"the {notice.kind.text} letter to {notice.recipient.named}"
    how = "correct it, and send it (plazo notice again), or send it by hand (plazo notice sent)"
    return f"{which} cannot be put on paper, as {notice.unset_for}: {how}"


def still_owed(notice: Notice) -> str:
    which = f"{notice.kind.text} to {notice.recipient.named}"
    return f"{STILL_OWED}: {which}; send it (plazo notice again), or decide again"
