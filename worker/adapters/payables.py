"""Instructions to pay, to a folder that the claims system reads: one JSON file for each, named by its key."""

import asyncio
import hashlib
from pathlib import Path

from config import files
from domain.parts.payment import Payment


class PaymentFolder:
    """Writes each instruction under its key, once. One that lies there was given; nothing is written over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def instruct(self, payment: Payment) -> str:
        """Write the instruction, or find it written; the proof names the file and the hash of what it holds."""
        return await asyncio.to_thread(self._instructed, payment)

    def _instructed(self, payment: Payment) -> str:
        path = self.folder / f"{payment.key}.json"
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.create(path, payment.model_dump_json(indent=2, exclude={"proof"}).encode())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return f"{path.name} sha256:{digest[:16]}"
