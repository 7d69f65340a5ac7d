"""What is known of a notice or a memo that is handed to somebody else's machine: it is on its way, or it was taken.

`KEY.sending` is there before the first word of the notice leaves the house, and `KEY.sent` holds the answer of
whoever took it. Where the first stands alone, a worker was lost in between: the notice may have left, and only a
person can find out. While its worker lives, the file is locked, so that nobody else takes it for lost.
"""

import asyncio
import fcntl
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from config import files
from worker.adapters.post.message import Posted
from worker.adapters.post.presses import in_a_press


class BeingHandedOver(Exception):
    """Another worker hands the notice over at this moment; a later try finds what became of it."""


class MayHaveLeft(Exception):
    """The notice was being handed over when its worker was lost."""


class Journal:
    """One try to hand one notice over."""

    def __init__(self, folder: Path, notice: Posted) -> None:
        self.folder = folder
        name = notice.key if notice.tries == 1 else f"{notice.key}.{notice.tries}"
        self.sending = folder / f"{name}.sending"
        self.sent = folder / f"{name}.sent"

    def answer(self) -> str | None:
        """What was answered when it was taken; None where it never left the house.

        Raises MayHaveLeft and BeingHandedOver.
        """
        if self.sent.exists():
            return self.sent.read_text(encoding="utf-8")
        try:
            with self.sending.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return self.answer() if self.sent.exists() else None
        except OSError:
            raise BeingHandedOver("another worker hands this notice over now") from None
        if self.sent.exists() or not self.sending.exists():  # its worker came to an end between two looks
            return self.answer()
        raise MayHaveLeft("the worker was lost while it handed the notice over")

    @asynccontextmanager
    async def handing_over(self) -> AsyncIterator[None]:
        """Say that the notice is about to leave, until it is known what became of it.

        Raises BeingHandedOver where somebody else said so first.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=f".{self.sending.name}.")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # before it has its name: nobody ever finds it unlocked
            await in_a_press(os.fsync, descriptor)
            self._begin(name)
            try:
                await in_a_press(files.settle, self.folder)
            except (OSError, asyncio.CancelledError):
                self.sending.unlink()  # nothing has left yet
                raise
            yield
        finally:
            os.close(descriptor)

    def _begin(self, name: str) -> None:
        try:
            self.sending.hardlink_to(name)
        except FileExistsError:
            raise BeingHandedOver("another worker hands this notice over now") from None
        finally:
            Path(name).unlink()

    async def taken(self, answer: str) -> None:
        """It left, and this is what was answered. A disk that is full now does not make it any less so."""
        with suppress(OSError):
            await in_a_press(files.create, self.sent, answer.encode())
            self.sending.unlink(missing_ok=True)

    async def refused(self) -> None:
        """Nothing left: the next try begins anew."""
        self.sending.unlink(missing_ok=True)
        await in_a_press(files.settle, self.folder)
