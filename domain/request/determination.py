"""The answer to one service line, with who decided, why, and on what evidence.

An adverse determination that nobody decided, or that gives no reason, cannot be built: the type refuses it.
"""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, model_validator

from domain.request.criteria import Citation, Finding
from domain.terms.frozen import Frozen
from domain.terms.people import Actor, Words


class ReasonClass(StrEnum):
    """Who may deny depends on the kind of reason."""

    ADMINISTRATIVE = "administrative"
    MEDICAL_NECESSITY = "medical_necessity"
    AVAILABILITY = "availability"  # of a service in the United States: Puerto Rico offers it


class Outcome(StrEnum):
    APPROVED = "approved"
    PARTIAL = "partial"  # fewer units than asked for
    MODIFIED = "modified"  # another service than asked for
    DENIED = "denied"

    @property
    def is_adverse(self) -> bool:
        """Anything less than what was asked for, in whole or in part (42 CFR 422.566(b)(3))."""
        return self is not Outcome.APPROVED


class Reason(Frozen):
    """Why an answer is adverse: a row of the pack, the criterion cited, and the words for the letter."""

    id: str
    reason_class: ReasonClass
    criterion: str | None = None
    cited: Citation | None = None  # the same, as it stood
    words: Words
    approved_words: str | None = None  # the row of the library that the words are, with its version
    source: str

    @model_validator(mode="after")
    def _necessity_cites_a_criterion(self) -> Self:
        if self.reason_class is ReasonClass.MEDICAL_NECESSITY and not self.criterion:
            raise ValueError("a determination on medical necessity cites the criterion that was not met")
        return self


class Determination(Frozen):
    """One line's answer. `findings` is the evidence as it stood; `by` is None when all criteria were met.

    So it is where the law takes our silence for an approval (`silent`): nobody decided that.
    """

    outcome: Outcome
    by: Actor | None
    service: str
    units: int
    because: str
    reason: Reason | None = None
    findings: tuple[Finding, ...] = ()
    silent: bool = False
    decided_at: AwareDatetime
    recorded_at: AwareDatetime

    @model_validator(mode="after")
    def _adverse_needs_a_person_and_a_reason(self) -> Self:
        if self.outcome.is_adverse and (self.by is None or self.reason is None):
            raise ValueError("an adverse determination has a person who decided it and a reason")
        if self.by is None and not (self.findings or self.silent):
            raise ValueError("an approval by criteria carries the findings that it rests on")
        return self


class Measure(StrEnum):
    """In what the units of a service are counted, where they have a name of their own."""

    VISITS = "visits"
    DAYS = "days"


class Ending(StrEnum):
    """By what an authorization ended: none of these is a second look at necessity (42 CFR 422.138(c))."""

    EXPIRED = "expired"
    USED_UP = "used_up"
    COVERAGE_ENDED = "coverage_ended"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    VOIDED = "voided"  # for cause: a clerical error or good cause, never necessity
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")


class Authorization(Frozen):
    """Leave to give the service: through a day, or while the circumstance lasts, unless it ended before."""

    number: str
    service: str
    units: int
    from_day: date
    through: date | None = None
    ends_when: Words | None = None
    measure: Measure | None = None
    review_on: date | None = None  # it is looked at again, and does not end by that
    given_by: str | None = None  # nobody else, where it names somebody
    scope: str | None = None  # for what alone
    ended_as: Ending | None = None
    ended_at: AwareDatetime | None = None
