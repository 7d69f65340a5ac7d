"""What people do with a referral beside review and coordination: find, look again, end."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from domain.case.acts import Act
from domain.referral import coordination, follow_up
from domain.referral.referral import Referral
from domain.request.availability import Availability, Inquiry, LocalProvider
from domain.request.determination import Ending
from domain.terms.refusals import Refused


class FindAvailability(Act[Referral]):
    """Does Puerto Rico offer the service? With whom was asked, when, and what they said."""

    act_name = "find whether it is available in Puerto Rico"
    available: bool
    inquiries: Annotated[tuple[Inquiry, ...], Field(min_length=1)]
    local: LocalProvider | None = None

    def check(self, case: Referral, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} has its answer; nothing is left to find")
        if self.available and self.local is None:
            raise Refused("local: who gives the service in Puerto Rico? The member is offered that provider")
        if not self.available and self.local:
            raise Refused("local: a provider in Puerto Rico is named where one gives the service")
        if any(inquiry.on > case.policy.calendar.day_of(now) for inquiry in self.inquiries):
            raise Refused("inquiries: nobody was asked in the future")

    def apply(self, case: Referral, now: datetime) -> str:
        finding = Availability(
            available=self.available,
            inquiries=self.inquiries,
            local=self.local,
            by=self.actor,
            found_at=self.happened_at(now),
        )
        case.availability_found(finding, now)
        return str(finding)


class LookAgain(Act[Referral]):
    """Ask the directory once more whether the member is eligible on the day of the service."""

    def check(self, case: Referral, now: datetime) -> None:
        if not case.open_arrangements:
            raise Refused(f"{case.number} has no service ahead to be eligible for")

    def apply(self, case: Referral, now: datetime) -> str:
        days = [one.service_day or case.authorized(one)[0].asked.from_day for one in case.open_arrangements]
        follow_up.look_again(case, min(days), now)
        return f"the directory is asked about {min(days)}"


class EndAuthorization(Act[Referral]):
    """Coverage has ended: the authorization ends by that name. Nothing is voided, and nothing denied."""

    act_name = "end an authorization"

    def check(self, case: Referral, now: datetime) -> None:
        if not case.authorizations_alive:
            raise Refused(f"{case.number} has no authorization left to end")
        if case.lapsed is None:
            raise Refused(
                "coverage: the directory shows it; an approval ends by loss of coverage or by a withdrawal",
                "42 CFR 422.138(c)",
            )

    def apply(self, case: Referral, now: datetime) -> str:
        coordination.end_authorizations(case, Ending.COVERAGE_ENDED, self.happened_at(now), now, self.actor)
        follow_up.coverage_lapse_answered(case, now)
        return "authorization ended with the coverage; member and providers are told"
