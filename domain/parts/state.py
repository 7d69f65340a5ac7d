"""State: a model that changes, as what a case is and has does."""

from pydantic import BaseModel, ConfigDict


class State(BaseModel):
    """A case, or a part of one: it changes by its verbs alone, and is closed to fields that it does not name."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
