"""The rows of the pack that every kind of review lives by: plans, services, what is asked for, reasons, the ladder.

Each is dated and sourced; rows of one subject alone stand with it (`clock/timeframe.py`,
`request/criteria.py`, `pricing.py`).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol, Self, TypeVar

from pydantic import Field, model_validator

from domain.clock.span import months_later
from domain.clock.timeframe import Regime
from domain.policy.lists import Keyed, Sought, narrowest
from domain.request.determination import Measure, ReasonClass
from domain.request.request import Unasked
from domain.terms.calendar import Calendar, OpenHours
from domain.terms.frozen import Frozen
from domain.terms.people import Actor, Role, Words
from domain.terms.refusals import Refused
from domain.terms.sourced import Sourced


class Closure(Frozen):
    """A day on which a plan is closed beyond the public holidays."""

    day: date
    name: str


class Plan(Sourced):
    """A line of business: who runs it, under which regimes, in which zone, and when people are there."""

    id: str
    name: str
    organisation: str
    line_of_business: str
    regimes: tuple[Regime, ...]
    zone: str
    holidays: str  # a subdivision for the holidays library, for example "PR"; empty for federal holidays only
    opening: tuple[OpenHours, ...]
    closures: tuple[Closure, ...] = ()
    open_on: tuple[date, ...] = ()  # days that the public lists have as holidays and the plan has not
    address: str
    telephone: str
    fax: str
    tty: str = "711"  # the relay service, where the plan has no line of its own
    state: str = ""
    eligibility_telephone: str | None = None  # where a provider in the United States verifies eligibility
    external_review: Words | None = None  # what an external review costs
    time_to_sue: Words | None = None  # of a group plan under ERISA: its own limit for a civil action
    contract: str | None = None  # with CMS, for example "H1234"


class ServiceRule(Keyed):
    """One kind of service on a plan's list of services that need precertification.

    An approval is valid for `valid_days` from its first day, or until the circumstance `ends_when`. A `form` names
    the items of the minimum set that are asked for; without one it is the whole set.
    """

    id: str
    title: Words
    measure: Measure | None = None
    form: tuple[str, ...] = ()
    part_b_drug: bool = False
    imaging: bool = False
    valid_days: int | None = None
    ends_when: Words | None = None

    @model_validator(mode="after")
    def _period_or_circumstance(self) -> Self:
        if (self.valid_days is None) == (self.ends_when is None):
            raise ValueError("an approval ends by valid_days or by ends_when, one of the two")
        return self

    def valid_through(self, first: date) -> date | None:
        """The last day of an approval that begins on `first`; None where a circumstance ends it."""
        return first + timedelta(days=self.valid_days) if self.valid_days is not None else None


class NeverRequired(Keyed):
    """What never needs precertification: named codes, an emergency, a provider in that role."""

    id: str
    title: Words
    emergency: bool = False


def exempt(
    sought: Sought, listed: Iterable[ServiceRule], never: Iterable[NeverRequired]
) -> NeverRequired | None:
    """The row by which a service needs no leave, unless one of the list names as much of it."""
    needs = narrowest(listed, sought)
    free = narrowest((row for row in never if not row.emergency), sought)
    return free if free and (needs is None or free.keys > needs.keys) else None


class Requirement(Sourced):
    """One item of the minimum that a request must hold; `applies_to` narrows it to imaging or to calls."""

    id: str
    asked_of: tuple[str, ...] = (
        "precertification",
        "referral",
        "retrospective",
        "concurrent",
        "standing",
    )  # kinds of case
    title: Words
    applies_to: str = "any"

    def is_asked_for(self, rule: ServiceRule | None) -> bool:
        """Is it, of a request for a service of this row of the list?"""
        is_image = bool(rule and rule.imaging)
        on_the_form = rule is None or not rule.form or self.id in rule.form
        return on_the_form and (is_image or self.applies_to != "imaging")


class DocumentKind(Sourced):
    """A kind of paper that can show a fact, named in both languages for the letter that asks for it."""

    id: str
    title: Words


class NecessityUnder(Frozen):
    """Up to which age these regimes want each necessity looked at, whatever the plan covers."""

    regimes: tuple[Regime, ...]
    age: int
    source: str


class AdverseReason(Sourced):
    """One reason that an adverse determination may give: the administrative ones are a closed list."""

    id: str
    reason_class: ReasonClass
    words: Words
    unasked: Unasked | None = None  # only for what was given, and nobody asked for this reason
    necessity_under: NecessityUnder | None = None

    def refuse_for_age(self, plan: Plan, born: date | None, on: date) -> None:
        """Refuse where the member is too young for what answers for everybody."""
        row = self.necessity_under
        if row and born and {*row.regimes} & {*plan.regimes} and months_later(born, row.age * 12) > on:
            raise Refused(
                f"reason: {self.id} answers nobody under {row.age}; necessity is decided for each", row.source
            )


class LibraryReason(Sourced):
    """Words that the plan approved for one reason and some services, about one clause or about any."""

    id: str
    reason: str  # the adverse reason that they word
    services: tuple[str, ...]
    criterion: str | None = None
    words: Words
    version: int
    approved: date

    @property
    def label(self) -> str:
        """Which words these were, once they are said: the row and its version."""
        return f"{self.id} version {self.version}"


class CriteriaStatement(Sourced):
    """A paragraph that goes with every copy of the criteria."""

    id: str
    words: Words


class Bar(Frozen):
    """What is not reopened on a ground: what these regimes approved at these places of service, from a day on."""

    regimes: tuple[Regime, ...]
    places: tuple[str, ...]
    decided_from: date
    source: str


class ReopeningGround(Sourced):
    """On what an answer may be reopened against the member: a clerical error, or a good cause."""

    id: str
    words: Words
    bar: Bar | None = None

    def refuse_if_barred(self, plan: Plan, place: str, decided: date) -> None:
        """Refuse where the law holds what was approved there against this ground."""
        bar = self.bar
        if bar and {*bar.regimes} & {*plan.regimes} and place in bar.places and decided >= bar.decided_from:
            raise Refused(
                f"ground: an inpatient admission that was approved is not reopened on {self.words.en}",
                bar.source,
            )


class Choices(Sourced):
    """A plan's own choices, as numbers: none of them is law."""

    backdating_needs_reason_after_hours: int
    unlisted_valid_days: int  # how long an approval of a service that is on no list is good for
    largest_document_megabytes: int = Field(default=50, gt=0)  # of one paper that comes in
    review_after_months: int = Field(default=12, gt=0)  # criteria and our own rows are looked at again
    given_already_after_days: int = Field(default=45, ge=0)  # a day asked for that lies so far back was given
    put_back_rests_minutes: int = Field(default=60, ge=0)  # before `next` hands it to the same person again
    work_goes_back_at: time | None = None  # what somebody has then, who went home, waits for everybody again


