"""A sheet of disputed claims, as CSV: one row, one claim, one case; the fault of a row never stops the others."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from client.dispute.intake import Incoming, OfClaim, from_remittance
from client.reach.checking import beside
from client.terminal.reading import content, read_text
from client.x12.remittance import remittances
from domain.policy.pack import Pack
from domain.remittance.remittance import Remittance
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse

NEEDED = ("remittance", "claim", "received", "plan")
PLAIN = (*NEEDED, "channel", "arrived_at", "mailed_on", "lines", "reference", "language")
LISTS = {
    "expected": "expected",
    "contention": "contention",
    "documents": "document",
}  # several in a cell, by `;`
COLUMNS = (*PLAIN, *LISTS, "statement")


class RowResult(Frozen):
    """What became of one row: a case, or the one line that says why there is none."""

    row: int  # as a spreadsheet numbers it: the header is row 1
    claim: str
    case: str | None = None
    created: bool = False
    said: str | None = None  # by an open case, to which it belongs
    look_at: tuple[str, ...] = ()
    fault: str | None = None

    @property
    def words(self) -> str:
        claim = self.claim if self.claim.isprintable() else "claim"  # a sheet may come from anywhere
        if self.case is None:
            return f"row {self.row}  {claim}: {self.fault}"
        became = "opened" if self.created else self.said or "exists already"
        look_at = "".join(f"; look at: {warning}" for warning in self.look_at)
        return f"row {self.row}  {claim}: {self.case} {became}{look_at}"


class Row(Frozen):
    """One row of the sheet as it stands, by column."""

    number: int
    cells: dict[str, str]
    is_too_long: bool = False

    @property
    def claim(self) -> str:
        return self.cells.get("claim", "")


def read_sheet(file: str) -> tuple[Row, ...]:
    """The rows of a sheet, the empty ones left out. Misuse where it is no sheet of disputes at all."""
    text = read_text(file)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header, *rows = [*_numbered(reader)]
    except ValueError:
        raise Misuse("sheet: it is empty; the first row names its columns.") from None
    except csv.Error:
        raise Misuse(f"sheet: row {reader.line_num} is not CSV.") from None
    columns = _columns(header[1])
    if not rows:
        raise Misuse("sheet: it names no claims.")
    return tuple(
        Row(
            number=number,
            cells={name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()},
            is_too_long=len(cells) > len(columns),
        )
        for number, cells in rows
    )


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows by their numbers, without those that are empty."""
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(header: Sequence[str]) -> list[str]:
    columns = [name.strip().casefold() for name in header]
    if stranger := next((place for place, name in enumerate(columns, 1) if name not in COLUMNS), None):
        raise Misuse(f"sheet: its column {stranger} is none of {', '.join(COLUMNS)}.")
    if missing := [name for name in NEEDED if name not in columns]:
        raise Misuse(f"sheet: the column {missing[0]} is missing.")
    if len(set(columns)) != len(columns):
        raise Misuse("sheet: each column stands in it once.")
    return columns


class ClaimSheet:
    """The rows of one sheet become filings; a remittance that several name is read once."""

    def __init__(self, file: str, pack: Pack) -> None:
        self.folder = Path() if file == "-" else Path(file).parent
        self.pack = pack
        self.rows = read_sheet(file)
        self._remittances = cache(self._read)

    def incoming(self, row: Row) -> Incoming:
        """What the row asks for. Refused or Misuse where it cannot be a dispute."""
        if row.is_too_long:
            raise Misuse("it has more cells than the sheet has columns.")
        if missing := [name for name in NEEDED if name not in row.cells]:
            raise Misuse(f"{missing[0]}: it is empty.")
        return from_remittance(
            _of_claim(row),
            self._remittances(row.cells["remittance"]),
            self.pack,
            statement=row.cells.get("statement"),
            paper=lambda file: self._beside(file, "documents"),
        )

    def _read(self, file: str) -> tuple[Remittance, ...]:
        return remittances(self._beside(file, "remittance"))

    def _beside(self, file: str, field: str) -> bytes:
        if not file.isprintable():
            raise Misuse(f"{field}: no file can have this name.")
        return content(beside(self.folder, file, field), self.pack)


def _of_claim(row: Row) -> OfClaim:
    lists: dict[str, Any] = {
        field: tuple(word.strip() for word in row.cells[column].split(";") if word.strip())
        for column, field in LISTS.items()
        if column in row.cells
    }
    plain: dict[str, Any] = {name: cell for name, cell in row.cells.items() if name in PLAIN}
    return OfClaim(**plain, **lists)
