"""Indexes by which the board finds open cases and missed deadlines, and a table for what supervision counted.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = (
    ("cases", ["stage", "due_at", "received_at"]),
    ("events", ["kind", "at"]),
    ("determinations", ["decided_at"]),
)


def upgrade() -> None:
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
    op.create_table(
        "figures",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "plan", "kind", "figure", name="pk_figures"),
    )


def downgrade() -> None:
    op.drop_table("figures")
    for table, columns in INDEXES:
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
