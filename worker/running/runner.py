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

    def __init__(self, inside: Any) -> None:
        self.inside = inside

    def activate(self, act: Any) -> Any:
        completion = self.inside.activate(act)
        if any(job.HasField("remove_from_cache") for job in act.jobs):
            self.take_apart()
        return completion

    def take_apart(self) -> None:
        """End a case that has left the cache: it holds itself in circles, and would wait long for the collector."""
        instance = self.inside.globals_and_locals.pop("__temporal_in_sandbox").instance
        workflow = vars(instance)["_object"]
        for part in (getattr(workflow, "case", None), workflow, self.inside.importer):
            getattr(part, "__dict__", {}).clear()
        for name in vars(instance).keys() - {"_deleting"}:  # by which it knows that nothing is amiss
            delattr(instance, name)

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return NOWHERE

    def get_info(self) -> Info:
        info: Info = self.inside.get_info()
        return info

    def get_thread_id(self) -> int | None:
        thread: int | None = self.inside.get_thread_id()
        return thread


@dataclass(frozen=True)
class CaseRunner(SandboxedWorkflowRunner):
    """The sandbox of the SDK, whose payloads stand in no context."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return Contextless(super().create_instance(det))
