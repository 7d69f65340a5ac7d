"""A folder of faxes: what has a sheet beside it is opened, what has none is kept; a fault of one stops no other."""

import json
import sys
from pathlib import Path

from pydantic_core import to_jsonable_python
from rich.console import Console
from rich.progress import Progress

from client.intake.desk import IntakeDesk
from client.intake.sheet import read_keyed
from client.terminal.reading import read_text
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse, PlazoError, Unreachable

SHEET = ".txt"


class FaxResult(Frozen):
    """What became of one fax: a case, something kept, or the one line that says why neither."""

    fax: str
    case: str | None = None
    kept: str | None = None
    what: str

    @property
    def words(self) -> str:
        return f"{self.fax}  {self.case or self.kept or 'FAILED'}: {self.what}"


async def open_folder(desk: IntakeDesk, folder: Path) -> int:
    """Fax by fax, in the order of their names; 1 if any has a fault. Run again, each is what it was."""
    faxes = _faxes_in(folder)
    results: list[FaxResult] = []
    try:
        with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
            for fax in bar.track(faxes, description="Opening faxes"):
                results.append(await _one(desk, fax))  # noqa: PERF401 - kept when it stops
    finally:
        _tell(results, left=len(faxes) - len(results), as_json=desk.acting.json)
    return int(any(result.case is None and result.kept is None for result in results))


def _faxes_in(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix != SHEET]
    except OSError as error:
        raise Misuse(f"folder: it cannot be read ({error.strerror}).") from None


async def _one(desk: IntakeDesk, path: Path) -> FaxResult:
    """Unreachable is raised: the next would fare no better."""
    sheet = path.with_suffix(SHEET)
    try:
        fax = await desk.fax([path])
        if not sheet.exists():
            kept = await desk.keep(fax)
            if kept.case:
                return FaxResult(fax=path.name, case=kept.case, what="has it; nothing changed")
            return FaxResult(fax=path.name, kept=kept.id, what="kept; it has no sheet")
        keyed = read_keyed(read_text(str(sheet)))
        opened = await desk.open(await desk.look_over(keyed, fax), fax)
    except Unreachable:
        raise
    except PlazoError as fault:
        return FaxResult(fax=path.name, what=str(fault))
    look_at = "".join(f"; look at: {warning}" for warning in opened.look_at)
    return FaxResult(fax=path.name, case=opened.case, what=f"{opened.what_happened}{look_at}")


def _tell(results: list[FaxResult], *, left: int, as_json: bool) -> None:
    if as_json:
        print(json.dumps(to_jsonable_python(results), indent=2))
        return
    for result in results:
        print(result.words)
    if left:
        print(f"{left} not reached: what is done stays done; run it again for the rest.")
