"""A value: a model that never changes, and refuses a field that it does not know; and its digest."""

from collections.abc import Iterable
from hashlib import sha256

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: equal by content, never changed, and closed to fields that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def digest_of(values: Iterable[Frozen]) -> str:
    """By which values are known again: what a case said in a task that was lost may be told otherwise later."""
    return sha256("\n".join(value.model_dump_json() for value in values).encode()).hexdigest()
