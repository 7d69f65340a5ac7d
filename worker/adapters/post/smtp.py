"""Over a mail server. What it refuses for good has failed; what may have left is not sent again by itself."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from pydantic import SecretStr

from domain.case.sending import Fate, Sending
from worker.adapters.post.journal import Journal, MayHaveLeft
from worker.adapters.post.message import Messages, Posted
from worker.adapters.post.presses import in_a_press
from worker.adapters.post.spool import proof_of

REACHING = 40  # seconds, from dialling until the recipient is taken
HANDING_OVER = 60  # seconds for the message; both together stay below the patience of the step
FAREWELL = 5
PUT_OFF, REFUSED, NO_CODE = 400, 500, 600
LONGEST_ANSWER = 200

log = structlog.get_logger("plazo.post")


class MailServerAway(Exception):
    """The mail server cannot be reached, or puts us off: a later try may find it well."""


class MailServerRefusesUs(Exception):
    """The mail server does not let us in: every try fails until the settings are mended."""


@dataclass(frozen=True)
class Server:
    """Where the mail server is, and who we are there."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    user: str | None
    password: SecretStr | None


class Smtp:
    """Hands each notice over under its key, once. The journal knows of every one that was begun."""

    def __init__(self, server: Server, messages: Messages, journals: Path) -> None:
        self.server = server
        self.messages = messages
        self.journals = journals

    async def send(self, notice: Posted, to: str, paper: Path) -> Sending:
        """Send the notice to this address, or find what became of it. Raises what another try may mend."""
        journal = Journal(self.journals, notice)
        if known := _known(notice, journal):
            return known
        message = await in_a_press(self.messages.write, notice, to, paper)
        try:
            async with self._ready_for(to) as server, journal.handing_over():
                answer = await _hand_over(server, message, journal)
                proof = f"{_without(to, answer)}; {proof_of(paper)}"
                await journal.taken(proof)
                return Sending(key=notice.key, proof=proof)
        except SMTPRecipientRefused as refused:
            return _failed(notice, "the recipient", refused.code)
        except SMTPDataError as refused:
            return _failed(notice, "the message", refused.code)
        except MayHaveLeft as lost:
            return Sending(key=notice.key, fate=Fate.UNKNOWN, why=str(lost))

    async def left(self, notice: Posted) -> Sending | None:
        """What the journal knows of the notice, if it was ever begun."""
        return _known(notice, Journal(self.journals, notice))

    @asynccontextmanager
    async def _ready_for(self, to: str) -> AsyncIterator[SMTP]:
        """A connection on which the server awaits the message. Raises SMTPRecipientRefused where it never will."""
        where, sender = self.server, self.messages.sender
        server = SMTP(
            hostname=where.host,
            port=where.port,
            username=where.user,
            password=where.password.get_secret_value() if where.password else None,
            use_tls=where.tls == "tls",
            start_tls=where.tls == "starttls",
            local_hostname=sender.rpartition("@")[2],
            timeout=REACHING,
        )
        try:
            with _in_our_words():
                async with asyncio.timeout(REACHING):
                    await server.connect()
                    await server.mail(sender)
                    await server.rcpt(to)
            yield server
            with suppress(SMTPException, OSError):
                await server.quit(timeout=FAREWELL)
        finally:
            server.close()


async def _hand_over(server: SMTP, message: bytes, journal: Journal) -> str:
    """The server's answer to the message. Raises MayHaveLeft where it did not answer, or not clearly."""
    try:
        async with asyncio.timeout(HANDING_OVER):
            answer = await server.data(message)
    except SMTPDataError as refused:
        if not PUT_OFF <= refused.code < NO_CODE:
            raise MayHaveLeft("the mail server gave no clear answer") from None
        await journal.refused()
        if refused.code < REFUSED:
            raise MailServerAway(f"the mail server puts the message off ({refused.code})") from None
        raise
    except (SMTPException, OSError):
        raise MayHaveLeft("the connection was lost while the message was handed over") from None
    return f"{answer.code} {answer.message}"


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What a mail server says before it takes a message: its own words may repeat an address or a user."""
    try:
        yield
    except SMTPRecipientRefused as refused:
        if refused.code >= REFUSED:
            raise
        raise MailServerAway(f"the mail server puts the recipient off ({refused.code})") from None
    except SMTPAuthenticationError:
        raise _refuses("the user or the password (PLAZO_SMTP_USER, PLAZO_SMTP_PASSWORD)") from None
    except SMTPSenderRefused as refused:
        if refused.code >= REFUSED:
            raise _refuses("the sender (PLAZO_SMTP_SENDER)") from None
        raise MailServerAway(f"the mail server puts us off ({refused.code})") from None
    except SMTPResponseException as refused:
        raise MailServerAway(f"the mail server puts us off ({refused.code})") from None
    except OSError:  # a connection that is lost, or an answer that does not come, is one too
        raise MailServerAway("the mail server cannot be reached") from None
    except SMTPException:
        raise _refuses("TLS or a log-in: it offers none (PLAZO_SMTP_TLS, PLAZO_SMTP_USER)") from None


def _refuses(what: str) -> MailServerRefusesUs:
    log.warning("the mail server refuses us", what=what)
    return MailServerRefusesUs(f"the mail server refuses {what}")


def _known(notice: Posted, journal: Journal) -> Sending | None:
    try:
        proof = journal.answer()
    except MayHaveLeft as lost:
        return Sending(key=notice.key, fate=Fate.UNKNOWN, why=str(lost))
    return None if proof is None else Sending(key=notice.key, proof=proof)


def _failed(notice: Posted, what: str, code: int) -> Sending:
    return Sending(key=notice.key, fate=Fate.FAILED, why=f"the mail server refuses {what} ({code})")


def _without(to: str, answer: str) -> str:
    """The server's answer as one line that names no reader."""
    return " ".join(answer.replace(to, "...").split())[:LONGEST_ANSWER]
