"""The gate: who asks is verified, and what they did, or were refused, is written into the audit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from config.access.tokens import Bearer, Verifier
from config.audit import Did, Trail
from domain.terms.refusals import Refused, Unreachable

STRANGER = "-"
NO_AUDIT = (
    "the audit cannot be written, and without it nothing is shown or done; is the disk of the worker full?"
)


@dataclass(frozen=True)
class Gate:
    verifier: Verifier
    trail: Trail

    @contextmanager
    def passing(
        self,
        token: str,
        did: Did,
        what: str,
        *,
        case: str | None = None,
        as_of: datetime | None = None,
        because: str = "",
    ) -> Iterator[Bearer]:
        """Whoever holds this token does something within the block. A refusal there is noted and goes on.

        `because` is why somebody reads what is closed to others.
        What the system does by itself stands in the histories, and is not noted.
        """
        who = STRANGER
        try:
            with on_the_host():
                bearer = self.verifier.verify(token, as_of or datetime.now(UTC))
            who = bearer.actor.id
            yield bearer
        except Refused as no:
            self._note(who, "was refused", what, case, because=str(no))
            raise
        except ApplicationError:  # by the act's own rule, whose sentence is about the case
            self._note(who, "was refused", what, case, because="by the rule of the act")
            raise
        if not bearer.is_system:
            self._note(who, did, what, case, because or bearer.beyond.get(case or "", ""))

    def _note(self, who: str, did: Did, what: str, case: str | None, because: str = "") -> None:
        try:
            with on_the_host():
                self.trail.note(who, did, what, case=case, because=because)
        except OSError:
            raise Unreachable(NO_AUDIT) from None


@contextmanager
def on_the_host() -> Iterator[None]:
    """Out of the sandbox of a workflow: what is verified and noted here neither replays nor belongs to one case."""
    with workflow.unsafe.sandbox_unrestricted(), workflow.unsafe.imports_passed_through():
        yield
