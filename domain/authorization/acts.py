"""What people do with an authorization: report what was used, end it with its coverage or circumstance, void it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from domain.authorization.authorization import LiveAuthorization
from domain.authorization.state import Use, counted
from domain.case.acts import Act
from domain.parts.events import EventKind
from domain.policy.rows import ReopeningGround
from domain.request.determination import Ending
from domain.request.request import Text
from domain.terms.refusals import Refused

BINDING = "42 CFR 422.138(c)"


class _OnAGoodOne(Act[LiveAuthorization]):
    """What is done to an authorization that is good."""

    def check(self, case: LiveAuthorization, now: datetime) -> None:
        if case.permit.ended_as:
            raise Refused(f"{case.number} has ended ({case.permit.ended_as.text})")
        self.check_good(case, now)

    def check_good(self, case: LiveAuthorization, now: datetime) -> None:
        """The act's own rule, where the authorization is good."""


class UseUnits(Act[LiveAuthorization]):
    """Units of the service were given on a day. With the last of them the authorization is used up.

    What was given before it ended is recorded as long as it is open: claims come late.
    """

    units: Annotated[int, Field(ge=1)]
    on: date
    reported_by: Text

    def check(self, case: LiveAuthorization, now: datetime) -> None:
        permit, day_of = case.permit, case.policy.calendar.day_of
        if self.on > day_of(now):
            raise Refused("on: that day lies in the future; nothing was given then")
        if not case.is_good_on(self.on):
            raise Refused(f"on: {case.number} is not good on that day: {case.terms}")
        if permit.ended_as and permit.ended_at and self.on > day_of(permit.ended_at):
            raise Refused(f"on: {case.number} had ended by then ({permit.ended_as.text})")
        if self.units > case.units_left:
            raise Refused(
                f"units: {case.units_left} of {counted(permit)} are left; "
                "more is asked for with plazo auth extend"
            )

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        use = Use(units=self.units, on=self.on, reported_by=self.reported_by)
        case.use(use, self.happened_at(now), now, self.actor)
        left = f"{case.units_left} of {counted(case.permit)} left"
        return f"{counted(case.permit, self.units)} used on {self.on}; {left}"


class CircumstanceCame(_OnAGoodOne):
    """What ends an authorization without a last day has come, on a day."""

    act_name = "end an authorization"
    on: date

    def check_good(self, case: LiveAuthorization, now: datetime) -> None:
        if case.permit.ends_when is None:
            raise Refused(
                f"{case.number} ends by its last day, {case.permit.through}; no circumstance ends it"
            )
        if self.on > case.policy.calendar.day_of(now):
            raise Refused("on: that day lies in the future")
        if self.on < case.permit.from_day:
            raise Refused(f"on: it is good from {case.permit.from_day} on; an earlier day did not end it")

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        at = min(case.policy.calendar.end_of(self.on), now)
        case.end(Ending.EXPIRED, at, now, self.actor)
        return f"ended: what it lasted for was over on {self.on}"


class EndByCoverage(_OnAGoodOne):
    """Coverage has ended, it is said: the directory is asked about a day, and ends it where it shows none."""

    act_name = "end an authorization"
    on: date | None = None

    def check_good(self, case: LiveAuthorization, now: datetime) -> None:
        if case.request.member.contract_number is None:
            raise Refused("coverage: no contract number is on file to ask the directory by")
        if case.coverage_day is not None:
            raise Refused(f"the directory is being asked about {case.coverage_day}; try again in a moment")
        if self.on and not case.is_good_on(self.on):
            raise Refused(f"on: {case.number} is not good on that day: {case.terms}")

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        today = case.policy.calendar.day_of(now)
        case.coverage_day = self.on or max(today, case.permit.from_day)
        case.coverage_asked_by = self.actor
        words = f"coverage on {case.coverage_day} is asked again"
        case.log.record(EventKind.ELIGIBILITY_ASKED, words, at=self.happened_at(now), now=now, by=self.actor)
        return words


class VoidAuthorization(_OnAGoodOne):
    """For cause alone: a ground of the pack's closed list, and never medical necessity. What was approved binds."""

    act_name = "reopen against the member"
    ground: str | None = None

    def check_good(self, case: LiveAuthorization, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: say why, without personal data", "plan policy")
        row = self._row(case)
        if row is None:
            known = ", ".join(row.id for row in case.policy.reopening_ground)
            raise Refused(
                f"ground: what was approved binds; it is voided only for {known}, "
                "and never for medical necessity",
                BINDING,
            )
        asked = next(line for line in case.request.lines if line.sequence == case.line)
        row.refuse_if_barred(
            case.policy.plan, asked.place_of_service, case.policy.calendar.day_of(case.received_at)
        )

    def _row(self, case: LiveAuthorization) -> ReopeningGround | None:
        return next((row for row in case.policy.reopening_ground if row.id == self.ground), None)

    def apply(self, case: LiveAuthorization, now: datetime) -> str:
        row = self._row(case)
        if row is None:  # pragma: no cover - the check came first
            raise AssertionError("an authorization is voided on a listed ground alone")
        case.void(row, self.reason, self.happened_at(now), now, self.actor)
        return "voided for cause; its people are told, and may appeal"
