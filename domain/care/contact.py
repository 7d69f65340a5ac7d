"""Contact with a member in care management, and how it ends: on their own word at any time and at once."""

from datetime import datetime
from typing import Literal

from domain.care.acts import CareAct
from domain.care.ahead import AGAIN, DUE, QUEUE, REVIEW
from domain.care.care import CareManagement
from domain.case.acts import Act
from domain.desk.calls import refuse_during_a_hold
from domain.parts.events import EventKind
from domain.program.ends import CareEnd, is_unreachable
from domain.request.request import Prose
from domain.terms.notice import Recipient
from domain.terms.refusals import Refused


class ContactMade(CareAct):
    """A call to the member or the physician. `opts_out`: the member said on it that they want no more of it."""

    to: Literal[Recipient.MEMBER, Recipient.PROVIDER] = Recipient.MEMBER
    reached: bool = True
    said: Prose | None = None
    opts_out: bool = False

    def is_told_afterwards(self, case: CareManagement, now: datetime) -> bool:
        return case.ended_at is not None and self.happened_at(now) < case.ended_at

    def check_step(self, case: CareManagement, now: datetime) -> None:
        if case.eligible_at is None:
            raise Refused("nobody is called before they were found eligible", "plan policy, assumed")
        if self.opts_out and not (self.reached and self.to is Recipient.MEMBER):
            raise Refused("opt-out: only the member's own word is one")
        if not self.opts_out:  # their word is taken whatever else is held
            refuse_during_a_hold(case, self.happened_at(now))

    def apply(self, case: CareManagement, now: datetime) -> str:
        at = self.happened_at(now)
        words = f"call to {self.to.named}: {'reached' if self.reached else 'not reached'}"
        said = f"; {self.said}" if self.said else ""
        case.log.record(
            EventKind.CALL_RECORDED,
            f"{words}{said}",
            at=at,
            now=now,
            by=self.actor,
            to=self.to.value,
            reached=self.reached,
        )
        if self.to is Recipient.PROVIDER:
            if self.reached:
                case.reviewed_at = max(at, case.reviewed_at or at)
                case.work.finish((one for one in case.work.open if one.what == DUE[REVIEW]), now)
        elif self.reached:
            case.reached(at, now)
        elif case.reached_at is None or at > case.reached_at:
            case.failed = (*case.failed, at)
            if case.end is None:
                case.need(QUEUE, AGAIN, now)
        if self.opts_out and case.end is None:
            case.ends(CareEnd.OPTED_OUT, at, now, self.actor)
            return f"{words}; {case.status.in_a_sentence}"
        return words


class OptOut(Act[CareManagement]):
    """The member wants no more of it. Anybody takes that, at any time, and it holds from when it was said."""

    by: Literal["member", "representative"] = "member"

    def check(self, case: CareManagement, now: datetime) -> None:
        if case.end:
            raise Refused(f"{case.number} has ended: {case.status.in_a_sentence}")

    def apply(self, case: CareManagement, now: datetime) -> str:
        case.ends(CareEnd.OPTED_OUT, self.happened_at(now), now, self.actor, f"by voice of the {self.by}")
        return f"{case.status.in_a_sentence}; nobody calls them for it any more"


class EndCare(CareAct):
    """Care management ends for another reason than the member's word."""

    how: CareEnd

    def check_step(self, case: CareManagement, now: datetime) -> None:
        match self.how:
            case CareEnd.OPTED_OUT:
                raise Refused("how: the member's word is recorded with `plazo care opt-out`")
            case CareEnd.NOT_ELIGIBLE if case.eligible_at:
                raise Refused("how: the member was found eligible")
            case CareEnd.NOT_ELIGIBLE if not self.reason:
                raise Refused("because: say why the member does not qualify")
            case CareEnd.GOALS_MET if case.open_goals or not case.goals:
                raise Refused("how: not every goal has ended")
            case CareEnd.UNREACHABLE if not self._was_unreachable(case):
                tries = case.terms.failed_contacts
                raise Refused(
                    f"how: {tries} calls in vain are needed, each on another day and at another hour",
                    case.terms.source,
                )
            case _:
                pass

    def _was_unreachable(self, case: CareManagement) -> bool:
        return is_unreachable(case.failed, case.terms.failed_contacts, case.policy.calendar)

    def apply(self, case: CareManagement, now: datetime) -> str:
        case.ends(self.how, self.happened_at(now), now, self.actor, self.reason)
        return case.status.in_a_sentence
