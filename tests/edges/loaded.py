"""Everything that a command would load and build, loaded and built: see `fluent.py`."""

from config.pack import load
from domain.terms.frozen import Frozen


def build_models() -> None:
    """Every model of the house builds its validator at first use; here, once for all commands."""
    load()
    waiting = [Frozen]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        model.model_rebuild()


build_models()
