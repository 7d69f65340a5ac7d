"""US-services referral: may a service be given on the mainland that Puerto Rico does not offer, and by whom?

1. Received: from the call, where the regime lets a call start the clock; an emergency needs no leave at all.
2. Covered? Eligible on the date of service, and the product covers such services in the United States.
3. Available in Puerto Rico? A care-management specialist finds out, with whom was asked and why they cannot.
4. Medically necessary? Criteria, specialist, physician: as in precertification, on the same clocks.
5. Coordinated (`coordination.py`) and 6. followed (`follow_up.py`), until the member is back in local care.

Sources: MCS, Services in the United States; 24 LPRA 3046 for emergencies; the clocks are those of precertification.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Self

from domain.case import ending
from domain.clock.agenda import Appointment
from domain.clock.duty import Duty
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, TimeToLook
from domain.parts.stage import Stage
from domain.policy.case_policy import CasePolicy
from domain.policy.rows import AdverseReason
from domain.referral import coordination, follow_up
from domain.referral import letters as referral_letters
from domain.referral.arrangement import Arrangement
from domain.request.availability import Availability
from domain.request.determination import Authorization, Ending, ReasonClass
from domain.request.line import Coverage, Line
from domain.request.network import NetworkProvider, UsScope
from domain.request.request import Request
from domain.review import announcing
from domain.review.assessed import AssessedCase
from domain.review.conversation import PEER_TO_PEER
from domain.review.screening import is_emergency
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM, Actor, Language, Words
from domain.terms.refusals import Refused

UNTIMED = "received without leave: decide by the terms of the policy; no row times it, so no clock runs"
FIND = "find out whether Puerto Rico offers the service: who was asked, when, and why not"
OFFERED = "Puerto Rico offers it and the local provider was named; withdrawn, or decide"
SOURCE = "MCS, Services in the United States"
GIVEN = {None, Ending.EXPIRED, Ending.USED_UP}  # an authorization under which the service was given


class Referral(AssessedCase):
    """A request for a service in the United States."""

    kind: ClassVar[str] = "referral"
    first_review: ClassVar[str] = "specialist-review"
    first_review_stage: ClassVar[Stage] = Stage.SPECIALIST_REVIEW
    act_names: ClassVar[Mapping[str, str]] = {
        "approve": "approve a referral",
        "refer to a physician": "refer a referral to a physician",
    }

    availability: Availability | None = None
    arrangements: dict[int, Arrangement] = {}
    network: dict[int, tuple[NetworkProvider, ...]] | None = None
    """By line; None until the directory answered."""
    eligibility_for: date | None = None  # the day about which the directory is to be asked again
    lapsed: Coverage | None = None  # what it said, where that was no coverage

    @classmethod
    def received(
        cls,
        number: str,
        member: str,
        policy: CasePolicy,
        request: Request,
        *,
        now: datetime,
        by: Actor = SYSTEM,
    ) -> Self:
        """A request reached us. What was received without leave, and no row times, is work without a clock."""
        case = super().received(number, member, policy, request, now=now, by=by)
        if case.is_retrospective and not case.is_timed:
            case.need("care-management", UNTIMED, now)
        return case

    # Screened

    @property
    def needs_no_precertification(self) -> bool:
        """Emergencies need none. Everything else on the mainland does, whatever the lists say."""
        return is_emergency(self.policy, self.request)

    # Covered

    def coverage_found(self, coverage: Coverage, now: datetime) -> None:
        super().coverage_found(coverage, now)
        if coverage.is_covered and self.needs_finding:
            self.need("care-management", FIND, now)

    # Available in Puerto Rico?

    @property
    def needs_finding(self) -> bool:
        """Nobody has found out yet; a product that covers more than unavailable services does not ask."""
        return self.availability is None and not self.covers_what_is_available

    @property
    def covers_what_is_available(self) -> bool:
        benefit = self.coverage.us if self.coverage else None
        return benefit is not None and benefit.scope is UsScope.ADDITIONAL

    @property
    def is_available(self) -> bool:
        return self.availability is not None and self.availability.available

    def availability_found(self, finding: Availability, now: datetime) -> None:
        """What was found. Available after all: the local provider is named; nobody is denied by that alone."""
        self.availability = finding
        words, by = str(finding), finding.by
        self.log.record(EventKind.AVAILABILITY_FOUND, words, at=finding.found_at, now=now, by=by)
        self.work.finish((work for work in self.work.open if work.what in {FIND, OFFERED}), now)
        if finding.available and finding.local:
            services = [line.asked.service for line in self.undecided]
            facts = referral_letters.available_locally(finding.local, services)
            announcing.owe(self, NoticeKind.AVAILABLE_LOCALLY, now, dict.fromkeys(Language, facts))
            self.need("supervisor", OFFERED, now, due_at=self.due_at)

    @property
    def may_be_checked(self) -> bool:
        return super().may_be_checked and not self.needs_finding and not self.is_available

    @property
    def wants_network(self) -> bool:
        """The directory is asked who gives the services, once it is clear that they are for the mainland."""
        covered = self.coverage is not None and self.coverage.is_covered
        settled = not self.needs_finding and not self.is_available
        ahead = self.is_undecided or bool(self.open_arrangements)
        return self.network is None and covered and settled and ahead and not self.is_retrospective

    def check_approval(self, line: Line) -> None:
        super().check_approval(line)
        if self.needs_finding:
            raise Refused(
                "availability: nobody has found out yet whether Puerto Rico offers it; record that first",
                SOURCE,
            )
        if self.is_available and not self.covers_what_is_available:
            raise Refused("availability: the finding says that Puerto Rico offers it", SOURCE)

    def check_ground(self, reason: AdverseReason) -> None:
        if reason.reason_class is not ReasonClass.AVAILABILITY:
            return
        if self.covers_what_is_available:
            raise Refused("reason: this product covers what Puerto Rico offers too", SOURCE)
        if not self.is_available:
            raise Refused("reason: no finding says that Puerto Rico offers it", SOURCE)

    # Where it stands

    @property
    def review_stage(self) -> Stage:
        stage = super().review_stage
        return Stage.AVAILABILITY if stage is self.first_review_stage and self.needs_finding else stage

    def finish_idle_reviews(self, now: datetime) -> None:
        super().finish_idle_reviews(now)
        if not self.undecided:
            self.work.finish((work for work in self.work.open if work.what == OFFERED), now)

    # Coordinated, and followed

    @property
    def is_retrospective(self) -> bool:
        return bool(self.request.visit and self.request.visit.retrospective)

    @property
    def place(self) -> str:
        return str(self.request.visit.place) if self.request.visit else "the United States"

    @property
    def open_arrangements(self) -> list[Arrangement]:
        return [one for one in self.arrangements.values() if one.over_at is None]

    def authorized(self, arrangement: Arrangement) -> tuple[Line, Authorization]:
        """The approved line that is arranged, and its authorization."""
        line = next(one for one in self.lines if one.sequence == arrangement.line)
        if line.authorization is None:  # pragma: no cover - only authorized lines are arranged
            raise AssertionError("a line without an authorization is not arranged")
        return line, line.authorization

    def arrange(self, now: datetime) -> None:
        """Each authorized line is coordinated; open steps are work with a due date, and done ones are none."""
        for line in self.lines:
            if line.authorization and line.sequence not in self.arrangements and not self.is_retrospective:
                self.arrangements[line.sequence] = Arrangement(line=line.sequence)
                if line.service != line.asked.service:
                    self.network = None  # it was asked about another service
        coordination.renew_work(self, now)

    @property
    def is_arranged(self) -> bool:
        """Is every authorized line over: back in local care, or ended? What was received already needs nothing."""
        if self.is_stopped or self.is_retrospective:
            return True
        lines = [line.sequence for line in self.lines if line.authorization]
        return all(line in self.arrangements and self.arrangements[line].over_at for line in lines)

    @property
    def stage(self) -> Stage:
        stage = super().stage
        if self.is_closed or self.is_stopped or self.is_undecided or not self.open_arrangements:
            return stage
        arranged = all(one.confirmed_at for one in self.open_arrangements)
        return Stage.FOLLOW_UP if arranged else Stage.COORDINATION

    def end_authorization(self, line: Line, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        super().end_authorization(line, ending, at, now, by)
        if arrangement := self.arrangements.get(line.sequence):
            arrangement.over_at = arrangement.over_at or at

    def undo_answer(self, line: Line, now: datetime) -> None:
        """What was begun to arrange for it is over too."""
        super().undo_answer(line, now)
        self.arrangements.pop(line.sequence, None)

    @property
    def authorizations_alive(self) -> list[Authorization]:
        permits = [line.authorization for line in self.lines if line.authorization]
        return [permit for permit in permits if permit.ended_as is None]

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
        """Everybody is told, the chosen provider too; work that hangs on it is done."""
        if ending in {Ending.EXPIRED, Ending.USED_UP}:
            follow_up.run_out(self, line, ending, at, now)
        else:
            self.end_authorization(line, ending, at, now, by)
            if line.authorization:
                coordination.tell_the_end(self, ending, [line.authorization.number], now, because)
        follow_up.coverage_lapse_answered(self, now)

    @property
    def is_timed(self) -> bool:
        """Does any row time the answer? A service received already may have none, and then no clock is invented."""
        return any(clock.timeframe.times is Duty.DECISION for clock in self.clocks.values())

    def follow_ups(self) -> list[Appointment]:
        return [*super().follow_ups(), *follow_up.follow_ups(self)]

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment) if appointment.rung != PEER_TO_PEER:
                follow_up.look(self, appointment, now)
            case _:
                super().follow(happening, now)

    # How it ends

    @property
    def can_be_withdrawn(self) -> bool:
        """Until the member is back, whoever asked may take it back."""
        return self.is_undecided or bool(self.open_arrangements)

    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """What was approved ends with it, and the chosen provider is told too."""
        if self.is_undecided:
            super().withdraw(by, at, now, actor)
        else:
            ending.take_back(self, f"withdrawn by the {by}", at, now, actor)
        coordination.end_authorizations(self, Ending.CANCELLED, at, now, actor)

    def undo_withdrawal(self, at: datetime) -> None:
        """Authorizations that ended with it are good again; the chosen provider has to be told anew."""
        for line in self.lines:
            permit = line.authorization
            if permit and permit.ended_as is Ending.CANCELLED and permit.ended_at == at:
                line.authorization = permit.model_copy(update={"ended_as": None, "ended_at": None})
                arrangement = self.arrangements[line.sequence]
                arrangement.over_at = arrangement.confirmed_at = arrangement.authorization_letter = None

    @property
    def outcome(self) -> str:
        """As what the case closes: back in local care, or as the authorization ended."""
        if self.is_stopped or not self.arrangements:
            return super().outcome
        permits = [(one, self.authorized(one)[1]) for one in self.arrangements.values()]
        if any(one.confirmed_at and permit.ended_as in GIVEN for one, permit in permits):
            return "returned to local care"
        endings = [permit.ended_as.text for _, permit in permits if permit.ended_as]
        return f"authorization ended: {' and '.join(dict.fromkeys(endings))}"
