"""The register's tables: what happened, kept. No rules live here, and domain models are not tables.

What a register is searched and sorted by is plain. Everything clinical or personal is in a column `sealed`: JSON
that the key ring encrypted for that very row, so that it opens nowhere else. Members, fingerprints and references
are keyed hashes. Words of a closed list are plain strings, so that a database never has to learn a new one.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Index, LargeBinary, MetaData, String, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware datetime in UTC on every engine; SQLite alone would drop the zone and give naive ones back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant has a zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal as text on every engine; SQLite alone would make it a float."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # before every run


CAME_OUT = text("parent IS NOT NULL")


class Record(SQLModel):
    """The register's own metadata: constraints have names, because a nameless one cannot be migrated on SQLite."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


class CaseRow(Record, table=True):
    """A case: who it is, from the claim, and its newest standing, from the pages.

    Until the first page is written there is no standing: `last_sequence` is 0 and the sheet is missing.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "plan", "reference_hash"),
        Index(None, "plan", "fingerprint_hash"),
        Index(None, "stage", "due_at", "received_at"),
        Index(None, "plan", "decided_at"),
        Index(None, "plan", "owed_by"),
        Index(None, "plan", "received_at"),
        # Only the cases that came out of others, so that appeals are found without a look at all the rest.
        Index(None, "parent", sqlite_where=CAME_OUT, postgresql_where=CAME_OUT),
    )

    number: str = Field(primary_key=True)
    kind: str
    plan: str
    category: str | None = None
    member_hash: str = Field(index=True)
    fingerprint_hash: str | None = None
    reference_hash: str | None = None
    received_at: datetime = Field(sa_type=Instant)
    stage: str | None = None
    status_code: str | None = None
    urgency: str | None = None
    outcome: str | None = None
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    overdue: bool = False
    flags: list[str] = Field(default=[], sa_type=JSON)
    is_counted: bool = Field(default=False, index=True)  # does what follows say as what it counts in reports?
    parent: str | None = None
    answer: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    extended: bool = False
    at_once: bool = False
    left_out: str | None = None
    owed_by: datetime | None = Field(default=None, sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    late: bool = False
    last_sequence: int = 0  # of the newest event that the standing knows
    first_run: str = ""  # the run that the case began with
    run_started_at: datetime = Field(default=BEGINNING, sa_type=Instant)  # of the run that wrote the standing
    history_length: int = 0  # of that run, when it was asked
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)  # the sheet
    state: bytes | None = Field(default=None, sa_type=LargeBinary)  # the whole case, packed and sealed


class ClaimedLineRow(Record, table=True):
    """A service that a case asks for, from its claim, and the days that leave would cover, both inclusive."""

    __tablename__ = "claimed_lines"

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    line: int = Field(primary_key=True)
    service_code: str = Field(index=True)
    from_day: date
    through: date | None = None


class ReceiptRow(Record, table=True):
    """What was received again for a case, under the number that it would else have had."""

    __tablename__ = "receipts"

    number: str = Field(primary_key=True)
    case_number: str = Field(foreign_key="cases.number", index=True)


class SearchKeyRow(Record, table=True):
    """Something by which a case is found: a keyed hash of what it is, of which its kind alone can be read."""

    __tablename__ = "search_keys"

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    hash: str = Field(primary_key=True, index=True)
    kind: str


class UnmatchedRow(Record, table=True):
    """Something that came in and belonged to no case when it was kept; whatever it says is sealed."""

    __tablename__ = "unmatched"

    id: str = Field(primary_key=True)
    received_at: datetime = Field(sa_type=Instant)
    case_number: str | None = Field(default=None, index=True)  # to which it was found to belong
    sealed: bytes


class EventRow(Record, table=True):
    """Something that happened. A case only ever adds; what a lost run wrote is replaced by what did happen."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "kind", "at"),)

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    sequence: int = Field(primary_key=True)
    kind: str
    at: datetime = Field(sa_type=Instant)
    recorded_at: datetime = Field(sa_type=Instant)
    by_id: str
    sealed: bytes = Field(sa_type=LargeBinary)  # by, words, details


class AppealedLineRow(Record, table=True):
    """A line of an appeal that was answered: who had decided it first, and what came of it."""

    __tablename__ = "appealed_lines"

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    line: int = Field(primary_key=True)
    service: str
    first_decider: str | None = None
    result: str


