"""As what cases count in reports.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FACTS = (
    "is_counted",
    "parent",
    "answer",
    "decided_at",
    "extended",
    "at_once",
    "left_out",
    "owed_by",
    "told_at",
    "late",
)


def upgrade() -> None:
    no = sa.false()  # of the rows that are there: each is counted when the next report is asked for
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("is_counted", sa.Boolean(), nullable=False, server_default=no))
        cases.add_column(sa.Column("parent", sa.String(), nullable=True))
        cases.add_column(sa.Column("answer", sa.String(), nullable=True))
        cases.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("extended", sa.Boolean(), nullable=False, server_default=no))
        cases.add_column(sa.Column("at_once", sa.Boolean(), nullable=False, server_default=no))
        cases.add_column(sa.Column("left_out", sa.String(), nullable=True))
        cases.add_column(sa.Column("owed_by", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=no))
    op.create_index("ix_cases_is_counted", "cases", ["is_counted"])
    came_out = sa.text("parent IS NOT NULL")
    op.create_index("ix_cases_parent", "cases", ["parent"], sqlite_where=came_out, postgresql_where=came_out)
    op.create_index("ix_cases_plan_decided_at", "cases", ["plan", "decided_at"])


def downgrade() -> None:
    op.drop_index("ix_cases_plan_decided_at", "cases")
    op.drop_index("ix_cases_parent", "cases")
    op.drop_index("ix_cases_is_counted", "cases")
    with op.batch_alter_table("cases") as cases:
        for name in FACTS:
            cases.drop_column(name)
