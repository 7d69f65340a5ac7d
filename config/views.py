"""Views: what supervisors look for, each as a query of Temporal's search, and the addresses that open it.

A query holds queues, plans, flags and ids of staff, and no personal data. Days and hours stand in it as they are
when it is asked for: such a view is made at the click, and is not saved in a browser, where it would grow old.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from temporalio.common import SearchAttributeKey

from domain.parts.hold import HoldKind
from domain.parts.queues import QUEUE_ROLES
from domain.parts.stage import Stage
from domain.terms.refusals import Misuse
from workflows.running import attributes

OPEN = 'ExecutionStatus = "Running"'
ENDED_FROM_OUTSIDE = (
    'ExecutionStatus IN ("Terminated", "Failed", "TimedOut", "Canceled") '
    f"AND {attributes.STATUS.name} IS NOT NULL"  # a run that was never admitted is no case
)
STUCK = f"TemporalReportedProblems IS NOT NULL OR ({ENDED_FROM_OUTSIDE})"
WINDOWS = (Stage.APPEAL_WINDOW, Stage.SECOND_LEVEL_WINDOW, Stage.NEXT_LEVEL)

COLUMNS = (
    *("Status", "Workflow ID"),
    *(key.name for key in (attributes.STAGE, attributes.ASSIGNEES, attributes.DUE_AT, attributes.OVERDUE)),
    *(key.name for key in (attributes.URGENCY, attributes.PLAN, attributes.CATEGORY, attributes.STATUS)),
    *(key.name for key in (attributes.FLAGS, attributes.NEXT_AT, attributes.RECEIVED_AT)),
)
"""The columns of the list of cases, in their order, as the Web UI names them."""


@dataclass(frozen=True)
class Asked:
    """What a query depends on: the moment, whose cases, and the zone of each plan's day."""

    now: datetime
    zones: Mapping[str, str] = field(default_factory=dict)
    staff: str = ""
    walls: frozenset[str] | None = None
    """The plans that whoever asks is kept within; None for all."""

    @classmethod
    def by(cls, policy: Path, staff: str = "", walls: frozenset[str] | None = None) -> "Asked":
        """Now, of the plans of this pack that whoever asks works for."""
        theirs = {plan: zone for plan, zone in zones(policy).items() if walls is None or plan in walls}
        return cls(now=datetime.now(UTC), zones=theirs, staff=staff, walls=walls)

    def within(self, query: str) -> str:
        """The query, of their plans alone."""
        return query if self.walls is None else all_of(query, of_plans(sorted(self.walls)))

    def end_of_today(self, plan: str) -> datetime:
        """The last second of the plan's day."""
        zone = ZoneInfo(self.zones[plan])
        today = self.now.astimezone(zone).date()
        return datetime.combine(today, time(23, 59, 59), zone).astimezone(UTC)


@dataclass(frozen=True)
class View:
    """A list of cases that somebody asks for often."""

    id: str
    title: str
    about: str
    query: Callable[[Asked], str]
    is_dated: bool = False
    is_personal: bool = False


def one_of(key: str, values: Iterable[str]) -> str:
    quoted = ", ".join(f'"{value}"' for value in values)
    return f"{key} IN ({quoted})"


def all_of(*conditions: str) -> str:
    return " AND ".join(f"({one})" if " OR " in one else one for one in conditions if one)


def of_plan(plan: str) -> str:
    return f'{attributes.PLAN.name} = "{plan}"'


def of_plans(plans: Iterable[str]) -> str:
    """One of these; of no plan there is no case."""
    return one_of(attributes.PLAN.name, plans or ("-",))


def of_kind(kind: str) -> str:
    return f'{attributes.CATEGORY.name} = "{kind}"'


def in_queue(queue: str) -> str:
    return f'{attributes.QUEUES.name} = "{queue}"'


def unassigned_in(queue: str) -> str:
    return f'{attributes.ASSIGNEES.name} = "{queue}/-"'


def due_by(instant: datetime) -> str:
    """Due by then, and not late already."""
    return f"{attributes.OVERDUE.name} = false AND {until(attributes.DUE_AT, instant)}"


def due_today(asked: Asked, plans: Iterable[str] = ()) -> str:
    """Due by the end of the plan's own day."""
    ends: dict[datetime, list[str]] = {}
    for plan in plans or asked.zones:
        ends.setdefault(asked.end_of_today(plan), []).append(plan)
    each = [all_of(one_of(attributes.PLAN.name, theirs), due_by(end)) for end, theirs in ends.items()]
    return " OR ".join(f"({one})" for one in each) if len(each) > 1 else "".join(each)


