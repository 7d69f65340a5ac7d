"""What anybody at a desk does with a case: take work, pass it on, note, attach, ask, call, take a withdrawal."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from domain.case.acts import Act
from domain.case.case import Case
from domain.desk.calls import Spoken, promises, refuse_during_a_hold
from domain.parts.absence import Absence
from domain.parts.events import EventKind
from domain.parts.happenings import Reached
from domain.parts.work import Work
from domain.policy.papers import fault_of
from domain.request.request import Document, Prose
from domain.terms.calendar import whole_seconds
from domain.terms.case_number import parse
from domain.terms.notice import Recipient
from domain.terms.people import Actor, Language
from domain.terms.refusals import Refused


class Claim(Act[Case]):
    """Take the work that waits in a queue of one's own, or in the named one."""

    queue: str | None = None
    absences: tuple[Absence, ...] = ()  # what the register knows of one's own
    as_next: bool = False  # handed out and not chosen: what one has just put back rests

    def _wanted(self, case: Case) -> list[Work]:
        mine = [work for work in case.work.open if case.may_have(work, self.actor)]
        return [work for work in mine if self.queue in {None, work.queue}]

    def check(self, case: Case, now: datetime) -> None:
        refuse_if_away(self.absences, case, now)
        wanted = self._wanted(case)
        if not wanted:
            queues = ", ".join(sorted({work.queue for work in case.work.open})) or "none"
            raise Refused(f"nothing waits for {self.actor.name} here; open queues: {queues}")
        taken = [work for work in wanted if work.assignee not in {None, self.actor.id}]
        if len(taken) == len(wanted):
            raise Refused(f"{taken[0].queue} is already with {taken[0].assignee}")
        if self.as_next and all(self._rests(work, case, now) for work in wanted if work not in taken):
            raise Refused(f"{wanted[0].queue} was put back by {self.actor.name} a moment ago", "plan policy")

    def _rests(self, work: Work, case: Case, now: datetime) -> bool:
        """Has this person put it back so lately that somebody else should have it?"""
        at = work.put_back.get(self.actor.id)
        rest = timedelta(minutes=case.policy.choices_on(case.received_at).put_back_rests_minutes)
        return at is not None and now < at + rest

    def apply(self, case: Case, now: datetime) -> str:
        free = [work for work in self._wanted(case) if work.assignee in {None, self.actor.id}]
        case.work.know_absences(self.actor.id, self.absences)
        for work in free:
            case.work.change(work, assignee=self.actor.id, taken_at=whole_seconds(now))
        queues = ", ".join(work.queue for work in free)
        case.log.record(EventKind.CLAIMED, f"{queues} claimed", now=now, by=self.actor)
        return f"{queues} is yours"


class Release(Act[Case]):
    """Put back what one has taken."""

    def check(self, case: Case, now: datetime) -> None:
        if not self._held(case):
            raise Refused(f"{self.actor.name} holds no work of {case.number}")

    def apply(self, case: Case, now: datetime) -> str:
        held = self._held(case)
        for work in held:
            case.work.change(
                work, assignee=None, put_back=work.put_back | {self.actor.id: whole_seconds(now)}
            )
        queues = ", ".join(work.queue for work in held)
        case.log.record(EventKind.RELEASED, f"{queues} put back", now=now, by=self.actor)
        return f"{queues} put back"

    def _held(self, case: Case) -> list[Work]:
        return [work for work in case.work.open if work.assignee == self.actor.id]


class Assign(Act[Case]):
    """Give work to somebody: a lead's act. What they have already stays theirs."""

    act_name = "assign work"
    to: Actor
    queue: str | None = None
    held_by: str | None = None  # only what this person has
    absences: tuple[Absence, ...] = ()  # what the register knows of theirs

    def check(self, case: Case, now: datetime) -> None:
        refuse_if_away(self.absences, case, now)
        if not self._wanted(case):
            raise Refused(f"no open work of {case.number} suits {self.to.name}")

    def apply(self, case: Case, now: datetime) -> str:
        wanted = [work for work in self._wanted(case) if work.assignee != self.to.id]
        if not wanted:
            return f"with {self.to.name} already"
        case.work.know_absences(self.to.id, self.absences)
        for work in wanted:
            case.work.change(work, assignee=self.to.id, taken_at=whole_seconds(now))
        queues = ", ".join(work.queue for work in wanted)
        case.log.record(EventKind.ASSIGNED, f"{queues} given to {self.to.name}", now=now, by=self.actor)
        return f"{queues} given to {self.to.name}"

    def _wanted(self, case: Case) -> list[Work]:
        suits = [work for work in case.work.open if case.may_have(work, self.to)]
        held = [work for work in suits if self.held_by in {None, work.assignee}]
        return [work for work in held if self.queue in {None, work.queue}]


