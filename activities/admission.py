"""Admission: the first step of a case. It claims the number and takes the policy that the case will live by."""

from collections.abc import Collection

from pydantic import AwareDatetime
from temporalio import activity

from activities.ports.register import Register
from activities.ports.world import Policies, Pseudonyms
from domain.parts.alike import Alike
from domain.policy.case_policy import CasePolicy
from domain.terms.case_number import kind_of
from domain.terms.frozen import Frozen
from domain.view.page import ClaimedLine, NumberClaim


class Application(Frozen):
    """What admission has to know of a case: whose it is, since when, and how its like is found."""

    number: str
    kind: str
    plan: str
    received_at: AwareDatetime
    services: tuple[str, ...] = ()  # whose criteria the case takes along
    member: str  # by which the same member is recognised
    fingerprint: str
    reference: str | None
    first_run: str = ""  # the run that the case began with: its claim, asked twice, is one
    lines: tuple[ClaimedLine, ...] = ()  # without a last day: as far as leave for them would go


class Newcomer(Application):
    """What came in, and may be what is a case already; none that it is `linked` to is that case."""

    linked: tuple[str, ...] = ()


class Admitted(Frozen):
    """The policy by value, the member's keyed hash, and the cases that look like this one.

    `taken` when the register knows an older case of this number, which Temporal has forgotten; `joined` when it is
    another's, that took note of it. Of a newcomer that `may_join` open cases nothing was claimed yet.
    """

    policy: CasePolicy
    member: str
    alike: tuple[Alike, ...]
    taken: bool = False
    joined: str | None = None
    may_join: tuple[str, ...] = ()

    def looks_like(self, linked: Collection[str] = ()) -> tuple[Alike, ...]:
        """The cases that look like this one and live, but for those that it belongs to, or goes on from."""
        return tuple(
            other
            for other in self.alike
            if other.lives and not {other.case, *other.authorizations} & {*linked}
        )


def policy_for(application: Application, policies: Policies) -> CasePolicy:
    """The policy that such a case lives by. Raises Misuse where the pack does not reach back so far."""
    pack = policies.pack()
    day = application.received_at.date()
    plan = pack.plan_on(application.plan, day, application.kind)
    calendar = policies.calendar(plan, day)
    return pack.for_case(plan, calendar, application.services, application.kind, day)


def claim_of(application: Application, policy: CasePolicy, pseudonyms: Pseudonyms) -> NumberClaim:
    """What the register is told of a case that takes its number: keyed hashes, services and days, no name."""
    hashed, plan, reference = pseudonyms.pseudonym, application.plan, application.reference
    return NumberClaim(
        case=application.number,
        kind=application.kind,
        plan=policy.plan.id,
        member=hashed(f"{plan}|{application.member}".upper()),
        fingerprint=hashed(application.fingerprint),
        reference=hashed(f"{plan}|{reference}") if reference else None,
        received_at=application.received_at,
        first_run=application.first_run,
        lines=tuple(_with_last_day(line, policy) for line in application.lines),
    )


def _with_last_day(line: ClaimedLine, policy: CasePolicy) -> ClaimedLine:
    if line.through:
        return line
    rule, first = policy.service_rule(line.service), line.from_day
    through = rule.valid_through(first) if rule else policy.unlisted_through(first)
    return line.model_copy(update={"through": through})


class Admission:
    def __init__(self, register: Register, policies: Policies, pseudonyms: Pseudonyms) -> None:
        self.register = register
        self.policies = policies
        self.pseudonyms = pseudonyms

    @activity.defn
    async def policy_of(self, application: Application) -> Admitted:
        """The policy of another line of business, by value, and the member's keyed hash there."""
        member = self.pseudonyms.pseudonym(f"{application.plan}|{application.member}".upper())
        return Admitted(policy=policy_for(application, self.policies), member=member, alike=())

    @activity.defn
    async def meet(self, newcomer: Newcomer) -> Admitted:
        """The case that took note of it before, open ones that may be the same, or else a case of its own."""
        known, claim = self._known(newcomer)
        if joined := await self.register.case_of(newcomer.number):
            return known.model_copy(update={"joined": joined})
        may_join = tuple(
            other.case
            for other in await self.register.alike(claim)
            if other.is_the_same
            and not other.is_closed
            and other.case not in newcomer.linked
            and kind_of(other.case) == newcomer.kind
        )
        if may_join and not await self.register.written([newcomer.number]):
            return known.model_copy(update={"may_join": may_join})
        return await self._claimed(known, claim)

    @activity.defn
    async def admit(self, application: Application) -> Admitted:
        """Claim the number in the register and answer the policy in force, by value."""
        known, claim = self._known(application)
        if joined := await self.register.case_of(application.number):  # it had, and its answer was too late
            return known.model_copy(update={"joined": joined})
        return await self._claimed(known, claim)

    def _known(self, application: Application) -> tuple[Admitted, NumberClaim]:
        policy = policy_for(application, self.policies)
        claim = claim_of(application, policy, self.pseudonyms)
        return Admitted(policy=policy, member=claim.member, alike=()), claim

    async def _claimed(self, known: Admitted, claim: NumberClaim) -> Admitted:
        claimed = await self.register.claim(claim)
        return known.model_copy(update={"alike": claimed.alike, "taken": claimed.taken})
