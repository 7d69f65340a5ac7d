"""What needs leave and what never does, keyed by whatever a plan tells services apart by.

A row fits a service where everything that it names is so; what it leaves empty may be anything. Of the rows that
fit, the one that names the most counts: a plan's own row goes before one of its whole regime.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from domain.clock.timeframe import Regime
from domain.request.request import Request, ServiceLine, Setting, VisitOrder
from domain.terms.frozen import Frozen
from domain.terms.sourced import Sourced


class Sought(Frozen):
    """A service as the lists look at it: what nobody said is None, and fits no row that asks for it.

    `role` and `specialty` are those of whoever gives it; `ipa` is the medical group that the member is assigned to.
    """

    code: str
    on: date  # the day of receipt
    product: str | None = None
    ipa: str | None = None
    specialty: str | None = None
    role: str = Setting.OTHER.value
    place: str | None = None
    visit: str | None = None


class Keyed(Sourced):
    """A row of a list, with all that it may be keyed by."""

    regimes: tuple[Regime, ...]
    plans: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    ipas: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    provider_roles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # of service, as CMS numbers them
    visits: tuple[VisitOrder, ...] = ()
    in_force_through: date | None = None

    def is_of(self, plan: str, regimes: Iterable[Regime]) -> bool:
        """Is it for this plan, or for all of one of its regimes?"""
        return bool({*regimes} & {*self.regimes}) and (not self.plans or plan in self.plans)

    def fits(self, sought: Sought) -> bool:
        """Is everything so that it names?"""
        lasts = self.in_force_through is None or sought.on <= self.in_force_through
        pairs = (
            (self.products, sought.product),
            (self.ipas, sought.ipa),
            (self.codes, sought.code),
            (self.specialties, sought.specialty),
            (self.provider_roles, sought.role),
            (self.places, sought.place),
            (self.visits, sought.visit),
        )
        in_force = self.has_begun(sought.on) and lasts
        return in_force and all(not named or said in named for named, said in pairs)

    @property
    def keys(self) -> int:
        """How much it names."""
        named = (self.plans, self.products, self.ipas, self.codes, self.specialties)
        return sum(map(bool, (*named, self.provider_roles, self.places, self.visits)))


K = TypeVar("K", bound=Keyed)


def narrowest(rows: Iterable[K], sought: Sought) -> K | None:
    """The row that counts: the first of those that name the most; None where none fits."""
    return max((row for row in rows if row.fits(sought)), key=lambda row: row.keys, default=None)


def sought_in(request: Request, line: ServiceLine, on: date, listed: Iterable[Keyed] = ()) -> Sought:
    """A line as the lists look at it. Whoever asks gives the service, where nobody else is named.

    That is no guess for a service whose row asks who gives it: a physician who asks for a consult sends to another.
    """
    by_role = any(line.service in row.codes and row.provider_roles for row in listed)
    gives = request.servicing_provider or (None if by_role else request.requesting_provider)
    return Sought(
        code=line.service,
        on=on,
        product=request.member.product,
        ipa=request.member.ipa,
        specialty=gives.specialty if gives else None,
        role=(gives.role if gives else Setting.OTHER).value,
        place=line.place_of_service,
        visit=line.visit,
    )
