"""Attestations of the staff, kept where everybody who asks finds them. Standalone activities."""

from datetime import UTC, date, datetime

from temporalio import activity

from activities.ports.register import Register
from activities.ports.world import Policies
from domain.desk.attestation import AttestationOf, Attested, attestations, row_to_attest
from domain.terms.frozen import Frozen
from domain.terms.people import Actor, Role
from domain.terms.refusals import Refused


class Attesting(Frozen):
    """Somebody attests to a row, in their own name."""

    row: str
    actor: Actor


class AttestationsQuestion(Frozen):
    """Who asks."""

    actor: Actor


class Attestations:
    def __init__(self, register: Register, policies: Policies) -> None:
        self.register = register
        self.policies = policies

    @activity.defn
    async def attest(self, said: Attesting) -> Attested:
        """Keep it as of today. Raises Refused where it is not asked of them, or not again yet."""
        pack, now = self.policies.pack(), datetime.now(UTC)
        today = house_day(self.policies, now)
        person = next((one for one in pack.staff if one.id == said.actor.id), None)
        if person is None:
            raise Refused(f"{said.actor.id} is not in the staff file")
        kept = await self.register.attested()
        row = row_to_attest(pack.attestation, said.row, person, kept, today)
        attested = Attested(who=person.id, row=row.id, on=today, at=now)
        await self.register.keep_attested(attested)
        return attested

    @activity.defn
    async def attestations(self, question: AttestationsQuestion) -> tuple[AttestationOf, ...]:
        """Everybody's to a supervisor, to anybody else their own."""
        actor = question.actor
        everybody = actor.is_any(Role.SUPERVISOR, Role.MEDICAL_DIRECTOR)
        found = await self.on(datetime.now(UTC))
        return tuple([one for one in found if everybody or one.who == actor.id])

    async def on(self, instant: datetime) -> tuple[AttestationOf, ...]:
        """Everybody's as of that instant."""
        pack = self.policies.pack()
        day = house_day(self.policies, instant)
        return attestations(pack.attestation, pack.staff, await self.register.attested(), day)


def house_day(policies: Policies, instant: datetime) -> date:
    """The day of the first plan, by whose zone the house lives and its schedules run."""
    return policies.calendar(policies.pack().plan[0], instant.date()).day_of(instant)
