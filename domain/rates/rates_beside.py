"""Whether a line is paid by itself, as far as that depends on what else its claim holds."""

from collections.abc import Sequence

from domain.rates.rates import Rate, RateSchedule, RateTable


class Unknown(Exception):
    """The reason why a line cannot be priced."""


class Beside:
    """Every service of a claim, and the rates that were found for them."""

    def __init__(self, services: Sequence[str], rates: Sequence[Rate]) -> None:
        self.services = [service.upper().split() for service in services]
        self.rates = {(rate.schedule, rate.quarter, rate.code): rate for rate in rates}
        self._marks: dict[RateTable, tuple[frozenset[str], str | None]] = {}

    def marks(self, table: RateTable) -> tuple[frozenset[str], str | None]:
        """The claim's status indicators, codes and modifiers; and a code that the table does not have, if any."""
        if table not in self._marks:
            self._marks[table] = self._read(table)
        return self._marks[table]

    def _read(self, table: RateTable) -> tuple[frozenset[str], str | None]:
        codes = [code for code, *_ in self.services]
        rows = {code: self.rates.get((table.schedule, table.quarter, code)) for code in codes}
        said = {word for service in self.services for word in service}
        indicators = {row.status_indicator for row in rows.values() if row}
        return frozenset(said | indicators), next((code for code, row in rows.items() if row is None), None)


def why_alone(rate: Rate, schedule: RateSchedule, table: RateTable, beside: Beside | None) -> str:
    """How the claim shows that a line is paid by itself; empty where that depends on nothing. Raises Unknown."""
    indicator = rate.status_indicator
    gives_way_to = schedule.paid_unless_beside.get(indicator, ())
    is_by_claim = indicator in schedule.paid_by_claim
    depends = (
        f"what {schedule.title}, quarter {table.quarter} pays for status indicator {indicator} depends on the rest "
        "of the claim"
    )
    if is_by_claim and not (gives_way_to and beside):
        raise Unknown(depends)
    if not (gives_way_to and beside):
        return ""
    marks, stranger = beside.marks(table)
    if found := marks.intersection(gives_way_to):
        raise Unknown(f"{depends}, which has {' and '.join(sorted(found))}")
    if not is_by_claim:
        return ""
    if stranger:
        raise Unknown(f"{depends}, and its {stranger} is not in that table")
    listed = ", ".join(gives_way_to)
    return f"Status indicator {indicator} is paid by itself here: no line of the claim has {listed}"
