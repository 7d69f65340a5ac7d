"""What care-management specialists do once a service in the United States is approved, line by line."""

from datetime import date, datetime

from domain.case.acts import Act
from domain.policy.referrals import Step
from domain.referral import coordination
from domain.referral.arrangement import Arrangement
from domain.referral.referral import Referral
from domain.request.network import NetworkProvider
from domain.request.visit import Place
from domain.terms.codes import NPI
from domain.terms.refusals import Refused

SOURCE = "MCS, Services in the United States"


class _OnArrangement(Act[Referral]):
    """An act on the coordination of one approved line; without a line, on the only one there is."""

    act_name = "coordinate services"
    line: int | None = None

    def check(self, case: Referral, now: datetime) -> None:
        self.check_step(case, self.arrangement_of(case), now)

    def arrangement_of(self, case: Referral) -> Arrangement:
        still = case.open_arrangements
        if not still:
            raise Refused(f"{case.number} has no approved service to coordinate")
        if self.line is None and len(still) > 1:
            raise Refused(f"line: {case.number} coordinates {len(still)} lines; name one with --line")
        found = [one for one in still if self.line in {None, one.line}]
        if not found:
            raise Refused(f"line: {case.number} coordinates no line {self.line}")
        if found[0].confirmed_at and not self.may_follow_confirmation:
            raise Refused(
                f"line {found[0].line} is confirmed; a new day opens it again (plazo referral dates)"
            )
        return found[0]

    @property
    def may_follow_confirmation(self) -> bool:
        return False

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        """The step's own rule."""

    def apply(self, case: Referral, now: datetime) -> str:
        arrangement = self.arrangement_of(case)
        step, words = self.take(case, arrangement, now)
        coordination.done(case, arrangement, step, words, at=self.happened_at(now), now=now, by=self.actor)
        return f"line {arrangement.line}: {words}"

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        """Do it; which step it was, and what happened in words."""
        raise NotImplementedError


class ChoosePlace(Act[Referral]):
    """The member will visit another place: the network there is asked."""

    act_name = "coordinate services"
    place: Place

    def check(self, case: Referral, now: datetime) -> None:
        taken = [one.line for one in case.open_arrangements if one.provider]
        if taken:
            raise Refused(f"line {taken[0]} is with a provider; record its answer first (--declined)")
        if case.request.visit is None or not (case.is_undecided or case.open_arrangements):
            raise Refused(f"{case.number} coordinates nothing")

    def apply(self, case: Referral, now: datetime) -> str:
        if case.request.visit:
            visit = case.request.visit.model_copy(update={"place": self.place})
            case.request = case.request.model_copy(update={"visit": visit})
        coordination.ask_the_network_again(case, self.place, self.happened_at(now), now, self.actor)
        return f"the network in {self.place} is asked"


class Choose(_OnArrangement):
    """Choose a provider of the network in the place of the visit."""

    npi: NPI

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        if arrangement.provider:
            raise Refused(
                f"line {arrangement.line} is with {arrangement.provider.name}; record its answer first"
            )
        self._found(case, arrangement)

    def _found(self, case: Referral, arrangement: Arrangement) -> NetworkProvider:
        if case.network is None:
            raise Refused("npi: the directory is being asked about the network; try again in a moment")
        there = case.network.get(arrangement.line, ())
        if not there:
            raise Refused(
                f"npi: the network has no provider for this service in {case.place}; "
                "name another place (plazo referral place)",
                SOURCE,
            )
        found = next((one for one in there if one.npi == self.npi), None)
        if found is None:
            raise Refused(f"npi: this provider is not in the network for {case.place}", SOURCE)
        if self.npi in arrangement.declined:
            raise Refused(f"npi: {found.name} has declined already")
        return found

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        arrangement.provider = self._found(case, arrangement)
        return Step.CHOOSE, f"{arrangement.provider.name} chosen, of {arrangement.provider.network}"


class ProviderAnswer(_OnArrangement):
    """The chosen provider accepts, or declines; then the choice opens again, and all else stays."""

    accepted: bool
    because: str = ""

    @property
    def may_follow_confirmation(self) -> bool:
        return not self.accepted

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        if arrangement.provider is None:
            raise Refused(f"line {arrangement.line}: nobody was chosen whose answer it could be")
        if self.accepted and arrangement.accepted_at:
            raise Refused(f"line {arrangement.line}: {arrangement.provider.name} has accepted already")

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        name = arrangement.provider.name if arrangement.provider else ""
        because = f": {self.because}" if self.because else ""
        if self.accepted:
            arrangement.accepted_at = self.happened_at(now)
            return Step.ANSWER, f"{name} accepts{because}"
        if arrangement.provider:
            arrangement.declined.append(arrangement.provider.npi)
        arrangement.provider = arrangement.accepted_at = None
        arrangement.authorization_letter = arrangement.confirmed_at = None
        return Step.ANSWER, f"{name} declines{because}"


