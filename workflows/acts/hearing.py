"""Hearing an act: the update that takes it into a case, refused by the act's own rule before it enters the history.

The rules stand with the acts, in the rooms of `domain`; what a case does with one stands in `casework.py`.
"""

from collections.abc import Callable
from typing import Any

from temporalio import workflow

from domain.case.acts import Act, Said
from workflows.running.casework import Casework

Handler = Callable[..., Any]
Update = workflow.UpdateMethodMultiParam[..., Said]


def hears(name: str, act: type[Act[Any]], words: str, *, early: bool = False) -> Update:
    """The update of that name, which hears acts of that kind; an `early` one waits until the case is admitted."""

    def hear(self: Casework[Any], act: Act[Any]) -> Said:
        return self.hear(act)

    async def hear_once_admitted(self: Casework[Any], act: Act[Any]) -> Said:
        await workflow.wait_condition(lambda: self.case is not None)
        return self.hear(act)

    handler: Handler = hear_once_admitted if early else hear
    handler.__name__ = handler.__qualname__ = name
    handler.__annotations__ = {"act": act, "return": Said}  # by which Temporal reads what is said
    return update(words, early=early)(handler)


def update(words: str, *, early: bool = False) -> Callable[[Handler], Update]:
    """The update of a handler that does more than hear."""

    def checked(handler: Handler) -> Update:
        def refuse_unless_allowed(self: Casework[Any], act: Act[Any]) -> None:
            if self.case or not early:
                self.refuse_unless_allowed(act)

        refuse_unless_allowed.__annotations__ = {"act": handler.__annotations__["act"]}
        made: Update = workflow.update(description=words)(handler)
        made.validator(refuse_unless_allowed)
        return made

    return checked
