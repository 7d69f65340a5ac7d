"""What each kind of case is found by."""

from domain.appeal.appeal import Appeal
from domain.authorization.authorization import LiveAuthorization
from domain.case.matter import Matter
from domain.dispute.dispute import Dispute
from domain.message.message import Message
from domain.request.request import Member, Request
from domain.review.reviewed import ReviewedCase
from domain.view.search import SearchKey, contract, keys, person, provider, reference, telephone


def of_request(case: ReviewedCase | LiveAuthorization) -> tuple[SearchKey, ...]:
    """The member, the providers and the sender's number."""
    return _of(case.request)


def of_appeal(case: Appeal) -> tuple[SearchKey, ...]:
    """As of the request that is appealed, and whoever appeals for the member."""
    who = case.appeal.representative
    return keys(*_of(case.request), telephone(who.telephone) if who else None)


def of_dispute(case: Dispute) -> tuple[SearchKey, ...]:
    """The provider, and each number that either side has for claim, patient or dispute."""
    filing, claim = case.filing, case.filing.claim
    return keys(
        contract(claim.member),
        provider(filing.provider.npi),
        telephone(filing.provider.telephone),
        *(reference(one) for one in (filing.reference, claim.payer_number, claim.patient_account)),
    )


def of_matter(case: Matter) -> tuple[SearchKey, ...]:
    """The member, as far as anybody said who it is, and the sender's number."""
    return keys(*(_of_member(case.whose) if case.whose else ()), reference(case.came.reference))


def of_message(case: Message) -> tuple[SearchKey, ...]:
    """The number to call back too."""
    return keys(*of_matter(case), telephone(case.left.telephone))


def _of(request: Request) -> tuple[SearchKey, ...]:
    providers = [one for one in (request.requesting_provider, request.servicing_provider) if one]
    return keys(
        *_of_member(request.member),
        reference(request.reference),
        *(provider(one.npi) for one in providers),
        *(telephone(one.telephone) for one in providers),
    )


def _of_member(member: Member) -> tuple[SearchKey, ...]:
    return keys(
        person(member.name, member.birth_date),
        contract(member.contract_number),
        telephone(member.telephone),
    )
