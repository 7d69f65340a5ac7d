"""The plan of care: goals per problem, each with its tasks, their owners and days."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.request.request import Text, are_different, refuse_all
from domain.terms.frozen import Frozen
from domain.terms.people import Language, Words


class GoalEnd(StrEnum):
    """How a goal ended."""

    MET = "met"
    DROPPED = "dropped"


class Task(Frozen):
    """One thing that somebody does by a day."""

    what: Words
    owner: Text
    by: date
    done: bool = False


class Goal(Frozen):
    """What is to be reached about a problem, by a day.

    `request` is the number of the request that asks for a service that it needs: what is decided is decided there.
    """

    id: Text
    problem: Words
    goal: Words
    owner: Text
    by: date
    tasks: tuple[Task, ...] = ()
    request: Text | None = None
    ended: GoalEnd | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days by which something of it has still to be done."""
        return () if self.ended else (self.by, *(task.by for task in self.tasks if not task.done))

    def is_worded_in(self, language: Language) -> bool:
        words = (self.problem, self.goal, *(task.what for task in self.tasks))
        return language is Language.ENGLISH or all(one.es for one in words)


class Goals(Frozen):
    """Goals that were agreed together; one that is there by its id is replaced."""

    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=99)]

    @model_validator(mode="after")
    def _different(self) -> Self:
        once = are_different(goal.id for goal in self.goals)
        refuse_all(None if once else "goals: each goal has an id of its own")
        return self