class WorkRow(Record, table=True):
    """Something that waits, or waited, for a person."""

    __tablename__ = "work"
    __table_args__ = (Index(None, "closed_at", "queue"),)

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    work_id: str = Field(primary_key=True)
    queue: str
    assignee: str | None = None
    opened_at: datetime = Field(sa_type=Instant, index=True)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    sealed: bytes = Field(sa_type=LargeBinary)  # what


class DeterminationRow(Record, table=True):
    """The answer to one line. Without a decider it is an approval by criteria."""

    __tablename__ = "determinations"

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    line: int = Field(primary_key=True)
    outcome: str
    decided_at: datetime = Field(sa_type=Instant, index=True)
    decider_id: str | None = None
    reason_id: str | None = None
    sealed: bytes = Field(sa_type=LargeBinary)  # the whole determination


class AuthorizationRow(Record, table=True):
    """Leave to give a service. `through` is inclusive, and missing where a circumstance ends it."""

    __tablename__ = "authorizations"

    number: str = Field(primary_key=True)
    case_number: str = Field(foreign_key="cases.number", index=True)
    line: int
    service_code: str
    units: int
    from_day: date
    through: date | None = None
    sealed: bytes = Field(sa_type=LargeBinary)  # ends_when


class NoticeRow(Record, table=True):
    """A letter that is owed, and once it left, the proof of that; or it was stopped before."""

    __tablename__ = "notices"

    key: str = Field(primary_key=True)
    case_number: str = Field(foreign_key="cases.number", index=True)
    kind: str
    recipient: str
    language: str
    owed_at: datetime = Field(sa_type=Instant, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    proof: str | None = None
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    way: str = ""
    state: str = ""  # as it is listed
    late: bool = False
    sealed: bytes = Field(sa_type=LargeBinary)  # name, address, facts, and whether it came back


class DocumentRow(Record, table=True):
    """A paper that arrived. Its content lies in the document store, under its hash."""

    __tablename__ = "documents"

    case_number: str = Field(primary_key=True, foreign_key="cases.number")
    document_id: str = Field(primary_key=True)
    kind: str
    dated: date
    received_at: datetime | None = Field(default=None, sa_type=Instant)
    sha256: str | None = None
    sealed: bytes = Field(sa_type=LargeBinary)  # the sender's file name, facts


class PaymentRow(Record, table=True):
    """An instruction to pay what a dispute gave, and once it was written, the proof of that."""

    __tablename__ = "payments"

    key: str = Field(primary_key=True)
    case_number: str = Field(foreign_key="cases.number", index=True)
    level: int
    total: Decimal = Field(sa_type=Exact)
    instructed_at: datetime = Field(sa_type=Instant)
    proof: str | None = None
    sealed: bytes = Field(sa_type=LargeBinary)  # claim, payee, lines, interest


class RateRow(Record, table=True):
    """What a published table pays for a code. It belongs to no case and nothing in it is personal."""

    __tablename__ = "rates"

    schedule: str = Field(primary_key=True)
    setting: str = Field(primary_key=True)
    quarter: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    status_indicator: str
    amount: Decimal | None = Field(default=None, sa_type=Exact)


class AbsenceRow(Record, table=True):
    """Somebody of the staff is away, both days inclusive. It belongs to no case and says no reason."""

    __tablename__ = "absences"

    who: str = Field(primary_key=True)
    from_day: date = Field(primary_key=True)
    until: date
    cover: str | None = None
    back_on: date | None = None


class AttestationRow(Record, table=True):
    """That somebody of the staff attested to a row of the pack. It belongs to no case."""

    __tablename__ = "attestations"

    who: str = Field(primary_key=True)
    row: str = Field(primary_key=True)
    on_day: date = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


class BrokenGlassRow(Record, table=True):
    """That somebody was let read a case beyond their plans, and on which listed ground."""

    __tablename__ = "broken_glass"

    case_number: str = Field(primary_key=True)
    who: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=Instant)
    until: datetime = Field(sa_type=Instant)
    reason: str


class KeptReportRow(Record, table=True):
    """A report of the floor as it was when its month was over. It names nobody."""

    __tablename__ = "kept_reports"

    month: str = Field(primary_key=True)  # 2026-11
    subject: str = Field(primary_key=True)
    report: str  # as JSON


class InstallationRow(Record, table=True):
    """What the register says of itself, by name: which key ring sealed it, which server its cases live on."""

    __tablename__ = "installation"

    name: str = Field(primary_key=True)
    value: str
