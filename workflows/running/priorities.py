"""Who goes first where work waits in line: Temporal hands out the lowest key first. A step takes its case's.

What somebody waits for goes before every case; among cases an expedited one goes first; behind them comes what
happened by itself, and last what is looked at on a schedule.
"""

from temporalio.common import Priority

from domain.clock.timeframe import Urgency

WAITED_FOR = Priority(priority_key=1)
EXPEDITED = Priority(priority_key=2)
STANDARD = Priority(priority_key=3)
BY_ITSELF = Priority(priority_key=4)
ON_A_SCHEDULE = Priority(priority_key=5)


def of_case(urgency: Urgency) -> Priority:
    """A case keeps the one with which it began."""
    return EXPEDITED if urgency is Urgency.EXPEDITED else STANDARD
