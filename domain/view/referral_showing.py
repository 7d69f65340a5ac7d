"""Showing how far a referral is coordinated (`referral_view.py` has the shape)."""

from domain.case.case import Case
from domain.referral import coordination
from domain.referral.referral import Referral
from domain.view.referral_view import Network, ShownArrangement, ShownProvider


def coordination_of(case: Case) -> tuple[ShownArrangement, ...]:
    """The arrangements of a referral; other cases have none."""
    if not isinstance(case, Referral):
        return ()
    return tuple(
        ShownArrangement(
            line=one.line,
            provider=one.provider.name if one.provider else None,
            npi=one.provider.npi if one.provider else None,
            place=str(one.provider.place) if one.provider else case.place,
            accepted=one.accepted_at is not None,
            service_day=one.service_day,
            authorization_sent=coordination.has_left(case, one.authorization_letter),
            coinsurance_told=coordination.has_left(case, one.coinsurance_letter),
            confirmed=one.confirmed_at is not None,
            over=one.over_at is not None,
        )
        for one in case.arrangements.values()
    )


def network_of(case: Referral) -> Network:
    """Who gives each line's service in the place of the visit; nobody while the directory has not been asked."""
    return Network(
        case=case.number,
        place=case.place,
        providers=tuple(
            ShownProvider(
                line=line,
                npi=one.npi,
                name=one.name,
                network=one.network,
                place=str(one.place),
                telephone=one.telephone,
                declined=line in case.arrangements and one.npi in case.arrangements[line].declined,
            )
            for line, providers in (case.network or {}).items()
            for one in providers
        ),
    )
