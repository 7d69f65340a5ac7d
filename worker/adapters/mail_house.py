"""Letters sealed for the mail house: age files that its private key opens, and nothing that we hold does."""

from pathlib import Path
from typing import Any

from config import files
from domain.terms.refusals import Misuse


class MailHouse:
    """A folder of sealed letters to hand over, each sealed once."""

    def __init__(self, folder: Path, key: str) -> None:
        """By its public key (`age1…`). Raises Misuse where that is none, or nothing here can seal."""
        self.folder = folder
        self._age, self._reader = _reader(key)

    def hand(self, paper: Path) -> None:
        """Seal a letter for it, or find it sealed."""
        sealed = self.folder / f"{paper.name}.age"
        if not sealed.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.create(sealed, self._age.encrypt(paper.read_bytes(), [self._reader]))


def _reader(key: str) -> tuple[Any, Any]:
    try:
        import pyrage  # noqa: PLC0415 - an extra, and only where letters are sealed
    except ModuleNotFoundError:
        raise Misuse("mail_house_key: sealing letters needs `pip install 'plazo[age]'`.") from None
    try:
        return pyrage, pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise Misuse("mail_house_key: the public key of a mail house looks like age1…") from None
