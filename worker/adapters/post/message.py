"""What goes as an e-mail. A notice names the case and nobody, and says what it says in the attached PDF alone.

A memo to the staff is words, and nothing in it is about a person.
"""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.terms.notice import Notice
from domain.view.memo import Memo
from worker.adapters.post.memos import words_on

Posted = Notice | Memo
"""What leaves under a key of its own."""


class Messages:
    """Writes the messages of one sender; the words around a notice are approved like those of a letter."""

    def __init__(self, sender: str, templates: Path) -> None:
        self.sender = sender
        self.words = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            trim_blocks=True,
            autoescape=False,  # noqa: S701 - plain text, not HTML
        )

    def write(self, posted: Posted, to: str, paper: Path) -> bytes:
        """The message, ready for a server. Its id comes from the key alone, so a copy is known as a copy."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = to
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{posted.key}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        if isinstance(posted, Memo):
            message["Subject"] = posted.subject
            message.set_content(words_on(paper), cte="quoted-printable")
        else:
            self._enclose(message, posted, paper)
        return message.as_bytes()

    def _enclose(self, message: EmailMessage, notice: Notice, paper: Path) -> None:
        language = notice.language.value
        message["Subject"] = notice.facts["case"]
        facts = {name: notice.facts[name] for name in ("organisation", "case", "telephone")}
        message.set_content(
            self.words.get_template(f"_email.{language}.txt").render(facts), cte="quoted-printable"
        )
        message.add_attachment(
            paper.read_bytes(), maintype="application", subtype="pdf", filename=f"{_neutral(notice)}.pdf"
        )
        message["Content-Language"] = language  # after the parts, which would take it for their own


def _neutral(notice: Notice) -> str:
    """Case and number of the notice: what kind it is could say something about somebody's health."""
    return "-".join(notice.key.split("-")[:5])
