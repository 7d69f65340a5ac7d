"""Memos to the staff: one text file each in the spool's folder `staff`, named by its key."""

import hashlib
from pathlib import Path

from config import files
from domain.view.memo import Memo


class MemoFolder:
    """Writes each memo once. One that lies there was given; nothing is written over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def give(self, memo: Memo) -> str:
        """Write the memo, or find it written; the proof names the file and the hash of what it holds."""
        path = self.folder / f"{memo.key}.txt"
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.create(path, f"To: {memo.name}\nSubject: {memo.subject}\n\n{memo.words}\n".encode())
        return f"staff/{path.name} sha256:{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"
