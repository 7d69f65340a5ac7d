"""A case whose service lines are reviewed and answered one by one: what it holds, and what it is asked.

Requests and appeals are such cases. What is done to one stands in functions beside it, each file for one matter:
`decision_clocks.py`, `announcing.py`, `notified.py`, `issuing.py`, `conversation.py`.
"""

from datetime import datetime
from typing import ClassVar

from pydantic import JsonValue

from domain.case.case import Case
from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.parts.answers import Answered, AuthorizedLine
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, HoldsLifted, LettersOvertaken, Reached, TimeToLook
from domain.parts.stage import Stage
from domain.parts.status import Status
from domain.parts.work import Work
from domain.policy.rows import Requirement
from domain.request import criteria
from domain.request.criteria import Answer, Finding
from domain.request.determination import Authorization, Ending
from domain.request.line import Coverage, ExtensionAsked, Line
from domain.request.request import Request, RequestedBy, ServiceLine
from domain.review import announcing, complete, conversation, letters, notified, second_look, stages
from domain.review.second_look import SecondLook
from domain.terms.notice import Addressee, Notice, Recipient
from domain.terms.people import SYSTEM, Actor, Language, Words


class ReviewedCase(Case):
    """Its request, its lines, their evidence and their answers."""

    answers: ClassVar[Duty] = Duty.DECISION  # the duty that an answer to every line keeps

    first_review: ClassVar[str] = "nurse-review"
    """The queue of whoever looks first at what criteria alone did not approve."""

    may_be_expedited: ClassVar[bool] = True
    """Can waiting do harm?"""

    first_review_stage: ClassVar[Stage] = Stage.NURSE_REVIEW

    request: Request
    urgency_by: RequestedBy
    lines: list[Line]
    informed: tuple[ServiceLine, ...] = ()  # lines that need no leave, and that nobody decides
    second_looks: dict[int, SecondLook] = {}  # by line: what another reviewer was asked to answer again
    coverage: Coverage | None = None
    extension: ExtensionAsked | None = None
    not_required: bool = False
    entered_in_error: bool = False  # it should never have been: it counts nowhere
    told_permits: dict[str, Authorization] = {}  # by number: what each was last told
    corrections: int = 0  # how often the request was corrected
    told_corrections: dict[str, int] = {}  # by number: of how many of them each knows

    # Lines

    def line(self, sequence: int) -> Line | None:
        return next((line for line in self.lines if line.sequence == sequence), None)

    def lines_of(self, clock: Clock) -> list[Line]:
        """The lines that a clock times; one that names none times them all."""
        return [line for line in self.lines if not clock.lines or line.sequence in clock.lines]

    @property
    def is_adverse(self) -> bool:
        return any(line.is_adverse for line in self.lines)

    @property
    def is_stopped(self) -> bool:
        """Is no answer wanted any more, whatever lines have none?"""
        return self.withdrawn or self.not_required or self.entered_in_error

    def meets_all_criteria(self, line: Line) -> bool:
        """May software approve? Only where the pack says so, every clause is met, and no other may be it."""
        table = self.policy.criteria_in(self.request, line.asked.service)
        met = criteria.verdict(line.findings) is Answer.MET
        is_like_another = any(how.is_of_service for how in self.alike.values())  # it may be given there too
        alone = not (line.referred or is_like_another)
        return bool(table and table.approves and line.findings and met and alone)

    def reader_of(self, notice: Notice) -> Addressee:
        theirs = [party for party in self.parties if party.recipient is notice.recipient]
        return theirs[0] if theirs else super().reader_of(notice)

    # What every case answers for itself

    @property
    def languages(self) -> set[Language]:
        return {self.request.member.language, self.request.requesting_provider.language}

    @property
    def missing(self) -> list[Requirement]:
        return complete.missing(self)

    @property
    def is_undecided(self) -> bool:
        return bool(self.undecided) and not (self.is_stopped or self.is_closed)

    @property
    def status(self) -> Status:
        return stages.status_of(self)

    @property
    def stage(self) -> Stage:
        return stages.stage_of(self)

    @property
    def answered(self) -> tuple[Answered, ...]:
        return tuple(
            Answered(
                line=line.sequence,
                outcome=answer.outcome.value,
                decided_at=answer.decided_at,
                decider=answer.by.id if answer.by else None,
                reason=answer.reason.id if answer.reason else None,
                content=answer.model_dump(mode="json"),
            )
            for line in self.lines
            if (answer := line.determination)
        )

    @property
    def authorizations(self) -> tuple[AuthorizedLine, ...]:
        issued = ((line.sequence, line.authorization) for line in self.lines)
        return tuple(AuthorizedLine(line=line, authorization=one) for line, one in issued if one)

    def is_complete_for(self, clock: Clock, at: datetime) -> bool:
        """A decision clock waits for the answer to every line that it times; nobody is told before it is given."""
        if clock.timeframe.times is not self.answers:
            return True
        answers = [line.determination for line in self.lines_of(clock)]
        return all(answer is not None and answer.decided_at <= at for answer in answers)

    def may_have(self, work: Work, who: Actor) -> bool:
        return super().may_have(work, who) and not second_look.is_of_ones_own(self, work, who)

    def outlives_the_answer(self, clock: Clock) -> bool:
        """The time to appeal an adverse answer that was given belongs to the member."""
        return clock.timeframe.times is Duty.APPEAL_WINDOW and self.is_adverse

    def follow_ups(self) -> list[Appointment]:
        return conversation.ends(self)

    def at_the_head(self, now: datetime) -> dict[str, JsonValue]:
        return letters.about(self, now)

    def dated(self, notice: Notice, now: datetime) -> Notice:
        return notified.with_last_day(self, super().dated(notice, now), now)

    def is_overtaken(self, notice: Notice, now: datetime) -> bool:
        return super().is_overtaken(notice, now) or notified.extension_is_void(self, notice, now)

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        announcing.ask_for(self, english, spanish, now, by)

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case HoldsLifted():
                announcing.calls_begin_again(self, now)
            case LettersOvertaken(letters=over):
                notified.extension_fell_away(self, over, now)
            case Reached(recipient=recipient, at=at):
                announcing.calls_made(self, recipient, at, now)
                self.told_by_voice(recipient, at, now)
            case TimeToLook(appointment=appointment) if appointment.rung == conversation.PEER_TO_PEER:
                conversation.time_is_over(self, appointment, now)
            case _:
                pass

    @property
    def goes_on(self) -> bool:
        """Is it about what the member was receiving?"""
        return self.request.extends is not None

    @property
    def asked_in_time(self) -> bool:
        """Was going on asked for early enough for the rows that time only that?"""
        return self.goes_on

    # What requests and appeals answer differently

    def on_terms(self, line: Line, permit: Authorization | None) -> Authorization | None:
        """What a line is authorized for, as this kind of case gives leave."""
        return permit

    def announce_lines(self, group: list[Line], now: datetime) -> None:
        """Tell the answers to lines, all in one letter, and what they give leave for."""
        announcing.announce_determination(self, group, now)

    def told_by_voice(self, recipient: Recipient, at: datetime, now: datetime) -> None:
        """Which duties are kept by a call."""
        notified.told_by_voice(self, recipient, at, now)

    def end_authorization(self, line: Line, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        """The authorization of a line ends by that name."""
        if line.authorization is None:
            return
        line.authorization = line.authorization.model_copy(update={"ended_as": ending, "ended_at": at})
        words = f"{line.authorization.number} ended: {ending.text}"
        self.log.record(EventKind.AUTHORIZATION_ENDED, words, at=at, now=now, by=by, ending=ending.value)

    def authorization_ended(
        self,
        line: Line,
        ending: Ending,
        *,
        at: datetime,
        now: datetime,
        by: Actor,
        because: Words | None = None,
    ) -> None:
        """It ended by itself, and says so; whoever has to know is told in its letters."""
        self.end_authorization(line, ending, at, now, by)

    @property
    def counts_from_receipt(self) -> bool:
        """Does the time to answer count from the receipt, and not from something that came after it?"""
        return True

    @property
    def undecided(self) -> list[Line]:
        return [line for line in self.lines if line.determination is None]

    @property
    def review_stage(self) -> Stage:
        """Who has it while lines have no answer."""
        if any(line.referred for line in self.undecided):
            return Stage.PHYSICIAN_REVIEW
        if self.missing:
            return Stage.AWAITING_INFORMATION
        if self.coverage is None:
            return Stage.RECEIVED
        return self.first_review_stage if self.coverage.is_covered else Stage.COVERAGE_REVIEW

    @property
    def may_be_checked(self) -> bool:
        """Criteria are asked once the request is complete and covered."""
        return self.is_undecided and not self.missing and bool(self.coverage and self.coverage.is_covered)

    def finish_idle_reviews(self, now: datetime) -> None:
        """A review that no line waits for any more leaves its queue."""
        idle = set()
        if all(line.referred for line in self.undecided):
            idle |= {self.first_review}
        if not any(line.referred for line in self.undecided):
            idle |= {"physician-review"}
        if not self.undecided:
            idle |= {"coverage", "intake", "care-management"}
        self.work.finish((work for work in self.work.open if work.queue in idle), now)

    @property
    def parties(self) -> list[Addressee]:
        """The member, and the provider who asked."""
        member, provider = self.request.member, self.request.requesting_provider
        return [
            Addressee(
                recipient=recipient,
                name=party.name,
                address=party.address,
                language=party.language,
                fax=provider.fax if party is provider else None,
            )
            for recipient, party in ((Recipient.MEMBER, member), (Recipient.PROVIDER, provider))
        ]

    def findings_on(self, line: Line) -> tuple[Finding, ...]:
        """What the clauses of its criteria say of a line."""
        return line.findings

    def findings_now(self, line: Line) -> tuple[Finding, ...]:
        """What they say on everything that has come."""
        table = self.policy.criteria_in(self.request, line.asked.service)
        return criteria.check(table, self.facts) if table else ()

    def first_answered(self, line: Line) -> str | None:
        """What an earlier case answered on this line, where this one looks at it again."""
        return None

    def replaced_by(self, line: int) -> str | None:
        """The earlier authorization whose place the one of this line takes, if there is any."""
        return None
