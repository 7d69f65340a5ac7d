"""What became of a reviewed case, as auditors ask for it: who asked, what was answered, when it was told."""

from dataclasses import dataclass
from datetime import datetime

from domain.appeal.request import AppealRequest
from domain.appeal.state import AppealState
from domain.clock.clock import Clock
from domain.clock.timeframe import Services, Urgency
from domain.parts.events import EventKind
from domain.policy.appeals import AppealBy
from domain.report.counted import Answer, Counted, counted_of
from domain.report.layout import NONE
from domain.request.determination import ReasonClass
from domain.request.request import Request, RequestedBy
from domain.review.decision_clocks import decision_clocks
from domain.review.reviewed import ReviewedCase
from domain.terms.calendar import Calendar
from domain.terms.notice import NoticeKind, Recipient

ANSWERS = {NoticeKind.DETERMINATION, NoticeKind.APPEAL_DECISION, NoticeKind.APPEAL_DISMISSED}
WHO = {RequestedBy.MEMBER: "E", RequestedBy.REPRESENTATIVE: "ER"}
WHO_APPEALS = {AppealBy.MEMBER: "E", AppealBy.REPRESENTATIVE: "ER"}


def asked_by(request: Request, appeal: AppealRequest | None) -> str:
    """E enrollee, ER representative, CP or NCP a provider with or without contract; empty: nobody said."""
    who = WHO_APPEALS.get(appeal.by) if appeal else WHO.get(request.requested_by)
    return who or {True: "CP", False: "NCP", None: ""}[request.requesting_provider.contracted]


@dataclass(frozen=True)
class Answered:
    """A request or an appeal, seen at an instant."""

    case: ReviewedCase
    at: datetime

    @property
    def calendar(self) -> Calendar:
        return self.case.policy.calendar

    @property
    def counted(self) -> Counted:
        return counted_of(self.case, self.at)

    # Whose

    @property
    def asked_by(self) -> str:
        case = self.case
        return asked_by(case.request, case.appeal if isinstance(case, AppealState) else None)

    # What

    @property
    def is_drug(self) -> bool:
        return all(line.kind is Services.PART_B_DRUG for line in self.case.lines)

    @property
    def is_payment(self) -> bool:
        """Is it about what was received already, so that paying is what is asked for?"""
        return any(line.kind is Services.POST_SERVICE for line in self.case.lines)

    @property
    def answer(self) -> str:
        """Approved only in full: fewer units, another service or some lines are a denial in part."""
        if isinstance(self.case, AppealState) and self.case.dismissed_as:
            return "Dismissed"
        answers = [line.determination for line in self.case.lines if line.determination]
        return "Denied" if self.case.is_adverse or not answers else "Approved"

    @property
    def is_of_necessity(self) -> bool:
        reasons = [line.determination.reason for line in self.case.lines if line.determination]
        return any(one and one.reason_class is ReasonClass.MEDICAL_NECESSITY for one in reasons)

    @property
    def is_expedited(self) -> bool:
        return self.case.urgency is Urgency.EXPEDITED

    @property
    def was_asked_expedited(self) -> bool:
        asked = self.case.appeal if isinstance(self.case, AppealState) else self.case.request
        return asked.urgency is Urgency.EXPEDITED

    @property
    def is_extended(self) -> bool:
        return any(clock.is_extended(self.calendar) for clock in decision_clocks(self.case))

    @property
    def issue(self) -> str:
        lines = (f"{line.asked.service} x{line.asked.units}" for line in self.case.lines)
        return "; ".join(lines)

    # When

    @property
    def decided_at(self) -> datetime | None:
        """The decision of the last line, drugs and what is on no list too."""
        kinds = {EventKind.DETERMINED, EventKind.DISMISSED}
        instants = [event.at for event in self.case.log.events if event.kind in kinds]
        return max(instants, default=None)

    @property
    def called_at(self) -> datetime | None:
        """When a call first told the member."""
        decided = self.decided_at
        return next(
            (
                event.at
                for event in self.case.log.events
                if event.kind is EventKind.CALL_RECORDED
                and event.details.get("reached")
                and event.details.get("to") == Recipient.MEMBER.value
                and (decided is None or event.at >= decided)
            ),
            None,
        )

    @property
    def written_at(self) -> datetime | None:
        """When the letter with the answer left for the member."""
        letters = self.case.letters.notices
        left = [
            one.sent_at
            for one in letters
            if one.kind in ANSWERS and one.recipient is Recipient.MEMBER and one.sent_at
        ]
        return min(left, default=None)

    @property
    def form_came_at(self) -> datetime | None:
        return self.case.form_came_at if isinstance(self.case, AppealState) else None

    @property
    def effect_at(self) -> datetime | None:
        """When what was approved had its effect: authorized, or for an appeal what its log says."""
        kinds = {EventKind.EFFECTUATED} if isinstance(self.case, AppealState) else set()
        effects = [event.at for event in self.case.log.events if event.kind in kinds]
        if effects:
            return max(effects)
        return self.decided_at if any(line.authorization for line in self.case.lines) else None

    @property
    def forwarded_at(self) -> datetime | None:
        sent = [one.sent_at for one in self.case.letters.notices if one.kind is NoticeKind.APPEAL_FILE]
        return max((one for one in sent if one), default=None)

    # Late?

    @property
    def late_clocks(self) -> list[Clock]:
        return [one for one in decision_clocks(self.case) if one.is_late(self.at, self.calendar)]

    @property
    def notice_of_rights(self) -> str:
        """When the notice that a missed deadline owes left."""
        kinds = {NoticeKind.MISSED_DEADLINE, NoticeKind.APPEAL_LATE}
        left = [one.sent_at for one in self.case.letters.notices if one.kind in kinds and one.sent_at]
        return self.calendar.show(min(left)) if left else NONE

    @property
    def is_overturned(self) -> bool:
        return isinstance(self.case, AppealState) and self.counted.answer in {Answer.APPROVED, Answer.PARTIAL}