def refuse_if_away(absences: Sequence[Absence], case: Case, now: datetime) -> None:
    """Nobody who is away is given work. What the register knows is newer than what the case was told."""
    day = case.policy.calendar.day_of(now)
    if away := next((one for one in absences if one.is_on(day)), None):
        raise Refused(f"{away.refusal}; `plazo staff back {away.who}` ends that")


class Note(Act[Case]):
    """Write something down for whoever comes next; `once` where the same may be said again by mistake."""

    verb: Literal["note"] = "note"
    text: Prose
    once: bool = False

    def apply(self, case: Case, now: datetime) -> str:
        noted = [(one.by_id, one.words) for one in case.log.events if one.kind is EventKind.NOTED]
        if self.once and (self.actor.id, self.text) in noted:
            return "noted before; nothing changed"
        case.log.record(EventKind.NOTED, self.text, at=self.happened_at(now), now=now, by=self.actor)
        return "noted"


class Attach(Act[Case]):
    """A paper that arrived, with the facts that it shows. Sent twice, it is attached once.

    One that lay in another case by mistake comes `out_of` that, with the receipt that it has.
    """

    document: Document
    out_of: str | None = None

    def happened_at(self, now: datetime) -> datetime:
        return whole_seconds(self.document.received_at or self.at or now)

    def check(self, case: Case, now: datetime) -> None:
        if case.papers.holds(self.document):
            return
        if fault := fault_of(self.document, case.policy.document_kind, case.policy.criteria, "this case"):
            raise Refused(fault)

    def apply(self, case: Case, now: datetime) -> str:
        if case.papers.holds(self.document):
            return f"{self.document.id} was attached before; nothing changed"
        received = self.document.model_copy(update={"received_at": self.happened_at(now)})
        case.attached(received, now, by=self.actor)
        if self.out_of:
            words = (
                f"{received.kind.replace('_', ' ')} of {received.dated} lay in {self.out_of}: {self.reason}"
            )
            case.log.record(EventKind.DOCUMENT_MOVED, words, now=now, by=self.actor, document=received.id)
        return f"{self.document.kind.replace('_', ' ')} attached"


class RequestInformation(Act[Case]):
    """Ask for what is needed, item by item, in words for each reader's language."""

    items: tuple[str, ...]
    items_es: tuple[str, ...] = ()

    def check(self, case: Case, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"every line of {case.number} has its answer; there is nothing to ask for")
        if not self.items:
            raise Refused("items: a request for information names what it asks for")
        if not self.items_es and Language.SPANISH in case.languages:
            raise Refused(
                "items: somebody here reads Spanish; name the items in Spanish too (--es)", "24 LPRA 3055"
            )

    def apply(self, case: Case, now: datetime) -> str:
        case.information_asked = True
        case.request_information(list(self.items), list(self.items_es or self.items), now, by=self.actor)
        return f"asked for: {'; '.join(self.items)}"


class RecordCall(Act[Case]):
    """A call that was made: whom it reached, and when. Told by voice, the member has been told."""

    answers_the_clock = True
    verb: Literal["record-call"] = "record-call"
    to: Recipient
    reached: bool
    said: str = ""
    spoken: Spoken | None = None
    as_promised: bool = False  # the call back that was promised: it was made, whether it reached them or not

    def check(self, case: Case, now: datetime) -> None:
        refuse_during_a_hold(case, self.happened_at(now))
        if self.as_promised and not promises(case, self.to):
            raise Refused(f"callback: no call back is owed to {self.to.named} here")

    def apply(self, case: Case, now: datetime) -> str:
        at = self.happened_at(now)
        outcome = "reached" if self.reached else "not reached"
        more = [self.said, self.spoken.words if self.spoken else ""]
        words = "; ".join([f"call to {self.to.named}: {outcome}", *(part for part in more if part)])
        details = {"to": self.to.value, "reached": self.reached}
        case.log.record(EventKind.CALL_RECORDED, words, at=at, now=now, by=self.actor, **details)
        if self.reached:
            case.follow(Reached(self.to, at), now)
        if self.reached or self.as_promised:
            case.work.finish(promises(case, self.to), now)
        return f"call to {self.to.named}: {outcome}"


class Link(Act[Case]):
    """Another case came out of this one, or this one out of it."""

    to: str

    def check(self, case: Case, now: datetime) -> None:
        if parse(self.to) == case.number:
            raise Refused("to: a case is not linked to itself")

    def apply(self, case: Case, now: datetime) -> str:
        case.link(parse(self.to), "belongs together with", now, self.actor)
        return f"linked to {parse(self.to)}"


class Withdraw(Act[Case]):
    """The requester takes the request back before it is decided."""

    answers_the_clock = True
    by: Literal["member", "physician", "representative", "provider"] = "member"

    def check(self, case: Case, now: datetime) -> None:
        if not case.can_be_withdrawn:
            raise Refused(f"{case.number} has been decided; there is nothing left to withdraw")

    def apply(self, case: Case, now: datetime) -> str:
        case.withdraw(self.by, self.happened_at(now), now, self.actor)
        return "withdrawn at the requester's word"
