"""A refusal as the answer to a question: where a question fails, the engine keeps back why."""

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter

from domain.terms.refusals import Refused

_MARK = "refused"


class Answers(PydanticJSONPlainPayloadConverter):
    """Models as JSON, and a refusal as one that is raised where it is read."""

    def to_payload(self, value: Any) -> Payload | None:
        refused = isinstance(value, Refused)
        payload = super().to_payload(str(value) if refused else value)
        if refused and payload:
            payload.metadata[_MARK] = b"1"
        return payload

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        if _MARK in payload.metadata:
            raise Refused(super().from_payload(payload, str))
        return super().from_payload(payload, type_hint)
