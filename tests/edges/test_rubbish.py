"""What stays in a worker is looked through once, and rubbish among it goes all the same."""

import subprocess
import sys

WORKER = """
import gc
from worker.running.rubbish import look_no_more_at_what_stays

class Circle:
    def __init__(self):
        self.itself = self

def circles():
    return sum(isinstance(one, Circle) for one in gc.get_objects())

def aside():
    return gc.get_freeze_count() - stayed

look_no_more_at_what_stays(cases_at_hand=100)
stayed = gc.get_freeze_count()
at_hand = [Circle() for _ in range(60_000)]
gc.collect()
print(circles(), aside() >= len(at_hand))  # looked at, and put aside
at_hand = [Circle() for _ in range(60_000)]  # the others are rubbish now, and nobody looks
gc.collect()
print(aside() >= 2 * len(at_hand))
gc.collect()  # so much is more than a hundred cases hold
gc.unfreeze()
print(circles() == len(at_hand))
"""


def test_what_stays_is_put_aside_until_it_is_more_than_cases_hold():
    told = subprocess.run([sys.executable, "-c", WORKER], check=True, capture_output=True, text=True)

    assert told.stdout.splitlines() == ["0 True", "True", "True"]
