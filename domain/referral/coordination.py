"""Coordination: what follows the approval of a service in the United States, step by step.

A provider of the network is chosen and answers, a day is agreed, the pre-authorization is sent, the member is told
the coinsurance, and all is confirmed. What is open is derived from what has been done, so nothing is lost when a
provider declines or the day moves: only the steps that hang on it open again.
"""

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.case.events import EventKind
from domain.case.stage import Stage
from domain.policy.referrals import Step
from domain.referral import letters as referral_letters
from domain.request.determination import Authorization, Ending
from domain.request.line import Line
from domain.request.network import NetworkProvider
from domain.request.visit import Place
from domain.review.assessed import Assessed
from domain.terms.notice import Addressee, NoticeKind, Recipient
from domain.terms.people import Actor, Language, Words


class Arrangement(BaseModel):
    """How far the coordination of one approved line has come. The letters are known by their keys."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    line: int
    provider: NetworkProvider | None = None
    declined: list[str] = []  # by NPI: who is not asked again
    accepted_at: AwareDatetime | None = None
    service_day: date | None = None
    authorization_letter: str | None = None
    coinsurance_letter: str | None = None
    confirmed_at: AwareDatetime | None = None
    over_at: AwareDatetime | None = None  # back in local care, or the authorization ended

    @property
    def open_steps(self) -> list[Step]:
        """What is to be done now; the coinsurance may be told at any time."""
        if self.over_at:
            return []
        if self.confirmed_at:
            return [Step.RETURN]
        if self.provider is None:
            steps = [Step.CHOOSE]
        elif self.accepted_at is None:
            steps = [Step.ANSWER]
        elif self.service_day is None:
            steps = [Step.DATES]
        elif self.authorization_letter is None:
            steps = [Step.SEND]
        else:
            steps = []
        if self.coinsurance_letter is None:
            steps.append(Step.COINSURANCE)
        return steps or [Step.CONFIRM]


class Coordinated(Assessed):
    """A referral whose approved lines are coordinated with providers of the network."""

    arrangements: dict[int, Arrangement] = {}
    network: dict[int, tuple[NetworkProvider, ...]] | None = (
        None  # by line; None until the directory answered
    )

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

    # The network

    def network_found(self, found: dict[int, tuple[NetworkProvider, ...]], now: datetime) -> None:
        """Who gives the services in the place of the visit, as the directory says."""
        self.network = found
        for line, providers in found.items():
            counted = "1 provider" if len(providers) == 1 else f"{len(providers) or 'no'} providers"
            words = f"line {line}: {counted} of the network in {self.place}"
            self.record(EventKind.NETWORK_FOUND, words, now=now, line=line, providers=len(providers))

    def ask_the_network_again(self, place: Place, at: datetime, now: datetime, by: Actor) -> None:
        """The member will visit another place."""
        self.network = None
        self.record(EventKind.COORDINATED, f"the visit will be in {place}", at=at, now=now, by=by)

    # What is open

    def arrange(self, now: datetime) -> None:
        """Each authorized line is coordinated; open steps are work with a due date, and done ones are none."""
        for line in self.lines:
            if line.authorization and line.sequence not in self.arrangements and not self.is_retrospective:
                self.arrangements[line.sequence] = Arrangement(line=line.sequence)
                if line.service != line.asked.service:
                    self.network = None  # it was asked about another service
        self._renew_work(now)

    def _renew_work(self, now: datetime) -> None:
        wanted = {
            self._as_work(arrangement, step): (arrangement, step)
            for arrangement in self.arrangements.values()
            for step in arrangement.open_steps
        }
        queues = {row.queue for row in self.policy.coordination_step}
        self.finish((one for one in self.open_work if one.queue in queues and one.what not in wanted), now)
        for what, (arrangement, step) in wanted.items():
            row = self.policy.step(step)
            begins = self._begin_of(arrangement, step) or now
            self.need(row.queue, what, now, due_at=row.within.after(begins, self.policy.calendar))

    def _as_work(self, arrangement: Arrangement, step: Step) -> str:
        after = f", after {arrangement.service_day}" if step is Step.RETURN else ""
        return f"line {arrangement.line}: {self.policy.step(step).title.en}{after}"

    def _begin_of(self, arrangement: Arrangement, step: Step) -> datetime | None:
        """The return is awaited from the day of the service on; every other step from when it opened."""
        if step is not Step.RETURN or arrangement.service_day is None:
            return None
        return self.policy.calendar.end_of(arrangement.service_day)

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

    # Steps that are done

    def done(
        self, arrangement: Arrangement, step: Step, words: str, *, at: datetime, now: datetime, by: Actor
    ) -> None:
        """Record a step with who did it and when."""
        self.record(
            EventKind.COORDINATED,
            f"line {arrangement.line}: {words}",
            at=at,
            now=now,
            by=by,
            line=arrangement.line,
            step=step.value,
        )

    def owe_authorization(self, arrangement: Arrangement, now: datetime) -> None:
        """The pre-authorization goes to the chosen provider, and nobody else."""
        if arrangement.provider is None:  # pragma: no cover - the act refuses
            raise AssertionError("nobody was chosen")
        line, permit = self.authorized(arrangement)
        facts = {
            language: referral_letters.preauthorization(self, line, permit, arrangement.service_day, language)
            for language in Language
        }
        self.owe(NoticeKind.PREAUTHORIZATION, now, facts, [as_addressee(arrangement.provider)])
        arrangement.authorization_letter = self.notices[-1].key

    def owe_coinsurance(self, arrangement: Arrangement, now: datetime) -> None:
        """The member is told what part they pay."""
        line, _ = self.authorized(arrangement)
        coinsurance = self.coverage.us.coinsurance if self.coverage and self.coverage.us else None
        facts = referral_letters.coinsurance(line, arrangement.provider, coinsurance)
        member = [one for one in self.parties if one.recipient is Recipient.MEMBER]
        self.owe(NoticeKind.COINSURANCE, now, dict.fromkeys(Language, facts), member)
        arrangement.coinsurance_letter = self.notices[-1].key

    def has_left(self, key: str | None) -> bool:
        return any(notice.key == key and notice.sent_at for notice in self.notices)

    # Ends

    def end_authorizations(self, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        """Every authorization that still lives ends by that name; everybody is told, and its work is done."""
        ended = []
        for line in self.lines:
            if line.authorization and line.authorization.ended_as is None:
                self.end_authorization(line, ending, at, now, by)
                ended.append(line.authorization.number)
        if ended:
            self.tell_the_end(ending, ended, now)
        self._renew_work(now)

    def end_authorization(self, line: Line, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        super().end_authorization(line, ending, at, now, by)
        if arrangement := self.arrangements.get(line.sequence):
            arrangement.over_at = arrangement.over_at or at

    def undo_answer(self, line: Line, now: datetime) -> None:
        """What was begun to arrange for it is over too."""
        super().undo_answer(line, now)
        self.arrangements.pop(line.sequence, None)

    def tell_the_end(
        self, ending: Ending, numbers: list[str], now: datetime, because: Words | None = None
    ) -> None:
        """Member, requesting provider, and every provider who was asked or holds a pre-authorization.

        That one was voided is told to the first two by the authorization itself, with their time to appeal.
        """
        chosen = {one.provider.npi: one.provider for one in self.arrangements.values() if one.provider}
        facts = {
            language: referral_letters.ended(ending, numbers, because, language) for language in Language
        }
        parties = [] if ending is Ending.VOIDED else self.parties
        everybody = [*parties, *(as_addressee(provider) for provider in chosen.values())]
        self.owe(NoticeKind.AUTHORIZATION_ENDED, now, facts, everybody)


def as_addressee(provider: NetworkProvider) -> Addressee:
    """A provider in the United States, who is written to in English."""
    return Addressee(
        recipient=Recipient.US_PROVIDER,
        name=provider.name,
        address=provider.address,
        language=Language.ENGLISH,
        fax=provider.fax,
    )
