"""The register begins: cases, and what belongs to them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        _text("number"),
        _text("kind"),
        _text("plan"),
        _text("category", nullable=True),
        _text("member_hash"),
        _text("fingerprint_hash", nullable=True),
        _text("reference_hash", nullable=True),
        _instant("received_at"),
        _text("stage", nullable=True),
        _text("status_code", nullable=True),
        _text("urgency", nullable=True),
        _text("outcome", nullable=True),
        _instant("due_at", nullable=True),
        _instant("next_at", nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        _sealed(nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_cases"),
    )
    op.create_index("ix_cases_member_hash", "cases", ["member_hash"])
    op.create_index("ix_cases_plan_fingerprint_hash", "cases", ["plan", "fingerprint_hash"])
    op.create_index("ix_cases_plan_reference_hash", "cases", ["plan", "reference_hash"])
    _create_of_case(
        "events",
        sa.Column("sequence", sa.Integer(), nullable=False),
        _text("kind"),
        _instant("at"),
        _instant("recorded_at"),
        _text("by_id"),
        key=("case_number", "sequence"),
    )
    _create_of_case(
        "work",
        _text("work_id"),
        _text("queue"),
        _text("assignee", nullable=True),
        _instant("opened_at"),
        _instant("due_at", nullable=True),
        _instant("closed_at", nullable=True),
        key=("case_number", "work_id"),
    )
    op.create_index("ix_work_closed_at_queue", "work", ["closed_at", "queue"])
    _create_of_case(
        "determinations",
        sa.Column("line", sa.Integer(), nullable=False),
        _text("outcome"),
        _instant("decided_at"),
        _text("decider_id", nullable=True),
        _text("reason_id", nullable=True),
        key=("case_number", "line"),
    )
    _create_of_case(
        "authorizations",
        _text("number"),
        sa.Column("line", sa.Integer(), nullable=False),
        _text("service_code"),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("through", sa.Date(), nullable=True),
        key=("number",),
    )
    op.create_index("ix_authorizations_case_number", "authorizations", ["case_number"])
    _create_of_case(
        "notices",
        _text("key"),
        _text("kind"),
        _text("recipient"),
        _text("language"),
        _instant("owed_at"),
        _instant("sent_at", nullable=True),
        _text("proof", nullable=True),
        key=("key",),
    )
    op.create_index("ix_notices_case_number", "notices", ["case_number"])
    _create_of_case(
        "documents",
        _text("document_id"),
        _text("kind"),
        sa.Column("dated", sa.Date(), nullable=False),
        _instant("received_at", nullable=True),
        _text("sha256", nullable=True),
        key=("case_number", "document_id"),
    )


def downgrade() -> None:
    for table in ("documents", "notices", "authorizations", "determinations", "work", "events", "cases"):
        op.drop_table(table)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _sealed(*, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column("sealed", sa.LargeBinary(), nullable=nullable)


def _create_of_case(name: str, *columns: sa.Column[Any], key: tuple[str, ...]) -> None:
    """A table whose rows belong to a case and have something sealed."""
    op.create_table(
        name,
        _text("case_number"),
        *columns,
        _sealed(),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name=f"fk_{name}_case_number_cases"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
    )
