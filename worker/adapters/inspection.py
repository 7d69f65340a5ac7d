"""The inspector: the doctor's look at every case, without mending."""

from temporalio.client import Client

from activities.ports.world import Pseudonyms
from records.store import Store
from worker.doctor import Doctor


class Inspection:
    """Looks anew each time."""

    def __init__(self, client: Client, task_queue: str, register: Store, pseudonyms: Pseudonyms) -> None:
        self._client, self._task_queue = client, task_queue
        self._register, self._pseudonyms = register, pseudonyms

    async def differences(self) -> tuple[str, ...]:
        """Each difference in a sentence."""
        doctor = Doctor(self._client, self._task_queue, self._register, self._pseudonyms)
        return tuple([str(finding) async for finding in doctor.examine()])
