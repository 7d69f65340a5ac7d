"""Memos to the staff on paper: one text file each in the spool's folder `staff`, named by its key."""

from pathlib import Path

from config import files
from domain.view.memo import Memo


class MemoFolder:
    """Lays each memo out once, and nothing is written over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lay_out(self, memo: Memo) -> Path:
        """The memo on paper: laid out now, or found as it was."""
        paper = self.folder / f"{memo.key}.txt"
        if not paper.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.create(paper, f"To: {memo.name}\nSubject: {memo.subject}\n\n{memo.words}\n".encode())
        return paper


def words_on(paper: Path) -> str:
    """What a memo says, as it was laid out."""
    return paper.read_text(encoding="utf-8").partition("\n\n")[2]
