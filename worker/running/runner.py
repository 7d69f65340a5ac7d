"""The sandbox in which cases run, without what no payload of ours needs.

The SDK enters the sandbox anew for each payload of a task, to ask in which context it stands. Our converter, our
codec and our failures are the same in every context (a test holds them to that), and nothing is stored outside; so
the answer is given here. It was a seventh of a worker's time.
"""

from dataclasses import dataclass
from typing import Any

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

NOWHERE = StorageDriverStoreContext(target=None)


class Contextless(WorkflowInstance):
    """A workflow in its sandbox; of payloads it says that they stand in no context."""

    def __init__(self, inside: WorkflowInstance) -> None:
        self.inside = inside

    def activate(self, act: Any) -> Any:
        return self.inside.activate(act)

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return NOWHERE

    def get_info(self) -> Info:
        return self.inside.get_info()

    def get_thread_id(self) -> int | None:
        return self.inside.get_thread_id()


@dataclass(frozen=True)
class CaseRunner(SandboxedWorkflowRunner):
    """The sandbox of the SDK, whose payloads stand in no context."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return Contextless(super().create_instance(det))
