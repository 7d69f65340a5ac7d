"""Grievance: a member is not content with us, and is answered. The policy, in its order.

1. Received, by voice or in writing. The time to answer counts from there: an urgent one, about a refused expedite
   or an extension, has a row of its own where the law is in a hurry (42 CFR 422.564(f)).
2. Sorted by a person: what is an appeal becomes one from its first receipt, and it may be both.
3. Told that it came, what its member may do, and who looks into it, as its law wants (26 LPRA 9398).
4. Looked into and answered, in writing or by voice as its law wants, by somebody who may. A missed time changes
   nothing of that: the answer stays owed.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, ClassVar

from domain.case import dispatch, ending
from domain.case.matter import Matter
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Satisfaction, Urgency
from domain.grievance import letters
from domain.grievance.complaint import Complaint, Found, Sorted
from domain.grievance.letters import Facts, Said
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, LetterLeft, LettersOvertaken
from domain.parts.stage import Stage
from domain.parts.status import GrievanceStatus
from domain.policy.case_policy import CasePolicy
from domain.policy.grievances import About, GrievancePolicy, GrievanceTerms
from domain.request.line import ExtensionAsked
from domain.terms.notice import Notice, NoticeKind
from domain.terms.people import Actor, Language, Words

ANSWER, FILING, NOTICE = "answer", "filing", "notice of receipt"


class Grievance(Matter):
    """A complaint, and what becomes of it. `involved` are the ids of whoever had a part in what it is about."""

    kind: ClassVar[str] = "grievance"
    came_as: ClassVar[str] = "complaint"
    act_names: ClassVar[Mapping[str, str]] = {"extend": "answer a grievance"}

    complaint: Complaint
    about: About
    involved: frozenset[str] = frozenset()
    sorted_as: Sorted | None = None
    reviewer: Actor | None = None
    extension: ExtensionAsked | None = None
    found: Found | None = None
    told_by_voice: bool = False

    @classmethod
    def first(cls, came: Complaint, policy: CasePolicy) -> dict[str, Any]:
        return {"about": came.about, "parent": came.case}

    def begins(self, now: datetime, by: Actor) -> None:
        """It reached us: its time counts from there, and a person sorts it."""
        self.urgency = self.urgency_of(self.complaint.about)
        channel = self.complaint.channel.value.replace("_", " ")
        words = f"grievance received by {channel} from the {self.complaint.filed_by}"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        if self.parent:
            self.link(self.parent, "complains of", now)
        self._begin_clocks(now)
        self.need("intake", "sort it: a grievance, an appeal, or both", now, due_at=self.due_at)

    def _begin_clocks(self, now: datetime) -> None:
        for name, duty in ((ANSWER, Duty.DECISION), (NOTICE, Duty.GRIEVANCE_NOTICE)):
            if row := self.policy.row(duty, self.received_at, self.urgency):
                self.clocks.begin(name, row, Received(at=self.received_at, recorded_at=now))
        if row := self.policy.row(Duty.GRIEVANCE_FILING, self.received_at, self.urgency):
            day, calendar = self.complaint.happened_on, self.policy.calendar
            event = Received(at=calendar.at(day, time()), recorded_at=now) if day else None
            self.clocks.begin(FILING, row, event)
            if self.is_untimely:
                last = calendar.show_due(self.clocks[FILING].due_at(calendar) or now)
                self.clocks.change(FILING, ended_at=self.received_at)
                self.warn(f"it came late: the last day was {last}; a person decides", now)
            else:
                self.clocks.change(FILING, satisfied_at=self.received_at)

    # What people make of it

    def is_sorted(self, sort: Sorted, about: About, reviewer: Actor | None, now: datetime, by: Actor) -> None:
        """What it is; an appeal goes its own way, and what is a grievance is told that it came."""
        self.sorted_as, self.about, self.reviewer = sort, about, reviewer
        words = f"sorted: {'grievance and appeal' if sort is Sorted.BOTH else sort.value}"
        self.log.record(EventKind.TRIAGED, words, now=now, by=by, about=about.value)
        self.work.finish(filter(None, [self.work.in_queue("intake")]), now)
        if sort is Sorted.APPEAL:
            ending.close(self, self.status.in_a_sentence, now)
            return
        self.owe(NoticeKind.GRIEVANCE_RECEIVED, now, lambda language: letters.received(self, language))
        by_clinician = about in self.terms.by_clinicians
        queue = "grievance-review" if by_clinician else "grievances"
        self.need(queue, "look into it, and answer it", now, due_at=self.due_at)

    def answer(
        self, found: Found, says: Words, at: datetime, now: datetime, by: Actor, *, by_voice: bool
    ) -> None:
        """Somebody looked into it: the member is told in writing, or was told by voice at that instant."""
        self.found, self.reviewer, self.told_by_voice = found, by, by_voice
        said = f"; told by voice: {says.en}" if by_voice else ""
        words = f"answered: {self.status.in_a_sentence}{said}"
        self.log.record(EventKind.DETERMINED, words, at=at, now=now, by=by)
        self.work.finish_all(now)
        if by_voice:
            self.satisfy(Satisfaction.NOTICE, {Duty.DECISION}, at=at, now=now)
        else:
            self.owe(
                NoticeKind.GRIEVANCE_ANSWERED, now, lambda language: letters.answered(self, says, language)
            )

    def owe(self, kind: NoticeKind, now: datetime, said: Said) -> None:
        head = self.at_the_head(now)
        facts = {language: {**head, **said(language)} for language in Language}
        dispatch.owe(self, [self.addressee], kind, now, facts)

    # What follows by itself

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case LetterLeft(notice=notice):
                left = notice.left_at(now)
                duties = self.letter_times.kept_by(notice)
                self.satisfy(Satisfaction.WRITTEN_NOTICE, duties, at=left, now=now)
                if notice.kind is NoticeKind.GRIEVANCE_EXTENDED:
                    self.extension_noticed(left, now)
                self.settle(now)
            case LettersOvertaken() if self.extension:
                self.extension = None
                words = "extension void: its notice did not leave in time"
                self.log.record(EventKind.EXTENDED, words, now=now)
            case _:
                pass

    def extension_noticed(self, left: datetime, now: datetime) -> None:
        """The ledger takes it, and it is void there when its notice left too late."""
        if asked := self.extension:
            self.extension = None
            self.clocks.enter(ANSWER, asked.noticed(left, now))
            self.reconsider_breach(ANSWER, now)
            due = self.policy.calendar.show_due(self.due_at) if self.due_at else "not known"
            self.log.record(EventKind.EXTENDED, f"extension noticed; now due {due}", at=left, now=now)

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        """An extension that nobody was told of in time is not promised any more."""
        due = self.letter_times.due_with_clocks(notice)
        too_late = notice.kind is NoticeKind.GRIEVANCE_EXTENDED and due is not None and due < now
        return too_late or super().is_overtaken(notice, now)

    def settle(self, now: datetime) -> None:
        """Answered and told, it is over."""
        waits = self.letters.unsent or self.letters.came_back or self.letters.holds
        if self.found and not waits and not self.is_closed:
            ending.close(self, self.status.in_a_sentence, now)

    # Where it stands

    @property
    def stage(self) -> Stage:
        match self:
            case Grievance(is_closed=True):
                return Stage.CLOSED
            case Grievance(sorted_as=None):
                return Stage.RECEIVED
            case Grievance(is_undecided=True):
                return Stage.GRIEVANCE_REVIEW
            case _:
                return Stage.DECIDED

    @property
    def status(self) -> GrievanceStatus:
        if self.withdrawn:
            return GrievanceStatus.WITHDRAWN
        if self.sorted_as is Sorted.APPEAL:
            return GrievanceStatus.APPEAL
        return GrievanceStatus[self.found.name] if self.found else GrievanceStatus.OPEN

    @property
    def is_undecided(self) -> bool:
        return self.found is None and not self.withdrawn and self.sorted_as is not Sorted.APPEAL

    # What its law and its plan say

    @property
    def grievances(self) -> GrievancePolicy:
        assert self.policy.grievance is not None
        return self.policy.grievance

    @property
    def terms(self) -> GrievanceTerms:
        return self.grievances.terms

    def urgency_of(self, about: About) -> Urgency:
        """Expedited where its law has a row for complaints that are urgent."""
        day = self.policy.calendar.day_of(self.received_at)
        rows = [row for row in self.policy.timeframe if row.times is Duty.DECISION and row.is_in_force(day)]
        hurried = any(row.urgency is Urgency.EXPEDITED for row in rows)
        return Urgency.EXPEDITED if hurried and about.is_urgent else Urgency.STANDARD

    @property
    def is_untimely(self) -> bool:
        """Did it come after the time in which its law has it filed?"""
        last = self.clocks[FILING].due_at(self.policy.calendar) if FILING in self.clocks else None
        return last is not None and self.received_at > last

    @property
    def is_answered_in_writing(self) -> bool:
        always = self.terms.always_in_writing or self.about in self.terms.in_writing
        return always or self.complaint.wants_writing

    # Who is written to

    def at_the_head(self, now: datetime) -> Facts:
        received = self.policy.calendar.day_of(self.received_at).isoformat()
        return super().at_the_head(now) | {"received": received}
