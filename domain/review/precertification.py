"""Precertification: may this service be given? The policy, in the order in which a department asks it.

1. Received: complete or not, the clock runs from receipt (42 CFR 422.568(b); 29 CFR 2560.503-1(f)).
2. Screened: what the pack lists as never needing precertification, and was only asked about, is told so (NA).
3. Covered on the date of service? If not, that is for a person to decide, with the full notice.
4. Complete? What is missing is asked for, item by item; whether the clock pauses, its row says.
5. Criteria, line by line: software may approve where the pack allows it, and never denies, reduces or delays.
6. A nurse approves, asks, or refers. 7. A physician decides what is adverse. 8. Everybody is told.
9. An approved case closes when its calls are made or their time is over; an adverse one with its appeal window.
"""

from typing import ClassVar

from domain.review.assessed import AssessedCase


class Precertification(AssessedCase):
    """A request for a service that the plan wants to be asked about first."""

    kind: ClassVar[str] = "precertification"
