"""Everything that a command would load and build, loaded and built: see `fluent.py`."""

import client.clock
import client.desk
import client.dispute_acts
import client.dispute_level
import client.disputes
import client.look
import client.precert
import client.review
import client.rules
import client.worklist  # noqa: F401 - all of them are loaded, and that is the point
from config.pack import load
from domain.calendar import Frozen


def build_models() -> None:
    """Every model of the house builds its validator at first use; here, once for all commands."""
    load()
    waiting = [Frozen]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        model.model_rebuild()


build_models()
