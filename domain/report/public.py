"""The public report of prior authorization: its figures, its list of services, and how it was counted."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from pydantic import AwareDatetime

from domain.policy.reports import CountingRule, Level, PublicReport
from domain.policy.rows import Plan, ServiceRule
from domain.report.prior_auth import Figures, Row, figures_of
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused


class Listed(Frozen):
    """One kind of service for which prior authorization is needed."""

    title: str
    codes: tuple[str, ...]


class Section(Frozen):
    """What is published of one contract, or of one plan."""

    name: str
    level: Level
    organisation: str
    plans: tuple[str, ...]
    source: str
    figures: Figures
    listed: tuple[Listed, ...]


class Published(Frozen):
    """The whole report of a year."""

    year: int
    sections: tuple[Section, ...]
    counted: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Prior authorization in {self.year}"


class Span(Frozen):
    """The days of a plan that a report is about: from the first instant, up to and without the last."""

    plan: str
    begins_at: AwareDatetime
    ends_before: AwareDatetime


def span_of(plan: Plan, calendar: Calendar, first: date, after: date) -> Span:
    """From the midnight that begins a day up to the midnight that begins another, in the plan's own zone."""
    return Span(plan=plan.id, begins_at=calendar.at(first, time()), ends_before=calendar.at(after, time()))


def reporting(plans: Iterable[Plan], rows: Sequence[PublicReport], asked: str | None) -> list[Plan]:
    """The plans that publish these figures; one that is asked for and does not is refused."""
    regimes = {row.regime for row in rows}
    found = [plan for plan in plans if asked in {None, plan.id}]
    publish = [plan for plan in found if regimes & set(plan.regimes)]
    if asked and not publish:
        sources = "; ".join(row.source for row in rows)
        raise Refused(f"plan: {asked} does not publish these figures", sources)
    return publish


def published(
    year: int,
    plans: Sequence[Plan],
    rows: Sequence[Row],
    *,
    reports: Sequence[PublicReport],
    services: Sequence[ServiceRule],
    rules: Sequence[CountingRule],
) -> Published:
    """One section for each contract, or for each plan where the regime wants it so or no contract is known."""
    together: dict[str, list[Plan]] = {}
    for plan in plans:
        by_contract = plan.contract if _report_of(plan, reports).level is Level.CONTRACT else None
        together.setdefault(by_contract or plan.id, []).append(plan)
    return Published(
        year=year,
        sections=tuple(_section(name, those, rows, reports, services) for name, those in together.items()),
        counted=tuple(f"{rule.words.en} ({rule.standing.value}: {rule.source})" for rule in rules),
    )


def _section(
    name: str,
    plans: Sequence[Plan],
    rows: Sequence[Row],
    reports: Sequence[PublicReport],
    services: Sequence[ServiceRule],
) -> Section:
    ids, regimes = {plan.id for plan in plans}, {regime for plan in plans for regime in plan.regimes}
    report = _report_of(plans[0], reports)
    return Section(
        name=name,
        level=report.level if plans[0].contract else Level.PLAN,
        organisation=plans[0].organisation,
        plans=tuple(plan.name for plan in plans),
        source=report.source,
        figures=figures_of([row for row in rows if row.plan in ids]),
        listed=tuple(
            Listed(title=rule.title.en, codes=rule.codes)
            for rule in services
            if regimes & set(rule.regimes) and not rule.part_b_drug
        ),
    )


def _report_of(plan: Plan, reports: Sequence[PublicReport]) -> PublicReport:
    return next(row for row in reports if row.regime in plan.regimes)
