"""Faxes to a folder, as a fax machine takes them: the PDF of each under its key, and a list with the numbers."""

from pathlib import Path

from config import files
from domain.case.sending import Sending
from domain.terms.notice import Notice
from worker.adapters.letter import pages_of
from worker.adapters.post.manifest import Listed, Manifest
from worker.adapters.post.presses import in_a_press
from worker.adapters.post.spool import proof_of


class Fax(Listed):
    """A line of the list."""

    number: str
    pages: int


class FaxFolder:
    """A fax on the list was sent; what lies there is never written over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = Manifest(folder / "faxes.csv")

    async def send(self, notice: Notice, to: str, paper: Path) -> Sending:
        """Put the fax on the list, or find it there."""
        return await in_a_press(self._send, notice, to, paper)

    async def left(self, notice: Notice) -> Sending | None:
        return self._sent(notice) if self.manifest.lists(notice.key) else None

    def _send(self, notice: Notice, to: str, paper: Path) -> Sending:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        pdf = paper.read_bytes()
        files.create(self.folder / paper.name, pdf)
        self.manifest.add(Fax(key=notice.key, number=to, pages=pages_of(pdf)))
        return self._sent(notice)

    def _sent(self, notice: Notice) -> Sending:
        return Sending(key=notice.key, proof=f"fax/{proof_of(self.folder / f'{notice.key}.pdf')}")
