"""A part of a request that was keyed wrong: only what is wrong is said, and all else stays as it was.

What comes of it is the correction of the whole request, and is checked and recorded as that.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, JsonValue, ValidationError

from domain.case.acts import Act
from domain.determination.clock_acts import CorrectRequest
from domain.request.request import Request
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused


class Part(StrEnum):
    """What of a request is corrected by itself."""

    MEMBER = "member"
    REQUESTING_PROVIDER = "requesting_provider"
    SERVICING_PROVIDER = "servicing_provider"
    LINE = "line"


class CorrectPart(Act[AssessedCase]):
    """Some fields of one part, as they should have read; `diagnosis` is added to those that a line has."""

    act_name = "correct"
    part: Part
    fields: dict[str, JsonValue] = {}
    line: Annotated[int, Field(ge=1, le=99)] | None = None
    diagnosis: str | None = None

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not (self.fields or self.diagnosis):
            raise Refused(f"{self.part.value}: say what it should have read")
        whole = self._whole(case)
        if whole.request == case.request:
            raise Refused(f"{self.part.value}: that is how it reads already")
        whole.check(case, now)

    def apply(self, case: AssessedCase, now: datetime) -> str:
        self._whole(case).apply(case, now)
        return f"{self.part.value.replace('_', ' ')} corrected"

    def _whole(self, case: AssessedCase) -> CorrectRequest:
        """The request as it should have read. Raises Refused, which names fields and repeats no value."""
        read = case.request.model_dump(mode="json")
        if self.part is Part.LINE:
            line = self._line_of(read)
            line |= self.fields | {"sequence": line["sequence"]}
            if self.diagnosis:
                line["diagnoses"] = [*line["diagnoses"], self.diagnosis]
        else:
            read[self.part.value] = (read[self.part.value] or {}) | self.fields
        try:
            request = Request.model_validate(read)
        except ValidationError as error:
            wrong = sorted({str(one["loc"][-1]) if one["loc"] else "request" for one in error.errors()})
            raise Refused(f"{self.part.value}: not of the right form: {', '.join(wrong)}") from None
        return CorrectRequest(actor=self.actor, at=self.at, reason=self.reason, request=request)

    def _line_of(self, read: dict[str, Any]) -> dict[str, Any]:
        lines: list[dict[str, Any]] = read["lines"]
        wanted = [one for one in lines if self.line in {None, one["sequence"]}]
        if len(wanted) != 1:
            raise Refused("line: name one of the request's own (--line N)")
        return wanted[0]