class Callback(Sourced):
    """By when a call back is made that somebody was promised.

    `business_days` after a promise that was given while somebody is there; a promise given out of hours is kept on
    the business day that begins next. The limit is when that day's hours begin, or when they end.
    """

    id: str
    business_days: int
    by: Literal["opening", "closing"]

    def due_at(self, promised: datetime, calendar: Calendar) -> datetime:
        """The last instant at which the promise is kept."""
        day = calendar.day_of(promised)
        if calendar.is_open(promised):
            day = calendar.business_days_after(day, self.business_days)
        elif not calendar.is_business_day(day) or calendar.hours_of(day)[1] <= promised:
            day = calendar.business_days_after(day, 1)
        opens, closes = calendar.hours_of(day)
        return opens if self.by == "opening" else closes


class Attestation(Sourced):
    """What those of the staff with one of these roles attest to, in their own name, every so many `months`.

    `statement` is a paragraph of the statement on criteria; it is asked for `asked_days` ahead.
    """

    id: str
    statement: str
    roles: tuple[Role, ...]
    months: int
    asked_days: int


EVERY_PLAN = "*"


class Staff(Actor):
    """A row of the pack's staff file: who acts, where they are written to, and which cases they touch."""

    email: str | None = None
    plans: frozenset[str] = frozenset({EVERY_PLAN})
    """Ids of plans; plans are walls."""
    barred: frozenset[str] = frozenset()
    """Members, by the keyed hash that Temporal shows as CaseMember: the person's own cases, and their family's."""


class Planned(Protocol):
    """A row that may name the plans that it is for."""

    @property
    def plans(self) -> Collection[str]: ...


P = TypeVar("P", bound=Planned)


def of_plan(rows: Iterable[P], plan: str) -> tuple[P, ...]:
    """The rows of a plan: those that name it, and those that name none."""
    return tuple(row for row in rows if not row.plans or plan in row.plans)
