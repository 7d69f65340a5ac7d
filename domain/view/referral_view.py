"""How far each line of a referral is coordinated, as people and programs see it."""

from datetime import date

from domain.terms.frozen import Frozen


class ShownArrangement(Frozen):
    """One approved line on its way: who gives the service, on which day, and what has been done."""

    line: int
    provider: str | None
    npi: str | None
    place: str
    accepted: bool
    service_day: date | None
    authorization_sent: bool
    coinsurance_told: bool
    confirmed: bool
    over: bool

    @property
    def words(self) -> str:
        """The line in one line, as people read it."""
        who = self.provider or "no provider chosen"
        answer = "" if self.accepted or self.provider is None else " (not answered)"
        day = f" on {self.service_day}" if self.service_day else ""
        done = {
            "pre-authorization sent": self.authorization_sent,
            "coinsurance told": self.coinsurance_told,
            "confirmed": self.confirmed,
            "over": self.over,
        }
        said = "; ".join(name for name, is_done in done.items() if is_done)
        return f"line {self.line}: {who}{answer} in {self.place}{day}{'; ' if said else ''}{said}"


class ShownProvider(Frozen):
    """A provider of the network that gives a line's service in the place of the visit."""

    line: int
    npi: str
    name: str
    network: str
    place: str
    telephone: str
    declined: bool


class Network(Frozen):
    """Who gives the services of a referral in the place of the visit."""

    case: str
    place: str
    providers: tuple[ShownProvider, ...]
