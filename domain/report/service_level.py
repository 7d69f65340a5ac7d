"""Service-level data of determinations and reconsiderations (CMS-10905): a row for each line, in four sections.

The names of the first seven elements were seen in the crosswalk of the form (OMB 0938-New, 30-day package). The
rest of that list was cut: it stands here in our words, unverified.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.clock.timeframe import Services, Urgency
from domain.report.layout import NONE, Column, day, yes
from domain.report.service_case import ServiceCase
from domain.request.criteria import Basis, Rank
from domain.request.determination import Determination
from domain.request.line import Line
from domain.terms.sourced import Trust


class Section(StrEnum):
    DETERMINATIONS = "determinations"
    PAYMENT_DETERMINATIONS = "payment-determinations"
    RECONSIDERATIONS = "reconsiderations"
    PAYMENT_RECONSIDERATIONS = "payment-reconsiderations"

    @property
    def is_of_appeals(self) -> bool:
        return self in {Section.RECONSIDERATIONS, Section.PAYMENT_RECONSIDERATIONS}

    @property
    def is_of_payment(self) -> bool:
        return self in {Section.PAYMENT_DETERMINATIONS, Section.PAYMENT_RECONSIDERATIONS}


def quarter(year: int, number: int) -> tuple[date, date]:
    """The first and the last day of a quarter of a calendar year."""
    first, after = 3 * number - 2, 3 * number + 1
    return date(year, first, 1), date(year + after // 13, (after - 1) % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class ServiceRow:
    """One answered line."""

    of: ServiceCase
    line: Line
    answer: Determination

    @property
    def internal_criteria(self) -> bool:
        """Was an internal policy among what was looked at, or cited?"""
        cited = self.answer.reason.cited if self.answer.reason else None
        looked_at = any(one.basis is Basis.INTERNAL_POLICY for one in self.answer.findings)
        return looked_at or (cited is not None and cited.rank is Rank.INTERNAL)


def rows_of(cases: Iterable[ServiceCase], section: Section) -> Iterator[ServiceRow]:
    """The answered lines of a section: of what stands, under Medicare Advantage."""
    for case in cases:
        if case.counts and (case.appeal is not None) is section.is_of_appeals:
            for line in case.lines:
                is_payment = line.kind is Services.POST_SERVICE
                if line.determination and is_payment is section.is_of_payment:
                    yield ServiceRow(case, line, line.determination)


Of = Column[ServiceRow]
SEEN = Trust.SOURCED


def _contracted(row: ServiceRow) -> str:
    contracted = row.of.request.requesting_provider.contracted
    return {True: "contracted", False: "non-contracted", None: ""}[contracted]


def _original(row: ServiceRow) -> str:
    return row.of.original.case if row.of.original else NONE


COLUMNS: tuple[Of, ...] = (
    Of("Organization Determination Number", 40, lambda row: f"{row.of.number}-{row.line.sequence}", SEEN),
    Of("Contract Number", 5, lambda row: row.of.policy.plan.contract or "", SEEN),
    Of("Plan Benefit Package (PBP)", 3, lambda row: row.of.request.member.benefit_package or "", SEEN),
    Of("Enrollee MBI", 11, lambda row: row.of.request.member.mbi or "", SEEN),
    Of("Requesting Party", 3, lambda row: row.of.asked_by, SEEN),
    Of("Provider NPI", 10, lambda row: row.of.request.requesting_provider.npi, SEEN),
    Of("Item/Service/Part B Drug Code", 5, lambda row: row.line.asked.service, SEEN),
    Of("Provider Status", 14, _contracted),
    Of("Diagnosis Codes", 200, lambda row: " ".join(row.line.asked.diagnoses)),
    Of("Place of Service", 2, lambda row: row.line.asked.place_of_service),
    Of("Date of Service", 10, lambda row: f"{row.line.asked.from_day:%Y/%m/%d}"),
    Of("Part B Drug?", 1, lambda row: yes(row.line.kind is Services.PART_B_DRUG)),
    Of("Expedited Requested?", 1, lambda row: yes(row.of.was_asked_expedited)),
    Of("Processed as Expedited?", 1, lambda row: yes(row.of.urgency is Urgency.EXPEDITED)),
    Of("Concurrent?", 1, lambda row: yes(row.of.request.extends)),
    Of("Was Prior Authorization Required?", 1, lambda row: yes(row.line.kind is Services.LISTED)),
    Of("Date Request Received", 10, lambda row: day(row.of.policy.calendar, row.of.received_at)),
    Of("Date of Decision", 10, lambda row: day(row.of.policy.calendar, row.answer.decided_at)),
    Of("Decision", 8, lambda row: row.answer.outcome.value),
    Of("Decision Rationale", 2000, lambda row: row.answer.because),
    Of("Were Internal Plan Criteria Applied?", 1, lambda row: yes(row.internal_criteria)),
    Of(
        "Authorization Number",
        40,
        lambda row: row.line.authorization.number if row.line.authorization else NONE,
    ),
    Of("Number of What Was Appealed", 40, _original),
)
