"""Frozen."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: equal by content, never changed, and closed to fields that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
