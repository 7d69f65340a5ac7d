"""A price list: all that is published of some codes, from which many lines of a case are priced at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256

from domain.rates.pricing import PaidLine, Reference, Sequestration, reference
from domain.rates.rates import Rate, RateSchedule, RateTable
from domain.rates.rates_beside import Beside
from domain.terms.frozen import Frozen


class PriceList(Frozen):
    """The pack's rows, the tables that were loaded, and the rates that these have for the codes asked about."""

    schedules: tuple[RateSchedule, ...]
    sequestrations: tuple[Sequestration, ...]
    tables: tuple[RateTable, ...]
    rates: tuple[Rate, ...]

    @property
    def digest(self) -> str:
        """By which whoever holds a list knows whether anything new was published."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def references(self, lines: Mapping[int, PaidLine], services: Sequence[str] = ()) -> dict[int, Reference]:
        """What Original Medicare would have paid for each line, or why that is unknown.

        `services` are all of the claim, where they are known: what some lines are paid depends on the others.
        """
        beside = Beside(services, self.rates) if services else None
        of_code: dict[str, list[Rate]] = defaultdict(list)
        for rate in self.rates:
            of_code[rate.code].append(rate)
        return {
            number: reference(
                line,
                schedules=self.schedules,
                sequestrations=self.sequestrations,
                tables=self.tables,
                rates=of_code[line.code.strip().upper()],
                beside=beside,
            )
            for number, line in lines.items()
        }
