"""What stands behind each number of the board: the same cases as a list of Temporal's search."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from config import views
from config.views import Asked, after, all_of, until
from domain.terms.refusals import Misuse
from domain.view.board import HOURS, ages
from workflows.running import attributes

MOST = 200  # cases that are named one by one in an address

WHAT: dict[str, Callable[[Asked, str, str], str]] = {
    "open": lambda _asked, _plan, _queue: "",
    "unassigned": lambda _asked, _plan, queue: views.unassigned_in(queue),
    "today": lambda asked, plan, _queue: views.due_today(asked, [plan]),
    "day": lambda asked, _plan, _queue: views.due_by(asked.now + timedelta(hours=24)),
    "overdue": lambda _asked, _plan, _queue: views.LATE,
}
"""The columns of the board, in their order."""


def in_queue(asked: Asked, plan: str, queue: str, what: str) -> str:
    """Open cases of a plan with work in a queue. Raises Misuse for a plan or a column that there is not."""
    if plan not in asked.zones or what not in WHAT:
        raise Misuse("board: there is no such plan, or no such column.")
    return all_of(views.OPEN, views.of_plan(plan), views.in_queue(queue), WHAT[what](asked, plan, queue))


def of_age(asked: Asked, step: int) -> str:
    """Open cases with a duty of ours, by their age. Raises Misuse for a step that there is not."""
    limits = ages(asked.now)
    if not 0 <= step < len(limits):
        raise Misuse("board: there is no such age.")
    since, last = limits[step]
    return all_of(
        views.OPEN,
        f"{attributes.DUE_AT.name} IS NOT NULL",
        after(attributes.RECEIVED_AT, since) if since else "",
        until(attributes.RECEIVED_AT, last) if last else "",
    )


def of_hour(asked: Asked, hour: int) -> str:
    """Cases due in one hour of those to come. Raises Misuse for one that the board does not show."""
    if not 0 <= hour < HOURS:
        raise Misuse("board: there is no such hour.")
    begins = asked.now + timedelta(hours=hour)
    ends = begins + timedelta(hours=1)
    return all_of(views.OPEN, after(attributes.DUE_AT, begins), until(attributes.DUE_AT, ends))


def named(cases: Iterable[str]) -> str:
    """These very cases."""
    return views.one_of("WorkflowId", list(cases)[:MOST])