class AgreeDates(_OnArrangement):
    """The day on which the service will be received. When it moves, provider and coinsurance stay."""

    on: date

    @property
    def may_follow_confirmation(self) -> bool:
        return True

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        _, permit = case.authorized(arrangement)
        if self.on < case.policy.calendar.day_of(now):
            raise Refused("on: the day lies in the past")
        if self.on < permit.from_day or (permit.through and self.on > permit.through):
            through = f" through {permit.through}" if permit.through else " on"
            raise Refused(f"on: {permit.number} is good from {permit.from_day}{through}")
        if arrangement.accepted_at is None:
            raise Refused(f"line {arrangement.line}: no provider has accepted yet")
        if self.on == arrangement.service_day:
            raise Refused("on: that is the day already")

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        moved, arrangement.service_day = arrangement.service_day, self.on
        arrangement.confirmed_at = None
        if arrangement.authorization_letter:  # the provider holds one for another day
            coordination.owe_authorization(case, arrangement, now)
        return Step.DATES, f"moved from {moved} to {self.on}" if moved else f"agreed on {self.on}"


class Send(_OnArrangement):
    """Send the pre-authorization to the chosen provider; `to` names it again, where the clerk wants to be sure."""

    to: NPI | None = None

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        chosen = arrangement.provider
        if chosen is None:
            raise Refused(f"line {arrangement.line}: no provider is chosen")
        if self.to not in {None, chosen.npi}:
            raise Refused(f"to: the pre-authorization goes to {chosen.name}, who was chosen", SOURCE)
        if arrangement.accepted_at is None:
            raise Refused(f"line {arrangement.line}: {chosen.name} has not accepted yet")
        if arrangement.service_day is None:
            raise Refused(f"line {arrangement.line}: no day is agreed yet")
        if arrangement.authorization_letter:
            raise Refused(f"line {arrangement.line}: the pre-authorization was sent to {chosen.name} already")

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        coordination.owe_authorization(case, arrangement, now)
        name = arrangement.provider.name if arrangement.provider else ""
        return Step.SEND, f"pre-authorization sent to {name}"


class TellCoinsurance(_OnArrangement):
    """Tell the member what part they pay."""

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        if arrangement.coinsurance_letter:
            raise Refused(f"line {arrangement.line}: the member was told the coinsurance already")

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        coordination.owe_coinsurance(case, arrangement, now)
        return Step.COINSURANCE, "member told the coinsurance"


class Confirm(_OnArrangement):
    """Provider and member confirm that all is arranged: coordination is done."""

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        lacking = [
            case.policy.step(step).title.en for step in arrangement.open_steps if step is not Step.CONFIRM
        ]
        if lacking:
            raise Refused(f"line {arrangement.line}: still to do: {'; '.join(lacking)}")
        if not (
            coordination.has_left(case, arrangement.authorization_letter)
            and coordination.has_left(case, arrangement.coinsurance_letter)
        ):
            raise Refused(f"line {arrangement.line}: its letters have not left yet; try again in a moment")

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        arrangement.confirmed_at = self.happened_at(now)
        return Step.CONFIRM, f"confirmed for {arrangement.service_day}"


class RecordReturn(_OnArrangement):
    """The service was received, and the member is back in local care."""

    @property
    def may_follow_confirmation(self) -> bool:
        return True

    def check_step(self, case: Referral, arrangement: Arrangement, now: datetime) -> None:
        if arrangement.confirmed_at is None or arrangement.service_day is None:
            raise Refused(f"line {arrangement.line} is not confirmed yet")
        if case.policy.calendar.day_of(self.happened_at(now)) < arrangement.service_day:
            raise Refused(f"line {arrangement.line}: the day of the service has not come yet")

    def take(self, case: Referral, arrangement: Arrangement, now: datetime) -> tuple[Step, str]:
        arrangement.over_at = self.happened_at(now)
        return Step.RETURN, "back in local care"
