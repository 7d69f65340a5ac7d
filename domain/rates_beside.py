"""Whether a line is paid by itself, where its status indicator leaves that to the rest of its claim."""

from collections.abc import Sequence

from domain.rates import Rate, RateSchedule, RateTable


class Unknown(Exception):
    """The reason why a line cannot be priced."""


def row_of(code: str, table: RateTable, rates: Sequence[Rate]) -> Rate | None:
    place = (table.schedule, table.quarter, code.strip().upper())
    return next((rate for rate in rates if (rate.schedule, rate.quarter, rate.code) == place), None)


def why_alone(
    rate: Rate, schedule: RateSchedule, table: RateTable, rates: Sequence[Rate], services: Sequence[str]
) -> str:
    """Why a line whose indicator depends on its claim is paid by itself; empty where it does not depend on it."""
    indicator = rate.status_indicator
    if indicator not in schedule.paid_by_claim:
        return ""
    depends = (
        f"what {schedule.title}, quarter {table.quarter} pays for status indicator {indicator} depends on the"
    )
    gives_way_to = schedule.paid_unless_beside.get(indicator)
    if not gives_way_to or not services:
        raise Unknown(f"{depends} rest of the claim")
    for service in services:
        code, *modifiers = service.upper().split()
        beside = row_of(code, table, rates)
        if found := {code, *modifiers}.intersection(gives_way_to):
            raise Unknown(f"{depends} rest of the claim, which has {' and '.join(sorted(found))}")
        if beside is None:
            raise Unknown(f"{depends} rest of the claim, and its {code} is not in that table")
        if beside.status_indicator in gives_way_to:
            raise Unknown(f"{depends} rest of the claim, whose {code} is {beside.status_indicator}")
    listed = ", ".join(gives_way_to)
    return f"Status indicator {indicator} is paid by itself here, as no line of the claim has {listed}"
