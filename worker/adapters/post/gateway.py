"""The ways out of the house behind one door: a letter, a fax or an e-mail, as the notice says.

Every notice is laid out in the spool first, so that its paper can be looked at whatever its way; and so is a memo.
"""

from pathlib import Path
from typing import Protocol

from config.settings import Settings
from domain.case.sending import CannotBeSet, Fate, Sending
from domain.policy.channels import dialled, place_of
from domain.terms.notice import Notice, SendBy
from domain.view.memo import Memo
from worker.adapters.mail_house import MailHouse
from worker.adapters.post.fax import FaxFolder
from worker.adapters.post.memos import MemoFolder
from worker.adapters.post.message import Messages, Posted
from worker.adapters.post.outbox import Outbox
from worker.adapters.post.presses import in_a_press
from worker.adapters.post.smtp import Server, Smtp
from worker.adapters.post.spool import Spool, proof_of

NOBODY = "plazo@localhost"  # the sender of messages that go into a folder, where no sender is chosen


class Way(Protocol):
    """A way of notices that need a number."""

    async def send(self, notice: Notice, to: str, paper: Path) -> Sending: ...

    async def left(self, notice: Notice) -> Sending | None: ...


class Mail(Protocol):
    """The way of what goes to an address."""

    async def send(self, notice: Posted, to: str, paper: Path) -> Sending: ...

    async def left(self, notice: Posted) -> Sending | None: ...


class FaxByMail:
    """Faxes through a service that turns an e-mail to NUMBER@DOMAIN into a fax."""

    def __init__(self, domain: str, mail: Mail) -> None:
        self.domain = domain
        self.mail = mail

    async def send(self, notice: Notice, to: str, paper: Path) -> Sending:
        return await self.mail.send(notice, f"{to}@{self.domain}", paper)

    async def left(self, notice: Notice) -> Sending | None:
        return await self.mail.left(notice)


class WaysOut:
    """Sends each notice by the way that it names, once, and each memo to whoever has an address."""

    def __init__(self, spool: Spool, email: Mail, fax: Way) -> None:
        self.spool = spool
        self.memos = MemoFolder(spool.folder / "staff")
        self.email = email
        self.ways: dict[SendBy, Way] = {SendBy.EMAIL: email, SendBy.FAX: fax}

    async def send(self, notice: Notice) -> Sending:
        """Send the notice, or find what became of it. Raises what another try may mend."""
        try:
            return await self._send(notice)
        except CannotBeSet as why:
            return Sending(key=notice.key, fate=Fate.UNSET, why=str(why))

    async def _send(self, notice: Notice) -> Sending:
        if notice.by is SendBy.LETTER:
            return Sending(key=notice.key, proof=await self.spool.send(notice))
        to = dialled(place_of(notice, notice.by), notice.by)
        if to is None:
            what = "fax number" if notice.by is SendBy.FAX else "e-mail address"
            return Sending(key=notice.key, fate=Fate.FAILED, why=f"what the case holds is no {what}")
        paper = await in_a_press(self.spool.lay_out, notice)
        return await self.ways[notice.by].send(notice, to, paper)

    async def left(self, notice: Notice) -> Sending | None:
        """What became of a notice, where it left or may have left."""
        if notice.by is SendBy.LETTER:
            proof = self.spool.left(notice)
            return Sending(key=notice.key, proof=proof) if proof else None
        return await self.ways[notice.by].left(notice)

    async def give(self, memo: Memo) -> str:
        """Give the memo, or find it given; the proof is that of its way. What cannot go lies on paper alone."""
        paper = await in_a_press(self.memos.lay_out, memo)
        to = dialled(memo.email, SendBy.EMAIL)
        sending = await self.email.send(memo, to, paper) if to else None
        if sending and sending.proof:
            return sending.proof
        lies = f"staff/{proof_of(paper)}"
        return f"{lies}; {sending.why}" if sending else lies


def ways_out(settings: Settings) -> WaysOut:
    """The ways that the settings open. Without a mail server, faxes and e-mails lie in folders of the spool."""
    templates = settings.policy / "letters"
    key = settings.mail_house_key
    spool = Spool(settings.spool, templates, MailHouse(settings.spool / "sealed", key) if key else None)
    messages = Messages(settings.smtp_sender or NOBODY, templates)
    if settings.smtp_host is None:
        return WaysOut(spool, Outbox(settings.spool / "outbox", messages), FaxFolder(settings.spool / "fax"))
    server = Server(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
    mail = Smtp(server, messages, settings.spool / "journal")
    by_mail = FaxByMail(settings.fax_domain, mail) if settings.fax_domain else None
    return WaysOut(spool, mail, by_mail or FaxFolder(settings.spool / "fax"))
