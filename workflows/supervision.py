"""Supervision: what is looked at on a schedule. It runs in the house, on real time, and is no case.

1. *Sweep*, each hour: what register and Temporal say differently. 2. *Digest*, each morning: what waits and what is
late, to each supervisor. Both say how it is now, however late they run. 3. *Figures* and 4. *reviews*, each month:
of the month for which they were due, each once, even where several were missed.
"""

from datetime import timedelta
from enum import StrEnum

from temporalio import workflow
from temporalio.common import SearchAttributeKey

from activities.desk.supervision import Occasion, Oversight
from activities.heartbeat import MISSED_AFTER
from workflows.running.casework import now
from workflows.running.steps import WITHOUT_END

SCHEDULED_AT = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")
PATIENCE = timedelta(minutes=30)  # a sweep asks every open case


class Watch(StrEnum):
    """What is looked at."""

    SWEEP = "sweep"
    DIGEST = "digest"
    FIGURES = "figures"
    REVIEWS = "reviews"


STEPS = {
    Watch.SWEEP: Oversight.sweep,
    Watch.DIGEST: Oversight.digest,
    Watch.FIGURES: Oversight.figures,
    Watch.REVIEWS: Oversight.reviews,
}


@workflow.defn(name="Supervision")
class Supervision:
    @workflow.run
    async def run(self, watch: Watch) -> tuple[str, ...]:
        """What was found, or given, in sentences."""
        began = now()
        scheduled_at = workflow.info().typed_search_attributes.get(SCHEDULED_AT) or began
        return await workflow.execute_activity_method(
            STEPS[watch],
            Occasion(scheduled_at=scheduled_at, now=began),
            start_to_close_timeout=PATIENCE,
            heartbeat_timeout=MISSED_AFTER,
            retry_policy=WITHOUT_END,
            summary=f"{watch.value} of {scheduled_at:%Y-%m-%d %H:%M} UTC",
        )
