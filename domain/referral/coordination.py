"""Coordination: what follows the approval of a service in the United States, step by step.

A provider of the network is chosen and answers, a day is agreed, the pre-authorization is sent, the member is told
the coinsurance, and all is confirmed. What is open is derived from what has been done, so nothing is lost when a
provider declines or the day moves: only the steps that hang on it open again.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.parts.events import EventKind
from domain.policy.referrals import Step
from domain.referral import letters as referral_letters
from domain.referral.arrangement import Arrangement
from domain.request.determination import Ending
from domain.request.network import NetworkProvider
from domain.request.visit import Place
from domain.review import announcing
from domain.terms.notice import Addressee, NoticeKind, Recipient
from domain.terms.people import Actor, Language, Words

if TYPE_CHECKING:
    from domain.referral.referral import Referral


# The network


def network_found(case: "Referral", found: dict[int, tuple[NetworkProvider, ...]], now: datetime) -> None:
    """Who gives the services in the place of the visit, as the directory says."""
    case.network = found
    for line, providers in found.items():
        counted = "1 provider" if len(providers) == 1 else f"{len(providers) or 'no'} providers"
        words = f"line {line}: {counted} of the network in {case.place}"
        case.log.record(EventKind.NETWORK_FOUND, words, now=now, line=line, providers=len(providers))


def ask_the_network_again(case: "Referral", place: Place, at: datetime, now: datetime, by: Actor) -> None:
    """The member will visit another place."""
    case.network = None
    case.log.record(EventKind.COORDINATED, f"the visit will be in {place}", at=at, now=now, by=by)


def renew_work(case: "Referral", now: datetime) -> None:
    wanted = {
        _as_work(case, arrangement, step): (arrangement, step)
        for arrangement in case.arrangements.values()
        for step in arrangement.open_steps
    }
    queues = {row.queue for row in case.policy.coordination_step}
    case.work.finish((one for one in case.work.open if one.queue in queues and one.what not in wanted), now)
    for what, (arrangement, step) in wanted.items():
        row = case.policy.step(step)
        begins = _begin_of(case, arrangement, step) or now
        case.need(row.queue, what, now, due_at=row.within.after(begins, case.policy.calendar))


def _as_work(case: "Referral", arrangement: Arrangement, step: Step) -> str:
    after = f", after {arrangement.service_day}" if step is Step.RETURN else ""
    return f"line {arrangement.line}: {case.policy.step(step).title.en}{after}"


def _begin_of(case: "Referral", arrangement: Arrangement, step: Step) -> datetime | None:
    """The return is awaited from the day of the service on; every other step from when it opened."""
    if step is not Step.RETURN or arrangement.service_day is None:
        return None
    return case.policy.calendar.end_of(arrangement.service_day)


# Steps that are done


def done(
    case: "Referral",
    arrangement: Arrangement,
    step: Step,
    words: str,
    *,
    at: datetime,
    now: datetime,
    by: Actor,
) -> None:
    """Record a step with who did it and when."""
    case.log.record(
        EventKind.COORDINATED,
        f"line {arrangement.line}: {words}",
        at=at,
        now=now,
        by=by,
        line=arrangement.line,
        step=step.value,
    )


def owe_authorization(case: "Referral", arrangement: Arrangement, now: datetime) -> None:
    """The pre-authorization goes to the chosen provider, and nobody else."""
    if arrangement.provider is None:  # pragma: no cover - the act refuses
        raise AssertionError("nobody was chosen")
    line, permit = case.authorized(arrangement)
    facts = {
        language: referral_letters.preauthorization(case, line, permit, arrangement.service_day, language)
        for language in Language
    }
    announcing.owe(case, NoticeKind.PREAUTHORIZATION, now, facts, [as_addressee(arrangement.provider)])
    arrangement.authorization_letter = case.letters.notices[-1].key


def owe_coinsurance(case: "Referral", arrangement: Arrangement, now: datetime) -> None:
    """The member is told what part they pay."""
    line, _ = case.authorized(arrangement)
    coinsurance = case.coverage.us.coinsurance if case.coverage and case.coverage.us else None
    facts = referral_letters.coinsurance(line, arrangement.provider, coinsurance)
    member = [one for one in case.parties if one.recipient is Recipient.MEMBER]
    announcing.owe(case, NoticeKind.COINSURANCE, now, dict.fromkeys(Language, facts), member)
    arrangement.coinsurance_letter = case.letters.notices[-1].key


def has_left(case: "Referral", key: str | None) -> bool:
    return any(notice.key == key and notice.sent_at for notice in case.letters.notices)


# Ends


def end_authorizations(case: "Referral", ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
    """Every authorization that still lives ends by that name; everybody is told, and its work is done."""
    ended = []
    for line in case.lines:
        if line.authorization and line.authorization.ended_as is None:
            case.end_authorization(line, ending, at, now, by)
            ended.append(line.authorization.number)
    if ended:
        tell_the_end(case, ending, ended, now)
    renew_work(case, now)


def tell_the_end(
    case: "Referral", ending: Ending, numbers: list[str], now: datetime, because: Words | None = None
) -> None:
    """Member, requesting provider, and every provider who was asked or holds a pre-authorization.

    That one was voided is told to the first two by the authorization itself, with their time to appeal.
    """
    chosen = {one.provider.npi: one.provider for one in case.arrangements.values() if one.provider}
    facts = {language: referral_letters.ended(ending, numbers, because, language) for language in Language}
    parties = [] if ending is Ending.VOIDED else case.parties
    everybody = [*parties, *(as_addressee(provider) for provider in chosen.values())]
    announcing.owe(case, NoticeKind.AUTHORIZATION_ENDED, now, facts, everybody)


def as_addressee(provider: NetworkProvider) -> Addressee:
    """A provider in the United States, who is written to in English."""
    return Addressee(
        recipient=Recipient.US_PROVIDER,
        name=provider.name,
        address=provider.address,
        language=Language.ENGLISH,
        fax=provider.fax,
    )
