"""How a workflow is run: in the SDK's sandbox, which is entered to run the workflow and for nothing else."""

from dataclasses import dataclass
from typing import Any

from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import Info

NOWHERE = StorageDriverStoreContext(target=None)


class _Instance(WorkflowInstance):
    """A sandboxed workflow whose payloads are all sealed alike, whatever they belong to.

    The SDK asks the sandbox several times for each payload what it belongs to, which takes as long as a case's own
    work. Our data converter has no use for the answer, and no payload is kept anywhere else.
    """

    def __init__(self, sandboxed: WorkflowInstance) -> None:
        self._sandboxed = sandboxed

    def activate(self, act: Any) -> Any:
        return self._sandboxed.activate(act)

    def get_serialization_context(self, command_info: object) -> SerializationContext | None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return NOWHERE

    def get_info(self) -> Info:
        return self._sandboxed.get_info()

    def get_thread_id(self) -> int | None:
        return self._sandboxed.get_thread_id()


@dataclass(frozen=True)
class Sandbox(SandboxedWorkflowRunner):
    """The SDK's sandbox, asked less."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return _Instance(super().create_instance(det))


# Our own floors are passed through: they are deterministic by the import contracts, and re-importing the models
# for every case would cost more than running it.
RUNNER = Sandbox(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("domain", "activities", "workflows")
)
