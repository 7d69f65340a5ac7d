"""A value: a model that never changes, and refuses a field that it does not know; and its digest."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Self
from weakref import WeakValueDictionary

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationInfo, model_validator
from pydantic_core import to_json


class Frozen(BaseModel):
    """A value: equal by content, never changed, and closed to fields that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Shared(Frozen):
    """A value that many hold: what was read from the same JSON is one object, for as long as anybody holds it."""

    @model_validator(mode="wrap")
    @classmethod
    def _one_for_all(cls, said: Any, build: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if info.mode != "json":
            return build(said)
        name = (cls, sha256(to_json(said)).digest())
        known: Self | None = _SHARED.get(name)
        if known is None:
            known = _SHARED[name] = build(said)
        return known


_SHARED: WeakValueDictionary[tuple[type, bytes], Any] = WeakValueDictionary()


def digest_of(values: Iterable[Frozen]) -> str:
    """By which values are known again: what a case said in a task that was lost may be told otherwise later."""
    return sha256("\n".join(value.model_dump_json() for value in values).encode()).hexdigest()
