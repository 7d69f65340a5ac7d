"""Referrals that owe a letter, for readers of either language."""

from datetime import timedelta

from domain.determination.decisions import Approve
from domain.referral import coordination
from domain.referral.acts import FindAvailability
from domain.referral.coordination_acts import AgreeDates, Choose, ProviderAnswer, Send, TellCoinsurance
from domain.request.determination import Ending
from domain.review import screening
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import SYSTEM
from tests.builders import a_line, staff
from tests.fakes import NETWORK
from tests.referrals import ASKED, LAKESIDE, LOCAL, SERVICE_DAY, a_referral_case, in_writing
from tests.request_letters import PROVIDER


def acted(case, *acts):
    now = case.received_at + timedelta(hours=1)
    for act in acts:
        act.refuse_unless_allowed(case, now)
        act.apply(case, now)
        case.settle(now)
    return case


def asked(language, **changes):
    provider = PROVIDER | {"language": language}
    return a_referral_case(in_writing(member={"language": language}, requesting_provider=provider, **changes))


def offered(language):
    finding = FindAvailability(actor=staff("cm-reyes"), available=True, inquiries=ASKED, local=LOCAL)
    return acted(asked(language), finding)


def sent(language):
    case, specialist = asked(language), staff("cm-reyes")
    finding = FindAvailability(actor=specialist, available=False, inquiries=ASKED)
    acted(case, finding, Approve(actor=specialist))
    coordination.network_found(case, {1: NETWORK}, case.received_at)
    return acted(
        case,
        Choose(actor=specialist, npi=LAKESIDE),
        ProviderAnswer(actor=specialist, accepted=True),
        AgreeDates(actor=specialist, on=SERVICE_DAY),
        Send(actor=specialist),
        TellCoinsurance(actor=specialist),
    )


def ended(language):
    case = sent(language)
    now = case.received_at + timedelta(hours=2)
    coordination.end_authorizations(case, Ending.COVERAGE_ENDED, now, now, SYSTEM)
    return case


def emergency(language):
    lines = [a_line(1, "99285", place_of_service="23", from_day="2037-06-02")]
    case = asked(language, emergency=True, lines=lines)
    screening.inform_not_required(case, screening.why_none_is_needed(case), case.received_at)
    return case


CASES = {
    NoticeKind.AVAILABLE_LOCALLY: (offered, [Recipient.MEMBER, Recipient.PROVIDER]),
    NoticeKind.PREAUTHORIZATION: (sent, [Recipient.US_PROVIDER]),
    NoticeKind.COINSURANCE: (sent, [Recipient.MEMBER]),
    NoticeKind.AUTHORIZATION_ENDED: (ended, [Recipient.MEMBER, Recipient.PROVIDER, Recipient.US_PROVIDER]),
    NoticeKind.NOT_REQUIRED: (emergency, [Recipient.MEMBER, Recipient.PROVIDER]),
}
