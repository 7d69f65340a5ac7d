"""Standing referral: one specialist, seen for long, without a new request for each visit.

1. *Asked* by the member, the primary care physician or the specialist (ProcareMSO provider page).
2. *A physician looks* at the condition, at whether care is needed for long, and at the specialist's demonstrated
   expertise, whose evidence is kept. Nobody else gives it.
3. *Given*: so many visits, through a day, to a named specialist, for a scope, with a day on which it is looked at
   again. A procedure beyond the scope is a request of its own.
4. *Kept up*: a specialist who leaves the network is seen for a transition; another primary care physician ends
   nothing.
5. *Over* with its authorization.

Which condition it is may be sensitive: it stands in no letter, and the case is marked.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from domain.case import sensitive
from domain.clock.agenda import Appointment, Occasion
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, TimeToLook
from domain.parts.stage import Stage
from domain.policy.standing import StandingPolicy
from domain.request.determination import Authorization, Ending, Measure
from domain.request.line import Line
from domain.request.standing import Standing
from domain.review.assessed import AssessedCase
from domain.review.conversation import PEER_TO_PEER
from domain.terms.people import Actor, Words

REVIEW = "is the standing referral still needed, and to this specialist?"


class StandingReferral(AssessedCase):
    """A referral that stands."""

    kind: ClassVar[str] = "standing"
    first_review: ClassVar[str] = "physician-review"
    first_review_stage: ClassVar[Stage] = Stage.PHYSICIAN_REVIEW
    act_names: ClassVar[Mapping[str, str]] = {"approve": "approve a standing referral"}

    left_network_on: date | None = None

    def begin(self, now: datetime) -> None:
        """It was asked for; what it is for is nobody's business who does not work on it."""
        sensitive.mark(self, self.request, now)

    @property
    def needs_no_precertification(self) -> bool:
        """To ask for it is to want it decided."""
        return False

    @property
    def standing(self) -> Standing:
        if self.request.standing is None:  # pragma: no cover - the door lets nothing else in
            raise AssertionError("a standing referral says for what it stands")
        return self.request.standing

    @property
    def rows(self) -> StandingPolicy:
        if self.policy.standing is None:  # pragma: no cover - each such case takes it along
            raise AssertionError("the policy of a standing referral has its part on it")
        return self.policy.standing

    # Given

    def on_terms(self, line: Line, permit: Authorization | None) -> Authorization | None:
        """Visits, through the day that was asked for, to one specialist, for a scope; looked at again on a day."""
        if permit is None or permit.ended_as:
            return permit
        again = self.rows.review.after.after(
            self.policy.calendar.end_of(permit.from_day), self.policy.calendar
        )
        specialist = self.request.servicing_provider
        terms = {
            "through": self.standing.through,
            "ends_when": None,
            "measure": Measure.VISITS,
            "review_on": min(self.policy.calendar.day_of(again), self.standing.through),
            "given_by": specialist.name if specialist else None,
            "scope": self.standing.scope,
        }
        return permit.model_copy(update=terms)

    @property
    def living(self) -> list[Line]:
        """The lines whose authorization lives."""
        return [line for line in self.lines if line.authorization and not line.authorization.ended_as]

    @property
    def is_arranged(self) -> bool:
        """It stands until its authorization ends."""
        return self.is_stopped or not self.living

    @property
    def stage(self) -> Stage:
        stage = super().stage
        stands = self.living and not (self.is_closed or self.is_stopped or self.is_undecided)
        return Stage.CONTINUING if stands else stage

    # Kept up

    def leaves_network(self, on: date, at: datetime, now: datetime, by: Actor) -> date:
        """The specialist goes: seen for the transition, and somebody finds another. The answer is the last day."""
        self.left_network_on = on
        row = self.rows.transition
        calendar = self.policy.calendar
        last = calendar.day_of(row.after.after(calendar.end_of(on), calendar)) if row else on
        for line in self.living:
            permit = line.authorization
            if permit:
                through = min(permit.through or last, last)
                line.authorization = permit.model_copy(
                    update={"through": through, "review_on": min(permit.review_on or through, through)}
                )
        words = f"the specialist leaves the network on {on}; the transition lasts through {last}"
        self.log.record(EventKind.COORDINATED, words, at=at, now=now, by=by)
        self.need(
            "care-management", f"find another specialist before {last}", now, due_at=calendar.end_of(last)
        )
        return last

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
        super().authorization_ended(line, ending, at=at, now=now, by=by, because=because)
        if not self.living:
            self.work.finish((one for one in self.work.open if one.what == REVIEW), now)
        self.close_if_over(now)

    @property
    def outcome(self) -> str:
        endings = [line.authorization.ended_as for line in self.lines if line.authorization]
        ended = [ending.text for ending in endings if ending]
        return f"authorization ended: {ended[0]}" if ended and not self.is_stopped else super().outcome

    # What is ahead

    def follow_ups(self) -> list[Appointment]:
        looks = [
            Appointment(
                at=self.policy.calendar.end_of(permit.review_on),
                occasion=Occasion.FOLLOW_UP,
                clock=f"line {line.sequence}",
                rung="review",
                words=f"line {line.sequence}: {REVIEW}",
            )
            for line in self.living
            if (permit := line.authorization) and permit.review_on and permit.review_on != permit.through
        ]
        return [*super().follow_ups(), *looks]

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment) if appointment.rung != PEER_TO_PEER:
                self.need(self.first_review, REVIEW, now)
            case _:
                super().follow(happening, now)
