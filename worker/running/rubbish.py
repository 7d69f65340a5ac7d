"""The collector of Python in a worker: it stops every case while it looks, so it looks once at what stays.

Code and models stay as long as the worker; cases at hand stay long, and one that leaves is taken apart (`runner`)
and needs no collector. What was looked at and stayed is put aside. Should that have doubled since everything was
looked through, some of it may be rubbish after all: then everything is, once more.
"""

import gc
from dataclasses import dataclass

NEW = 20_000  # objects, before the collector looks for rubbish among them
OLDER = 10, 2  # such looks before it looks further back


@dataclass
class _Aside:
    """Puts aside what a look at everything that is not aside yet has left."""

    stayed: int
    """Objects that were aside when everything had been looked through."""
    everything: bool = False

    def __call__(self, phase: str, look: dict[str, int]) -> None:
        if look["generation"] < len(OLDER):
            return
        if phase == "start":
            self.everything = gc.get_freeze_count() > 2 * self.stayed
            if self.everything:
                gc.unfreeze()
        else:
            gc.freeze()
            if self.everything:
                self.stayed = gc.get_freeze_count()


def look_no_more_at_what_stays() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, *OLDER)
    gc.callbacks.append(_Aside(gc.get_freeze_count()))
