"""A mail server of the tests: a real one, on any free port, that does as it is told and remembers what it took."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult


class MailServer:
    """What it answers is said by code and words, one after the other; with none left it takes everything."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[tuple[str, EmailMessage]] = []
        self.to_recipients: list[str] = []
        self.to_messages: list[str] = []
        self.kills: int | None = None
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.is_asked = asyncio.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - as SMTP says
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.is_asked.set()
        await self.may_answer.wait()
        answer = self.to_messages.pop(0) if self.to_messages else "250 OK queued as 4F2"
        if answer.startswith("250") or answer == "gone":
            message = message_from_bytes(envelope.original_content, policy=default)
            self.taken.append((envelope.rcpt_tos[0], message))
        if self.kills:
            os.kill(self.kills, signal.SIGKILL)
            self.kills = None
        if answer in {"gone", "lost"}:
            server.transport.abort()
        return answer


@asynccontextmanager
async def mail_server(port: int = 0, **options: object) -> AsyncIterator[MailServer]:
    handler = MailServer()

    def speak() -> SMTP:
        return SMTP(handler, hostname="mail.example", loop=asyncio.get_running_loop(), **options)

    listening = await asyncio.get_running_loop().create_server(speak, "127.0.0.1", port)
    handler.port = listening.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        handler.may_answer.set()
        listening.close()
        await listening.wait_closed()


def nobody(*_: object) -> AuthResult:
    """Lets nobody in."""
    return AuthResult(success=False, handled=False)
