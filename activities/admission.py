"""Admission: the first step of a case. It claims the number and takes the policy that the case will live by."""

from temporalio import activity

from activities.ports import Policies, Pseudonyms, Register
from domain.calendar import Frozen
from domain.pack import CasePolicy
from domain.page import Alike, Claim
from domain.request import Request


class Opening(Frozen):
    """What starts a case: its number, and the request as it came in."""

    number: str
    request: Request


class Admitted(Frozen):
    """The policy by value, the member's keyed hash, and the cases that look like this one.

    `taken` when the register knows an older case of this number, which Temporal has forgotten.
    """

    policy: CasePolicy
    member: str
    alike: tuple[Alike, ...]
    taken: bool = False


def policy_for(request: Request, policies: Policies) -> CasePolicy:
    """The policy that a case of this request lives by. Raises Misuse where the pack does not reach back so far."""
    pack = policies.pack()
    plan = pack.plan_on(request.plan, request.received_at.date())
    return pack.for_case(plan, policies.calendar(plan, request.received_at.date()), request.services)


class Admission:
    def __init__(self, register: Register, policies: Policies, pseudonyms: Pseudonyms) -> None:
        self.register = register
        self.policies = policies
        self.pseudonyms = pseudonyms

    @activity.defn
    async def admit(self, opening: Opening) -> Admitted:
        """Claim the number in the register and answer the policy in force, by value."""
        request = opening.request
        policy = policy_for(request, self.policies)
        hashed = self.pseudonyms.pseudonym
        older = await self.register.remembered(opening.number)  # this case has written no page yet
        member = hashed(f"{request.plan}|{request.member.contract_number or request.member.name}".upper())
        alike = await self.register.claim(
            Claim(
                case=opening.number,
                kind="precertification",
                plan=policy.plan.id,
                member=member,
                fingerprint=hashed(request.fingerprint),
                reference=hashed(f"{request.plan}|{request.reference}") if request.reference else None,
                received_at=request.received_at,
            )
        )
        return Admitted(policy=policy, member=member, alike=alike, taken=older is not None)
