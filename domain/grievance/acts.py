"""What people do with a grievance: sort it, take more time for it, answer it. Each act carries its own rule."""

from collections.abc import Iterator
from datetime import datetime

from domain.case.acts import Act, require_supervisor
from domain.case.authority import CLINICIANS
from domain.case.extending import MoreTime
from domain.clock.duty import Duty
from domain.clock.ledger import Retimed
from domain.desk.received_again import CAME_EARLIER, ReceiveAgain, again_by
from domain.grievance import letters
from domain.grievance.complaint import Complaint, Found, Sorted
from domain.grievance.grievance import ANSWER, Grievance
from domain.parts.queues import RECEIPTS
from domain.policy.grievances import About
from domain.request.request import Prose
from domain.terms.calendar import whole_seconds
from domain.terms.case_number import kind_of
from domain.terms.notice import NoticeKind
from domain.terms.people import Actor, Language, Words
from domain.terms.refusals import Refused
from domain.terms.text import folded


class SortGrievance(Act[Grievance]):
    """Somebody says what the complaint is. An appeal was opened before, of the same receipt; `about` corrects."""

    act_name = "sort a grievance"
    sort: Sorted
    about: About | None = None
    appeal: str | None = None
    reviewer: Actor | None = None

    def check(self, case: Grievance, now: datetime) -> None:
        if not case.is_undecided or case.sorted_as:
            raise Refused(f"{case.number} is sorted already: {case.status.in_a_sentence}")
        appeals = self.sort is not Sorted.GRIEVANCE
        if appeals != (self.appeal is not None and kind_of(self.appeal) == "appeal"):
            raise Refused("appeal: what is an appeal is opened as one, and what is none is not")
        if self._retimes(case) and case.clocks[ANSWER].is_late(now, case.policy.calendar):
            require_supervisor(self)
        if self.sort is not Sorted.APPEAL and case.terms.names_the_reviewer and self.reviewer is None:
            raise Refused("reviewer: the member is told who looks into it; name them", case.terms.source)
        if self.reviewer:
            refuse_who_may_not_answer(case, self.reviewer, self.about or case.about)

    def _retimes(self, case: Grievance) -> bool:
        return self.about is not None and case.urgency_of(self.about) is not case.urgency

    def apply(self, case: Grievance, now: datetime) -> str:
        about = self.about or case.about
        if self._retimes(case):
            self._retime(case, about, now)
        if self.appeal:
            case.link(
                self.appeal, "it is an appeal too" if self.sort is Sorted.BOTH else "it is an appeal", now
            )
        case.is_sorted(self.sort, about, self.reviewer, now, self.actor)
        return case.status.in_a_sentence if case.is_closed else "sorted; the member is told that it came"

    def _retime(self, case: Grievance, about: About, now: datetime) -> None:
        """It is about something else than was keyed: its own row counts from the receipt."""
        case.urgency = case.urgency_of(about)
        if row := case.policy.row(Duty.DECISION, case.received_at, case.urgency):
            moved = Retimed(
                at=self.happened_at(now),
                recorded_at=now,
                by=self.actor.id,
                reason=f"it is about {about.value.replace('_', ' ')}",
                timeframe=row,
                counts_from=case.received_at,
                earlier_governs=False,
            )
            case.clocks.enter(ANSWER, moved)
            case.reconsider_breach(ANSWER, now)


class ExtendGrievance(MoreTime[Grievance]):
    """More time for the answer to a grievance, where its row gives any."""

    def check(self, case: Grievance, now: datetime) -> None:
        self.check_clocks(case, [case.clocks[ANSWER]], case.extension, now)

    def apply(self, case: Grievance, now: datetime) -> str:
        case.extension = self.asked(case, now)
        if self.notice_sent_at:
            case.extension_noticed(whole_seconds(self.notice_sent_at), now)
            return "extension recorded with the notice that was sent"
        extension = case.clocks[ANSWER].row(case.policy.calendar).extension
        ground = extension.grounds[self.ground] if extension else Words(en="")
        case.owe(
            NoticeKind.GRIEVANCE_EXTENDED,
            now,
            lambda language: letters.extended(self.until, ground, self.asked_by, language),
        )
        return "extension asked for; it stands once its notice has left in time"


class AnswerGrievance(Act[Grievance]):
    """Somebody looked into it. `by_voice`: the member was told so by telephone, at the instant of the act."""

    act_name = "answer a grievance"
    answers_the_clock = True
    found: Found
    says: Prose
    says_es: Prose | None = None
    by_voice: bool = False

    def check(self, case: Grievance, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} has its answer: {case.status.in_a_sentence}")
        if case.sorted_as is None:
            raise Refused("sort it first: is it a grievance, an appeal, or both?", "plan policy, assumed")
        refuse_who_may_not_answer(case, self.actor, case.about)
        if self.by_voice and case.is_answered_in_writing:
            raise Refused("by-voice: this one is answered in writing", case.terms.source)
        if self.found is Found.UNTIMELY and not case.is_untimely:
            raise Refused("found: it came in time, or its law sets none")
        if not self.by_voice and self.says_es is None and Language.SPANISH in case.languages:
            raise Refused("says-es: the member reads Spanish; give the answer in Spanish too", "24 LPRA 3055")

    def apply(self, case: Grievance, now: datetime) -> str:
        says = Words(en=self.says, es=self.says_es)
        case.answer(self.found, says, self.happened_at(now), now, self.actor, by_voice=self.by_voice)
        told = "the member was told" if self.by_voice else "the member is told in writing"
        return f"{case.status.in_a_sentence}; {told}"


def refuse_who_may_not_answer(case: Grievance, somebody: Actor, about: About) -> None:
    """Nobody judges what they had a part in, where the law says so, and of clinical things a clinician judges."""
    if case.terms.by_another and somebody.id in case.involved:
        words = f"{somebody.name} had a part in what this is about; somebody else answers"
        raise Refused(words, case.terms.source)
    if about in case.terms.by_clinicians and not somebody.is_any(*CLINICIANS):
        words = f"{somebody.name} ({somebody.title}) is no clinician; one answers what is about "
        raise Refused(f"{words}{about.value.replace('_', ' ')}", case.terms.source)


class ReceiveComplaint(ReceiveAgain[Grievance]):
    """The same complaint came again, before it was answered."""

    complaint: Complaint

    @property
    def received_at(self) -> datetime:
        return self.complaint.received_at

    def check(self, case: Grievance, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} has its answer; what comes after it is a complaint of its own")
        if folded(self.complaint.says) != folded(case.complaint.says):
            raise Refused(f"{case.number} has other content: says")

    @property
    def words(self) -> str:
        return f"the same complaint came {again_by(self.complaint.channel, self.complaint.filed_by)}"

    def follow(self, case: Grievance, now: datetime) -> Iterator[str]:
        if self.came_earlier(case, now):
            case.need(RECEIPTS, f"{CAME_EARLIER}: see by when it is answered", now)
            yield CAME_EARLIER
        if self.complaint.wants_writing and not case.complaint.wants_writing:
            case.complaint = case.complaint.model_copy(update={"in_writing": True})
            yield "it is answered in writing"
        yield from self.attach(case, self.complaint.documents, now)
