"""Beside what each test asks: whatever an act changes is in the log, under whoever did it."""

from functools import wraps

import pytest

from tests.every_act import every_act

BY_THE_HOUSE = {
    "Extend",
    "ExtendGrievance",
    "GiveWay",
    "LookAgain",
    "RequestInformation",
    "StateCause",
    "TakeAsSent",
}
"""What these acts set off is recorded, but as done by the house."""


def state_of(case):
    return case.model_dump_json(exclude={"policy"}, warnings=False)


def watched(right):
    @wraps(right)
    def apply(act, case, now):
        had, before = len(case.log.events), state_of(case)
        said = right(act, case, now)
        new = case.log.events[had:]
        if act.actor.id not in {one.by_id for one in new} and type(act).__name__ not in BY_THE_HOUSE:
            assert state_of(case) == before, f"{said}, and it is not in the log"
        return said

    return apply


@pytest.fixture(scope="package", autouse=True)
def _acts_are_in_the_log():
    with pytest.MonkeyPatch.context() as patch:
        for act in every_act():
            if "apply" in vars(act):
                patch.setattr(act, "apply", watched(act.apply))
        yield
