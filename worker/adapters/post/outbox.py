"""E-mails to a folder, for whoever has no mail server: each message as a file that any mail program opens."""

from pathlib import Path

from config import files
from domain.case.sending import Sending
from worker.adapters.post.message import Messages, Posted
from worker.adapters.post.presses import in_a_press
from worker.adapters.post.spool import proof_of


class Outbox:
    """A message that lies there was sent; nothing is written over it."""

    def __init__(self, folder: Path, messages: Messages) -> None:
        self.folder = folder
        self.messages = messages

    async def send(self, notice: Posted, to: str, paper: Path) -> Sending:
        """Write the message, or find it written."""
        return await in_a_press(self._send, notice, to, paper)

    def _send(self, notice: Posted, to: str, paper: Path) -> Sending:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        message = self._message_of(notice)
        if not message.exists():
            files.create(message, self.messages.write(notice, to, paper))
        return self._sent(notice)

    async def left(self, notice: Posted) -> Sending | None:
        return self._sent(notice) if self._message_of(notice).exists() else None

    def _message_of(self, notice: Posted) -> Path:
        return self.folder / f"{notice.key}.eml"

    def _sent(self, notice: Posted) -> Sending:
        return Sending(key=notice.key, proof=f"outbox/{proof_of(self._message_of(notice))}")
