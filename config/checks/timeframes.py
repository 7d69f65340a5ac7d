"""What must hold between the timeframes of a pack: every request has a decision clock, and one for each regime.

And whichever rows name kinds of case name those that there are.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations, product

from config.checks.faults import Fault, values_in
from domain.clock.duty import Duty
from domain.clock.span import Unit
from domain.clock.timeframe import APART, CountsFrom, LegalEffect, Regime, Services, Timeframe, Urgency
from domain.policy.pack import Pack, kinds_of
from domain.review.precertification import Precertification
from domain.terms.kind import KINDS


def timeframes_make_sense(pack: Pack) -> Iterator[Fault]:
    for row in pack.timeframe:
        for field, rule in _senseless(row):
            yield Fault("timeframe", row.id, field, rule)


def _senseless(row: Timeframe) -> Iterator[tuple[str, str]]:
    if row.in_force_through is not None and row.in_force_through < row.in_force_from:
        yield "in_force_through", "a row cannot end before it begins"
    for field, value in values_in(row):
        that_day = value == 0 and row.times is Duty.DETAILED_EXPLANATION  # due on the day itself
        if field.split(".")[-1] == "length" and isinstance(value, int) and value < 1 and not that_day:
            yield field, "a span is at least 1 long"
    if row.times.is_window != (row.expiry.effect is LegalEffect.WINDOW_ENDS):
        yield "expiry.effect", "window_ends is the effect of windows, and of nothing else"
    if (row.counts_from is CountsFrom.NOTICE_RECEIPT) != (row.presumed_receipt is not None):
        yield "presumed_receipt", "needed where the span counts from notice_receipt, and nowhere else"
    yield from _senseless_reminders(row)
    yield from _senseless_flags(row)
    if row.services is not Services.ANY and not row.times.depends_on_service:
        yield "services", "only a decision, and what follows an appeal, depends on the kind of service"
    if row.expiry.notice_before_end and row.expiry.effect is not LegalEffect.DENIAL_NOTICE_OWED:
        yield "expiry.notice_before_end", "only denial_notice_owed sends a notice before the end"
    if row.pause and row.extension and row.pause.ground not in row.extension.grounds:
        yield "pause.ground", "this is no ground of the extension"


def _senseless_flags(row: Timeframe) -> Iterator[tuple[str, str]]:
    if (row.expiry.effect is LegalEffect.APPROVED_BY_SILENCE) != (row.expiry.until is not None):
        yield "expiry.until", "what silence approves names what ends it, and nothing else does"
    if not row.earlier_receipt_counts and row.presumed_receipt is None:
        yield "earlier_receipt_counts", "only what is presumed to arrive can be shown to have come earlier"
    if row.concurrent and row.times is not Duty.DECISION:
        yield "concurrent", "only a decision is about what goes on"


def _senseless_reminders(row: Timeframe) -> Iterator[tuple[str, str]]:
    if row.reminders and not row.times.is_window:
        yield "reminders", "only a window has reminders; a duty has the ladder"
    if any(span.unit is Unit.BUSINESS_DAYS for span in row.reminders):
        yield "reminders", "a reminder lies hours or calendar days before the end"


def no_two_rows_time_the_same_duty(pack: Pack) -> Iterator[Fault]:
    for one, other in combinations(pack.timeframe, 2):
        narrower = one.goes_before(other) or other.goes_before(one)
        if (
            (one.regime, one.times) == (other.regime, other.times)
            and not narrower
            and _both_match(one, other)
        ):
            yield Fault("timeframe", other.id, "in_force_from", f"it times the same requests as {one.id}")


def _both_match(one: Timeframe, other: Timeframe) -> bool:
    """Is there a request for which a case would take both rows?"""
    same_days = (
        max(one.in_force_from, other.in_force_from)
        <= min(one.in_force_through or date.max, other.in_force_through or date.max)
    )  # fmt: skip
    same_urgency = one.urgency == other.urgency or None in {one.urgency, other.urgency}
    same_services = one.services.takes(other.services) or other.services.takes(one.services)
    same_plans = not (one.plans and other.plans) or bool(set(one.plans) & set(other.plans))
    same_kinds = bool(set(kinds_of(one)) & set(kinds_of(other)))
    return same_days and same_urgency and same_services and same_plans and same_kinds


def rows_name_known_kinds(pack: Pack) -> Iterator[Fault]:
    """A kind of case that is written wrong would be timed, told and asked by nothing."""
    named = chain(
        (("timeframe", row.id, "kinds", row.kinds) for row in pack.timeframe),
        (("notice", row.id, "owed_by", row.owed_by) for row in pack.notice),
        (("requirement", row.id, "asked_of", row.asked_of) for row in pack.requirement),
    )
    for table, row, field, kinds in named:
        if not set(kinds) <= set(KINDS):
            yield Fault(table, row, field, f"a kind of case is one of {', '.join(KINDS)}")


def every_request_has_a_decision_clock(pack: Pack) -> Iterator[Fault]:
    """From the first day of a plan on, whatever the urgency and the kind of service."""
    for regime in Regime:
        begins = [plan.in_force_from for plan in pack.plan if regime in plan.regimes]
        decisions = [row for row in pack.timeframe if row.times is Duty.DECISION and row.regime is regime]
        rows = [row for row in decisions if Precertification.kind in kinds_of(row)]
        if begins:
            yield from _gaps(regime, min(begins), rows)


def _gaps(regime: Regime, first: date, rows: list[Timeframe]) -> Iterator[Fault]:
    day_after = [row.in_force_through + timedelta(days=1) for row in rows if row.in_force_through]
    days = sorted({first, *(day for day in day_after if day > first)})
    kinds = [kind for kind in Services if kind not in {Services.ANY, *APART}]
    for urgency, kind, day in product(Urgency, kinds, days):
        if not any(
            row.is_in_force(day) and row.urgency in {None, urgency} and row.services.takes(kind)
            for row in rows
        ):
            rule = f"no decision row for {urgency.value}, {kind.value} requests received on {day}"
            yield Fault("timeframe", f"regime {regime.value}", "in_force_from", rule)
            return
