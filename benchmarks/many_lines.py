"""What a dispute of 10, 100 and 999 lines costs its case, step by step, and how that grows with its lines.

`python -m benchmarks.many_lines` prints for each step the folds of a clock, the calls of Python functions (the same
on every machine), the processor's milliseconds, and how much dearer a line became. A workflow task may take two
seconds; no step here should come near a fifth of that.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import FrameType
from typing import Any

from domain.case.keeping import come_to_rest
from domain.clock.reckoning import fold
from domain.dispute import money, receipt
from domain.dispute.acts import DecideGoodCause, Resolve, TriageLine
from domain.dispute.correcting import CorrectRemittance
from domain.rates.price_list import PriceList
from domain.rates.rates import Rate, RateTable
from domain.rehearsal.preview import preview
from domain.view import showing
from domain.view.details import details
from domain.view.dispute_showing import dispute_sheet
from tests.builders import at, pack, staff
from tests.disputes import A_DAY, OURS, a_dispute, a_filing, does, many_lines, passes, received
from workflows.running.pages import page_of

SIZES = (10, 100, 999)
ANSWER: dict[str, Any] = {"outcome": "overturned", "reason_id": "fee_schedule_misread"}
A_TABLE: dict[str, Any] = {
    "schedule": "opps-addendum-b",
    "setting": "hospital outpatient",
    "quarter": "2037-01",
}
A_RATE = A_TABLE | {"status_indicator": "S", "amount": "450.00"}
LATE = at("2037-09-01 10:00 PACIFIC")


@dataclass
class Work:
    """What a step took: calls of Python functions, those of them that folded a clock, seconds of processor."""

    calls: int = 0
    folds: int = 0
    seconds: float = 0.0

    def count(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self.calls += 1
            self.folds += frame.f_code is fold.__code__


def steps(count: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """A dispute of so many lines through its life; each step goes on from where the one before left it."""
    filing = a_filing(lines=many_lines(count), claim={"facility_code": "13"})
    now, actor = filing.received_at, staff("da-torres")
    later, everything = now + A_DAY, tuple(range(2, count + 1))
    case = received(filing)
    changed = [line.model_copy(update={"units": Decimal(2)}) for line in filing.lines]
    correction = {"notice": filing.remittance, "lines": changed, "reason": "paid again"}

    prices = PriceList(
        schedules=tuple(pack().rate_schedule),
        sequestrations=tuple(pack().sequestration),
        tables=(RateTable(**A_TABLE, codes=count),),
        rates=tuple(Rate(**A_RATE, code=line.service) for line in filing.lines),
    )

    def page() -> str:
        return page_of(case, 0, case.next_appointment, later).model_dump_json()

    yield "received", lambda: received(filing)
    yield "found to be ours", lambda: (receipt.standing_found(case, OURS, now), come_to_rest(case, now))
    yield "priced", lambda: money.priced(case, prices.references(case.to_price))
    yield "what comes next", case.agenda
    yield "page for the register", page
    yield "page for the Web UI", lambda: details(case, "default")
    yield "reviewed", lambda: dispute_sheet(case)
    yield "explained", lambda: showing.explain(case, later)
    yield "forecast", lambda: showing.forecast(case, later)
    yield "remittance corrected", lambda: does(case, "da-torres", CorrectRemittance, later, **correction)
    yield "page after that", page
    yield "a line answered", lambda: does(case, "da-torres", Resolve, later, line=1, **ANSWER)
    much = {"confirmed_by": staff("sup-diaz"), **ANSWER}  # more than one person may pay
    yield "letters beforehand", lambda: preview(case, Resolve(actor=actor, line=everything, **much), later)
    yield "all answered", lambda: does(case, "da-torres", Resolve, later, line=everything, **much)
    yield "page with the answers", page
    yield "timeline", lambda: showing.timeline(case)

    unsorted = a_dispute(lines=many_lines(count, reason="no row names it"))
    sorting = {"line": (1, *everything), "route": "redirect"}
    yield "all sent elsewhere", lambda: does(unsorted, "da-torres", TriageLine, later, **sorting)

    late = a_dispute(lines=many_lines(count), received_at=LATE)
    refusal = {"accepted": False, "reason": "none was stated"}
    yield "late, asked why", lambda: passes(late, LATE + 20 * A_DAY)
    yield "late, dismissed", lambda: does(late, "sup-diaz", DecideGoodCause, LATE + 20 * A_DAY, **refusal)


def measured(count: int) -> dict[str, Work]:
    """The work of each step, counted in one life and timed in another: counting takes its own time."""
    work: dict[str, Work] = {}
    for name, step in steps(count):
        counted = work[name] = Work()
        sys.setprofile(counted.count)
        try:
            step()
        finally:
            sys.setprofile(None)
    for name, step in steps(count):
        began = time.process_time()
        step()
        work[name].seconds = time.process_time() - began
    return work


def main() -> None:
    measured(SIZES[0])  # the first time, models are built
    sizes = {size: measured(size) for size in SIZES}
    print(f"{'':24}" + "".join(f"{size:>9} lines{'':15}" for size in SIZES) + "a line, of the calls")
    for name in sizes[SIZES[0]]:
        row = [sizes[size][name] for size in SIZES]
        cells = "".join(f"{one.folds:6} {one.calls:9} {one.seconds * 1000:8.1f} ms  " for one in row)
        dearer = (row[-1].calls / SIZES[-1]) / (row[-2].calls / SIZES[-2])
        print(f"{name:24}{cells}x {dearer:.2f}")


if __name__ == "__main__":
    main()
