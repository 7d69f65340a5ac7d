"""The collector of Python in a worker: it stops every case while it looks, so it looks once at what stays.

Code and models stay as long as the worker; cases at hand stay long, and one that leaves is taken apart (`runner`)
and needs no collector. What was looked at and stayed is put aside. Should more be aside than so many cases hold,
some of it is rubbish after all: then everything is looked through, once more.
"""

import gc
from dataclasses import dataclass

NEW = 20_000  # objects, before the collector looks for rubbish among them
OLDER = 10, 0  # such looks before it looks at what came since it last put aside
OLDEST = 2  # as the collector numbers its generations: a look at all that is not put aside
OF_A_CASE = 1000  # objects that a case at hand holds; most hold half of them


@dataclass
class _Aside:
    """Puts aside what a look at everything that is not aside yet has left."""

    most: int
    """Objects; with more of them aside, everything is looked through."""
    everything: bool = False

    def __call__(self, phase: str, look: dict[str, int]) -> None:
        if look["generation"] < OLDEST:
            return
        if phase == "start":
            self.everything = gc.get_freeze_count() > self.most
            if self.everything:
                gc.unfreeze()
        else:
            gc.freeze()
            if self.everything:
                self.most = max(self.most, 2 * gc.get_freeze_count())


def look_no_more_at_what_stays(cases_at_hand: int) -> None:
    """Put aside what is loaded, once all of it is, and from then on what stays of so many cases."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, *OLDER)
    gc.callbacks.append(_Aside(gc.get_freeze_count() + OF_A_CASE * cases_at_hand))
