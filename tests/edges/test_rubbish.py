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

look_no_more_at_what_stays()
stayed = gc.get_freeze_count()
at_hand = [Circle() for _ in range(stayed // 2)]
gc.collect()
print(circles(), aside() >= len(at_hand))  # looked at, and put aside
at_hand = [Circle() for _ in range(stayed)]  # the first half is rubbish now, and nobody looks
gc.collect()
gc.collect()
gc.unfreeze()
print(circles() == len(at_hand))
"""


def test_what_stays_is_put_aside_until_it_has_doubled():
    told = subprocess.run([sys.executable, "-c", WORKER], check=True, capture_output=True, text=True)

    assert told.stdout.splitlines() == ["0 True", "True"]
