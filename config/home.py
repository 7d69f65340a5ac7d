"""The Plazo home: one folder that holds an installation, and the names of what is in it."""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from config import files
from domain.terms.refusals import Misuse


class RunningServer(BaseModel):
    """Where the embedded server of a home answers; how a command finds it without being told."""

    model_config = ConfigDict(frozen=True)

    pid: int
    address: str
    """host:port of the Temporal service."""
    ui: str
    """URL of the pages, and of the Web UI behind them."""
    namespace: str = "default"
    task_queue: str = "plazo"
    virtual_time: bool = False
    """Whether its cases may be moved through time by hand."""


@dataclass(frozen=True)
class Home:
    """Names the files of the home; creates nothing until `prepare`."""

    folder: Path

    @property
    def server_db(self) -> Path:
        """What the embedded Temporal server remembers."""
        return self.folder / "server.db"

    @property
    def server_log(self) -> Path:
        return self.folder / "server.log"

    @property
    def server_json(self) -> Path:
        """Present while an embedded server runs, or after one was killed: see `RunningServer`."""
        return self.folder / "server.json"

    @property
    def register_db(self) -> Path:
        return self.folder / "register.db"

    @property
    def keyring(self) -> Path:
        return self.folder / "keyring.json"

    @property
    def staff_keys(self) -> Path:
        """The keys that sign who acts; see `StaffKeys`."""
        return self.folder / "staff-keys.json"

    @property
    def audit(self) -> Path:
        """Who read and who acted; see `Trail`."""
        return self.folder / "audit"

    @property
    def documents(self) -> Path:
        return self.folder / "documents"

    @property
    def spool(self) -> Path:
        return self.folder / "spool"

    @property
    def payments(self) -> Path:
        return self.folder / "payments"

    @property
    def lists(self) -> Path:
        """The numbers of the cases that terminals were last shown."""
        return self.folder / "lists"

    def prepare(self) -> None:
        """Create the home, closed to everybody else. Raises Misuse where it cannot be written."""
        try:
            for folder in (self.folder, self.documents, self.spool):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass  # permission bits do not tell about read-only disks: only writing does
        except OSError as error:
            raise Misuse(
                f"The home {self.folder} cannot be written ({error.strerror}); "
                "choose another with --home or PLAZO_HOME."
            ) from error

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Be the only `plazo up` on this home. Raises Misuse while another one is alive.

        A lock of the operating system, because it ends with its owner, however the owner ends.
        """
        with (self.folder / "up.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                server = self.running()
                where = f" (Web UI at {server.ui})" if server else ""
                raise Misuse(
                    f"Plazo is already up on {self.folder}{where}; stop it first, or choose another --home."
                ) from error
            yield

    def running(self) -> RunningServer | None:
        """The embedded server that last announced itself; it may have been killed since."""
        try:
            return RunningServer.model_validate_json(self.server_json.read_bytes())
        except (OSError, ValidationError):
            return None

    def announce(self, server: RunningServer) -> None:
        files.replace(self.server_json, server.model_dump_json(indent=2).encode())

    def withdraw(self) -> None:
        """Take the announcement back: no server runs here any more."""
        self.server_json.unlink(missing_ok=True)
