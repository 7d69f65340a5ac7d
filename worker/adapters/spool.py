"""Letters to a spool folder, as a mail house takes them: one plain-text file for each letter, named by its key."""

import hashlib
from datetime import date
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config import files
from domain.events import Notice
from domain.people import Language


class Spool:
    """Writes each letter under its key, once. A letter that lies there was sent; nothing is written over it."""

    def __init__(self, folder: Path, templates: Path) -> None:
        self.folder = folder
        self.environment = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,  # a letter with a hole in it must not leave the house
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text, not HTML
        )
        self.environment.filters["day"] = written_out

    async def send(self, notice: Notice) -> str:
        """Spool the letter, or find it spooled; the proof names the file and the hash of what it holds."""
        path = self.folder / f"{notice.key}.txt"
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # letters lie there in plain text
            files.create(path, self.render(notice).encode())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return f"{path.name} sha256:{digest[:16]}"

    def render(self, notice: Notice) -> str:
        """The letter's text, in its reader's language."""
        template = self.environment.get_template(f"{notice.kind.value}.{notice.language.value}.txt")
        address = notice.address or ""
        return template.render(
            notice.facts, language=notice.language.value, recipient=notice.name, recipient_address=address
        )


def written_out(day: str, language: str = Language.ENGLISH.value) -> str:
    """An ISO day as a reader of that language writes it."""
    return format_date(date.fromisoformat(day), format="long", locale=language)
