"""What a key of the ring is still needed for: rows of the register, documents, and what Temporal keeps of cases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.client import Client

from config.house import house_of
from config.sealing.documents import DocumentStore
from config.sealing.key_file import Key
from config.sealing.keyring import NAMED, KeyRing, sealed_by
from config.settings import Settings
from domain.terms.frozen import Frozen
from records.database import Database
from records.resealing import sealed_rows

KEY = "sealing key "
"""Under this and its id the register keeps of each key that sealed here how it is told, and when it began."""
CLOCKS_DIFFER = timedelta(minutes=5)


class Uses(Frozen):
    """How much a key is needed for."""

    rows: int = 0
    documents: int = 0
    open_cases: int = 0
    closed_cases: int = 0

    def __bool__(self) -> bool:
        return any(self.model_dump().values())

    def __str__(self) -> str:
        return (
            f"{self.rows} rows of the register, {self.documents} documents, {self.open_cases} open cases "
            f"and {self.closed_cases} closed ones that Temporal keeps"
        )


def said_of(key: Key) -> str:
    """What the register keeps of a key."""
    return f"{key.check} {key.begins_at.isoformat()}"


def read_back(said: str) -> tuple[str, datetime]:
    """How a key is told, and when it began."""
    check, began_at = said.split()
    return check, datetime.fromisoformat(began_at)


@dataclass(frozen=True)
class Looking:
    """Looks where keys are needed."""

    client: Client
    database: Database
    settings: Settings
    ring: KeyRing

    async def uses_of(self, key: str, began_at: datetime, ended_at: datetime | None) -> Uses:
        """What it is needed for; without an end it may have sealed until now.

        How a case began was sealed with the key of that moment and stays in its history. So whatever began before
        the key ended may need it, and what began later does not.
        """
        now = datetime.now(UTC)
        if began_at > now:
            return Uses()
        began = f"StartTime <= '{((ended_at or now) + CLOCKS_DIFFER).isoformat()}'"
        running = f"{began} AND ExecutionStatus = 'Running'"
        there = (self.client, house_of(self.client, self.settings).client)
        everything = sum([(await one.count_workflows(began)).count for one in there])
        is_open = sum([(await one.count_workflows(running)).count for one in there])
        return Uses(
            rows=(await sealed_rows(self.database, NAMED))[sealed_by(key)],
            documents=DocumentStore(self.settings.documents, self.ring).keys()[key],
            open_cases=is_open,
            closed_cases=everything - is_open,
        )
