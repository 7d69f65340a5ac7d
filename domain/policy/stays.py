"""What the pack says of how coverage of a running stay may end: by which notice, and how long before."""

from collections.abc import Collection
from datetime import time
from enum import StrEnum

from domain.clock.span import Span
from domain.clock.timeframe import Regime
from domain.policy.grievances import QualityOrganization
from domain.request.stay import Setting
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused
from domain.terms.sourced import Sourced

IM = "42 CFR 422.620(b); its elements are unverified"


class EndsBy(StrEnum):
    NON_COVERAGE = "non_coverage"  # a notice that is delivered, and a fast appeal to the QIO
    IMPORTANT_MESSAGE = "important_message"  # the hospital's, and its copy before discharge
    DENIAL = "denial"  # the determination on what would have come after


class StayEnd(Sourced):
    """One way in which coverage ends. The notice is there `before` the last covered day, or the discharge.

    A request to the QIO is in time until `review_until` of the day so many days before that end. `first_within` is
    how long after admission the first message is due, `copy_from` how long before discharge the copy may be given
    at the earliest; benefits continue where that is asked for so long after sending, or before the end.
    """

    id: str
    regime: Regime
    settings: tuple[Setting, ...] = ()  # empty: every setting
    by: EndsBy
    before: Span
    review_days_before: int = 0
    review_until: time | None = None
    first_within: Span | None = None
    copy_from: Span | None = None
    benefits_continue: Span | None = None


class ShorterNotice(Sourced):
    """A ground on which the notice of a reduction may be there later than its row says: `before` counts instead."""

    id: str
    regime: Regime
    title: str
    before: Span


class MessageElement(Sourced):
    """Something that a hospital's Important Message has to say; without it, it is none."""

    id: str
    title: str


class StayReview(Sourced):
    """When what runs is looked at again: so long `before` its last approved day, as that day begins."""

    id: str
    before: Span


class StayPolicy(Frozen):
    """What a concurrent review takes from the pack, by value."""

    end: tuple[StayEnd, ...] = ()
    shorter: tuple[ShorterNotice, ...] = ()
    message: tuple[MessageElement, ...] = ()
    review: StayReview
    quality_organization: QualityOrganization | None = None

    def end_of(self, setting: Setting, *, apart: bool = False) -> StayEnd | None:
        """How coverage of a stay in this setting ends, where the pack knows a way.

        `apart`: a benefit that is used up, or one service while others go on: denied, where the pack has that way.
        """
        fitting = [row for row in self.end if not row.settings or setting in row.settings]
        return min(fitting, key=lambda row: apart and row.by is not EndsBy.DENIAL, default=None)

    def shortened(self, row: StayEnd, ground: str) -> StayEnd:
        """The way to end it, with its notice as late as this ground allows; `Refused` where its law has no such."""
        known = {one.id: one for one in self.shorter if one.regime is row.regime}
        if ground not in known:
            raise Refused(
                f"ground: the pack knows {', '.join(known) or 'none'} in {row.regime.value}", row.source
            )
        return row.model_copy(update={"before": known[ground].before, "source": known[ground].source})

    def refuse_a_message_without(self, lacks: Collection[str]) -> None:
        """Raise `Refused` for a message that lacks what it has to say, and for what no row names."""
        titles = {row.id: row.title for row in self.message}
        for one in lacks:
            if one not in titles:
                raise Refused(f"lacks: the pack knows {', '.join(titles) or 'none'}", IM)
        if lacks:
            said = "; ".join(titles[one] for one in lacks)
            raise Refused(
                f"lacks: without it this is no Important Message, so have it given again ({said})", IM
            )