LATE = f"{attributes.OVERDUE.name} = true"

VIEWS = (
    View(
        "mine",
        "Mine",
        "what you have taken",
        lambda asked: all_of(
            OPEN, one_of(attributes.ASSIGNEES.name, (f"{queue}/{asked.staff}" for queue in QUEUE_ROLES))
        ),
        is_personal=True,
    ),
    View(
        "unassigned",
        "Unassigned",
        "waits in some queue, and nobody has it",
        lambda _: all_of(OPEN, one_of(attributes.ASSIGNEES.name, (f"{queue}/-" for queue in QUEUE_ROLES))),
    ),
    View(
        "due-today",
        "Due today",
        "due by the end of the plan's day, and not late yet",
        lambda asked: all_of(OPEN, due_today(asked)),
        is_dated=True,
    ),
    View(
        "due-in-24-hours",
        "Due in 24 hours",
        "due within a day from now, and not late yet",
        lambda asked: all_of(OPEN, due_by(asked.now + timedelta(hours=24))),
        is_dated=True,
    ),
    View("overdue", "Overdue", "something of it is late and still to be done", lambda _: all_of(OPEN, LATE)),
    View(
        "expedited",
        "Expedited",
        "decided on the short clock",
        lambda _: all_of(OPEN, f'{attributes.URGENCY.name} = "expedited"'),
    ),
    View(
        "waiting-for-information",
        "Waiting for information",
        "something of the minimum set is missing and was asked for",
        lambda _: all_of(OPEN, f'{attributes.STAGE.name} = "{Stage.AWAITING_INFORMATION.text}"'),
    ),
    View(
        "in-a-window",
        "In a window",
        "answered; other people's time to take it further is running",
        lambda _: all_of(OPEN, one_of(attributes.STAGE.name, (stage.text for stage in WINDOWS))),
    ),
    View(
        "breached",
        "Breached",
        "a deadline of it was missed, even if it is answered by now",
        lambda _: f'{attributes.FLAGS.name} = "breach"',
    ),
    View(
        "on-hold",
        "On hold",
        "nothing leaves the house, and the clock runs",
        lambda _: all_of(OPEN, one_of(attributes.FLAGS.name, (kind.flag for kind in HoldKind))),
    ),
    View(
        "stuck",
        "Stuck",
        "a step of it fails in the code, or somebody ended it in Temporal: no deadline fires",
        lambda _: STUCK,
    ),
)


def view(name: str) -> View:
    """Raises Misuse, with the views that there are."""
    found = next((one for one in VIEWS if one.id == name), None)
    if found is None:
        raise Misuse(f"view: known are {', '.join(one.id for one in VIEWS)}.")
    return found


def list_path(namespace: str, query: str) -> str:
    """Where the Web UI lists the cases of a query, from the root of its address."""
    asked = urlencode({"query": query}, quote_via=quote)
    return f"/namespaces/{quote(namespace, safe='')}/workflows?{asked}"


def case_path(namespace: str, case: str) -> str:
    """Where the Web UI shows a case."""
    return f"/namespaces/{quote(namespace, safe='')}/workflows/{quote(case, safe='')}"


@cache
def zones(policy: Path) -> Mapping[str, str]:
    """The zone of each plan of a pack, by the plan's id. Raises Misuse where they cannot be read."""
    try:
        rows = tomllib.loads((policy / "plans.toml").read_text(encoding="utf-8"))["plan"]
        return {row["id"]: row["zone"] for row in rows}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError):
        raise Misuse(
            "plan: plans.toml of the policy pack cannot be read; see `plazo policy check`."
        ) from None


def until(key: SearchAttributeKey[datetime], instant: datetime) -> str:
    """At this second, or before it. (The embedded server compares instants as text, and finds none equal.)"""
    return f'{key.name} < "{_next_second(instant)}"'


def after(key: SearchAttributeKey[datetime], instant: datetime) -> str:
    """Later than this second."""
    return f'{key.name} >= "{_next_second(instant)}"'


def _next_second(instant: datetime) -> str:
    """As the search reads it. Instants of cases are whole seconds."""
    return (instant + timedelta(seconds=1)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
